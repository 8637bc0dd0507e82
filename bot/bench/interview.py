"""The interview against simulated users: how often it finds what they would choose with everything known, and how soon.

A user is drawn from a project type (not as the engine sees it, but as its author wrote it), with personal weights, a
world in which the knowledge is a little wrong, taste, wrong clicks and "don't know". The oracle is the framework with the
highest utility under the user's true answers. The same users meet three policies: the interview, a fixed quiz of the
twelve questions that tell most at the start, and twelve questions in random order.
"""

from __future__ import annotations

import math
import random
import statistics
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from bot.conversation import Answer
from bot.interview.checklist import CHECKLIST
from bot.interview.engine import Result, recommend, stand
from bot.interview.flips import counterfactual, with_changes
from bot.interview.model import VETO, Model

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import Console

    from bot.knowledge.knowledge import Knowledge
    from bot.knowledge.model import KnowledgeFile

USERS, QUICK, SEED = 400, 60, 7
QUIZ = 12
STEPS = (2, 4, 6, 8, 12)
TEMPERATURES = (1.0, 1.4, 1.8, 2.2, 2.6, 3.0, 3.6, 4.2)


class Noise(NamedTuple):
    """weights: spread of personal weights. world: how wrong the knowledge is, in its own standard errors. taste: in
    standard deviations of utility. wrong, unknown: shares of answers.
    """

    weights: float
    world: float
    taste: float
    wrong: float
    unknown: float


NOISES = {
    "clean": Noise(0, 0, 0, 0, 0),
    "default": Noise(0.30, 0.5, 0.15, 0.03, 0.08),
    "heavy": Noise(0.45, 1.0, 0.30, 0.06, 0.15),
}


class User(NamedTuple):
    """told: the option they would click per question, None for "don't know". best: the oracle's choice.

    volunteers: the questions whose answers stand in their first message.
    """

    told: list[int | None]
    best: str
    volunteers: list[int]


class Step(NamedTuple):
    """After `asked` questions: the pick, how sure, and whether the interview would stop here."""

    asked: int
    pick: str
    sure: float
    stops: bool


def bench(knowledge: Knowledge, console: Console, *, quick: bool = False) -> dict[str, Any]:
    """All figures, shown as a table and returned."""
    report = measure(knowledge.file, count=QUICK if quick else USERS)
    show(report, console)
    return report


def measure(
    file: KnowledgeFile, *, count: int = USERS, seed: int = SEED, noises: Sequence[str] = tuple(NOISES)
) -> dict[str, Any]:
    """The same seed gives the same report. Calibration is measured on the test users, fitted on others (`calibrate`)."""
    model = Model.of(file)
    start = recommend(model, ())
    order = [name for name, _ in start.worth][:QUIZ]
    return {
        "users": count,
        "seed": seed,
        "before_first_answer": {name: round(sure, 3) for name, sure in start.confidence.items()},
        "favourite_limit": round(2 / len(model.frameworks), 3),
        "noise": {name: _level(model, users(model, count, seed, NOISES[name]), order, seed) for name in noises},
    }


def users(model: Model, count: int, seed: int, noise: Noise) -> list[User]:
    dice = random.Random(seed)  # noqa: S311
    raw = [_true_user(model, dice, noise) for _ in range(count)]
    spread = statistics.fmean(statistics.pstdev(max(value, -50.0) for value in utility) for _, utility in raw)
    felt = [[value + noise.taste * spread * dice.gauss(0, 1) for value in utility] for _, utility in raw]
    return [_finished(model, dice, noise, true, worth) for (true, _), worth in zip(raw, felt, strict=True)]


def _true_user(model: Model, dice: random.Random, noise: Noise) -> tuple[list[int], list[float]]:
    """Their true answers and what each framework is worth to them."""
    true = _true_answers(model, dice)
    standing = stand(model, [_answer(model, at, option) for at, option in enumerate(true)])
    utility = [0.0] * len(model.frameworks)
    for at, option in enumerate(true):
        if not standing.sensible(at):
            continue
        own = dice.lognormvariate(0, noise.weights) if noise.weights else 1.0
        for a in model.each:
            error = noise.world * math.sqrt(model.doubt2[at][option][a]) * dice.gauss(0, 1)
            utility[a] += own * (model.gain[at][option][a] + error) + (VETO if a in model.veto[at][option] else 0.0)
    for rule in standing.active:
        utility = [value + gain for value, gain in zip(utility, model.rule_gain[rule], strict=True)]
    return true, utility


