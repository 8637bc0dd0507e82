"""Which phrases the code says, read from the code itself, so that lint can tell what is missing and what is left over."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BOT = Path(__file__).parent.parent
_ADAPTERS = _BOT.parent / "adapters"
_SUFFIXES = (".py", ".js", ".html")
_SAID = re.compile(r'\b(?:phrase|say|_say|_phrase|_just_say)\(\s*"([a-z][a-z0-9-]*)"')
_STRINGS = tuple(re.compile(rf"{mark}([^{mark}\n]*){mark}") for mark in "\"'`")
"""Each kind of quotes by itself: strings stand in the fields of other strings."""
_ID = re.compile(r"[a-z][a-z0-9-]*")
_END = re.compile(r"-[a-z][a-z-]*[a-z]")
_MADE = re.compile(r"(?:[a-z0-9-]|\{[^{}]*\})+")
_FIELD = re.compile(r"\{[^{}]*\}")
_TELLING = 4
"""Letters that a put-together id must have of its own, to stand for more than anything."""


class Used(NamedTuple):
    """said: ids that are said outright. named: every string that may be an id. made: patterns of ids put together;
    ends: what is put behind an id.
    """

    said: frozenset[str]
    named: frozenset[str]
    made: tuple[re.Pattern[str], ...]
    ends: tuple[str, ...]


@cache
def used() -> Used:
    """By the bot and its adapters, wherever they are installed."""
    said: set[str] = set()
    strings: set[str] = set()
    for folder in (_BOT, _ADAPTERS):
        for path in folder.rglob("*"):
            if path.suffix in _SUFFIXES:
                text = path.read_text(encoding="utf-8")
                said.update(_SAID.findall(text))
                strings.update(found for pattern in _STRINGS for found in pattern.findall(text))
    named = frozenset(string for string in strings if _ID.fullmatch(string))
    ends = tuple(string for string in strings if _END.fullmatch(string))
    return Used(frozenset(said), named, tuple(_patterns(strings)), ends)


def _patterns(strings: Iterable[str]) -> Iterator[re.Pattern[str]]:
    for string in strings:
        if len(_FIELD.sub("", string)) < _TELLING:
            continue
        if "{" in string and _MADE.fullmatch(string):
            yield re.compile(".+".join(re.escape(piece) for piece in _FIELD.split(string)))
        elif string.endswith("-") and _ID.fullmatch(string):
            yield re.compile(re.escape(string) + ".+")


def missing(phrases: Iterable[str]) -> list[str]:
    """Ids that the code says and that are not among these."""
    return sorted(used().said - set(phrases))


def unused(phrases: Iterable[str]) -> list[str]:
    """Ids among these that nothing in the code names."""
    return [name for name in phrases if not _is_used(name)]


def _is_used(name: str) -> bool:
    code = used()
    if name in code.named or any(made.fullmatch(name) for made in code.made):
        return True
    return any(name.endswith(end) and _is_used(name.removesuffix(end)) for end in code.ends)


def broken(wording: str) -> str:
    """Why a wording cannot be filled in, or nothing."""
    try:
        fields = [name for _, name, _, _ in Formatter().parse(wording) if name is not None]
    except ValueError as error:
        return f"{error}; write {{{{ and }}}} for braces that are meant as such"
    strange = next((name for name in fields if not name.isidentifier()), None)
    return f"'{{{strange}}}' is no field; name one, or write {{{{ and }}}} for braces" if strange is not None else ""
