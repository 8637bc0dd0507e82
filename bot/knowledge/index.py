"""Finds the claims that a question is about, by the words they share, within the frameworks it names."""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from heapq import nlargest
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from bot.knowledge.words import stem, words

if TYPE_CHECKING:
    from bot.knowledge.knowledge import Statement
    from bot.knowledge.model import Claim

TEXT_WEIGHT = 1.0
ASKS_WEIGHT = 1.8
MOST_FOUND = 32
KEPT = 20_000
"""Claims whose phrases are kept taken apart."""
RARE = 60
"""A word in at most so many claims can show that two of them are alike."""
ALIKE = 0.45
PHRASE_WEIGHT = 0.8
UNIT = 0.001
"""What weights are kept in whole numbers of."""
SATURATION = 1.2
"""How fast a word's second and third occurrence in one claim stop counting."""


class Found(NamedTuple):
    """score: in units of idf. asked: words of the longest of the claim's `asks` that stands whole in the question.

    covered: share of the question that such a phrase makes up, each word counted by how much it tells.
    """

    score: float
    asked: int
    covered: float


class Index(msgspec.Struct, frozen=True):
    """postings: framework ("" for claims about none) -> stem -> (position in `ids`, weight) ..., see `unpacked`.

    ids: claim ids. asks: per claim, the stems of each of its `asks` phrases, a line a phrase (in one string, which takes
    a tenth of the room of lists), for the bonus of a whole phrase.
    similar: claim id -> claims that say nearly the same, so that one answer does not hold both.
    """

    ids: list[str]
    postings: dict[str, dict[str, bytes]]
    idf: dict[str, float]
    asks: list[str]
    similar: dict[str, list[str]]

    def search(self, words: Sequence[str], frameworks: Iterable[str]) -> dict[str, Found]:
        """Claim id -> what was found, for claims about these frameworks or about none, the best `MOST_FOUND`."""
        scores: dict[int, float] = {}
        tables = [rows for framework in (*frameworks, "") if (rows := self.postings.get(framework)) is not None]
        for word in words:
            weight = self.idf.get(word, 0.0)
            holders: dict[int, int] = {}  # a claim about several of the frameworks counts once
            for rows in tables:
                if word in rows:
                    holders.update(unpacked(rows[word]))
            for number, strength in holders.items():
                scores[number] = scores.get(number, 0.0) + weight * strength * UNIT
        told = self._told(words)
        best = nlargest(MOST_FOUND, scores, key=scores.__getitem__)
        return {self.ids[number]: self._found(number, scores[number], told) for number in best}

    def _told(self, words: Iterable[str]) -> dict[str, float]:
        """Word -> its share in what the question tells: the fewer claims hold it the more; most, if none does."""
        most = math.log(1 + len(self.ids))
        weights = {word: self.idf.get(word, most) for word in words}
        total = sum(weights.values()) or 1.0
        return {word: weight / total for word, weight in weights.items()}

    def _found(self, number: int, score: float, told: dict[str, float]) -> Found:
        """A phrase of `asks` that stands whole in the question counts extra, if it is more than one word."""
        bonus, asked, covered = 0.0, 0, 0.0
        for phrase in _phrases(self.asks[number]):
            if phrase[0] in told and told.keys() >= set(phrase):
                asked = max(asked, len(phrase))
                covered = max(covered, sum(told[word] for word in set(phrase)))
                if len(phrase) > 1:
                    bonus = max(bonus, sum(self.idf.get(word, 1.0) for word in phrase) * PHRASE_WEIGHT)
        return Found(score + bonus, asked, covered)


@lru_cache(KEPT)
def _phrases(lines: str) -> tuple[tuple[str, ...], ...]:
    """The phrases of one claim as words: taken apart when a claim is first found, as most never are in one run."""
    return tuple(tuple(line.split()) for line in lines.split("\n") if line)


def build(
    statements: Iterable[Statement], stop: frozenset[str], names: frozenset[str], spelt: Mapping[str, str]
) -> Index:
    """The index over all claims; `stop` are stems too common to find anything by.

    spelt: short words and what questions have in their place once they are read ("docs" -> "documentation").
    names: stems of frameworks' names. Questions are searched within frameworks, without their names, so phrases of
    `asks` are kept without them too.
    """
    dropped = stop | names
    ids: list[str] = []
    asks: list[str] = []
    seen: Counter[str] = Counter()
    rows: list[tuple[tuple[str, ...], dict[str, float]]] = []

    def written(text: str) -> list[str]:
        return [stem(spelt.get(word, word)) for word in words(text)]

    for statement in statements:
        weights = _weights(statement.claim, stop, written)
        ids.append(statement.id)
        phrases = (" ".join(word for word in written(phrase) if word not in dropped) for phrase in statement.claim.asks)
        asks.append("\n".join(filter(None, phrases)))
        seen.update(weights.keys())
        rows.append((statement.frameworks or ("",), weights))
    idf = {word: math.log(1 + len(ids) / count) for word, count in seen.items()}
    postings: dict[str, dict[str, list[int]]] = {}
    for number, (frameworks, weights) in enumerate(rows):
        for framework in frameworks:
            table = postings.setdefault(framework, {})
            for word, weight in weights.items():
                table.setdefault(word, []).extend((number, round(weight / UNIT)))
    packed = {
        name: {word: array("I", held).tobytes() for word, held in table.items()} for name, table in postings.items()
    }
    return Index(ids, packed, idf, asks, _similar(ids, rows))


def unpacked(holders: bytes) -> Iterable[tuple[int, int]]:
    """(position in `ids`, weight in units). Kept as bytes, because a hundred thousand tuples take time and room to load."""
    numbers = memoryview(holders).cast("I")
    return zip(numbers[::2], numbers[1::2], strict=True)


def _similar(ids: list[str], rows: list[tuple[tuple[str, ...], dict[str, float]]]) -> dict[str, list[str]]:
    """Pairs of claims about the same frameworks that share about half of their words, found through rarer words."""
    bags = [frozenset(weights) for _, weights in rows]
    holders: dict[str, list[int]] = {}
    for number, bag in enumerate(bags):
        for word in bag:
            holders.setdefault(word, []).append(number)
    pairs: dict[str, list[str]] = {}
    for number, bag in enumerate(bags):
        shared: Counter[int] = Counter()
        for word in bag:
            if len(holders[word]) <= RARE:
                shared.update(other for other in holders[word] if other > number)
        for other, count in shared.items():
            if rows[number][0] != rows[other][0]:
                continue
            if count >= 3 and len(bag & bags[other]) > ALIKE * len(bag | bags[other]):
                pairs.setdefault(ids[number], []).append(ids[other])
                pairs.setdefault(ids[other], []).append(ids[number])
    return pairs


def _weights(claim: Claim, stop: frozenset[str], written: Callable[[str], list[str]]) -> dict[str, float]:
    counts: Counter[str] = Counter()
    for word in written(claim.text):
        if word not in stop:
            counts[word] += 1
    length = 12 + len(counts)
    weights = {word: TEXT_WEIGHT * count / (count + SATURATION) * 36 / length for word, count in counts.items()}
    for phrase in claim.asks:
        for word in written(phrase):
            if word not in stop:
                weights[word] = max(weights.get(word, 0.0), ASKS_WEIGHT)
    return weights
