"""Answers to a recommendation: ranking, confidence, outcome and the next question. Pure; the order of answers is nothing.

score(framework) = what the answers add + what open questions add on average, given which project types fit the answers.
"""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from bot.interview.checklist import CHECKLIST
from bot.interview.model import Gains, Model
from bot.interview.sampling import Draws, entropy

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.conversation import Answer

Outcome = Literal["clear", "lean", "too_close", "none_fits", "too_little"]
Belief = list[float]  # over a question's options
SURE = 0.9
LOOKED_AT = 8  # questions weighed in pairs
PLAIN = 2  # questions chosen one by one first: what is plainest to ask comes soonest
NEAR, NEAR_PLAIN = 0.99, 0.9  # of the best, to stay with a group of questions
ANY = ("any",)  # "does not matter": answered, and without weight

__all__ = ["Model", "Outcome", "Result", "Standing", "recommend", "stand"]


class Standing:
    """What the answers say by themselves: exact sums, no sampling. Cheap; counterfactuals are tested with it."""

    def __init__(self, model: Model, answers: Iterable[Answer], excluded: Iterable[str] = ()) -> None:
        self.model = model
        known = {answer.question: answer for answer in answers if model.knows(answer)}
        self.answers = {name: known[name] for name in model.questions if name in known}
        told = {name: answer for name, answer in self.answers.items() if answer.options != ANY}
        self.beliefs = {model.place[name]: self._belief(answer) for name, answer in told.items()}
        closed = {model.place[name] for name in self.answers}
        self.open = [at for at in range(len(model.questions)) if at not in closed and self.sensible(at)]
        self.shares = self._shares()
        self.beliefs = {**self.beliefs, **{model.place[n]: self._guess(a) for n, a in told.items() if _vague(a)}}
        self.active = [at for at in range(len(model.rules)) if self._applies(at)]
        self.by_answer = {at: self._expected(at, belief) for at, belief in self.beliefs.items()}
        self.assumed = self._assumed()
        parts = [*self.by_answer.values(), *(model.rule_gain[at] for at in self.active), self.assumed]
        self.scores = [math.fsum(part[a] for part in parts) for a in model.each]
        ruled_out = {name for name in excluded if name in model.frameworks}
        self.vetoes = self._vetoes()
        self.refused = frozenset(a for a in model.each if model.frameworks[a] in ruled_out)
        self.admitted = [a for a in model.each if a not in self.refused and a not in self.vetoes]
        self.order = sorted(self.admitted, key=lambda a: (-round(self.scores[a], 9), -model.merit[a], a))

    @property
    def pick(self) -> str:
        return self.model.frameworks[self.order[0]] if self.order else ""

    def sensible(self, at: int) -> bool:
        """Whether the question can matter, given what was answered to the ones it depends on."""
        return all(
            gate not in self.beliefs or sum(self.beliefs[gate][o] for o in allowed) > 0
            for gate, allowed in self.model.gates[at]
        )

    def _belief(self, answer: Answer) -> Belief:
        """One-hot for a plain answer; the prior among several; a hedge keeps some of the prior."""
        at = self.model.place[answer.question]
        prior, places = self.model.prior[at], self.model.option_place[at]
        named = {places[option] for option in answer.options}
        total = sum(prior[o] for o in named)
        sharp = [prior[o] / total if o in named else 0.0 for o in range(len(prior))]
        if answer.sure >= SURE:
            return sharp
        return [answer.sure * s + (1 - answer.sure) * p for s, p in zip(sharp, prior, strict=True)]

    def _guess(self, answer: Answer) -> Belief:
        """What is likely in projects like this one among several options, or of what was left unticked: who needs a thing
        seldom overlooks it in the list (`sure`), so the more usual it is the less its absence there says.
        """
        at, places = self.model.place[answer.question], self.model.option_place[self.model.place[answer.question]]
        named = {places[option] for option in answer.options}
        missed = 1 - answer.sure if answer.origin == "unticked" else 0.0
        chances = self.model.mixed(self._shares(without=at), at)
        weights = [chance * (1.0 if o in named else missed) for o, chance in enumerate(chances)]
        total = sum(weights)
        return [weight / total for weight in weights] if total else self.beliefs[at]

    def _shares(self, without: int = -1) -> list[float]:
        """How well each project type fits the answers, or all but one of them."""
        logs = [math.log(share) for share in self.model.shares]
        for z, table in enumerate(self.model.chances):
            for at, belief in self.beliefs.items():
                if at == without:
                    continue
                logs[z] += math.log(sum(b * c for b, c in zip(belief, table[at], strict=True)) or 1e-9)
        most = max(logs)
        weights = [math.exp(log - most) for log in logs]
        total = sum(weights)
        return [weight / total for weight in weights]

    def chance(self, at: int) -> list[float]:
        """How likely the options of an open question are, given the answers."""
        return self.model.mixed(self.shares, at)

    def _expected(self, at: int, belief: Belief) -> Gains:
        gain = self.model.gain[at]
        return tuple(sum(b * gain[o][a] for o, b in enumerate(belief) if b) for a in self.model.each)

    def _assumed(self) -> Gains:
        """What the open questions add on average: what all questions add in each project type, less the others."""
        model = self.model
        here = set(self.open)
        others = [at for at in range(len(model.questions)) if at not in here]
        total = [0.0] * len(model.frameworks)
        for z, share in enumerate(self.shares):
            for points, sign in ((model.typical_sum[z], share), *((model.typical[z][at], -share) for at in others)):
                total = [t + sign * p for t, p in zip(total, points, strict=True)]
        return tuple(total)

    def _applies(self, rule: int) -> bool:
        for question, options in self.model.rules[rule][1].when.items():
            at = self.model.place.get(question, -1)
            if at not in self.beliefs:
                return False
            places = self.model.option_place[at]
            if sum(self.beliefs[at][places[option]] for option in options if option in places) < SURE:
                return False
        return True

    def _vetoes(self) -> dict[int, list[str]]:
        """Framework -> the must-haves it lacks."""
        lacking: dict[int, list[str]] = {}
        for at, belief in self.beliefs.items():
            for o, share in enumerate(belief):
                for a in self.model.veto[at][o] if share >= SURE else ():
                    lacking.setdefault(a, []).append(self.model.questions[at])
        return lacking

    def lines(self, one: str, other: str) -> list[tuple[str, float]]:
        """Why one rather than the other: (question, `rule:<id>` or `open`, points), adding up to the margin."""
        a, b = self.model.frameworks.index(one), self.model.frameworks.index(other)
        found = [(self.model.questions[at], gain[a] - gain[b]) for at, gain in self.by_answer.items()]
        found += [
            (f"rule:{self.model.rules[r][0]}", self.model.rule_gain[r][a] - self.model.rule_gain[r][b])
            for r in self.active
        ]
        found.sort(key=lambda line: (-abs(line[1]), line[0]))
        return [*found, ("open", self.assumed[a] - self.assumed[b])]

    def margin(self, one: str, other: str) -> float:
        return self.scores[self.model.frameworks.index(one)] - self.scores[self.model.frameworks.index(other)]


