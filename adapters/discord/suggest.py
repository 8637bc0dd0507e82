"""What an option of a command may be completed to, typing errors included."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process, utils

from adapters.discord.limits import CHOICES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.knowledge.knowledge import Knowledge

LEAST = 55  # of 100: "dajngo" is still Django, "fla" is still Flask


def frameworks(knowledge: Knowledge, typed: str) -> list[str]:
    entries = knowledge.file.frameworks.values()
    return best(typed, ((entry.name, (entry.name, *entry.asks)) for entry in entries))


def topics(knowledge: Knowledge, typed: str) -> list[str]:
    entries = knowledge.file.topics.values()
    return best(typed, ((entry.name, (entry.name, *entry.asks)) for entry in entries))


def best(typed: str, named: Iterable[tuple[str, Iterable[str]]]) -> list[str]:
    """Names whose own or other names are like what was typed, the likest first; all in order while nothing is."""
    every = dict(named)
    if not typed.strip():
        return list(every)[:CHOICES]
    likeness = {name: _likeness(typed, others) for name, others in every.items()}
    found = sorted((name for name in every if likeness[name] >= LEAST), key=lambda name: -likeness[name])
    return found[:CHOICES]


def _likeness(typed: str, names: Iterable[str]) -> float:
    wanted = utils.default_process(typed)
    if any(utils.default_process(name).startswith(wanted) for name in names):
        return 101.0
    found = process.extractOne(wanted, list(names), scorer=fuzz.WRatio, processor=utils.default_process)
    return found[1] if found else 0.0
