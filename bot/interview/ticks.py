"""The list of needs answered in words: "1, 3 and 5", "accounts and an admin panel", "everything but forms", "none"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from bot.interview.checklist import CHECKLIST
from bot.interview.commands import Tick
from bot.interview.engine import recommend
from bot.interview.tokens import longest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.conversation import Interview
    from bot.interview.commands import InterviewCommand
    from bot.interview.lexicon import Lexicon
    from bot.interview.model import Model
    from bot.interview.tokens import Token

_BETWEEN = frozenset("and & plus or also n".split())
_FILLERS = frozenset(
    "a an the some we we'd i i'd it will would definitely need needs want like have with just only please yes yeah number "
    "numbers option options box boxes ok okay well so".split()
)


def ticked(message: list[Token], interview: Interview, model: Model, lexicon: Lexicon) -> Tick | None:
    """The boxes that are meant, or None where the message says anything else. Who names a few things in words need not
    have gone through the list: only several numbers, "none", "all but" and "nothing else" leave the rest out on purpose.
    """
    if interview.state != "open" or interview.pending or interview.asked != CHECKLIST:
        return None
    message, _ = lexicon.mended(message)
    shown = recommend(model, interview.answers, interview.excluded, interview.skipped).boxes
    if lexicon.cues("none_of_these").whole(message) or lexicon.cues("no").whole(message):
        return Tick()
    if lexicon.cues("all_of_these").whole(message):
        return Tick(tuple(shown))
    but = next((match for match in lexicon.cues("all_but").find(message) if match.start == 0), None)
    closed, plain = _closed(message[but.end :] if but else message, lexicon)
    named = _named(plain, shown, lexicon)
    if but and named:
        return Tick(tuple(box for box in shown if box not in named))
    counted = all(token.text.isdecimal() for part in _parts(plain) for token in part)
    return Tick(named, rest=closed or (counted and len(named) > 1)) if named else None


def typed(wish: InterviewCommand) -> InterviewCommand:
    """A box that was chosen by typing its number or its label: a single one is taken for the only one allowed, so it says
    nothing of the others; a list that a platform submits does.
    """
    return replace(wish, rest=False) if isinstance(wish, Tick) and len(wish.boxes) == 1 else wish


def _closed(message: list[Token], lexicon: Lexicon) -> tuple[bool, list[Token]]:
    """Whether it says that this is all of it ("just the admin", "1 and nothing else"), and the message without that."""
    named = longest(lexicon.boxes.find(message))  # "API tokens only" is the name of a box
    found = longest(lexicon.cues("nothing_else").find(message))
    cues = [cue for cue in found if not any(box.start <= cue.start < box.end for box in named)]
    said = {at for cue in cues for at in range(cue.start, cue.end)}
    return bool(cues), [token for at, token in enumerate(message) if at not in said]


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
