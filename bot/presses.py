"""What a button means, written into its value and read back. Values survive restarts; they hold ids only, never text.

verb[:field[:field...]], where a field is ids joined by "+". Values of the interview begin with "iv:" and are its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.commands import (
    AskFact,
    Command,
    Compare,
    Describe,
    Forget,
    GiveFeedback,
    Help,
    MakeCase,
    More,
    Prefer,
    Share,
    ShowCode,
    ShowSources,
    Subject,
    TellPreferences,
    TellStored,
    WhyThisAnswer,
)
from bot.replies import CHOICE_VALUE_LIMIT

_PLAIN: dict[str, Command] = {
    "why": WhyThisAnswer(),
    "sources": ShowSources(),
    "help": Help(),
    "stored": TellStored(),
    "forget": Forget(),
    "forget-yes": Forget(confirmed=True),
    "more": More(),
    "preferences": TellPreferences(),
    "prefer-short": Prefer("short"),
    "prefer-long": Prefer("long"),
    "prefer-private": Prefer("private"),
    "prefer-public": Prefer("public"),
    "prefer-reset": Prefer("reset"),
}


def value(verb: str, *fields: Sequence[str] | str) -> str:
    """The value of a button, such as "compare:django+flask:auth"; ids that would not fit are left off."""
    parts = [verb, *(field if isinstance(field, str) else "+".join(field) for field in fields)]
    text = ":".join(parts).rstrip(":")
    while len(text) > CHOICE_VALUE_LIMIT and "+" in text:
        text = text.rpartition("+")[0]
    return text[:CHOICE_VALUE_LIMIT]


def command(press: str) -> Command | None:
    """The command of a pressed button, or None when no such button was ever made here."""
    verb, *fields = press.split(":")
    if verb in _PLAIN:
        return _PLAIN[verb]
    ids = [tuple(filter(None, field.split("+"))) for field in fields] + [()] * 3
    match verb:
        case "compare":
            return Compare(Subject(frameworks=ids[0], topics=ids[1], others=ids[2]))
        case "describe":
            return Describe(Subject(frameworks=ids[0], topics=ids[1]))
        case "fact":
            return AskFact(Subject(frameworks=ids[0], topics=ids[1]))
        case "code":
            return ShowCode(Subject(frameworks=ids[0], tasks=ids[1], topics=ids[2]))
        case "case" if ids[0]:
            return MakeCase(ids[0][0], ids[1])
        case "share":
            return Share(fields[0] if fields else "")
        case "fb" if len(fields) >= 2:
            return GiveFeedback(fields[1], fields[0] == "+", fields[2] if len(fields) > 2 else "")
    return None
