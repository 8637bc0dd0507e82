"""Messages that say more, or less, than an answer: an opinion of a framework beside a fact, words that fit several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.interview.tokens import Match, Token, longest

if TYPE_CHECKING:
    from bot.interview.facts import Facts
    from bot.interview.lexicon import Lexicon

_SHORT = 4
_OPINING = frozenset("is isn't are feels felt seems looks was has lacks can't cannot doesn't won't gets sounds".split())
_SMALL = frozenset("a an the one it is it's we our probably maybe that this like rather please so well just".split())
_OPINION = "opinion_"
Pair = tuple[str, str]


def opinion(message: list[Token], facts: Facts, lexicon: Lexicon) -> Pair | None:
    """(framework, topic) of a remark on a framework that stands beside facts: "Flask is too slow, we need 5k rps"."""
    if facts.excluded or facts.allowed or any(lexicon.model.question(f.question).per_framework for f in facts.facts):
        return None
    if not facts.facts or message[-1].text == "?":
        return None
    for name in longest(lexicon.frameworks.find(message)):
        follows = message[name.end].text if name.end < len(message) else ""
        if follows in _OPINING:
            return name.meaning, _topic(message[name.end :], facts, lexicon)
    return None


def _topic(rest: list[Token], facts: Facts, lexicon: Lexicon) -> str:
    """What the opinion is about by its words, else by the fact beside it."""
    return topic_of(rest, lexicon) or lexicon.model.question(facts.facts[0].question).topic


def topic_of(message: list[Token], lexicon: Lexicon) -> str:
    """What an opinion is about, or nothing."""
    lists = [name for name in lexicon.lists if name.startswith(_OPINION)]
    found: list[Match[str]] = longest(match for name in lists for match in lexicon.cues(name).find(message))
    return found[0].meaning.removeprefix(_OPINION) if found else ""


def fitting(message: list[Token], facts: Facts, asked: str, told: set[str], lexicon: Lexicon) -> tuple[Pair, ...]:
    """Options of other questions that a few words may have meant: "the big one" while the database was asked for."""
    spoken = [token for token in message if not token.mark]
    if not 0 < len(spoken) <= _SHORT or asked in {fact.question for fact in facts.facts}:
        return ()
    if any(not fact.weak for fact in facts.facts) or facts.excluded or facts.allowed or facts.impossible:
        return ()
    found = [(fact.question, name) for fact in facts.facts for name in fact.options]
    for question, phrases in lexicon.bare.items():
        if question not in told | {asked}:
            found += [(question, match.meaning) for match in longest(phrases.find(spoken)) if _covers(match, spoken)]
    return tuple(dict.fromkeys(found))


def _covers(match: Match[str], spoken: list[Token]) -> bool:
    rest = [token.text for token in (*spoken[: match.start], *spoken[match.end :])]
    return not set(rest) - _SMALL
