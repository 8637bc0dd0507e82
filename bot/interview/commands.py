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


class Tick(Wish, frozen=True):
    """Boxes of the list of needs; none of them is an answer too. rest: whether the others are left out on purpose."""

    boxes: tuple[str, ...] = ()
    rest: bool = True


class Skip(Wish, frozen=True):
    """Not answered: "skip", or "not sure" (`unsure`). question: one of the list that is open, else what is open."""

    unsure: bool = False
    question: str = ""


class DontMind(Wish, frozen=True):
    pass


class Both(Wish, frozen=True):
    """The word "both", where it is not plain of what."""


class Back(Wish, frozen=True):
    pass


class WhyAsked(Wish, frozen=True):
    pass


class AskMeaning(Wish, frozen=True):
    """What the open question means, or one of its options."""

    option: str = ""


class WhereFrom(Wish, frozen=True):
    """Where an answer comes from that was noted."""

    question: str


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
    """A what-if without saying what: offer the changes that would matter, or those that would turn it to a framework."""

    framework: str = ""


class KeepWhatIf(Wish, frozen=True):
    pass


class DropWhatIf(Wish, frozen=True):
    pass


class Explain(Wish, frozen=True):
    pass


class CompareWith(Wish, frozen=True):
    """With the pick, or with another one; without a name, the pick with the second."""

    framework: str
    other: str = ""


class Weigh(Wish, frozen=True):
    """ "Why not Flask?" while a question is open: how it stands by the answers so far."""

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
    """Whether the last change changed the answer; or, the other way round, whether it is still the same."""

    still: bool = False


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


class HelpMe(Wish, frozen=True):
    """What can be said now."""


class Close(Wish, frozen=True):
    """A good-bye: ends without asking back."""


class Grumble(Wish, frozen=True):
    """Annoyance, which is no answer."""


class OtherLanguage(Wish, frozen=True):
    pass


class Remark(Wish, frozen=True):
    """An opinion of a framework with facts beside it, which are noted only with a yes."""

    framework: str
    topic: str
    facts: Facts


class SpokenIll(Wish, frozen=True):
    """People who used a framework speak ill of it: whether to rule it out is asked."""

    framework: str
    facts: Facts


class Object(Wish, frozen=True):
    """Something is held against the pick: what the topic's knowledge says, and what there is instead. topic: or "", a plain doubt."""

    topic: str


class Heard(Wish, frozen=True):
    """Said of the project, and changes nothing."""


class MeantWhich(Wish, frozen=True):
    """Words that fit several options (question, option)."""

    pairs: tuple[tuple[str, str], ...]


class MakeSure(Wish, frozen=True):
    """What was said with "probably" is certain after all."""

    question: str


InterviewCommand = (
    Start | GiveFacts | AnswerQuestion | Tick | Skip | DontMind | Both | Back | WhyAsked | AskMeaning | Repeat | JustTell | ShowAnswers
    | AskAgain | Restart | Cancel | Resume | WhatIf | AskWhatIf | KeepWhatIf | DropWhatIf | Explain | CompareWith | RunnerUp
    | Weigh | Disagree | DecisionRecord | Share | KeepGoing | Changed | ForgetFact | Shorter | Confirm | Deny | StaleButton
    | DealBreakers | SetDealBreakers | Progress | NotUnderstood | HelpMe | Close | Grumble | OtherLanguage | Remark | MeantWhich
    | WhereFrom | MakeSure | SpokenIll | Object | Heard
)  # fmt: skip
