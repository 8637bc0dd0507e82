"""Everything remembered about one place. Frozen and serialisable; `version` lets tomorrow's code read today's rows."""

from __future__ import annotations

from typing import Literal

import msgspec

VERSION = 1


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """One answer of the interview. `options` has one member, or several for "either"; `sure` is 1.0, or 0.65 for a hedge.

    origin: what the person did (`said`, `pressed`, `assumed`, `pasted`), shown when they ask what was understood.
    value: the words or number the option was read from ("5", "mongo"), for echoes and the decision record.
    """

    question: str
    options: tuple[str, ...]
    sure: float = 1.0
    origin: Literal["said", "pressed", "pasted"] = "said"
    value: str = ""


class Interview(msgspec.Struct, frozen=True, omit_defaults=True):
    """The answers are the state; ranking, confidence and the next question are computed from them.

    history: the states before each turn that changed something (answers and skips only), newest last, for undo.
    """

    session: str
    answers: tuple[Answer, ...] = ()
    skipped: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    asked: str = ""
    misses: int = 0
    state: Literal["open", "done", "closed"] = "open"
    what_if: tuple[Answer, ...] = ()
    pending: str = ""
    asked_count: int = 0
    pick: str = ""
    history: tuple[Interview, ...] = ()
    brief: str = ""


class Focus(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the talk is about: used to complete "and auth?", "same for fastapi", "which is faster?"."""

    intent: str = ""
    frameworks: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    subject: str = ""
    claims: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    trace: tuple[str, ...] = ()


class Conversation(msgspec.Struct, frozen=True, omit_defaults=True):
    """choices: the values of the choices last shown, so that "2" or a label's words press one (label, value).

    last_message: the message answered last; `before` is the focus as it was before it, for an edited question.
    people: who has been talking with the bot here, newest last. `quiet`: people talk to each other, the bot listens.
    """

    version: int = VERSION
    focus: Focus = Focus()
    before: Focus = Focus()
    last_message: str = ""
    last_answer: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    people: tuple[str, ...] = ()
    quiet: bool = False
    greeted: bool = False
    misses: int = 0
    interview: Interview | None = None
    interview_before: Interview | None = None