def _true_answers(model: Model, dice: random.Random) -> list[int]:
    kind = dice.choices([None, *model.book.project_types.values()], model.shares)[0]
    true = []
    for at, question in enumerate(model.questions):
        told = kind.answers.get(question) if kind else None
        shares = [told.get(option, 0.0) for option in model.options[at]] if told else model.chances[0][at]
        true.append(dice.choices(range(len(shares)), shares)[0])
    return true


def _finished(model: Model, dice: random.Random, noise: Noise, true: list[int], felt: list[float]) -> User:
    told: list[int | None] = []
    for at, option in enumerate(true):
        clicked = dice.randrange(len(model.options[at])) if dice.random() < noise.wrong else option
        told.append(None if dice.random() < noise.unknown else clicked)
    known = [at for at, option in enumerate(told) if option is not None]
    return User(told, model.frameworks[max(model.each, key=felt.__getitem__)], dice.sample(known, min(3, len(known))))


def _answer(model: Model, at: int, option: int) -> Answer:
    return Answer(model.questions[at], (model.options[at][option],))


def _known(model: Model, user: User, places: Iterable[int]) -> list[Answer]:
    return [_answer(model, at, option) for at in places if (option := user.told[at]) is not None]


def walk(model: Model, user: User, *, facts: bool = False, most: int = QUIZ) -> Iterator[Step]:
    """The interview's own course, walked on past its end to see what it says at every step."""
    answers = _known(model, user, user.volunteers if facts else ())
    skipped: list[str] = []
    last = ""
    for asked in range(most + 1):
        result = recommend(model, answers, (), skipped)
        yield Step(asked, result.pick, result.sure, result.enough(asked))
        last = result.next_question(last)
        if not last:
            return
        fresh = _ticked(model, user, result) if last == CHECKLIST else _known(model, user, [model.place[last]])
        answers += fresh
        skipped += [] if fresh else [last]


def _ticked(model: Model, user: User, result: Result) -> list[Answer]:
    """The list of needs as they would tick it; what they do not know stays unticked."""
    shown = [model.checklist.boxes[name] for name in result.boxes]
    told = {box.question: user.told[model.place[box.question]] for box in shown}
    options = {name: model.options[model.place[name]][option] for name, option in told.items() if option is not None}
    names = [name for name in result.boxes if options.get((box := model.checklist.boxes[name]).question) in box.options]
    ticked = model.checklist.ticked(names)
    return [*ticked, *model.checklist.unticked(set(told) - {answer.question for answer in ticked})]


def fixed(model: Model, user: User, order: Iterable[str]) -> str:
    """The pick after these questions, in whatever order."""
    return stand(model, _known(model, user, [model.place[name] for name in order])).pick


def _level(model: Model, people: list[User], order: list[str], seed: int) -> dict[str, Any]:
    dice = random.Random(seed + 1)  # noqa: S311
    walked = [list(walk(model, user)) for user in people]
    helped = [_stop(list(walk(model, user, facts=True))) for user in people]
    pairs = [
        (steps[t].sure, steps[t].pick == user.best)
        for steps, user in zip(walked, people, strict=True)
        for t in STEPS
        if t < len(steps)
    ]
    shuffled = [fixed(model, user, dice.sample(model.questions, QUIZ)) for user in people]
    return {
        "interview": _summary([_stop(steps) for steps in walked], people),
        "with three facts": _summary(helped, people),
        "fixed quiz": {"success": _right([fixed(model, user, order) for user in people], people), "questions": QUIZ},
        "random order": {"success": _right(shuffled, people), "questions": QUIZ},
        "every question": {
            "success": _right([fixed(model, user, model.questions) for user in people], people),
            "questions": len(model.questions),
        },
        "success_after": {
            t: _right([steps[min(t, len(steps) - 1)].pick for steps in walked], people)
            for t in (0, 1, 2, 3, 4, 6, 8, 12)
        },
        "calibration_error": round(ece(pairs), 4),
        "reliability": reliability(pairs),
        "won": {name: _share(user.best == name for user in people) for name in model.frameworks},
        "counterfactuals": _counterfactuals(model, people),
    }


