"""The values of the interview's buttons: iv:<session>:<verb>[:<question>[:<option>]], ids only, at most 90 characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation import Answer, Conversation, Interview, Patch
from bot.interview import commands as c

if TYPE_CHECKING:
    from bot.interview.model import Model

START = "iv:start"  # of no session: begins one, or goes on with the one there is
_PLAIN: dict[str, c.InterviewCommand] = {
    "skip": c.Skip(unsure=True), "why": c.WhyAsked(), "tell": c.JustTell(), "back": c.Back(), "show": c.ShowAnswers(),
    "explain": c.Explain(), "whatif": c.AskWhatIf(), "more": c.KeepGoing(), "share": c.Share(), "record": c.DecisionRecord(),
    "keep": c.KeepWhatIf(), "drop": c.DropWhatIf(), "yes": c.Confirm(), "no": c.Deny(), "resume": c.Resume(), "new": c.Restart(),
    "second": c.RunnerUp(), "any": c.DontMind(), "neither": c.NotUnderstood(),
}  # fmt: skip


def value(interview: Interview, verb: str, *fields: str) -> str:
    return ":".join(("iv", interview.session, verb, *fields))


def option(interview: Interview, question: str, name: str) -> str:
    return value(interview, "a", question, name)


def is_option(press: str) -> bool:
    return press.split(":")[2:3] == ["a"]


def command(press: str, interview: Interview | None, model: Model) -> c.InterviewCommand:
    """The command of a button. Those of another session, or about what is no longer known, are stale."""
    if press.split(":")[2:3] == ["tick"]:
        return _ticked(press, interview, model)
    if "\n" in press or press.split(":")[2:3] == ["must"]:
        return _deal_breakers(press, interview, model)
    if press == START:
        return c.Start()
    _, session, verb, *fields = [*press.split(":"), "", ""]
    if interview is None or session != interview.session:
        return c.Start() if verb == "new" else c.StaleButton()
    if interview.state == "closed" and verb not in ("resume", "new", "a"):
        return c.StaleButton()
    return _PLAIN.get(verb) or _about(verb, fields[0], fields[1] if len(fields) > 1 else "", model)


def dissent(conversation: Conversation, interview: Interview, model: Model) -> c.InterviewCommand | None:
    """What records another framework than the pick, where that was just offered."""
    offered = (press for _, press in conversation.choices if press.startswith(value(interview, "dissent")))
    return next((command(press, interview, model) for press in offered), None)


def _about(verb: str, question: str, name: str, model: Model) -> c.InterviewCommand:
    """A button that names a framework, a question or an option."""
    if verb == "vs" and question in model.frameworks:
        return c.CompareWith(question)
    if verb == "dissent" and question in model.frameworks:
        return c.DecisionRecord(question)
    if question not in model.asked:
        return c.StaleButton()
    if verb == "sure":
        return c.MakeSure(question)
    if verb in ("ask", "all"):
        return c.AskAgain(question, all_options=verb == "all")
    if name not in model.question(question).options or verb not in ("a", "if"):
        return c.StaleButton()
    if verb == "if":
        return c.WhatIf(Patch((Answer(question, (name,), origin="pressed"),)))
    return c.AnswerQuestion(question, (name,))


def _ticked(press: str, interview: Interview | None, model: Model) -> c.InterviewCommand:
    """Boxes of the list of needs, joined by newlines. Of an earlier list, or once they are settled, they are stale."""
    lines = [line.split(":") for line in press.split("\n")]
    if interview is None or interview.state == "closed" or any(line[1] != interview.session for line in lines):
        return c.StaleButton()
    return c.Tick(tuple(line[3] for line in lines if line[3:] and line[3] in model.checklist.boxes))


def _deal_breakers(press: str, interview: Interview | None, model: Model) -> c.InterviewCommand:
    """Several values of a multi-select, joined by newlines; "none" ticks nothing."""
    answers = []
    for line in press.split("\n"):
        parts = line.split(":")
        if interview is None or len(parts) < 5 or parts[1] != interview.session:
            continue
        if parts[3] in model.asked and parts[4] in model.question(parts[3]).options:
            answers.append(Answer(parts[3], (parts[4],), origin="pressed"))
    return c.SetDealBreakers(tuple(answers)) if interview is not None else c.StaleButton()
