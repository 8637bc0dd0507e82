"""What a person can want of the interview: a closed union of small frozen classes."""

from __future__ import annotations


import msgspec

from bot.conversation import Answer, Patch
from bot.interview.facts import Facts


class Wish(msgspec.Struct, frozen=True, tag=True):
    """Base of all commands of the interview."""


class Start(Wish):
    """Begin, with whatever the text says already."""

    text: str = ""


class GiveFacts(Wish):
    facts: Facts


class AnswerQuestion(Wish):
    """An option of a question was chosen, by button or by number."""

    question: str
    options: tuple[str, ...]


class Skip(Wish):
    """Not answered: "skip", or "not sure" (`unsure`)."""

    unsure: bool = False


class DontMind(Wish):
    pass


class Both(Wish):
    """The word "both", where it is not plain of what."""


class Back(Wish):
    pass


class WhyAsked(Wish):
    pass


class Meaning(Wish):
    """What the open question means."""


class Repeat(Wish):
    pass


class JustTell(Wish):
    pass


class ShowAnswers(Wish):
    pass


class AskAgain(Wish):
    """Put this question (again), to change its answer or with all its options shown."""

    question: str
    all_options: bool = False


class Restart(Wish):
    pass


class Cancel(Wish):
    pass


class Resume(Wish):
    pass


class WhatIf(Wish):
    changes: Patch


class AskWhatIf(Wish):
    """A what-if without saying what: offer the changes that would matter."""


class KeepWhatIf(Wish):
    pass


class DropWhatIf(Wish):
    pass


class Explain(Wish):
    pass


class CompareWith(Wish):
    framework: str


class RunnerUp(Wish):
    pass


class Disagree(Wish):
    framework: str


class DecisionRecord(Wish):
    """dissent: record this framework as the choice although another one was recommended."""

    dissent: str = ""


class Share(Wish):
    pass


class KeepGoing(Wish):
    pass


class Changed(Wish):
    """Whether the last change changed the answer."""


class ForgetFact(Wish):
    question: str


class Shorter(Wish):
    pass


class Confirm(Wish):
    pass


class Deny(Wish):
    pass


class StaleButton(Wish):
    pass


class DealBreakers(Wish):
    pass


class SetDealBreakers(Wish):
    """The ticked must-haves, as answers."""

    answers: tuple[Answer, ...]


class Progress(Wish):
    pass


class NotUnderstood(Wish):
    pass


InterviewCommand = (
    Start | GiveFacts | AnswerQuestion | Skip | DontMind | Both | Back | WhyAsked | Meaning | Repeat | JustTell | ShowAnswers
    | AskAgain | Restart | Cancel | Resume | WhatIf | AskWhatIf | KeepWhatIf | DropWhatIf | Explain | CompareWith | RunnerUp
    | Disagree | DecisionRecord | Share | KeepGoing | Changed | ForgetFact | Shorter | Confirm | Deny | StaleButton
    | DealBreakers | SetDealBreakers | Progress | NotUnderstood
)  # fmt: skip
