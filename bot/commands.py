"""What a person wants: a closed union of small frozen classes. Understanding makes them and changes nothing."""

from __future__ import annotations

from typing import Literal

import msgspec

from bot.interview.commands import InterviewCommand
from bot.preferences import Change
from bot.replies import Reply

Form = Literal["", "yes_no", "who", "when", "how_many", "which", "how", "why", "what"]


class Sought(msgspec.Struct, frozen=True, array_like=True):
    """What a claim must speak of to answer the question.

    said: in the question's words. meant: stems, any of which will do. near: the topic of what can be told instead.
    """

    said: str
    meant: tuple[str, ...]
    near: str = ""


class Subject(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a question is about. frameworks .. tasks: ids in order of mention; words: stems to search claims by.

    carried: what was taken over from the talk so far ("frameworks", "topics"). doubts: stems by which it asks for what
    speaks against something ("bad", "lack", "without"). sought: what is asked for beside what has a name here.
    predicate: the stem of what a yes or no is asked to ("validate" in "does Flask validate ...").
    narrowed: stems of what narrows it ("by default", a version). without: stems of what is to be left out ("the admin without the rest of Django").
    relation: the stem of what is asked of two frameworks: going from one to the other, using both, what one has over
    the other or both have in common.
    """

    frameworks: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    extensions: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    use_cases: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    form: Form = ""
    text: str = ""
    carried: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    sought: tuple[Sought, ...] = ()
    relation: str = ""
    narrowed: tuple[str, ...] = ()
    predicate: str = ""
    without: tuple[str, ...] = ()


class Compare(msgspec.Struct, frozen=True):
    subject: Subject


class Describe(msgspec.Struct, frozen=True):
    subject: Subject


class AskFact(msgspec.Struct, frozen=True):
    """A yes/no question, a name, a date, a figure, a list."""

    subject: Subject


class Define(msgspec.Struct, frozen=True):
    subject: Subject


class ShowCode(msgspec.Struct, frozen=True):
    subject: Subject


class FindPackage(msgspec.Struct, frozen=True):
    """besides: packages that are named and not wanted ("without Celery", "alternatives to ...")."""

    subject: Subject
    besides: tuple[str, ...] = ()


class MakeCase(msgspec.Struct, frozen=True):
    """Everything that speaks for one framework, and what speaks against it."""

    framework: str
    topics: tuple[str, ...] = ()


class Translate(msgspec.Struct, frozen=True):
    """ "I know Django, explain FastAPI"."""

    known: str
    wanted: str


class WhatChanged(msgspec.Struct, frozen=True):
    frameworks: tuple[str, ...]


class More(msgspec.Struct, frozen=True):
    """The rest of the last answer."""


class Shorten(msgspec.Struct, frozen=True):
    """The last answer in one line."""


class ShowSources(msgspec.Struct, frozen=True):
    pass


class WhyThisAnswer(msgspec.Struct, frozen=True):
    pass


class Help(msgspec.Struct, frozen=True):
    pass


class SmallTalk(msgspec.Struct, frozen=True):
    """kind: the group of cues that said so (`greeting`, `thanks`, `bye`, `who_are_you`, ...)."""

    kind: str


class Decline(msgspec.Struct, frozen=True):
    """Not for the bot; subject: what it can offer instead. courses, hosting: what one does beyond comparing frameworks.

    task: work that it is told to do. own_matter: what only the people who ask can know.
    """

    why: Literal["off_topic", "how_to_out_of_scope", "courses", "hosting", "task", "own_matter", "foreign", "injection"]
    subject: Subject


class AskBack(msgspec.Struct, frozen=True):
    """Unsure: which framework, which topic, what "it" is, or what was meant if not what was answered."""

    missing: Literal["frameworks", "subject", "package", "meant"]
    subject: Subject


class NotUnderstood(msgspec.Struct, frozen=True):
    subject: Subject


class GiveFeedback(msgspec.Struct, frozen=True):
    answer: str
    useful: bool
    reason: str = ""


class TellStored(msgspec.Struct, frozen=True):
    """ "What do you store about me?" counts: kind of record -> how many, filled in by the assistant."""

    counts: dict[str, int] = {}


class Forget(msgspec.Struct, frozen=True):
    """confirmed: the person pressed yes."""

    confirmed: bool = False


class Prefer(msgspec.Struct, frozen=True):
    """How they want to be answered from now on."""

    change: Change


class TellPreferences(msgspec.Struct, frozen=True):
    pass


class BeQuiet(msgspec.Struct, frozen=True):
    pass


class Keep(msgspec.Struct, frozen=True):
    """Nothing to say: not for the bot, or a correction of spelling. announce: say once that it goes quiet."""

    announce: bool = False


class Advise(msgspec.Struct, frozen=True):
    """Which framework for a kind of project: what is known in general, then the interview for this one.

    own: they describe their own project, or name nothing: straight to the interview. general: though it is their own,
    what is known in general is told first.
    """

    subject: Subject
    own: bool = False
    general: bool = False


class InterviewStep(msgspec.Struct, frozen=True):
    """Anything of the recommendation interview."""

    command: InterviewCommand


class Share(msgspec.Struct, frozen=True):
    """Show an answer to the channel (it was given to one person only). shown: filled in by the assistant."""

    answer: str = ""
    shown: Reply | None = None


Command = (
    Compare | Describe | AskFact | Define | ShowCode | FindPackage | MakeCase | Translate | WhatChanged | More | Shorten
    | ShowSources | WhyThisAnswer | Help | SmallTalk | Decline | AskBack | NotUnderstood | GiveFeedback | TellStored
    | Forget | Prefer | TellPreferences | BeQuiet | Keep | Advise | InterviewStep | Share
)  # fmt: skip


_UNSAID = frozenset(("text", "words"))
"""What is too long to say, or the person's own words."""


class Understanding(msgspec.Struct, frozen=True):
    """A command, how sure (0..1), and which words made it so, one line each."""

    command: Command
    sure: float = 1.0
    trace: tuple[str, ...] = ()


def _named(item: object) -> str:
    """An id as it is; an answer of the interview by its question."""
    return item if isinstance(item, str) else str(getattr(item, "question", ""))


def said(understood: Understanding) -> str:
    """The command in one line: "Compare: frameworks django+flask, topics auth (sure 80 %)"."""
    command = understood.command
    inner = command.command if isinstance(command, InterviewStep) else command
    about = getattr(inner, "subject", inner)
    shown = [
        f"{field} {'+'.join(map(_named, value)) if isinstance(value, tuple) else value}"
        for field in about.__struct_fields__
        if (value := getattr(about, field)) and field not in _UNSAID and isinstance(value, tuple | str)
    ]
    name = f"Interview {type(inner).__name__}" if inner is not command else type(inner).__name__
    return f"{name}{': ' if shown else ''}{', '.join(shown)} (sure {understood.sure:.0%})"
