"""Open questions, drawn: in how many ways of answering them does each framework come first?

The same random numbers serve every turn (fixed per knowledge), so nothing flickers and equal answers give equal numbers.
Columns over the draws, one per framework: plain Python adds them fast enough for a hundred frameworks.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect
from functools import cached_property
from itertools import accumulate, chain, combinations
from typing import TYPE_CHECKING

from bot.interview.model import VETO, Model

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.interview.engine import Standing

Column = list[float]
CONTENDERS = 8
SCREENED = 40
CAPPED = 9.0


class Table:
    """The draws of one knowledge: which option every question has in every draw, per project type."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.size = model.samples
        self.uniform = [self._stratified() for _ in model.questions]
        self.noise = [[model.dice.gauss(0, 1) for _ in range(self.size)] for _ in model.frameworks]
        self._options: dict[tuple[int, int], Sequence[int]] = {}
        self._points: dict[tuple[int, int], Column] = {}
        self._columns: dict[tuple[int, int], Column] = {}

    @classmethod
    def of(cls, model: Model) -> Table:
        table = getattr(model, "_table", None)
        if table is None:
            table = cls(model)
            model._table = table  # type: ignore[attr-defined]  # noqa: SLF001
        return table

    def _stratified(self) -> list[float]:
        """One number in each of `size` equal steps, shuffled: less noise than plain random numbers."""
        steps = list(range(self.size))
        self.model.dice.shuffle(steps)
        return [(step + self.model.dice.random()) / self.size for step in steps]

    def drawn(self, kind: int, at: int) -> Sequence[int]:
        """The option of a question in every draw, as a number, if the project is of this type."""
        if at not in self.model.named[kind]:
            kind = 0
        key = kind, at
        if key not in self._options:
            edges = list(accumulate(self.model.chances[kind][at]))
            last = len(edges) - 1
            options = (min(bisect(edges, u), last) for u in self.uniform[at])
            # "which do you know?" has an option for every framework: there may be more than a byte can hold
            self._options[key] = bytes(options) if last < 256 else array("H", options)
        return self._options[key]

    def points(self, at: int, a: int) -> Column:
        """Points of each option of a question for a framework; a must-have it lacks counts as hopeless."""
        key = at, a
        if key not in self._points:
            pairs = zip(self.model.gain[at], self.model.veto[at], strict=True)
            self._points[key] = [gain[a] + (VETO if a in veto else 0.0) for gain, veto in pairs]
        return self._points[key]

    def total(self, kind: int, a: int) -> Column:
        """The sum over all questions in every draw."""
        key = kind, a
        if key not in self._columns:
            self._columns[key] = self._sum(kind, a)
        return self._columns[key]

    def _sum(self, kind: int, a: int) -> Column:
        if kind == 0:
            drawn = [map(self.points(at, a).__getitem__, self.drawn(0, at)) for at in range(len(self.model.questions))]
            return list(map(sum, zip(*drawn, strict=True)))
        column = self.total(0, a)
        for at in self.model.named[kind]:
            value = self.points(at, a)
            column = [
                c + value[new] - value[old]
                for c, new, old in zip(column, self.drawn(kind, at), self.drawn(0, at), strict=True)
            ]
        return column


