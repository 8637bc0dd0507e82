"""Repairs misspelt words against the words that the knowledge is made of."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from rapidfuzz.distance import OSA

from bot.knowledge.lexicon import SHORTEST
from bot.knowledge.words import stem

BRIEF = 5
"""Words of up to so many letters are repaired to usual ones only: too many others are one letter away."""
LONG = 9
"""Words of at least so many letters may have two mistakes, shorter ones one."""
REMEMBERED = 5_000
FIRST, SWAPPED, DOUBLED, LEFT_OUT, BESIDE, NAMED = 2.0, 3.0, 2.5, 2.0, 2.0, 2.0
"""What these are worth beside the logarithm of how often a word is met."""
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = {letter: row[max(0, at - 1) : at] + row[at + 1 : at + 2] for row in _ROWS for at, letter in enumerate(row)}

_Buckets = tuple[dict[tuple[str, int], list[str]], dict[tuple[str, int], list[str]]]
"""Words by first letter and length, and by their last two letters and length."""


class Speller:
    """Candidates are bucketed by how a word begins and by how it ends, so that a mistake at either place is found.

    words: all known words; they are never changed. usual: words that people use, with how often they are met: never
    changed either, and the likelier the more usual. proper: names that most messages are about.
    """

    def __init__(self, words: Iterable[str], usual: Mapping[str, int], proper: Iterable[str] = ()) -> None:
        self._known = frozenset(words)
        self._usual = usual
        self._proper = frozenset(proper)
        self._memory: dict[str, str] = {}

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(map(stem, self._known))

    @cached_property
    def _targets(self) -> _Buckets:
        """What may have been meant; made when the first strange word comes."""
        return _buckets(self._known.union(self._usual))

    def knows(self, word: str) -> bool:
        """Whether the word, or another form of it, is known as it stands."""
        if word in self._known:
            return True
        root = stem(word)
        return len(root) >= SHORTEST and word[-1] != "e" and root in self._stems

    def strange(self, word: str) -> bool:
        """Not known, and not a misspelling of anything known either."""
        return not self.knows(word) and not any(near in self._known for near, _ in _near(word, self._targets, 1))

    def repair(self, word: str) -> str:
        """The name, topic or cue it was meant to be, or the word itself when nothing is near enough."""
        if len(word) < SHORTEST or not word.isalpha() or not word.isascii() or word in self._usual or self.knows(word):
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
            if (len(word) <= BRIEF and candidate not in self._usual) or (distance > 1 and candidate[0] != word[0]):
                continue
            key = (distance, -self._likely(word, candidate), candidate)
            if key < best_key:
                best, best_key = candidate, key
        return best

    def _likely(self, word: str, candidate: str) -> float:
        """How usual the word is, and how usual such a slip."""
        often = math.log1p(self._usual.get(candidate, 0))
        return often + slip(word, candidate) + NAMED * (candidate in self._proper)


def slip(written: str, meant: str) -> float:
    """How easily fingers make this of that: letters change places, one is doubled, left out, or its neighbour is hit."""
    likely = FIRST * (written[0] == meant[0])
    if sorted(written) == sorted(meant):
        return likely + SWAPPED
    if len(written) == len(meant):
        wrong = [(one, other) for one, other in zip(written, meant, strict=True) if one != other]
        return likely + BESIDE * all(other in _BESIDE.get(one, "") for one, other in wrong)
    shorter, longer = sorted((written, meant), key=len)
    if longer == meant:
        return likely + LEFT_OUT
    without = (longer[:at] + longer[at + 1 :] for at in range(len(shorter)) if longer[at] == longer[at + 1])
    return likely + DOUBLED * (shorter in without)


def _buckets(words: Iterable[str]) -> _Buckets:
    heads: dict[tuple[str, int], list[str]] = {}
    tails: dict[tuple[str, int], list[str]] = {}
    for word in words:
        if len(word) >= SHORTEST:
            heads.setdefault((word[0], len(word)), []).append(word)
            tails.setdefault((word[-2:], len(word)), []).append(word)
    return heads, tails


def _near(word: str, buckets: _Buckets, allowed: int) -> Iterator[tuple[str, int]]:
    """(word, distance) of everything at most so many mistakes away that begins or ends like it."""
    heads, tails = buckets
    for size in range(len(word) - allowed, len(word) + allowed + 1):
        for candidate in (*heads.get((word[0], size), ()), *tails.get((word[-2:], size), ())):
            distance = OSA.distance(word, candidate, score_cutoff=allowed)
            if distance <= allowed:
                yield candidate, distance