class Result(Standing):
    """A standing with confidence, outcome and the next question, each computed when first looked at."""

    def __init__(
        self, model: Model, answers: Iterable[Answer], excluded: Iterable[str] = (), skipped: Iterable[str] = ()
    ) -> None:
        super().__init__(model, answers, excluded)
        self.excluded = tuple(excluded)
        self.skipped = frozenset(skipped)

    @cached_property
    def draws(self) -> Draws:
        return Draws(self)

    @cached_property
    def confidence(self) -> dict[str, float]:
        """Framework -> how sure it is to stay first; 0 for what is excluded. Adds up to 1 unless all are."""
        sure = dict(zip(self.order, self.draws.confidence, strict=True)) if self.order else {}
        return {name: sure.get(a, 0.0) for a, name in enumerate(self.model.frameworks)}

    @cached_property
    def ranking(self) -> list[tuple[str, float]]:
        """The pick, the others by how often they come first, what is excluded last."""
        behind = sorted(self.order[1:], key=lambda a: -self.confidence[self.model.frameworks[a]])
        rest = [a for a in self.model.each if a not in set(self.order)]
        ranked = (*self.order[:1], *behind, *rest)
        return [(name, self.confidence[name]) for a in ranked for name in (self.model.frameworks[a],)]

    @property
    def sure(self) -> float:
        return self.confidence[self.pick] if self.pick else 0.0

    @property
    def runner_up(self) -> str:
        """The second of the ranking."""
        return self.ranking[1][0] if len(self.order) > 1 else ""

    @cached_property
    def worth(self) -> list[tuple[str, float]]:
        """Open questions with the bits they are expected to tell about the winner, per effort; best first."""
        bits = self.draws.information()
        names = self.model.questions
        weighed = [(names[at], value / self.model.question(names[at]).cost) for at, value in bits.items()]
        return sorted(weighed, key=lambda pair: (-pair[1], pair[0]))

    @property
    def worth_asking(self) -> list[tuple[str, float]]:
        """The same without what was skipped."""
        return [(name, value) for name, value in self.worth if name not in self.skipped]

    @cached_property
    def unsettled(self) -> tuple[str, float]:
        """The question to which several answers hold and where the main one would tell most, with its bits per effort."""
        told = [(name, answer) for name, answer in self.answers.items() if len(answer.options) > 1]
        split = [(name, answer) for name, answer in told if answer.sure >= SURE and name not in self.skipped]
        found = [(self._if_one(name, answer) / self.model.question(name).cost, name) for name, answer in split]
        bits, name = max(found, default=(0.0, ""))
        return name, bits

    def _if_one(self, name: str, answer: Answer) -> float:
        """Expected fall of the entropy of "who comes first" when one of the options turns out to be the main one."""
        places, belief = self.model.option_place[self.model.place[name]], self.beliefs[self.model.place[name]]
        others = [other for other in self.answers.values() if other is not answer]
        after = 0.0
        for option in answer.options:
            alone = Result(self.model, [*others, replace(answer, options=(option,))], self.excluded, self.skipped)
            after += belief[places[option]] * entropy(alone.draws.confidence)
        return max(0.0, entropy(self.draws.confidence) - after)

    @cached_property
    def boxes(self) -> list[str]:
        """What the list of needs would show now; nothing before the first answer, as the list depends on the project."""
        if CHECKLIST in self.skipped or not (self.answers or self.skipped):
            return []
        still_open = (self.model.questions[at] for at in self.open)
        return self.model.checklist.shown([name for name in still_open if name not in self.skipped])

    def next_question(self, after: str = "") -> str:
        """Which of several answers is the main one, where that tells most; then the list of needs; then the question that
        tells most, looking two ahead; among equals, one of the same group as the question before.
        """
        ranked = self.worth_asking
        if not ranked:
            return ""
        if self.unsettled[1] > ranked[0][1]:
            return self.unsettled[0]
        if self.boxes:
            return CHECKLIST
        group = self.model.question(after).group if after in self.model.asked else ""
        plain = len(self.answers) + len(self.skipped) < PLAIN
        promise, share = (dict(ranked), NEAR_PLAIN) if plain else (self._promise, NEAR)
        near = [name for name, value in promise.items() if value >= share * max(promise.values())]
        return next((name for name in near if group and self.model.question(name).group == group), near[0])

    @cached_property
    def _promise(self) -> dict[str, float]:
        """The few most telling questions, with what each is worth together with another one, per effort; best first."""
        names = [name for name, _ in self.worth_asking[:LOOKED_AT]]
        gained = self.draws.promising([self.model.place[name] for name in names])
        worth = {name: gained[self.model.place[name]] / self.model.question(name).cost for name in names}
        return dict(sorted(worth.items(), key=lambda pair: -round(pair[1], 4)))

    def enough(self, asked: int, *, thorough: bool = False) -> bool:
        """Whether asking on is worth less than it costs. asked: how many questions were put so far."""
        if len(self.admitted) <= 1 or not self.worth_asking:
            return True
        most = self.model.setting("most_questions", 12) * (1.7 if len(self.model.frameworks) > 50 else 1)
        if asked >= most:
            return True
        if asked < 1 and not self._plain_case:
            return False
        if len(self.answers) < self.model.setting("least_answers", 2):
            return False
        least = self.model.setting("thorough_regret", 0.05) if thorough else self.patience(self.heard)
        telling = self.model.setting("informative", 0.01)
        if not thorough:
            telling = max(telling, self.heard * self.model.setting("effort", 0.005))
        return self.draws.regret <= least or self.worth_asking[0][1] < telling

    @property
    def heard(self) -> int:
        """What was answered or left open; the list of needs is one, however much it told."""
        listed = [name for name in self.answers if name in self.model.checklist.questions]
        return len(self.answers) - max(0, len(listed) - 1) + len(self.skipped)

    def patience(self, heard: int) -> float:
        """The regret at which asking stops, after so many questions were answered or left open."""
        return self.model.setting("stop_regret", 0.15) + heard * self.model.setting("patience", 0.01)

    @property
    def _plain_case(self) -> bool:
        """So clear from what was volunteered that any question would be one too many."""
        return len(self.answers) >= 4 and self.sure >= SURE and self.draws.regret <= 0.05

    @cached_property
    def outcome(self) -> Outcome:
        ranked = self.ranking
        if not self.order or self.misfit:
            return "none_fits"
        second = ranked[1][1] if len(self.order) > 1 else 0.0
        told = len(self.answers)
        if told < 1 or (told < 3 and self.sure < 0.6):
            return "too_little"
        if self.sure >= self.model.setting("clear", 0.8):
            return "clear"
        return "too_close" if self.sure - second < self.model.setting("close", 0.15) else "lean"

    @cached_property
    def fit(self) -> list[float]:
        """-1..1 per framework: how much of what was asked for it gives (not centred)."""
        points = [self._raw(at, belief) for at, belief in self.beliefs.items()]
        asked_for = sum(max(map(abs, gains)) for gains in points)
        return [sum(gains[a] for gains in points) / asked_for if asked_for else 0.0 for a in self.model.each]

    def _raw(self, at: int, belief: Belief) -> Gains:
        return tuple(sum(b * self.model.raw[at][o][a] for o, b in enumerate(belief)) for a in self.model.each)

    @property
    def misfit(self) -> bool:
        """Even the best works against most of what was asked for."""
        points = [self._raw(at, belief) for at, belief in self.beliefs.items()]
        weight = sum(max(map(abs, gains)) for gains in points)
        return bool(self.order) and weight >= 8 and max(self.fit[a] for a in self.order) < -0.1

    @property
    def relaxations(self) -> list[tuple[str, list[str]]]:
        """Nearest misses: framework -> the must-haves to drop for it, fewest first."""
        missing = [
            (a, self.vetoes.get(a, [])) for a in self.model.each if a not in self.admitted and a not in self.refused
        ]
        ranked = sorted(missing, key=lambda pair: (len(pair[1]), -self.scores[pair[0]]))
        return [(self.model.frameworks[a], names) for a, names in ranked]

    @property
    def unverified(self) -> list[str]:
        """Must-haves of the person that nothing is known about for the pick."""
        return [
            name
            for name, answer in self.answers.items()
            if len(answer.options) == 1
            and answer.options != ANY
            and self.pick
            and self.model.unverified(name, answer.options[0], self.pick)
        ]


def _vague(answer: Answer) -> bool:
    return answer.origin == "unticked" or (len(answer.options) > 1 and answer.sure >= SURE)


def stand(model: Model, answers: Iterable[Answer], excluded: Iterable[str] = ()) -> Standing:
    return Standing(model, answers, excluded)


def recommend(
    model: Model, answers: Sequence[Answer], excluded: Sequence[str] = (), skipped: Sequence[str] = ()
) -> Result:
    """The result of these answers: the same for the same answers, in whatever order they came."""
    return Result(model, answers, excluded, skipped)