class Draws:
    """The draws of one standing: utility of every admitted framework, and what follows from it."""

    def __init__(self, standing: Standing) -> None:
        self.standing = standing
        self.table = Table.of(standing.model)
        self.size = self.table.size
        self.segments = self._segments()
        here = set(standing.open)
        self.closed = [(at, self.drawn(at)) for at in range(len(standing.model.questions)) if at not in here]
        self.utility = [self._utility(a) for a in standing.order]

    def _segments(self) -> list[tuple[int, int, int]]:
        """Project type of each stretch of draws, in the proportion of how well the types fit."""
        edges = [round(edge * self.size) for edge in accumulate(self.standing.shares)]
        starts = [0, *edges]
        return [(kind, starts[kind], edge) for kind, edge in enumerate(edges) if edge > starts[kind]]

    def drawn(self, at: int) -> Sequence[int]:
        parts = [self.table.drawn(kind, at)[start:end] for kind, start, end in self.segments]
        return parts[0] if len(parts) == 1 else [*chain.from_iterable(parts)]

    def _utility(self, a: int) -> Column:
        standing, model = self.standing, self.standing.model
        answered = sum(gain[a] for gain in standing.by_answer.values()) + sum(
            model.rule_gain[r][a] for r in standing.active
        )
        column: Column = []
        for kind, start, end in self.segments:
            column += self.table.total(kind, a)[start:end]
        taken = [map(self.table.points(at, a).__getitem__, drawn) for at, drawn in self.closed]
        if taken:
            column = [
                total - away + answered for total, away in zip(column, map(sum, zip(*taken, strict=True)), strict=True)
            ]
        for at, belief in standing.beliefs.items():
            if max(belief) < 0.99:
                column = self._spread(column, at, a, belief)
        return column

    def _spread(self, column: Column, at: int, a: int, belief: list[float]) -> Column:
        """A hedged answer is one of several in each draw, instead of the average of them."""
        edges, points, mean = list(accumulate(belief)), self.table.points(at, a), self.standing.by_answer[at][a]
        last = len(points) - 1
        return [
            c - mean + points[min(bisect(edges, u), last)] for c, u in zip(column, self.table.uniform[at], strict=True)
        ]

    @cached_property
    def first(self) -> list[Column]:
        """Per admitted framework and draw: the chance that it comes first, given doubt in the sources."""
        standing, model = self.standing, self.standing.model
        cold = 1 / model.setting("temperature", 2.0)
        doubted = []
        for column, a in zip(self.utility, standing.order, strict=True):
            spread2 = sum(
                b * model.doubt2[at][o][a] for at, belief in standing.beliefs.items() for o, b in enumerate(belief)
            )
            half = 0.5 * math.sqrt(spread2)
            doubted.append([(c + half * z) * cold for c, z in zip(column, self.table.noise[a], strict=True)])
        rows = [_softmax(row) for row in zip(*doubted, strict=True)]
        return [list(column) for column in zip(*rows, strict=True)]

    @cached_property
    def confidence(self) -> list[float]:
        return [sum(column) / self.size for column in self.first]

    @cached_property
    def flip(self) -> float:
        """In what share of the draws another framework than the pick comes first."""
        turned: int = sum(max(row) > row[0] for row in zip(*self.utility, strict=True))
        return turned / self.size

    @cached_property
    def regret(self) -> float:
        """What answering everything would gain over the pick, relative to what choosing well is worth at all."""
        if len(self.utility) < 2:
            return 0.0
        lost: float = 0.0
        gap: float = 0.0
        for row in zip(*self.utility, strict=True):
            best: float = max(row)
            middle: float = sorted(row)[len(row) // 2 if len(row) > 2 else 0]
            lost += min(best - row[0], CAPPED)
            gap += min(best - middle, CAPPED)
        return lost / gap if gap > 0 else 0.0

    def information(self) -> dict[int, float]:
        """Open question -> expected fall of the entropy of "who comes first", in bits."""
        columns, shares = self._lumped()
        before = entropy(shares)
        return {at: max(0.0, before - self._after(at, columns)) for at in self._screened()}

    def promising(self, places: Sequence[int]) -> dict[int, float]:
        """Question -> how much surer of the right pick one is expected to be after it and its best companion among these.

        One question at a time looks too near: two that tell little by themselves may settle it together.
        """
        columns = sorted(self.first, key=sum, reverse=True)[:CONTENDERS]
        now = max(map(sum, columns))
        best = dict.fromkeys(places, 0.0)
        for one, other in combinations(places, 2):
            gained = (self._settled(columns, one, other) - now) / self.size
            best[one], best[other] = max(best[one], gained), max(best[other], gained)
        return best

    def _settled(self, columns: list[Column], one: int, other: int) -> float:
        """In how many draws the best pick of those who answer both alike comes first."""
        width = len(self.standing.model.options[other])
        groups = [a * width + b for a, b in zip(self.drawn(one), self.drawn(other), strict=True)]
        most = [0.0] * (width * len(self.standing.model.options[one]))
        for column in columns:
            sums = [0.0] * len(most)
            for group, value in zip(groups, column, strict=True):
                sums[group] += value
            most = list(map(max, most, sums))
        return sum(most)

    def _lumped(self) -> tuple[list[Column], list[float]]:
        """The best few columns; all others together are one."""
        ranked = sorted(range(len(self.first)), key=lambda i: -self.confidence[i])
        columns = [self.first[i] for i in ranked[:CONTENDERS]]
        rest = [self.first[i] for i in ranked[CONTENDERS:]]
        if rest:
            columns.append(list(map(sum, zip(*rest, strict=True))))
        return columns, [sum(column) / self.size for column in columns]

    def _after(self, at: int, columns: list[Column]) -> float:
        drawn = self.drawn(at)
        width = len(self.standing.model.options[at])
        sums = [[0.0] * width for _ in columns]
        for column, total in zip(columns, sums, strict=True):
            for option, value in zip(drawn, column, strict=True):
                total[option] += value
        counts = [drawn.count(option) for option in range(width)]
        seen = [(count, option) for option, count in enumerate(counts) if count]
        return sum(count * entropy([total[option] / count for total in sums]) for count, option in seen) / self.size

    def _screened(self) -> list[int]:
        """All open questions, or of very many those that move the leader most."""
        asked = self.standing.open
        return asked if len(asked) <= SCREENED else sorted(sorted(asked, key=self._swing)[:SCREENED])

    def _swing(self, at: int) -> float:
        """Minus the variance of the leaders' lead over each other that the question's options make."""
        model, chance = self.standing.model, self.standing.chance(at)
        lead, *others = self.standing.order[:CONTENDERS]
        total = 0.0
        for b in others:
            gaps = [max(min(gain[lead] - gain[b] + VETO * ((lead in veto) - (b in veto)), CAPPED), -CAPPED)
                    for gain, veto in zip(model.gain[at], model.veto[at], strict=True)]  # fmt: skip
            mean = sum(p * gap for p, gap in zip(chance, gaps, strict=True))
            total += sum(p * (gap - mean) ** 2 for p, gap in zip(chance, gaps, strict=True))
        return -total


def _softmax(row: tuple[float, ...]) -> list[float]:
    most = max(row)
    weights = [math.exp(value - most) for value in row]
    total = sum(weights)
    return [weight / total for weight in weights]


def entropy(shares: list[float]) -> float:
    return -sum(share * math.log2(share) for share in shares if share > 1e-12)
