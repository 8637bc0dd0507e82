"""What a person can want of the interview: a closed union of small frozen classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from bot.conversation import Answer, Patch
    from bot.interview.facts import Facts


class Wish(msgspec.Struct, frozen=True, tag=True):
    """Base of all commands of the interview."""


class Start(Wish, frozen=True):
    """Begin, with whatever the text says already."""

    text: str = ""


class GiveFacts(Wish, frozen=True):
    facts: Facts


class AnswerQuestion(Wish, frozen=True):
    """An option of a question was chosen, by button or by number."""

    question: str
    options: tuple[str, ...]


class Skip(Wish, frozen=True):
    """Not answered: "skip", or "not sure" (`unsure`)."""

    unsure: bool = False


class DontMind(Wish, frozen=True):
    pass


class Both(Wish, frozen=True):
    """The word "both", where it is not plain of what."""


class Back(Wish, frozen=True):
    pass


class WhyAsked(Wish, frozen=True):
    pass


class AskMeaning(Wish, frozen=True):
    """What the open question means."""


class Repeat(Wish, frozen=True):
    pass


class JustTell(Wish, frozen=True):
    pass


class ShowAnswers(Wish, frozen=True):
    pass


class AskAgain(Wish, frozen=True):
    """Put this question (again), to change its answer or with all its options shown."""

    question: str
    all_options: bool = False


class Restart(Wish, frozen=True):
    pass


class Cancel(Wish, frozen=True):
    pass


class Resume(Wish, frozen=True):
    pass


class WhatIf(Wish, frozen=True):
    changes: Patch


class AskWhatIf(Wish, frozen=True):
    """A what-if without saying what: offer the changes that would matter."""


class KeepWhatIf(Wish, frozen=True):
    pass


class DropWhatIf(Wish, frozen=True):
    pass


class Explain(Wish, frozen=True):
    pass


class CompareWith(Wish, frozen=True):
    framework: str


class RunnerUp(Wish, frozen=True):
    pass


class Disagree(Wish, frozen=True):
    framework: str


class DecisionRecord(Wish, frozen=True):
    """dissent: record this framework as the choice although another one was recommended."""

    dissent: str = ""


class Share(Wish, frozen=True):
    pass


class KeepGoing(Wish, frozen=True):
    pass


class Changed(Wish, frozen=True):
    """Whether the last change changed the answer."""


class ForgetFact(Wish, frozen=True):
    question: str


class Shorter(Wish, frozen=True):
    pass


class Confirm(Wish, frozen=True):
    pass


class Deny(Wish, frozen=True):
    pass


class StaleButton(Wish, frozen=True):
    pass


class DealBreakers(Wish, frozen=True):
    pass


class SetDealBreakers(Wish, frozen=True):
    """The ticked must-haves, as answers."""

    answers: tuple[Answer, ...]


class Progress(Wish, frozen=True):
    pass


class NotUnderstood(Wish, frozen=True):
    pass


InterviewCommand = (
    Start | GiveFacts | AnswerQuestion | Skip | DontMind | Both | Back | WhyAsked | AskMeaning | Repeat | JustTell | ShowAnswers
    | AskAgain | Restart | Cancel | Resume | WhatIf | AskWhatIf | KeepWhatIf | DropWhatIf | Explain | CompareWith | RunnerUp
    | Disagree | DecisionRecord | Share | KeepGoing | Changed | ForgetFact | Shorter | Confirm | Deny | StaleButton
    | DealBreakers | SetDealBreakers | Progress | NotUnderstood
)  # fmt: skip
