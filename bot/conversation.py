"""Everything remembered about one place. Frozen and serialisable; `version` lets tomorrow's code read today's rows."""

from __future__ import annotations

from typing import Literal

import msgspec

VERSION = 1


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """One answer of the interview. `options` has one member, several for "either", or `("any",)` for "does not matter".

    sure: 1, 0.9 after a typing error, less for what was not ticked in a list, 0.65 for a hedge. origin: what the person
    did, shown when they ask what was understood. value: the words or number the option was read from ("team of 5", "MongoDB"), as it should be shown.
    """

    question: str
    options: tuple[str, ...]
    sure: float = 1.0
    origin: Literal["said", "pressed", "pasted", "unticked"] = "said"
    value: str = ""


class Patch(msgspec.Struct, frozen=True, omit_defaults=True):
    """Changes that are talked about but not made: a what-if, or something that waits for a yes."""

    answers: tuple[Answer, ...] = ()
    excluded: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()


class Interview(msgspec.Struct, frozen=True, omit_defaults=True):
    """The answers are the state; ranking, confidence and the next question are computed from them.

    skipped: questions left open, offered again after the result. excluded: frameworks the person ruled out.
    asked: the open question; put: how many were put. state: `open` asks, `done` has shown its result, `closed` waits
    to be resumed. misses: messages not understood in a row. pending: what a yes would do (`restart`, `cancel`,
    `apply`), with `patch` when it needs one; what_if: the change last tried. dissent: the framework the person
    prefers to the pick.
    history: the states before each turn that changed something, newest last and without histories of their own.
    """

    session: str
    answers: tuple[Answer, ...] = ()
    skipped: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    asked: str = ""
    put: int = 0
    state: Literal["open", "done", "closed"] = "open"
    thorough: bool = False
    misses: int = 0
    pending: Literal["", "restart", "cancel", "apply"] = ""
    patch: Patch | None = None
    what_if: Patch | None = None
    dissent: str = ""
    history: tuple[Interview, ...] = ()


class Focus(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the talk is about: used to complete "and auth?", "same for fastapi", "which is faster?".

    package: the one named first, when it was about packages. packages: all that were named or told, in that order.
    purposes: what packages were asked for. terms: what was explained. moves: from which framework to which. doubts: the
    words by which it was asked what speaks against something. sides: the frameworks that were compared.
    """

    intent: str = ""
    frameworks: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    package: str = ""
    claims: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    trace: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    moves: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()


class Conversation(msgspec.Struct, frozen=True, omit_defaults=True):
    """choices: the values of the choices last shown, so that "2" or a label's words press one (label, value).

    last_message: the message answered last; `before` is the focus as it was before it, for an edited question.
    opened_by: the message whose answer was the first that everybody here saw.
    people: who has been talking with the bot here, newest last. `quiet`: people talk to each other, the bot listens.
    told_quiet: it has said so, which is done once.
    """

    version: int = VERSION
    focus: Focus = Focus()
    before: Focus = Focus()
    last_message: str = ""
    last_answer: str = ""
    opened_by: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    people: tuple[str, ...] = ()
    quiet: bool = False
    told_quiet: bool = False
    misses: int = 0
    interview: Interview | None = None
    interview_before: Interview | None = None
