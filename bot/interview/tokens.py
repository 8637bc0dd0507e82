"""A message as tokens with their places, and lists of phrases found in it, longest first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from bot.knowledge.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_TOKEN = re.compile(r"[^\W_]+(?:['./&][^\W_]+)*(?:\+\+|#)?|[,;:.!?()\n]")
_OPENING = re.compile(
    r"\s*(?:no|nope|nah)[\s,.!-]+(?=(?:i|we) mean|wait\b|actually\b|sorry\b|hang on|hold on)"
    r"|\s*(?:please )?(?:can|could|may) (?:i|we|you) (?:please )?(?=(?:change|switch|set|correct|update) )"
)
"""Left out: "no, I mean" denies nothing of what follows, and "can I change ..." asks nothing."""
_MARKS = frozenset(",;:.!?()\n")
T = TypeVar("T")


class Token(NamedTuple):
    """A word in lower case, or a punctuation mark. start, end: its place in the folded text."""

    text: str
    start: int
    end: int

    @property
    def mark(self) -> bool:
        return self.text in _MARKS


def tokens(text: str) -> list[Token]:
    """Hyphens and slashes between spaces separate words; "node.js", "don't" and "req/s" stay whole."""
    folded = fold(text)
    begin = opening.end() if (opening := _OPENING.match(folded)) else 0
    return [Token(found.group(), found.start(), found.end()) for found in _TOKEN.finditer(folded, begin)]


def words(text: str) -> tuple[str, ...]:
    return tuple(token.text for token in tokens(text) if not token.mark)


def singular(word: str) -> str:
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


class Match(NamedTuple, Generic[T]):
    """Where a phrase stands (token indices, the second exclusive) and what it means."""

    start: int
    end: int
    meaning: T


class Phrases(Generic[T]):
    """Phrases and what they mean. The same phrase may mean several things; plurals are as good as singulars."""

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        self.vocabulary: set[str] = set()
        for phrase, meaning in entries:
            key = tuple(singular(word) for word in words(phrase))
            if key:
                self._by_first.setdefault(key[0], []).append((key, meaning))
                self.vocabulary.update(key)

    def find(self, message: list[Token]) -> Iterator[Match[T]]:
        """Every occurrence, overlapping ones too. Phrases do not reach over punctuation."""
        folded = [singular(token.text) for token in message]
        for start, word in enumerate(folded):
            for key, meaning in self._by_first.get(word, ()):
                if tuple(folded[start : start + len(key)]) == key:
                    yield Match(start, start + len(key), meaning)

    def anywhere(self, message: list[Token]) -> bool:
        return next(self.find(message), None) is not None

    def whole(self, message: list[Token]) -> T | None:
        """What the message means if it is nothing but one of the phrases."""
        spoken = [token for token in message if not token.mark]
        return next(
            (match.meaning for match in self.find(spoken) if match.start == 0 and match.end == len(spoken)), None
        )


def longest(matches: Iterable[Match[T]]) -> list[Match[T]]:
    """Without those that lie inside a longer one."""
    found = sorted(set(matches), key=lambda match: (match.start - match.end, match.start))
    kept: list[Match[T]] = []
    for match in found:
        inside = any(
            other.start <= match.start and match.end <= other.end and other.end - other.start > match.end - match.start
            for other in kept
        )
        if not inside:
            kept.append(match)
    return sorted(kept, key=lambda match: match.start)


def phrase_lists(words_by_name: Mapping[str, Iterable[str]]) -> dict[str, Phrases[str]]:
    return {name: Phrases((phrase, name) for phrase in phrases) for name, phrases in words_by_name.items()}
