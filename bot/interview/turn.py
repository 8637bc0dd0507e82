"""One turn of the interview: what it knows, and how it changes the state. Every change is one step for undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from bot.answers.draft import Draft
from bot.conversation import Answer, Conversation, Focus, Interview, Patch
from bot.interview.engine import ANY, Result, recommend
from bot.interview.model import Model

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.answers.compose import Composer
    from bot.effects import Effect
    from bot.knowledge.knowledge import Knowledge
    from bot.replies import Choice

_KEPT = 40  # steps of undo
_EITHER = 2  # options that may hold together; more of them say what is not so
change = msgspec.structs.replace


class Turn:
    """Mutable for the length of one turn: `interview` is the state so far, everything else is fixed."""

    def __init__(self, conversation: Conversation, knowledge: Knowledge, compose: Composer) -> None:
        self.conversation = conversation
        self.knowledge = knowledge
        self.compose = compose
        self.model = Model.of(knowledge.file)
        self.interview = conversation.interview or Interview("1")
        self.before = self.interview
        self.extras: list[Choice] = []  # buttons below the next question, beside its own
        self._computed: tuple[object, Result] | None = None

    @property
    def result(self) -> Result:
        """What the answers recommend now."""
        state = self.interview.answers, self.interview.excluded, self.interview.skipped
        if self._computed is None or self._computed[0] != state:
            self._computed = state, result_of(self.model, self.interview)
        return self._computed[1]

    def update(self, **fields: Any) -> None:
        """Changes that are no step of their own: what is asked, what waits."""
        self.interview = change(self.interview, **fields)

    def step(self, **fields: Any) -> None:
        """A change that "back" takes back."""
        kept = change(self.before, history=(), patch=None, what_if=None, pending="")
        history = (*self.before.history, kept)[-_KEPT:]
        self.interview = change(
            self.interview, **{"what_if": None, "pending": "", "patch": None, "misses": 0, "history": history, **fields}
        )

    def name(self, framework: str) -> str:
        return self.knowledge.file.frameworks[framework].name

    def names(self, frameworks: Iterable[str]) -> str:
        return self.joined([self.name(framework) for framework in frameworks])

    def joined(self, parts: list[str]) -> str:
        if len(parts) < 2:
            return "".join(parts)
        return self.compose.phrase("interview-and", first=", ".join(parts[:-1]), last=parts[-1])

    def either(self, parts: list[str]) -> str:
        return self.compose.phrase("interview-or", first=", ".join(parts[:-1]), last=parts[-1])

    def said(self, answer: Answer) -> str:
        """An answer as a note: "team of 5", "no admin panel", "probably PostgreSQL"."""
        question = self.model.question(answer.question)
        if answer.options == ANY:
            return self.compose.phrase("interview-any", label=question.label)
        if question.per_framework and len(answer.options) > _EITHER:
            return self._denied(answer)
        box = self.model.checklist.box(answer)
        options = [question.options[name] for name in answer.options]
        left_out = [name for name in question.options if name not in answer.options]
        if box is not None and not answer.value:
            text = box.noted
        elif len(left_out) == 1 and len(options) > 2:
            text = self.compose.phrase(
                "interview-not", label=question.options[left_out[0]].noted or question.options[left_out[0]].label
            )
        elif answer.value:
            text = answer.value
        else:
            text = self.joined([option.noted or option.label for option in options])
        hedged = answer.sure < 0.9 and answer.origin != "unticked"
        return self.compose.phrase("interview-likely", what=text) if hedged else text

    def plain(self, answer: Answer) -> str:
        """The same without "probably"."""
        return self.said(change(answer, sure=1.0))

    def because(self, answer: Answer) -> str:
        """An answer as a reason: "you build a REST API"."""
        question = self.model.question(answer.question)
        if question.per_framework and len(answer.options) > _EITHER:
            return self._denied(answer)
        if answer.origin == "unticked":
            labels = self.model.checklist.labels([answer.question])
            return self.compose.phrase(
                "interview-because-unticked", what=self.either(labels) if labels[1:] else labels[0]
            )
        box = self.model.checklist.box(answer)
        return (
            box.because if box is not None else self.joined([question.options[name].because for name in answer.options])
        )

    def _denied(self, answer: Answer) -> str:
        """What people do not know: "no Django so far"."""
        question = self.model.question(answer.question)
        out = [option.label for name, option in question.options.items() if name not in answer.options]
        return self.compose.phrase(
            "interview-not-of", label=question.label, out=self.either(out) if len(out) > 1 else "".join(out)
        )

    def finish(self, *, answered: bool = True, intent: str = "answer", effects: tuple[Effect, ...] = ()) -> Draft:
        """The reply and the conversation with the state as it is now."""
        conversation = change(self.conversation, interview=self.interview, misses=0)
        topics = dict.fromkeys(
            self.model.question(answer.question).topic for answer in self.interview.answers if self.model.knows(answer)
        )
        ranked = [name for name, _ in self.result.ranking if name not in self.interview.excluded]
        reply = self.compose.finish(
            intent=intent,
            answered=answered,
            frameworks=ranked,
            topics=[topic for topic in topics if topic in self.knowledge.file.topics],
            interview=view(conversation, self.knowledge),
        )
        if reply.claims and self.interview.state == "done":
            conversation = change(
                conversation, focus=Focus("recommend", tuple(ranked[:2]), reply.topics[:2], claims=reply.claims)
            )
        return Draft(reply, conversation, effects)


def result_of(model: Model, interview: Interview, patch: Patch | None = None) -> Result:
    """What the answers recommend, with a change that is only talked about."""
    answers, excluded = patched(interview, patch) if patch else (interview.answers, interview.excluded)
    return recommend(model, answers, excluded, interview.skipped)


def patched(interview: Interview, patch: Patch) -> tuple[tuple[Answer, ...], tuple[str, ...]]:
    """Answers and exclusions after a change; an answer replaces the one to the same question."""
    changed = {answer.question for answer in patch.answers}
    answers = (*(answer for answer in interview.answers if answer.question not in changed), *patch.answers)
    kept = [name for name in interview.excluded if name not in patch.allowed]
    return answers, tuple(dict.fromkeys((*kept, *patch.excluded)))


def view(conversation: Conversation, knowledge: Knowledge) -> dict[str, Any] | None:
    """The contract's `interview` object."""
    interview = conversation.interview
    if interview is None or interview.state == "closed":
        return None
    model = Model.of(knowledge.file)
    result = result_of(model, interview)
    done = interview.state == "done"
    asked = model.question(interview.asked) if not done and model.puts(interview.asked) else None
    return {
        "question": {"id": interview.asked, "text": asked.ask} if asked else None,
        "answers": {answer.question: "+".join(answer.options) for answer in interview.answers},
        "pick": (result.pick or None) if done and result.outcome != "none_fits" else None,
        "ranking": [{"framework": name, "confidence": round(sure, 3)} for name, sure in result.ranking],
        "outcome": result.outcome if done else None,
    }
