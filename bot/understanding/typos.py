"""Repairs misspelt words against the words that the knowledge is made of."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.distance import OSA

from bot.knowledge.words import stem

SHORTEST = 4
LONG = 8
"""Words of at least so many letters may have two mistakes, shorter ones one."""


class Speller:
    """Candidates are bucketed by how a word begins and by how it ends, so that a mistake at either place is found.

    words: what a word may be repaired to. preferred: those that win a tie (names and topic words).
    """

    def __init__(self, words: Iterable[str], preferred: Iterable[str]) -> None:
        self.known = frozenset(words)
        self._stems = frozenset(map(stem, self.known))
        self._preferred = frozenset(preferred)
        self._heads: dict[tuple[str, int], list[str]] = {}
        self._tails: dict[tuple[str, int], list[str]] = {}
        self._memory: dict[str, str] = {}
        for word in self.known:
            if len(word) >= SHORTEST:
                self._heads.setdefault((word[0], len(word)), []).append(word)
                self._tails.setdefault((word[-2:], len(word)), []).append(word)

    def knows(self, word: str) -> bool:
        """Whether the word, or another form of it, is known as it stands."""
        return word in self.known or stem(word) in self._stems

    def repair(self, word: str) -> str:
        """The word it was meant to be, or the word itself when nothing is near enough."""
        if len(word) < SHORTEST or not word.isalpha() or not word.isascii() or self.knows(word):
            return word
        found = self._memory.get(word)
        if found is None:
            if len(self._memory) > 5_000:
                self._memory.clear()
            found = self._memory[word] = self._nearest(word)
        return found

    def _nearest(self, word: str) -> str:
        allowed = 2 if len(word) >= LONG else 1
        best, best_key = word, (allowed + 1, 0, 0, word)
        for candidate in self._candidates(word, allowed):
            distance = OSA.distance(word, candidate, score_cutoff=allowed)
            if distance <= allowed:
                key = (distance, candidate not in self._preferred, candidate[0] != word[0], candidate)
                if key < best_key:
                    best, best_key = candidate, key
        if len(word) == SHORTEST and best not in self._preferred:
            return word
        return best

    def _candidates(self, word: str, allowed: int) -> Iterable[str]:
        for size in range(len(word) - allowed, len(word) + allowed + 1):
            yield from self._heads.get((word[0], size), ())
            yield from self._tails.get((word[-2:], size), ())