def _counterfactuals(model: Model, people: list[User]) -> dict[str, float]:
    """How many rivals have one, and the share of those that hold when they are recommended anew: 1, or it is a bug."""
    found, held, tried = 0, 0, 0
    for user in people[:100]:
        standing = stand(model, _known(model, user, range(0, len(model.questions), 3)))
        for rival in set(model.frameworks) - {standing.pick}:
            tried += 1
            flip = counterfactual(standing, rival)
            if flip is not None:
                found += 1
                held += recommend(model, with_changes(standing.answers.values(), flip.answers)).pick == rival
    return {"found": round(found / max(tried, 1), 3), "valid": held / max(found, 1)}


def _stop(steps: list[Step]) -> Step:
    return next((step for step in steps if step.stops), steps[-1])


def _summary(stops: list[Step], people: list[User]) -> dict[str, float]:
    asked = sorted(step.asked for step in stops)
    return {
        "success": _right([step.pick for step in stops], people),
        "questions": round(statistics.fmean(asked), 2),
        "p10": asked[len(asked) // 10],
        "p50": asked[len(asked) // 2],
        "p90": asked[len(asked) * 9 // 10],
    }


def _right(picks: list[str], people: list[User]) -> float:
    return _share(pick == user.best for pick, user in zip(picks, people, strict=True))


def _share(hits: Iterable[bool]) -> float:
    return round(statistics.fmean(map(float, hits)), 4)


def ece(pairs: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    """Expected calibration error: how far "80 % sure" is from being right in 80 % of the cases."""
    total = 0.0
    for low in range(bins):
        inside = [pair for pair in pairs if low / bins < pair[0] <= (low + 1) / bins]
        total += abs(sum(sure for sure, _ in inside) - sum(right for _, right in inside))
    return total / max(len(pairs), 1)


def reliability(pairs: Sequence[tuple[float, bool]]) -> list[dict[str, float]]:
    rows = []
    for low in range(10):
        inside = [pair for pair in pairs if low / 10 < pair[0] <= (low + 1) / 10]
        if inside:
            said, right = statistics.fmean(s for s, _ in inside), statistics.fmean(r for _, r in inside)
            rows.append({"said": round(said, 3), "right": round(right, 3), "cases": len(inside)})
    return rows


def calibrate(file: KnowledgeFile, *, count: int = 200, seed: int = 1007) -> dict[float, float]:
    """Temperature -> log-loss of the oracle's choice, on other users than those of the test. The least is the one to set."""
    assert file.interview is not None
    losses = {}
    for temperature in TEMPERATURES:
        settings = {**file.interview.settings, "temperature": temperature}
        model = Model(
            msgspec.structs.replace(file, interview=msgspec.structs.replace(file.interview, settings=settings))
        )
        order = [model.place[name] for name, _ in recommend(model, ()).worth][:QUIZ]
        people = users(model, count, seed, NOISES["default"])
        losses[temperature] = round(statistics.fmean(_loss(model, user, order) for user in people), 4)
    return losses


def _loss(model: Model, user: User, order: list[int]) -> float:
    known = _known(model, user, order)
    sure = [recommend(model, known[:t]).confidence[user.best] for t in (1, 3, 5, 8, 12)]
    return statistics.fmean(-math.log(max(value, 1e-4)) for value in sure)


def show(report: dict[str, Any], console: Console) -> None:
    from rich.table import Table

    grid = Table(title=f"Interview: {report['users']} simulated users, seed {report['seed']}", title_justify="left")
    for column in ("noise", "policy", "right", "questions", "p50", "p90"):
        grid.add_column(column)
    for name, level in report["noise"].items():
        for policy in ("interview", "with three facts", "fixed quiz", "random order", "every question"):
            found = level[policy]
            grid.add_row(
                name,
                policy,
                f"{found['success']:.3f}",
                f"{found['questions']:g}",
                *(f"{found[p]:g}" if p in found else "" for p in ("p50", "p90")),
            )
    console.print(grid)
    for name, level in report["noise"].items():
        console.print(
            f"{name}: calibration error {level['calibration_error']:.3f}, counterfactuals valid {level['counterfactuals']['valid']:.0%}, won {level['won']}"
        )
    console.print(f"before the first answer {report['before_first_answer']}, limit {report['favourite_limit']}")
