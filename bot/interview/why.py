"""Why this one: reasons that add up, with the claims that carry them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.interview.engine import Standing


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
