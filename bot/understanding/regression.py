"""Softmax regression over named traits: small, exact in repetition, and quick enough to learn while knowledge is loaded."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from bot.knowledge.compiled import Weights

PASSES = 4
RATE = 0.1
RARE = 2
"""Examples a trait must stand in, or it is chance."""
FIRST = 0.01
"""What the sum of squared steps begins with, lest the first step be endless (AdaGrad)."""
SMALL = 0.005
"""An error of a class that is not worth a step."""
KNOWN = 0.01
"""An example that is told this well teaches nothing more."""
UNIT = 0.02
"""What a weight is kept in whole numbers of: one byte each."""
MOST = 255
SLIGHT = 3
"""Units from which a trait is worth keeping."""

Traits = Mapping[str, float]
Example = tuple[Traits, Mapping[str, float]]
"""Traits and how much of each there is; the classes it belongs to, with their shares."""


def fit(examples: Sequence[Example]) -> Weights:
    """The weights that tell the examples' classes. The same examples in the same order give the same weights.

    Stochastic gradient descent with a step of its own for every trait (AdaGrad).
    """
    classes = sorted({name for _, right in examples for name in right})
    often = Counter(trait for found, _ in examples for trait in found)
    weights = {trait: [0.0] * len(classes) for trait, count in often.items() if count >= RARE}
    squares = dict.fromkeys(weights, FIRST)
    kept = [
        ([item for item in found.items() if item[0] in weights], {classes.index(name): right[name] for name in right})
        for found, right in examples
    ]
    order = random.Random(1)  # noqa: S311 (the same order each time, no secret)
    for _ in range(PASSES):
        order.shuffle(kept)
        for found, right in kept:
            _step(weights, squares, found, _errors(weights, found, right, len(classes)))
    return Weights(tuple(classes), _packed(weights))


def chances(weights: Weights, found: Traits) -> dict[str, float]:
    """Class -> how likely it is, in all 1. Empty when nothing was learned."""
    if not weights.classes:
        return {}
    sums = _sums(weights.traits, found.items(), len(weights.classes))
    return dict(zip(weights.classes, _softmax([each * UNIT for each in sums]), strict=True))


def lead(weights: Weights, trait: str, class_: str) -> float:
    """How much more than the average class this one gains from the trait."""
    row = weights.traits.get(trait)
    return (row[weights.classes.index(class_)] - sum(row) / len(row)) * UNIT if row else 0.0


def _errors(
    weights: Mapping[str, list[float]], found: Sequence[tuple[str, float]], right: Mapping[int, float], classes: int
) -> list[tuple[int, float]]:
    """Class and by how much its chance is too high, where that matters."""
    off = _softmax(_sums(weights, found, classes))
    for class_, share in right.items():
        off[class_] -= share
    return [(class_, error) for class_, error in enumerate(off) if abs(error) > SMALL]


def _step(
    weights: Mapping[str, list[float]],
    squares: dict[str, float],
    found: Sequence[tuple[str, float]],
    errors: Sequence[tuple[int, float]],
) -> None:
    size = sum(error * error for _, error in errors)
    if size < KNOWN:
        return
    for trait, much in found:
        squares[trait] += size * much * much
        step = RATE * much / math.sqrt(squares[trait])
        row = weights[trait]
        for class_, error in errors:
            row[class_] -= step * error


def _packed(weights: Mapping[str, list[float]]) -> dict[str, bytes]:
    """In units above the least of each row, as only differences count: bytes cost little time and room to load."""
    rows = {
        trait: bytes(min(MOST, round((weight - min(row)) / UNIT)) for weight in row) for trait, row in weights.items()
    }
    return {trait: row for trait, row in rows.items() if max(row) >= SLIGHT}


def _sums(weights: Mapping[str, Sequence[float]], found: Iterable[tuple[str, float]], classes: int) -> list[float]:
    rows: list[Sequence[float]] = []
    for trait, much in found:
        row = weights.get(trait)
        if row is not None:
            rows.append(row if much == 1 else [much * weight for weight in row])
    return [sum(column) for column in zip(*rows, strict=True)] if rows else [0.0] * classes


def _softmax(sums: list[float]) -> list[float]:
    most = max(sums)
    powers = [math.exp(each - most) for each in sums]
    total = sum(powers)
    return [power / total for power in powers]
