"""The list of needs answered in words: "1, 3 and 5", "accounts and an admin panel", "everything but forms", "none"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.interview.checklist import CHECKLIST
from bot.interview.commands import Tick
from bot.interview.engine import recommend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.conversation import Interview
    from bot.interview.lexicon import Lexicon
    from bot.interview.model import Model
    from bot.interview.tokens import Token

_BETWEEN = frozenset("and & plus or also".split())
_FILLERS = frozenset(
    "a an the some we we'd i i'd it will would definitely need needs want like have with just only please yes yeah number "
    "numbers option options box boxes ok okay well so".split()
)


def ticked(message: list[Token], interview: Interview, model: Model, lexicon: Lexicon) -> Tick | None:
    """The boxes that are meant, or None where the message says anything else. Who names a few things in words need not
    have gone through the list: only numbers, "none" and "all but" leave the rest out on purpose.
    """
    if interview.state != "open" or interview.pending or interview.asked != CHECKLIST:
        return None
    shown = recommend(model, interview.answers, interview.excluded, interview.skipped).boxes
    if lexicon.cues("none_of_these").whole(message) or lexicon.cues("no").whole(message):
        return Tick()
    if lexicon.cues("all_of_these").whole(message):
        return Tick(tuple(shown))
    but = next((match for match in lexicon.cues("all_but").find(message) if match.start == 0), None)
    named = _named(message[but.end :] if but else message, shown, lexicon)
    if but and named:
        return Tick(tuple(box for box in shown if box not in named))
    counted = all(token.text.isdecimal() for part in _parts(message) for token in part)
    return Tick(named, rest=counted) if named else None


def _named(message: list[Token], shown: list[str], lexicon: Lexicon) -> tuple[str, ...]:
    """Nothing unless every part of the message is a box: of facts beside it others know more."""
    found: list[str] = []
    for part in _parts(message):
        numbers = [int(token.text) for token in part if token.text.isdecimal()]
        if len(numbers) == len(part) and all(1 <= number <= len(shown) for number in numbers):
            found += [shown[number - 1] for number in numbers]
            continue
        box = lexicon.boxes.whole(part)
        if box is None:
            return ()
        found.append(box)
    return tuple(dict.fromkeys(found))


def _parts(message: list[Token]) -> Iterator[list[Token]]:
    part: list[Token] = []
    for token in message:
        if token.mark or token.text in _BETWEEN:
            if part:
                yield part
            part = []
        elif token.text not in _FILLERS:
            part.append(token)
    if part:
        yield part
