"""Repairs misspelt words against the words that the knowledge is made of."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping

from rapidfuzz.distance import OSA

from bot.knowledge.words import stem

SHORTEST = 4
BRIEF = 5
"""Words of up to so many letters are repaired to names only: too many ordinary words are one letter away."""
LONG = 9
"""Words of at least so many letters may have two mistakes, shorter ones one."""
REMEMBERED = 5_000
SWAPPED, FIRST, NAMED = 3.0, 2.0, 3.0
"""What these are worth beside the logarithm of how often a word is met."""

_Buckets = dict[tuple[str, int], list[str]]


class Speller:
    """Candidates are bucketed by how a word begins and by how it ends, so that a mistake at either place is found.

    words: all known words; they are never changed. names: what any word may be repaired to (frameworks, packages,
    topics). cues: what longer words may be repaired to as well. plain: ordinary
    words that say nothing by themselves, so that 'whihc' does not become a word that does. usual: how often each stem is met, which decides between
    words that are equally near.
    """

    def __init__(
        self,
        words: Iterable[str],
        names: Iterable[str],
        cues: Iterable[str],
        plain: Iterable[str] = (),
        usual: Mapping[str, int] | None = None,
    ) -> None:
        self._usual = usual or {}
        self._known = frozenset(words)
        self._stems = frozenset(map(stem, self._known))
        self._names = frozenset(names)
        self._plain = frozenset(plain)
        self._targets = _buckets(self._names | self._plain | frozenset(cues))
        self._all = _buckets(self._known)
        self._memory: dict[str, str] = {}

    def knows(self, word: str) -> bool:
        """Whether the word, or another form of it, is known as it stands."""
        return word in self._known or stem(word) in self._stems

    def strange(self, word: str) -> bool:
        """Not known, and not a misspelling of anything known either."""
        return not self.knows(word) and next(_near(word, self._all, 1), None) is None

    def repair(self, word: str) -> str:
        """The name, topic or cue it was meant to be, or the word itself when nothing is near enough."""
        if len(word) < SHORTEST or not word.isalpha() or not word.isascii() or self.knows(word):
            return word
        found = self._memory.get(word)
        if found is None:
            if len(self._memory) > REMEMBERED:
                self._memory.clear()
            found = self._memory[word] = self._nearest(word)
        return found

    def _nearest(self, word: str) -> str:
        allowed = 2 if len(word) >= LONG else 1
        best, best_key = word, (allowed + 1, 0.0, word)
        for candidate, distance in _near(word, self._targets, allowed):
            named = candidate in self._names
            if (len(word) <= BRIEF and not named and candidate not in self._plain) or (
                distance > 1 and candidate[0] != word[0]
            ):
                continue
            key = (distance, -self._likely(word, candidate), candidate)
            if key < best_key:
                best, best_key = candidate, key
        return best

    def _likely(self, word: str, candidate: str) -> float:
        """Letters that only changed places say most, then a first letter that is right; then the more usual word."""
        swapped = sorted(word) == sorted(candidate)
        named = NAMED * (candidate in self._names)
        return (
            named
            + SWAPPED * swapped
            + FIRST * (candidate[0] == word[0])
            + math.log1p(self._usual.get(stem(candidate), 0))
        )


def _buckets(words: Iterable[str]) -> tuple[_Buckets, _Buckets]:
    heads: _Buckets = {}
    tails: _Buckets = {}
    for word in words:
        if len(word) >= SHORTEST:
            heads.setdefault((word[0], len(word)), []).append(word)
            tails.setdefault((word[-2:], len(word)), []).append(word)
    return heads, tails


def _near(word: str, buckets: tuple[_Buckets, _Buckets], allowed: int) -> Iterator[tuple[str, int]]:
    """(word, distance) of everything at most so many mistakes away that begins or ends like it."""
    heads, tails = buckets
    for size in range(len(word) - allowed, len(word) + allowed + 1):
        for candidate in (*heads.get((word[0], size), ()), *tails.get((word[-2:], size), ())):
            distance = OSA.distance(word, candidate, score_cutoff=allowed)
            if distance <= allowed:
                yield candidate, distance
