"""What would turn the pick: the smallest and likeliest change, and what the open questions could do.

Every change is tried by recommending anew, as an answer also changes what is assumed of the open questions.
"""

from __future__ import annotations

import math
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from bot.conversation import Answer
from bot.interview.engine import ANY, Standing, stand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_TRIED = 60  # sets of changes, the likeliest first
_SINGLES = 24  # changes of which pairs are made
_PART = 0.5  # of the lead that a set must make up by itself; what is assumed may do the rest
_UNUSUAL = 0.05


class Flip(NamedTuple):
    """Changes of answers that together make another framework the pick."""

    framework: str
    answers: tuple[Answer, ...]


class Change(NamedTuple):
    """One other answer. worth: points the rival gains by it; likely: how easily it could have been said."""

    answer: Answer
    worth: float
    likely: float


def counterfactual(standing: Standing, rival: str, excluded: Iterable[str] = ()) -> Flip | None:
    """The fewest changes that make the rival win, the most plausible of these.

    What the person could have answered otherwise comes first: another own answer, then an answer to an open question,
    two of them together; only then what the project is, and answers that hardly anybody gives.
    """
    return next(iter(flips(standing, rival, excluded)), None)


def flips(standing: Standing, rival: str, excluded: Iterable[str] = ()) -> Iterator[Flip]:
    """Several such changes, in that order; none is repeated."""
    if not standing.pick or rival == standing.pick:
        return
    found = sorted(_changes(standing, rival), key=lambda change: -change.likely)
    near, far, odd = _by_distance(standing, found)
    own = [change for change in near if change.answer.question in standing.answers]
    tried = _Tried(standing, rival, tuple(excluded))
    yield from tried.turning([(change,) for change in near])
    yield from tried.turning(_together(near[:_SINGLES], 2, tried.lead))
    yield from tried.turning([(change,) for change in far])
    yield from tried.turning(_together(own[:_SINGLES], 3, tried.lead))
    yield from tried.turning([(change,) for change in odd])
    yield from tried.turning(_together((near + far + odd)[:_SINGLES], 3, tried.lead))


class _Tried:
    """Sets of changes, recommended anew; what has turned it by itself is not offered again with more around it."""

    def __init__(self, standing: Standing, rival: str, excluded: tuple[str, ...]) -> None:
        self.standing = standing
        self.rival = rival
        self.excluded = excluded
        self.lead = standing.margin(standing.pick, rival)
        self.found: list[frozenset[Answer]] = []

    def turning(self, sets: Iterable[tuple[Change, ...]]) -> Iterator[Flip]:
        for several in list(sets)[:_TRIED]:
            answers = tuple(change.answer for change in sorted(several, key=lambda change: -change.worth))
            if any(done <= set(answers) for done in self.found):
                continue
            changed = with_changes(self.standing.answers.values(), answers)
            if stand(self.standing.model, changed, self.excluded).pick == self.rival:
                self.found.append(frozenset(answers))
                yield Flip(self.rival, answers)


def _together(changes: Sequence[Change], size: int, lead: float) -> Iterator[tuple[Change, ...]]:
    """Sets of several changes that could do it, the likeliest first."""
    sets = [
        several
        for several in combinations(changes, size)
        if len({change.answer.question for change in several}) == size
        and sum(change.worth for change in several) >= _PART * lead
    ]
    return iter(sorted(sets, key=lambda several: -math.prod(change.likely for change in several)))


def _by_distance(standing: Standing, changes: Iterable[Change]) -> tuple[list[Change], list[Change], list[Change]]:
    """Answers one could give as well; what the project would have to be; what hardly anybody says."""
    near: list[Change] = []
    far: list[Change] = []
    odd: list[Change] = []
    for change in changes:
        name = change.answer.question
        question = standing.model.question(name)
        seldom = name not in standing.answers and _chance(standing, change.answer) < _UNUSUAL
        if question.options[change.answer.options[0]].rare or seldom:
            odd.append(change)
        elif not question.mutable or question.per_framework:
            far.append(change)
        else:
            near.append(change)
    return near, far, odd


def _changes(standing: Standing, rival: str) -> Iterator[Change]:
    """Every other answer, given or open, that gains the rival something over the pick."""
    model = standing.model
    a, b = model.frameworks.index(rival), model.frameworks.index(standing.pick)
    told = [name for name, answer in standing.answers.items() if answer.options != ANY]
    for name in (*told, *(model.questions[at] for at in standing.open)):
        question, at = model.question(name), model.place[name]
        if question.per_framework and (not question.mutable or name in told):
            continue
        now = standing.by_answer[at][a] - standing.by_answer[at][b] if name in told else 0.0
        given = standing.answers[name].options if name in told else ()
        for o, option in enumerate(model.options[at]):
            worth = model.gain[at][o][a] - model.gain[at][o][b] - now
            if option not in given and (worth > 0 or b in model.veto[at][o] or _lifts(standing, name, a)):
                answer = Answer(name, (option,))
                yield Change(answer, worth + _VETO * (b in model.veto[at][o]), _likely(standing, answer))


_VETO = 50.0


def _lifts(standing: Standing, question: str, rival: int) -> bool:
    """The rival is out for want of what is answered there."""
    return question in standing.vetoes.get(rival, ())


def _likely(standing: Standing, answer: Answer) -> float:
    """How common it is among such projects; more for the option next to the one given, less for what was not asked."""
    chance = _chance(standing, answer)
    told = standing.answers.get(answer.question)
    if told is None:
        return 0.5 * chance
    places = standing.model.option_place[standing.model.place[answer.question]]
    beside = min(abs(places[answer.options[0]] - places[name]) for name in told.options) == 1
    return min(1.0, (2.0 if beside else 1.0) * max(chance, _UNUSUAL))


def _chance(standing: Standing, answer: Answer) -> float:
    at = standing.model.place[answer.question]
    return standing.chance(at)[standing.model.option_place[at][answer.options[0]]]


def with_changes(answers: Iterable[Answer], changes: Iterable[Answer]) -> tuple[Answer, ...]:
    changed = {answer.question: answer for answer in changes}
    return (*(answer for answer in answers if answer.question not in changed), *changed.values())


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
            if chance < _UNUSUAL or result.model.option(name, option).rare:
                continue
            changed = stand(result.model, (*result.answers.values(), Answer(name, (option,))), excluded)
            if changed.pick != result.pick and changed.pick:
                found.append(Tilt(name, option, changed.pick, chance))
    return sorted(found, key=lambda tilt: -tilt.chance)
