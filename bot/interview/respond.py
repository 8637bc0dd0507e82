"""A command of the interview to a reply and the state after it. Pure: same command, conversation, knowledge, same result."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bot.answers.draft import Draft
from bot.conversation import Answer, Conversation, Patch
from bot.interview import asking, buttons, results
from bot.interview import commands as c
from bot.interview.facts import Facts, read_facts
from bot.interview.record import decision
from bot.interview.turn import Turn, patched, result_of, view
from bot.interview.understand import patch as patch_of
from bot.replies import Choice

if TYPE_CHECKING:
    from bot.answers.compose import Composer
    from bot.knowledge.knowledge import Knowledge

__all__ = ["remind", "respond", "view"]
_CONFIRMED_CANCEL = 3


def respond(command: c.InterviewCommand, conversation: Conversation, knowledge: Knowledge, compose: Composer) -> Draft:
    """What the interview says, and the conversation after it."""
    turn = Turn(conversation, knowledge, compose)
    if conversation.interview is None and not isinstance(command, c.Start | c.StaleButton):
        command = c.Start()
    if not isinstance(command, c.Confirm | c.Deny) and turn.interview.pending:
        turn.update(pending="", patch=None)
    return _dispatch(command, turn)


def remind(conversation: Conversation, knowledge: Knowledge, compose: Composer) -> None:
    """Puts the open question again after something else was talked about; the state stays as it is."""
    turn = Turn(conversation, knowledge, compose)
    if turn.interview.state == "open" and turn.interview.asked in turn.model.asked:
        compose.say("interview-back-to", question=turn.model.question(turn.interview.asked).ask)
        asking.choices(turn, turn.interview.asked)


def _dispatch(command: c.InterviewCommand, turn: Turn) -> Draft:
    match command:
        case c.Start():
            return _start(turn, command.text)
        case c.GiveFacts():
            return _facts(turn, command.facts)
        case c.AnswerQuestion():
            return _apply(turn, Patch((Answer(command.question, command.options, origin="pressed"),)))
        case c.SetDealBreakers():
            return _apply(turn, Patch(command.answers)) if command.answers else _go_on(turn)
        case c.Skip():
            return _skip(turn)
        case c.DontMind():
            return _apply(turn, Patch((asking.indifferent(turn.interview.asked),))) if turn.interview.asked else _go_on(turn)
        case c.Back():
            return _back(turn)
        case c.JustTell() | c.KeepGoing() | c.AskAgain() | c.Repeat() | c.Both() | c.NotUnderstood():
            return _steering(command, turn)
        case c.WhyAsked() | c.Meaning() | c.ShowAnswers() | c.Progress() | c.DealBreakers() | c.Changed() | c.StaleButton():
            return _telling(command, turn)
        case c.Restart() | c.Cancel() | c.Resume() | c.Confirm() | c.Deny() | c.ForgetFact():
            return _keeping(command, turn)
        case c.WhatIf() | c.AskWhatIf() | c.KeepWhatIf() | c.DropWhatIf():
            return _trying(command, turn)
        case c.Explain() | c.CompareWith() | c.RunnerUp() | c.Disagree() | c.DecisionRecord() | c.Share() | c.Shorter():
            return _after_result(command, turn)
        case _:
            assert_never(command)


def _start(turn: Turn, text: str) -> Draft:
    """A new interview, or the one that is open; what the text says counts at once."""
    if turn.conversation.interview is not None and turn.interview.state != "open":
        turn.step(**_blank(), session=str(int(turn.interview.session) + 1))
    facts = read_facts(text, turn.model)
    if facts:
        return _facts(turn, facts)
    if turn.interview.answers:
        return _go_on(turn)
    turn.compose.say("interview-intro")
    if asking.exclusive(turn) >= turn.model.setting("deal_breakers", 5):
        asking.deal_breakers(turn)
    asking.ask(turn)
    return turn.finish(intent="recommend")


def _blank() -> dict[str, object]:
    return {"answers": (), "skipped": (), "excluded": (), "asked": "", "put": 0, "state": "open", "thorough": False, "dissent": ""}


def _facts(turn: Turn, facts: Facts) -> Draft:
    for question, words in facts.impossible[:1]:
        kind = turn.model.question(question).numbers[0]
        turn.compose.say("interview-impossible", words=words, low=f"{kind.low:,.0f}", high=f"{kind.high:,.0f}")
        if not facts:
            asking.ask(turn, turn.interview.asked or question)
            return turn.finish(answered=False)
    patch = patch_of(facts, turn.interview)
    if facts.allowed and not patch.allowed:
        turn.compose.say("interview-none-excluded")
    if facts.pasted:
        turn.compose.say("interview-pasted")
    return _apply(turn, patch, ask_first=_ask_first(turn, patch))


def _ask_first(turn: Turn, patch: Patch) -> bool:
    """A must-have that would rule out the leader, or a doubtful change that would turn the pick, wants a yes first."""
    before = turn.result
    if not before.beliefs or not before.pick:
        return False
    after = result_of(turn.model, turn.interview, patch)
    leader = turn.model.frameworks.index(before.pick)
    known = {answer.question for answer in turn.interview.answers}
    doubtful = any(answer.sure < 0.9 and answer.question in known for answer in patch.answers)
    return (leader in after.vetoes and leader not in before.vetoes) or (doubtful and after.pick != before.pick)


def _apply(turn: Turn, patch: Patch, *, ask_first: bool = False) -> Draft:
    """Facts become answers, in one step; then on to the next question or the result."""
    if ask_first or (not turn.interview.patch and patch.answers and patch.answers[0].origin == "pressed" and _ask_first(turn, patch)):
        turn.update(pending="apply", patch=patch)
        turn.compose.say("interview-confirm-change", what=" · ".join(turn.said(answer) for answer in patch.answers), framework=turn.name(turn.result.pick))
        _yes_no(turn)
        return turn.finish()
    old = {answer.question: answer for answer in turn.interview.answers}
    news = tuple(answer for answer in patch.answers if old.get(answer.question) != answer)
    changed = {answer.question: old[answer.question] for answer in news if answer.question in old and turn.said(old[answer.question]) != turn.said(answer)}
    before, done = turn.result.pick, turn.interview.state == "done"
    answers, excluded = patched(turn.interview, patch)
    named = {answer.question for answer in patch.answers}
    skipped = tuple(name for name in turn.interview.skipped if name not in named)
    turn.step(answers=answers, excluded=excluded, skipped=skipped)
    asking.noted(turn, patch.answers, changed)
    _exclusions(turn, patch)
    if changed:
        _consequence(turn, before, changed)
    if turn.interview.asked in named:
        turn.update(asked="")
    return _result(turn) if done else _go_on(turn)


def _exclusions(turn: Turn, patch: Patch) -> None:
    if patch.excluded:
        turn.compose.say("interview-now-excluded", frameworks=turn.names(patch.excluded))
    if patch.allowed:
        turn.compose.say("interview-now-allowed", frameworks=turn.names(patch.allowed))


def _consequence(turn: Turn, before: str, changed: dict[str, Answer]) -> None:
    """What a correction does to the pick, with the claim that carries it."""
    after = turn.result.pick
    if not before or not after:
        return
    phrase = "interview-turned" if after != before else "interview-stays"
    turn.compose.say(phrase, old=turn.name(before), new=turn.name(after))
    for name in list(changed)[:1]:
        answer = turn.result.answers[name]
        if answer.options[0] not in turn.model.question(name).options:
            return
        option = turn.model.option(name, answer.options[0])
        for claim in turn.model.claims(option, before, turn.model.question(name).topic)[:1]:
            if claim in turn.knowledge.claims:
                turn.compose.claim(turn.knowledge.claims[claim])


def _go_on(turn: Turn) -> Draft:
    """The open question again, the next one, or the result."""
    interview = turn.interview
    if turn.result.enough(interview.put, thorough=interview.thorough):
        return _result(turn)
    asking.leaning(turn)
    if interview.asked and interview.asked not in {answer.question for answer in interview.answers} and _still_open(turn):
        turn.compose.say("interview-back-to", question=turn.model.question(interview.asked).ask)
        asking.choices(turn, interview.asked)
        return turn.finish()
    asking.ask(turn)
    return turn.finish()


def _still_open(turn: Turn) -> bool:
    at = turn.model.place.get(turn.interview.asked, -1)
    return at in turn.result.open


def _result(turn: Turn, lead: str = "") -> Draft:
    results.show(turn, lead=lead)
    return turn.finish(intent="recommend")


def _skip(turn: Turn) -> Draft:
    asked = turn.interview.asked
    if not asked:
        return _go_on(turn)
    label = turn.model.question(asked).label
    turn.step(skipped=(*turn.interview.skipped, asked))
    turn.update(asked="")
    turn.compose.say("interview-skipped", label=label)
    return _go_on(turn)


def _back(turn: Turn) -> Draft:
    """The state before the last turn that changed something; its question is put again."""
    if not turn.interview.history:
        turn.compose.say("interview-nothing-to-undo")
        if turn.interview.state == "open" and turn.interview.asked:
            asking.ask(turn, turn.interview.asked)
        return turn.finish(intent="control")
    *older, last = turn.interview.history
    gone = [answer for answer in turn.interview.answers if answer not in last.answers]
    turn.interview = _restored(last, tuple(older))
    turn.compose.say("interview-undone" if gone else "interview-back", what=" · ".join(turn.said(answer) for answer in gone))
    if turn.interview.state == "open" and turn.interview.asked:
        told = next((answer for answer in turn.interview.answers if answer.question == turn.interview.asked), None)
        if told is not None:
            turn.compose.say("interview-now", what=turn.said(told))
        turn.compose.say("interview-question", question=turn.model.question(turn.interview.asked).ask)
        asking.choices(turn, turn.interview.asked)
        return turn.finish(intent="control")
    if turn.interview.state == "open":
        asking.ask(turn)
        return turn.finish(intent="control")
    return _result(turn)


def _restored(last, older):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    import msgspec

    return msgspec.structs.replace(last, history=older)


def _steering(command: c.InterviewCommand, turn: Turn) -> Draft:
    match command:
        case c.JustTell():
            return _result(turn)
        case c.KeepGoing():
            turn.update(thorough=True, skipped=() if not turn.result.worth_asking else turn.interview.skipped)
            if not turn.result.worth_asking:
                turn.compose.say("interview-all-asked")
                results.next_steps(turn)
                return turn.finish(intent="control")
            asking.ask(turn)
        case c.AskAgain():
            asking.ask_again(turn, command.question, everything=command.all_options)
        case c.Both() if turn.interview.asked:
            turn.compose.say("interview-both", question=turn.model.question(turn.interview.asked).ask)
            asking.choices(turn, turn.interview.asked)
        case c.NotUnderstood() if turn.interview.state == "open" and turn.interview.asked:
            if asking.lost(turn):
                asked = turn.interview.asked
                turn.step(skipped=(*turn.interview.skipped, asked), asked="")
                return _go_on(turn)
            return turn.finish(answered=False)
        case _:
            if turn.interview.state == "done":
                return _result(turn)
            asking.ask(turn, turn.interview.asked)
    return turn.finish(intent="control")


def _telling(command: c.InterviewCommand, turn: Turn) -> Draft:
    asked = turn.interview.asked
    match command:
        case c.WhyAsked() if asked:
            asking.why_asked(turn)
        case c.Meaning() if asked:
            asking.meaning(turn)
        case c.ShowAnswers():
            asking.answers(turn)
            if asked:
                turn.compose.say("interview-back-to", question=turn.model.question(asked).ask)
        case c.Progress():
            turn.compose.say("interview-progress", put=turn.interview.put, bar=_bar(turn.result.sure), sure=asking.percent(turn.result.sure))
            if asked:
                asking.ask(turn, asked, lead="interview-back-to")
        case c.DealBreakers():
            asking.deal_breakers(turn)
        case c.Changed():
            results.changed(turn)
            if asked:
                asking.ask(turn, asked, lead="interview-back-to")
        case c.StaleButton():
            return _stale(turn)
        case _:
            return _go_on(turn)
    return turn.finish(intent="control")


def _bar(sure: float) -> str:
    filled = round(sure * 5)
    return "▰" * filled + "▱" * (5 - filled)


def _stale(turn: Turn) -> Draft:
    if turn.conversation.interview is None:
        turn.compose.say("interview-stale-none")
        turn.compose.choices([Choice(turn.compose.phrase("interview-button-start"), "iv:0:new")])
        return Draft(turn.compose.finish(intent="control", answered=False), turn.conversation)
    turn.compose.say("interview-stale")
    if turn.interview.state == "open" and turn.interview.asked:
        asking.ask(turn, turn.interview.asked, lead="interview-back-to")
    else:
        _resume_or_new(turn)
    return turn.finish(intent="control", answered=False)


def _resume_or_new(turn: Turn) -> None:
    phrase = turn.compose.phrase
    turn.compose.choices([Choice(phrase("interview-button-resume"), buttons.value(turn.interview, "resume")), Choice(phrase("interview-button-new"), buttons.value(turn.interview, "new"))])


def _yes_no(turn: Turn) -> None:
    phrase = turn.compose.phrase
    turn.compose.choices([Choice(phrase("interview-button-yes"), buttons.value(turn.interview, "yes")), Choice(phrase("interview-button-no"), buttons.value(turn.interview, "no"))], kind="question")


def _keeping(command: c.InterviewCommand, turn: Turn) -> Draft:
    """Beginning anew, stopping, coming back, forgetting one fact, and the yes or no that some of them want."""
    interview = turn.interview
    match command:
        case c.Restart() if interview.state == "open" and interview.answers:
            turn.update(pending="restart")
            turn.compose.say("interview-restart-sure")
            _yes_no(turn)
        case c.Restart():
            return _restart(turn)
        case c.Cancel() if interview.state == "open" and len(interview.answers) >= _CONFIRMED_CANCEL:
            turn.update(pending="cancel")
            turn.compose.say("interview-cancel-sure")
            _yes_no(turn)
        case c.Cancel():
            return _close(turn)
        case c.Resume():
            return _resume(turn)
        case c.Confirm() | c.Deny():
            return _decided(turn, yes=isinstance(command, c.Confirm))
        case c.ForgetFact():
            return _forget(turn, command.question)
    return turn.finish(intent="control")


def _decided(turn: Turn, *, yes: bool) -> Draft:
    pending, patch = turn.interview.pending, turn.interview.patch
    turn.update(pending="", patch=None)
    if yes and pending == "restart":
        return _restart(turn)
    if yes and pending == "cancel":
        return _close(turn)
    if yes and pending == "apply" and patch is not None:
        turn.update(patch=patch)
        return _apply(turn, patch)
    turn.compose.say("interview-left-as-is")
    return _go_on(turn) if turn.interview.state == "open" else turn.finish(intent="control")


def _restart(turn: Turn) -> Draft:
    turn.step(**_blank(), session=str(int(turn.interview.session) + 1))
    turn.compose.say("interview-restarted")
    asking.ask(turn)
    return turn.finish(intent="control")


def _close(turn: Turn) -> Draft:
    done = turn.interview.state == "done"
    turn.update(state="closed")
    turn.compose.say("interview-closed-done" if done else "interview-closed")
    return turn.finish(intent="control")


def _resume(turn: Turn) -> Draft:
    turn.update(state="open")
    if turn.interview.answers:
        told = [turn.said(answer) for answer in turn.interview.answers if turn.model.knows(answer)]
        turn.compose.say("interview-welcome-back", what=" · ".join(told[:3]))
    return _go_on(turn)


def _forget(turn: Turn, question: str) -> Draft:
    label = turn.model.question(question).label
    told = next((answer for answer in turn.interview.answers if answer.question == question), None)
    if told is None:
        turn.compose.say("interview-forgot-nothing", label=label)
    else:
        done = turn.interview.state == "done"
        kept = tuple(answer for answer in turn.interview.answers if answer is not told)
        said = turn.said(told)
        turn.step(answers=kept, skipped=(*turn.interview.skipped, question))
        turn.compose.say("interview-forgot", label=label, what=said)
        if done:
            return _result(turn)
    return _go_on(turn) if turn.interview.state == "open" else turn.finish(intent="control")


def _trying(command: c.InterviewCommand, turn: Turn) -> Draft:
    asked = turn.interview.asked if turn.interview.state == "open" else ""
    match command:
        case c.WhatIf():
            results.what_if(turn, command.changes)
        case c.KeepWhatIf() if turn.interview.what_if is not None:
            return _apply(turn, turn.interview.what_if)
        case c.AskWhatIf():
            results.offer_what_if(turn)
        case _:
            turn.update(what_if=None)
            turn.compose.say("interview-left-as-is")
            if asked:
                asking.ask(turn, asked, lead="interview-back-to")
    if asked and not isinstance(command, c.DropWhatIf):
        turn.compose.say("interview-back-to", question=turn.model.question(asked).ask)
    return turn.finish(intent="recommend" if isinstance(command, c.WhatIf) else "control")


def _after_result(command: c.InterviewCommand, turn: Turn) -> Draft:
    if turn.interview.state != "done":
        turn.update(state="done", asked="")
    match command:
        case c.Explain():
            results.explain(turn)
        case c.CompareWith():
            results.compare(turn, command.framework)
        case c.RunnerUp():
            results.runner_up(turn)
        case c.Disagree():
            results.disagree(turn, command.framework)
        case c.Shorter():
            results.shorter(turn)
        case c.DecisionRecord():
            return _record(turn, command.dissent)
        case c.Share():
            results.shorter(turn)
            turn.compose.say("interview-shared")
    return turn.finish(intent="recommend")


def _record(turn: Turn, dissent: str) -> Draft:
    if not (dissent or turn.result.pick):
        turn.compose.say("interview-none-fits")
        return turn.finish(intent="control", answered=False)
    name, text, kept = decision(turn, dissent)
    turn.compose.say("interview-record", name=name)
    turn.compose.file(name, text)
    return turn.finish(intent="recommend", effects=(kept,))
