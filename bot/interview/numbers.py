"""Counts, durations and rates in a message: how many people, by when, for how long, how much traffic."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NAMED = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100,
    "dozen": 12, "couple": 2, "few": 3, "several": 5,
}  # fmt: skip
_SCALE = {"k": 1e3, "m": 1e6, "thousand": 1e3, "million": 1e6, "millions": 1e6, "thousands": 1e3, "billion": 1e9}
N = r"(?<![\w.])(-?\d+(?:[.,]\d+)*|" + "|".join(_NAMED) + r")\s?(k|m|thousand|million|billion)?\b"
RANGE = r"(?:(?:\d+|" + "|".join(_NAMED) + r")\s?(?:-|\u2013|to|or)\s?)?"
_DURATION = re.compile(
    rf"(?:\b(?:a|the next|next) )?{RANGE}{N}(?: (?:of|or so|more))?[ -]?(hour|day|week|month|quarter|year)s?\b(?![ -](?:old|school|degree|college|university))|\b(?:a|next) (day|week|month|quarter|year)\b"
)
_DAYS = {"hour": 0.05, "day": 1.0, "week": 7.0, "month": 30.0, "quarter": 91.0, "year": 365.0}
_EXPERIENCE = re.compile(r"^\W*(?:\w+\W+){0,3}?(?:experience|old\b|ago\b)")
_SINCE = re.compile(r"^\s+(?:in|into)\b(?!\s+(?:the|a)\b)")
_RATE = re.compile(rf"{N}\s(?!(?:in|within|for|about|over|after|only)\b)[a-z-]+\s$")


class Number(NamedTuple):
    """kind: people, days, years, requests or users. words: as the person put it. start, end: where."""

    kind: str
    value: float
    words: str
    start: int
    end: int


class Units(NamedTuple):
    """Word lists of the knowledge that say what a number counts.

    anybody: of the people, words that fit users as well; kinds: words that tell people of a team apart ("senior").
    """

    people: Sequence[str]
    anybody: Sequence[str]
    kinds: Sequence[str]
    users: Sequence[str]
    rate: Sequence[str]
    deadline: Sequence[str]
    lifetime: Sequence[str]
    beginning: Sequence[str]


def value_of(number: str, scale: str | None = None) -> float:
    """ "1,200" is 1200, "1.5" is 1.5, "five" is 5."""
    if number in _NAMED:
        return _NAMED[number] * _SCALE.get(scale or "", 1)
    plain = re.sub(r"[.,](?=\d{3}\b)", "", number).replace(",", ".")
    return float(plain) * _SCALE.get(scale or "", 1)


def numbers(text: str, units: Units) -> Iterator[Number]:
    """Numbers that say what they count, but for people: see `people.py`. `text` is folded."""
    yield from _durations(text, units)
    yield from counted(text, units.users, "users", 2)
    yield from _counted_after(text, units.users, "users")
    yield from counted(text, units.rate, "requests", 1)


def bare_number(text: str) -> float | None:
    """The message is a number and little else: "5", "about 5"."""
    found = re.fullmatch(
        rf"\W*(?:(?:no|nope|actually|wait|sorry)\b\W+)?(?:about |around |roughly |maybe |like |just |it's |we're |we are |now |say )?{N}\W*",
        text.strip(),
    )
    return value_of(found[1], found[2]) if found else None


def duration_days(text: str) -> tuple[float, str] | None:
    """The first duration in the text."""
    found = _DURATION.search(text)
    return (_length(found), found.group()) if found else None


def counted(text: str, units: Sequence[str], kind: str, between: int) -> Iterator[Number]:
    """A number, at most some adjectives, and the unit. "not 5 devs" is no count of them."""
    names = "|".join(re.escape(unit) for unit in sorted(units, key=len, reverse=True))
    adjective = r"(?!(?:years?|weeks?|days?|months?|hours?|of|and|in|or|with|to|for)\b)[a-z-]+\s"
    pattern = rf"{RANGE}{N}\+?[\s-]*(?:{adjective}){{0,{between}}}(?:{names})(?![\w-])"
    for found in re.finditer(pattern, text):
        if not re.search(r"\b(?:not|than)\s+$", text[: found.start()]):
            yield Number(kind, value_of(found[1], found[2]), found.group(), *found.span())


def _counted_after(text: str, units: Sequence[str], kind: str) -> Iterator[Number]:
    """ "not many users, maybe 50": the number stands behind its unit."""
    names = "|".join(re.escape(unit) for unit in sorted(units, key=len, reverse=True))
    about = r"(?:(?:maybe|about|around|roughly|perhaps|like|say|up to|some|at most|at least|only|just) )*"
    for found in re.finditer(rf"\b(?:{names})(?:[,:] ?| - | )(?:{about}){N}(?=\s*(?:$|[,.;!)]))", text):
        if re.search(r"\d[\w.]*\s*$", text[: found.start()]):
            continue  # "1000 users, maybe 2000": it was counted already
        yield Number(kind, value_of(found[1], found[2]), found.group(), *found.span())


def lone_duration(text: str) -> tuple[float, str] | None:
    """The message is a duration and little else: "around 2 months I think"."""
    found = _DURATION.search(text)
    rest = f"{text[: found.start()]} {text[found.end() :]}" if found else "-"
    return (_length(found), found.group()) if found and not set(re.findall(r"[^\W_]+", rest)) - _LITTLE else None


_LITTLE = frozenset(
    (
        "no about around roughly maybe perhaps probably like just in within we have it's i think guess say or so max "
        "maximum at most least tops more less than up to some hmm well ok actually until then the only for a"
    ).split()
)


def _durations(text: str, units: Units) -> Iterator[Number]:
    for found in _DURATION.finditer(text):
        before, after = text[max(0, found.start() - 45) : found.start()], text[found.end() : found.end() + 30]
        if _EXPERIENCE.match(after) or _SINCE.match(after) or (found[4] and _RATE.search(before)):
            continue  # "50 orders a week" is no time to be ready in
        if begins(text[: found.start()], units):
            continue
        days = _length(found)
        if _cued(before[-28:], units.lifetime) or (days >= 700 and _cued(found.group() + after, units.lifetime)):
            yield Number("years", days / 365, _plain(found), *found.span())
        elif _cued(before, units.deadline) or _cued(after, units.deadline) or _listed(text, found, days, units):
            yield Number("days", days, _plain(found), *found.span())


def begins(before: str, units: Units) -> bool:
    """ "Kicking off next month": when work begins is not when it has to be done."""
    cues = [found for cue in units.beginning for found in re.finditer(rf"\b{re.escape(cue)}\b([^.;!?,]*)$", before)]
    return bool(cues) and not any(_cued(found[1], [c for c in units.deadline if c not in _FAINT]) for found in cues)


def _listed(text: str, found: re.Match[str], days: float, units: Units) -> bool:
    """ "4 devs, 3 months": a part of a list in which people are counted."""
    before, after = text[: found.start()].rstrip(), text[found.end() :].lstrip()
    apart = before.endswith((",", ";", ".")) and not re.match(r"[^,;.!]", after)
    return apart and days <= _DAYS["year"] and any(counted(text, units.people, "people", 2))


_FAINT = frozenset("in within by after have out time left takes until prototype mvp".split())


def _plain(found: re.Match[str]) -> str:
    """The duration without the words around it: "next 5 years" is "5 years"; "next week" is at most a week."""
    if found[4]:
        return f"a {found[4]}"
    return re.sub(
        r"^(?:a few|a couple|the next|next|a(?= \d))\s*",
        lambda m: m.group() if m.group().startswith("a ") else "",
        found.group(),
    ).strip()


def _cued(text: str, cues: Sequence[str]) -> bool:
    return any(re.search(rf"\b{re.escape(cue)}\b", text) for cue in cues)


def _length(found: re.Match[str]) -> float:
    if found[4]:
        return _DAYS[found[4]]
    return value_of(found[1], found[2]) * _DAYS[found[3]]
