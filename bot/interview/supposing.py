"""What-ifs: a change that is only supposed, and what is supposed besides while one is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from bot.conversation import Patch
from bot.interview import commands as c
from bot.interview.earlier import told_before
from bot.interview.facts import Facts, read_facts
from bot.interview.lexicon import Lexicon
from bot.interview.numbers import bare_number
from bot.interview.tokens import longest
from bot.interview.turn import patched

if TYPE_CHECKING:
    from bot.conversation import Conversation, Interview
    from bot.interview.model import Model
    from bot.interview.tokens import Token

Understood = tuple[c.InterviewCommand, float]
_BRIEF = 9
_BESIDES = frozenset("and also plus or then with without but".split())
_MORE = frozenset("and also plus".split())


def what_if(text: str, message: list[Token], interview: Interview, _: Conversation, model: Model) -> Understood | None:
    """ "What if we used Mongo?"; of one that is open, "and 20 people?" supposes that as well."""
    lexicon = Lexicon.of(model)
    cue = next((m for m in longest(lexicon.cues("what_if").find(message)) if m.start == 0), None)
    if cue is None:
        return _besides(text, message, interview, model)
    more = message[0].text in _MORE or bool(lexicon.cues("adds").anywhere(message))
    found = _supposed(text, interview, model, more=more)
    if found is not None:
        return found
    return (c.AskWhatIf(), 1.0) if cue.end == len([t for t in message if not t.mark]) else None


def _besides(text: str, message: list[Token], interview: Interview, model: Model) -> Understood | None:
    """ "And 20 people?", "plus an API": short, no statement of what is so, and no question about frameworks."""
    lexicon = Lexicon.of(model)
    said = [token.text for token in message if not token.mark]
    if not 0 < len(said) <= _BRIEF or lexicon.frameworks.anywhere(message):
        return None
    asks, joins = message[-1].text == "?", said[0] in _BESIDES
    supposing = interview.what_if is not None
    if not (asks or (joins and supposing and interview.state == "done")) or not (joins or supposing):
        return None
    rest = said[1:] if joins else said
    if not rest or rest[0] in lexicon.listed("asking") or (not asks and set(rest) & lexicon.listed("self")):
        return None
    return _supposed(text, interview, model, more=True) if supposing or interview.state == "done" else None


def _supposed(text: str, interview: Interview, model: Model, *, more: bool) -> Understood | None:
    """The change the text speaks of; with `more` beside what is supposed already."""
    base = _with(interview) if more else interview
    facts = _read(text, base, model)
    if not facts:
        return None
    found = changes(facts, base)
    return c.WhatIf(_joined(interview.what_if, found) if more and interview.what_if is not None else found), 1.0


def _with(interview: Interview) -> Interview:
    """The interview as it would be."""
    if interview.what_if is None:
        return interview
    answers, excluded = patched(interview, interview.what_if)
    return replace(interview, answers=answers, excluded=excluded)


def _read(text: str, interview: Interview, model: Model) -> Facts:
    told = told_before(interview, model)
    facts = read_facts(text, model, hypothetical=True, told=told)
    last = interview.what_if.answers[-1].question if interview.what_if and interview.what_if.answers else ""
    bare = text.casefold().strip(" ?!.").removeprefix("and ").removeprefix("or ").removeprefix("with ")
    if facts or not last or bare_number(bare) is None:
        return facts
    return read_facts(bare, model, asked=last, hypothetical=True)


def _joined(old: Patch, new: Patch) -> Patch:
    """Both changes; of two to the same thing the later one."""
    named = {answer.question for answer in new.answers}
    return Patch(
        (*(answer for answer in old.answers if answer.question not in named), *new.answers),
        tuple(dict.fromkeys(name for name in (*old.excluded, *new.excluded) if name not in new.allowed)),
        tuple(dict.fromkeys(name for name in (*old.allowed, *new.allowed) if name not in new.excluded)),
    )


def changes(facts: Facts, interview: Interview) -> Patch:
    """The changes these facts make."""
    allowed = tuple(name for name in facts.allowed if name in interview.excluded)
    answers = tuple(fact.answer("pasted" if facts.pasted else "said") for fact in facts.facts)
    return Patch(answers, facts.excluded, allowed)
