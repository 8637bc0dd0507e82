"""Why this one: reasons that add up, the smallest change that would turn it, what the open questions could do."""

from __future__ import annotations

import math
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from bot.conversation import Answer
from bot.interview.engine import ANY, Standing, stand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_TRIED = 10
_LARGEST = 3


class Line(NamedTuple):
    """One line of the reckoning: what it is about, points for the one over the other, the claims that carry it."""

    subject: str
    points: float
    claims: tuple[str, ...] = ()


def lines(standing: Standing, one: str, other: str) -> list[Line]:
    """Contributions, largest first, the assumed part last; they add up to the margin."""
    return [
        Line(subject, points, claims_for(standing, subject, one, other, points))
        for subject, points in standing.lines(one, other)
    ]


def claims_for(standing: Standing, subject: str, one: str, other: str, points: float) -> tuple[str, ...]:
    """The claims behind a line: of the framework for which the answer counts more, in whichever direction."""
    model = standing.model
    if subject == "open":
        return ()
    if subject.startswith("rule:"):
        rule = model.book.rules[subject[5:]]
        return model.claims(rule, _concerned(rule.weights, one, other, points))
    answer = standing.answers[subject]
    question = model.question(subject)
    option = question.options[answer.options[0]]
    raw = dict(
        zip(
            model.frameworks,
            model.raw[model.place[subject]][model.option_place[model.place[subject]][answer.options[0]]],
            strict=True,
        )
    )
    return model.claims(option, _concerned(raw, one, other, points), question.topic)


def _concerned(weights: Mapping[str, float], one: str, other: str, points: float) -> str:
    """The framework that an answer says more about."""
    for_one, for_other = abs(weights.get(one, 0.0)), abs(weights.get(other, 0.0))
    if for_one == for_other:
        return other if points < 0 else one
    return one if for_one > for_other else other


class Flip(NamedTuple):
    """Changes of answers that together make another framework the pick."""

    framework: str
    answers: tuple[Answer, ...]


def counterfactual(standing: Standing, rival: str, excluded: Iterable[str] = ()) -> Flip | None:
    """The fewest changes (at most three answers, or one open question) that make the rival win, the likeliest of these.

    Each is tried by recommending anew, as changing an answer also changes what is assumed of the open questions.
    """
    return (
        _fewest(standing, rival, excluded, fixed=False)
        or _answered(standing, rival, excluded)
        or _fewest(standing, rival, excluded, fixed=True)
    )


def _answered(standing: Standing, rival: str, excluded: Iterable[str]) -> Flip | None:
    """The likeliest answer to an open question that makes the rival win."""
    turning = [tilt for tilt in tilts(standing, excluded) if tilt.framework == rival]
    return Flip(rival, (Answer(turning[0].question, (turning[0].option,)),)) if turning else None


def _fewest(standing: Standing, rival: str, excluded: Iterable[str], *, fixed: bool) -> Flip | None:
    """fixed: what the project is may change too, not only what one could decide otherwise."""
    changes = sorted(_changes(standing, rival, fixed=fixed), key=lambda pair: -pair[0])[:_TRIED]
    for size in range(1, _LARGEST + 1):
        found = [
            several
            for several in combinations([answer for _, answer in changes], size)
            if len({answer.question for answer in several}) == size
            and stand(standing.model, with_changes(standing.answers.values(), several), excluded).pick == rival
        ]
        if found:
            return Flip(
                rival, max(found, key=lambda several: math.prod(_likely(standing, answer) for answer in several))
            )
    return None


def _likely(standing: Standing, answer: Answer) -> float:
    """How common the answer is among projects like this one."""
    at = standing.model.place[answer.question]
    return standing.chance(at)[standing.model.option_place[at][answer.options[0]]]


def with_changes(answers: Iterable[Answer], changes: Iterable[Answer]) -> tuple[Answer, ...]:
    changed = {answer.question: answer for answer in changes}
    return (*(answer for answer in answers if answer.question not in changed), *changed.values())


def _changes(standing: Standing, rival: str, *, fixed: bool) -> Iterator[tuple[float, Answer]]:
    """Every other option of every question that may change, with what it gains the rival over the pick."""
    model = standing.model
    if not standing.pick:
        return
    a, b = model.frameworks.index(rival), model.frameworks.index(standing.pick)
    for name, answer in standing.answers.items():
        question = model.question(name)
        at = model.place[name]
        if (not question.mutable and not fixed) or question.per_framework or answer.options == ANY:
            continue
        now = standing.by_answer[at][a] - standing.by_answer[at][b]
        for o, option in enumerate(model.options[at]):
            gain = model.gain[at][o]
            worth = gain[a] - gain[b] - now
            if option not in answer.options and worth > 0:
                yield worth, Answer(name, (option,))


class Tilt(NamedTuple):
    """An open question one of whose answers alone would turn the pick."""

    question: str
    option: str
    framework: str
    chance: float


def tilts(result: Standing, excluded: Iterable[str] = ()) -> list[Tilt]:
    """What the open questions could do, likeliest first."""
    found = []
    for at in result.open:
        name = result.model.questions[at]
        if result.model.question(name).per_framework:
            continue
        for option, chance in zip(result.model.options[at], result.chance(at), strict=True):
            changed = stand(result.model, (*result.answers.values(), Answer(name, (option,))), excluded)
            if changed.pick != result.pick and changed.pick:
                found.append(Tilt(name, option, changed.pick, chance))
    return sorted(found, key=lambda tilt: -tilt.chance)


def multiplier(standing: Standing, question: str, one: str, other: str) -> float | None:
    """By what factor an answer would have to count for the two to be level; None where it never happens within 0..3."""
    share = dict(standing.lines(one, other))[question]
    if not share:
        return None
    factor = 1 - standing.margin(one, other) / share
    return factor if 0 <= factor <= 3 else None
