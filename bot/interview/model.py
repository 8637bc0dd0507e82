"""The interview's knowledge as numbers: what every option adds for every framework. Built once per knowledge.

Scale: points. 3 is what one source says plainly, so a pick that leads by 3 rests on one clear reason more.
"""

from __future__ import annotations

import hashlib
import random
from typing import TYPE_CHECKING

import msgspec

from bot.interview.checklist import CHECKLIST, Boxes
from bot.knowledge.model import InterviewBook, Option, Question, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.conversation import Answer
    from bot.knowledge.model import Cell, KnowledgeFile

Gains = tuple[float, ...]  # one number per framework, in the order of `Model.frameworks`
VETO = -1000.0
_built: list[tuple[KnowledgeFile, Model]] = []


class Model:
    """Questions, options and frameworks by index, so that the engine adds numbers and looks nothing up.

    gain[q][o][a]: points of option o for framework a, centred: zero on average over the options, so that nothing leads
    before the first answer. raw: the same before centring. doubt2: squared standard error. veto: what o excludes.
    chances[z][q][o]: how common an option is among projects of type z; z = 0 is any project.
    """

    def __init__(self, file: KnowledgeFile) -> None:
        self.file = file
        self.book = file.interview or InterviewBook()
        self.frameworks = tuple(file.frameworks)
        self.asked: Mapping[str, Question] = {name: _expanded(q, file) for name, q in self.book.questions.items()}
        self.questions = tuple(self.asked)
        self.checklist = Boxes(self.book)
        self.place = {name: index for index, name in enumerate(self.questions)}
        self.options = tuple(tuple(question.options) for question in self.asked.values())
        self.option_place = [{name: index for index, name in enumerate(names)} for names in self.options]
        self.types = ("", *self.book.project_types)
        self._chances()
        self._points()
        self.rules = tuple(self.book.rules.items())
        self.rule_gain = [tuple(self._weigh(rule)[0]) for _, rule in self.rules]
        self.gates = [self._gate(question) for question in self.asked.values()]
        size = len(self.frameworks) * len(self.questions)
        self.samples = int(self.setting("samples", 512)) // (1 if size <= 1000 else 2)
        self.dice = random.Random(self._seed())  # noqa: S311 (common random numbers, not secrets)

    @classmethod
    def of(cls, file: KnowledgeFile) -> Model:
        """The model of this knowledge, made on first use; the last two are kept (a hot reload and the one before)."""
        for known, model in _built:
            if known is file:
                return model
        model = cls(file)
        _built.insert(0, (file, model))
        del _built[2:]
        return model

    def setting(self, name: str, default: float) -> float:
        return self.book.settings.get(name, default)

    def puts(self, name: str) -> bool:
        """Whether it can be asked: a question, or the list of several."""
        return name in self.asked or (name == CHECKLIST and bool(self.checklist.boxes))

    def question(self, name: str) -> Question:
        return self.checklist.question if name == CHECKLIST else self.asked[name]

    def option(self, question: str, name: str) -> Option:
        return self.asked[question].options[name]

    def knows(self, answer: Answer) -> bool:
        """Whether the question and all of the options still exist."""
        options = self.asked[answer.question].options if answer.question in self.asked else {}
        return bool(options) and bool(answer.options) and all(o in options or o == "any" for o in answer.options)

    def cell(self, topic: str, framework: str) -> Cell | None:
        here = self.file.topics[topic].cells.get(framework) if topic in self.file.topics else None
        return here or self.file.frameworks[framework].topics.get(topic)

    def stance(self, topic: str, framework: str) -> float | None:
        cell = self.cell(topic, framework)
        return None if cell is None else cell.stance

    def _seed(self) -> str:
        shape = (self.frameworks, self.questions, self.options)
        return hashlib.blake2b(repr(shape).encode(), digest_size=8).hexdigest()

    def _chances(self) -> None:
        """Project types watered down by how far they are trusted; the prior is what they make on average."""
        trust = self.setting("type_trust", 0.7)
        plain = [_shares(option.p for option in question.options.values()) for question in self.asked.values()]
        kinds = self.book.project_types.values()
        self.chances = [plain]
        self.named = [frozenset[int]()]
        for kind in kinds:
            table = list(plain)
            for question, shares in kind.answers.items():
                at = self.place[question]
                told = _shares(shares.get(option, 0.0) for option in self.options[at])
                table[at] = _shares(
                    max(trust * t + (1 - trust) * p, 0.005) for t, p in zip(told, plain[at], strict=True)
                )
            self.chances.append(table)
            self.named.append(frozenset(self.place[question] for question in kind.answers))
        given = sum(kind.weight for kind in kinds)
        self.shares = _shares([0.2 * (given or 5.0), *(kind.weight for kind in kinds)])
        self.prior = [self.mixed(self.shares, at) for at in range(len(self.questions))]

    def mixed(self, shares: Iterable[float], at: int) -> list[float]:
        """How common the options of a question are, given the shares of the project types."""
        tables = [table[at] for table in self.chances]
        weighed = list(zip(shares, tables, strict=True))
        return [sum(share * table[o] for share, table in weighed) for o in range(len(self.options[at]))]

    def _points(self) -> None:
        self.raw: list[list[Gains]] = []
        self.gain: list[list[Gains]] = []
        self.doubt2: list[list[Gains]] = []
        self.veto: list[list[frozenset[int]]] = []
        for at, question in enumerate(self.asked.values()):
            weighed = [self._weigh(option) for option in question.options.values()]
            raw = [points for points, _ in weighed]
            mean = [sum(p * points[a] for p, points in zip(self.prior[at], raw, strict=True)) for a in self.each]
            self.raw.append(raw)
            self.gain.append([tuple(points[a] - mean[a] for a in self.each) for points in raw])
            self.doubt2.append([doubt for _, doubt in weighed])
            self.veto.append([self._excluded(option) for option in question.options.values()])

        self._typical()
        self.merit = tuple(sum(mean[a] for mean in self._means()) for a in self.each)

    def _typical(self) -> None:
        """What a question adds on average in a project of each type, and the sum over all questions."""
        plain = [self._average(self.chances[0][at], at) for at in range(len(self.questions))]
        self.typical = [
            [self._average(table[at], at) if at in named else plain[at] for at in range(len(self.questions))]
            for table, named in zip(self.chances, self.named, strict=True)
        ]
        self.typical_sum = [tuple(map(sum, zip(*rows, strict=True))) for rows in self.typical]

    def _average(self, chances: list[float], at: int) -> Gains:
        return tuple(sum(p * points[a] for p, points in zip(chances, self.gain[at], strict=True)) for a in self.each)

    def _means(self) -> list[Gains]:
        """What each question gives each framework on average: it breaks ties, and nothing else."""
        return [
            tuple(sum(p * points[a] for p, points in zip(prior, raw, strict=True)) for a in self.each)
            for prior, raw in zip(self.prior, self.raw, strict=True)
        ]

    @property
    def each(self) -> range:
        return range(len(self.frameworks))

    def _weigh(self, option: Option | Rule) -> tuple[Gains, Gains]:
        """Points and squared doubt per framework: the weight that stands there, else what stances say."""
        points, doubt = [], []
        for framework in self.frameworks:
            if framework in option.weights:
                points.append(float(option.weights[framework]))
                doubt.append(self.setting("weight_error", 0.6) ** 2 if option.weights[framework] else 0.0)
                continue
            known = {topic: self.stance(topic, framework) for topic in option.wants}
            points.append(sum(factor * (known[topic] or 0.0) for topic, factor in option.wants.items()))
            missing = sum(known[topic] is None for topic in known)
            each = self.setting("unknown_error", 1.5) if missing else self.setting("stance_error", 1.0)
            doubt.append(each**2 if option.wants else 0.0)
        return tuple(points), tuple(doubt)

    def _excluded(self, option: Option) -> frozenset[int]:
        least = self.setting("exclude_at", -1)
        stances = [[self.stance(topic, name) for topic in option.requires] for name in self.frameworks]
        return frozenset(a for a, known in enumerate(stances) if any(s is not None and s <= least for s in known))

    def unverified(self, question: str, option: str, framework: str) -> bool:
        """A must-have that nothing is known about for this framework."""
        required = self.option(question, option).requires
        return any(self.stance(topic, framework) is None for topic in required)

    def _gate(self, question: Question) -> list[tuple[int, frozenset[int]]]:
        gates = [(name, options) for name, options in question.ask_if.items() if name in self.place]
        return [
            (self.place[name], frozenset(self.option_place[self.place[name]][option] for option in options))
            for name, options in gates
        ]

    def claims(self, entry: Option | Rule, framework: str, topic: str = "") -> tuple[str, ...]:
        """The claims that carry what an option says of a framework: named ones, else the wanted topics' summaries."""
        if framework in entry.claims:
            return tuple(entry.claims[framework])
        case = self.file.use_cases.get(entry.use_case) if isinstance(entry, Option) else None
        if case is not None and case.says.get(framework):
            return tuple(case.says[framework])
        wanted = sorted(entry.wants, key=lambda name: -abs(entry.wants[name])) or ([topic] if topic else [])
        cells = [self.cell(name, framework) for name in wanted[:1]]
        return tuple(next(iter(cell.claims)) for cell in cells if cell is not None and cell.claims)


def _shares(weights: Iterable[float]) -> list[float]:
    values = list(weights)
    total = sum(values) or 1.0
    return [value / total for value in values]


def _expanded(question: Question, file: KnowledgeFile) -> Question:
    """The question with an option for every framework, where it asks for one."""
    each = question.per_framework
    if each is None:
        return question
    own = {
        name: Option(
            label=framework.name[:40],
            because=each.because.format(name=framework.name),
            were=each.were.format(name=framework.name),
            noted=each.noted.format(name=framework.name),
            asks=tuple(ask.format(name=word) for ask in each.asks for word in framework.asks),
            bare=framework.asks,
            p=each.p,
            weights={other: each.own if other == name else each.other for other in file.frameworks},
            wants={},
        )
        for name, framework in file.frameworks.items()
    }
    return msgspec.structs.replace(question, options={**own, **question.options})
