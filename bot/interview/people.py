"""How many people work on it: counts that add up, counts of parts, users, and how the number changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.interview.numbers import RANGE, N, Number, counted, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.interview.numbers import Units

_FEW = 7
"""More than these "for" whom something is built are its users, also where nobody else is counted."""
_CROWD = 100
"""More people than these, of whom nothing says that they build it, are its users."""
_PAIR = re.compile(r"\b(?:just |only )?(?:me|myself) and (?:my|a|one) (?:\w+)\b|\bmy (?:\w+) and (?:i|me)\b")
_ALONE = re.compile(
    r"\b(?:just me|only me|by myself|on my own|solo (?:dev|developer|founder|project|\w+)|solo|one[- ]man|one[- ]person)\b"
)
_NOT_ALONE = re.compile(r"\b(?:just me|only me) and\b")
_TEAM = re.compile(
    rf"\bteam (?:of|has|is|size|to)(?: is)? (?:about |around |roughly |~)?{RANGE}{N}"
    rf"|\b(?:we(?:'re| are)|(?<=if )we were) (?:only |just |about |now )*{N}(?! ?(?:week|day|month|year|%))(?=\W*(?:$|[,.;]|and\b|in\b|now\b))"
)
_NOW = re.compile(
    rf"\b(?:now|down to|up to|left with)(?: only| just| we're| we are| it's| there are)* {N}(?=\s*(?:$|[,.;!)]|of us\b|left\b|and\b|but\b))"
    rf"|[,.;]\s*(?:no|wait|sorry|i mean|actually)\b[\s,.]*(?:wait\b[\s,]*|actually\b[\s,]*)?{N}(?=\s*(?:$|[.;!)]))"
    rf"|(?:^|[,.;]\s*|\bonly |\bjust |\bare ){N} (?:of us )?(?:now|left)(?=\s*(?:$|[,.;!)]))"
)
_WERE = re.compile(rf"\bwe (?:were|had|used to be|have been) (?:only |about )?{N}\b")
_GAINED = re.compile(r"\b(?:(lost|lose|losing|fired)|hired|hire|hiring|added|gained)\s+(?:\w+\s)?$")
_GONE = re.compile(r"^\s+(?:(quit|quits|resigned|is leaving|are leaving|will leave|is gone|are gone)|joined|joins)\b")
_SELF_AND = re.compile(r"\b(?:me|myself|i)\s?(?:\+|&|,? and|plus)\s(?:my |our |the )?(?:other )?$")
_ABOUT = r"(?:about |around |roughly |some |the |our |up to |only |just )*"
_BUILT = "built|build|developed|made|maintained|written|run|done|coded|programmed|led|looked after"
_FOR = re.compile(
    rf"\b(?:for|serves?|serving|(?!(?:{_BUILT})\b)\w+(?:ed|en|un|ead|it)(?: \w+){{0,3}} by) (?:{N} [^,.;]*? and )?{_ABOUT}$"
)
_USE = re.compile(
    r"^(?: (?!we\b|i\b)[a-z]+){0,2} (?:use|uses|using|log in|logs in|work with|works with|look at|read|see|edit)\b"
)
_SHARE = ("us", "them", "those", "these")
_JOINED = re.compile(r"\b(?:and|plus|also)\b|[&+]")
_AGAIN = r"(?:(?:no|nope|nah|sorry|oops|actually|wait|correction|hmm?|well|ok|okay|but|so|i mean(?:t)?)\b[\s,.!-]*)+"
_FILLING = r"(?:(?:we're|we are|it's|it is|there are|there's|make (?:it|that)|i said|only|just|about|now|more like|rather)\s+)*"
_CORRECTED = re.compile(rf"\W*{_AGAIN}{_FILLING}{N}(?=\s*(?:$|[,.!;]|with\b|now\b|instead\b|not\b|of us\b|people\b))")
_LEFT = r"left|leaves?|leaving|quits?|gone|joined|joins|joining|fired|hired|resigned|is out|is back|is sick"
_RECOUNTED = re.compile(rf"\W*{_FILLING}{N}(?:\s*[,.;]\s*(?:[\w']+\s+){{1,3}}(?:{_LEFT})\b|\s+(?:now|with [\w']+)\W*$)")


def people(text: str, units: Units) -> Iterator[Number]:
    """The size of the team, and how many it is for. `text` is folded."""
    if found := _PAIR.search(text):
        yield Number("people", 2, found.group(), *found.span())
        return
    named = list(counted(text, units.people, "people", 2))
    team = _TEAM.search(text)
    own, users = _divided(text, [number for number in named if not _changes(text, number)], units, team=bool(team))
    yield from users
    newest = _NOW.search(text) if named or team or _WERE.search(text) else None
    if newest or team:
        yield _found(newest or team)  # type: ignore[arg-type]
    elif own:
        yield _total(text, own, units)
    elif not named and (found := _labelled(text, units)):
        yield _found(found)
    elif not named and (found := _ALONE.search(text)) and not _NOT_ALONE.search(text):
        yield Number("people", 1, found.group(), *found.span())


def corrected(text: str) -> Number | None:
    """A bare number that corrects one told before: "no, 5", "7, dave left"."""
    found = _CORRECTED.match(text) or _RECOUNTED.match(text) or _NOW.search(text)
    return _found(found) if found else None


def _labelled(text: str, units: Units) -> re.Match[str] | None:
    """ "Devs: 3", "team size: 4"."""
    names = "|".join(map(re.escape, (*units.people, "team", "team size", "headcount")))
    return re.search(rf"\b(?:{names})\s?[:=]\s?{_ABOUT}{N}(?=\s*(?:$|[,.;!)]))", text)


def _found(found: re.Match[str]) -> Number:
    number, scale = [*(group for group in found.groups() if group), None][:2]
    return Number("people", value_of(number or "", scale), found.group().strip(), *found.span())


def _changes(text: str, number: Number) -> bool:
    """ "we lost one dev", "two devs quit": who comes and goes is not who is there."""
    return bool(_GAINED.search(text[: number.start]) or _GONE.match(text[number.end :]))


def growth(text: str, units: Units) -> float:
    """By how many a team that was counted before has grown; less than none where people left."""
    total = 0.0
    for number in counted(text, units.people, "people", 2):
        found = _GAINED.search(text[: number.start]) or _GONE.match(text[number.end :])
        if found:
            total += -number.value if found[1] else number.value
    return total


def _divided(text: str, named: list[Number], units: Units, *, team: bool) -> tuple[list[Number], list[Number]]:
    """Who builds it, and for whom it is built: "for 30 people" beside "2 devs"."""
    for_whom = [
        number
        for number in named
        if number.words.split()[-1] in units.anybody
        and (
            number.value > _CROWD
            or _FOR.search(text[: number.start])
            or _USE.match(text[number.end :])
            or _are(text[: number.start], units.users)
        )
    ]
    own = [number for number in named if number not in for_whom]
    users = [n for n in for_whom if own or team or n.value > _FEW or _are(text[: n.start], units.users)]
    rest = [number for number in named if number not in users]
    return rest, [number._replace(kind="users") for number in users]


def _are(before: str, users: Sequence[str]) -> bool:
    """ "Our customers are 40 people"."""
    names = "|".join(re.escape(unit) for unit in users)
    return bool(re.search(rf"\b(?:{names})(?: are| is|:) {_ABOUT}$", before))


def _total(text: str, own: list[Number], units: Units) -> Number:
    """The sum, unless what follows only says who the first are: "2 devs, one senior and one junior"."""
    first, rest = own[0], _besides(own)
    start, value = first.start, first.value
    if rest and _parts(text, first, rest, units):
        return Number("people", value, first.words, start, own[-1].end)
    if alone := _SELF_AND.search(text[: first.start]):
        start, value = alone.start(), value + 1
    before = _halved(text, first, units)
    if before is not None:
        start, value = before.start, value + before.value
    return Number("people", value + sum(number.value for number in rest), first.words, start, own[-1].end)


def _besides(own: list[Number]) -> list[Number]:
    """The numbers after the first that may add to it: "two of us" are some of those who were counted."""
    if own[0].words.split()[-1] in _SHARE:
        return own[1:]
    return [number for number in own[1:] if number.words.split()[-1] not in _SHARE]


def _parts(text: str, whole: Number, rest: list[Number], units: Units) -> bool:
    if len(whole.words.split()) > 2 or sum(number.value for number in rest) > whole.value:
        return False
    plain = [number for number in rest if not set(number.words.split()[1:]) & {*units.kinds}]
    return not plain and not _JOINED.search(text[whole.end : rest[0].start])


def _halved(text: str, number: Number, units: Units) -> Number | None:
    """ "2 backend and 3 frontend people": the first number's unit comes with the second."""
    kinds = "|".join(re.escape(kind) for kind in sorted(units.kinds, key=len, reverse=True))
    found = re.search(rf"{N} (?:{kinds})(?: and|,| plus| &| \+) ?$", text[: number.start]) if kinds else None
    return _found(found) if found else None
