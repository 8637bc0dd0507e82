"""The knowledge as types: what a YAML file may hold, field by field.

Every file has the same shape (`KnowledgeFile`): any of the sections below, each a mapping from id to entry. Which file
an entry stands in is a matter of order, not of meaning; the shipped files keep one topic or framework to a file.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

ClaimKind = Literal["fact", "opinion", "figure", "correction", "disagreement", "outdated", "house"]
Status = Literal["alive", "quiet", "dormant", "dead"]
Id = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9_.+-]*$", max_length=64)]
Line = Annotated[str, Meta(min_length=1, max_length=200)]
Sentence = Annotated[str, Meta(min_length=1, max_length=700)]
Words = tuple[Annotated[str, Meta(min_length=1, max_length=80)], ...]


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """Base of everything that stands in YAML: unknown keys are errors."""


class Source(Entry, frozen=True, kw_only=True):
    """Where a fact comes from. date: published or last updated; read: when we last checked it. label: how it is cited."""

    title: Line
    label: Annotated[str, Meta(min_length=1, max_length=60)]
    date: dt.date | None = None
    read: dt.date | None = None
    author: str = ""
    publisher: str = ""
    url: str = ""
    kind: Literal[
        "article", "documentation", "release_notes", "survey", "measurement", "registry", "repository", "house"
    ]
    trust: Annotated[float, Meta(ge=0, le=1)] = 1.0

    @property
    def as_of(self) -> dt.date | None:
        return self.date or self.read


class Figure(Entry, frozen=True, kw_only=True):
    """A number that changes: live figures of the same framework and metric are shown beside it."""

    metric: Id
    value: float


class Claim(Entry, frozen=True, kw_only=True):
    """One statement in our own words.

    sources: ids; at least one. as_of: when it held, if not the source's date. version: the release it speaks of.
    kind: correction, disagreement and outdated are notes about other claims (`about`); house is a team's own rule.
    answer: the direct reply when somebody asks whether it is so ("does flask have an orm?" -> "no").
    asks: words and phrases by which people ask for just this (lower case), beyond the words of the text itself.
    topics, frameworks: further ones it concerns, besides where it stands.
    """

    text: Sentence
    sources: tuple[Id, ...]
    kind: ClaimKind = "fact"
    as_of: dt.date | None = None
    version: str = ""
    answer: Literal["", "yes", "no", "partly", "extension"] = ""
    asks: Words = ()
    topics: tuple[Id, ...] = ()
    frameworks: tuple[Id, ...] = ()
    about: tuple[Id, ...] = ()
    figure: Figure | None = None


class TableCell(Entry, frozen=True, kw_only=True):
    """What stands in a comparison table, at most 60 characters, and the claim that carries it."""

    say: Annotated[str, Meta(min_length=1, max_length=60)]
    claim: Id


class Cell(Entry, frozen=True, kw_only=True):
    """One framework on one topic. The first claim is the summary. stance: +1 built in or strongly for, +0.5 first-party
    or well suited, 0 by extension or neutral, -0.5 do it yourself or less suited, -1 works against it.
    """

    stance: float | None = None
    claims: dict[Id, Claim] = {}
    table: dict[Id, TableCell] = {}


class Verdict(Entry, frozen=True, kw_only=True):
    """The opening line of a comparison: what to take from it, in at most 300 characters, and the claims it rests on."""

    text: Annotated[str, Meta(min_length=1, max_length=320)]
    rests_on: list[Id]


class Topic(Entry, frozen=True, kw_only=True):
    """asks: words and phrases that mean this topic; hints: words that point to it only together with something else.

    rows: the lines of its comparison table, id -> label. cells: framework id -> Cell; `general` is for claims about no
    single framework. verdicts: "django+flask" (ids in alphabetical order, joined by +) or "all".
    """

    name: Line
    asks: Words
    hints: Words = ()
    rows: dict[Id, Line] = {}
    cells: dict[Id, Cell] = {}
    verdicts: dict[Id, Verdict] = {}
    notes: dict[Id, Claim] = {}
    code: list[Id] = []
    purposes: list[Id] = []


class Framework(Entry, frozen=True, kw_only=True):
    """choose: when to take it; pros, cons: for "make the case" and one-framework answers. All are claims.

    topics: cells that stand here instead of in the topics' own files (a framework added by one file).
    concepts: concept id -> this framework's word for it, for "I know Django, explain FastAPI".
    """

    name: Line
    asks: Words
    what: dict[Id, Claim]
    licence: str = ""
    language: str = "Python"
    home: str = ""
    choose: dict[Id, Claim] = {}
    avoid: dict[Id, Claim] = {}
    pros: dict[Id, Claim] = {}
    cons: dict[Id, Claim] = {}
    topics: dict[Id, Cell] = {}
    concepts: dict[Id, TableCell] = {}
    claims: dict[Id, Claim] = {}
    refresh: dict[str, str] = {}
    rank: int = 5


class Other(Entry, frozen=True, kw_only=True):
    """A name the bot recognises and knows nothing of. `near`: the framework it belongs to (Quart to Flask)."""

    name: Line
    asks: Words
    kind: Literal["framework", "frontend", "language", "service", "server", "database", "tool"] = "framework"
    near: list[Id] = []
    claims: dict[Id, Claim] = {}


class Extension(Entry, frozen=True, kw_only=True):
    """A package. The first claim says what it is for. checked: when its status was looked up; rank: 1 is named first."""

    name: Line
    asks: Words = ()
    frameworks: list[Id]
    purposes: list[Id]
    topics: list[Id] = []
    claims: dict[Id, Claim]
    status: Status
    version: str = ""
    released: str = ""
    checked: dt.date
    status_sources: list[Id]
    successor: str = ""
    rank: int = 5
    layer: bool = False


class Purpose(Entry, frozen=True, kw_only=True):
    """What packages are looked up for."""

    name: Line
    asks: Words
    topic: Id


class Term(Entry, frozen=True, kw_only=True):
    """A glossary entry; the first claim defines it. per: framework id -> claim on what it means there."""

    term: Line
    asks: Words = ()
    claims: dict[Id, Claim]
    per: dict[Id, Claim] = {}
    topics: list[Id] = []
    frameworks: list[Id] = []


class UseCase(Entry, frozen=True, kw_only=True):
    """A kind of project. says: framework id -> what speaks for or against it there (claims)."""

    name: Line
    asks: Words
    verdict: Verdict
    says: dict[Id, dict[Id, Claim]]
    topics: list[Id] = []


class Example(Entry, frozen=True, kw_only=True):
    """One runnable example. check: Python that the test suite runs after it; harness: how (see tests/test_code.py).

    files: further files it needs, name -> text. shown: the language for highlighting. note: claims about it.
    """

    code: str
    title: Line
    sources: list[Id]
    language: str = "python"
    check: str = ""
    harness: str = ""
    files: dict[str, str] = {}
    packages: list[str] = []
    version: str = ""
    note: str = ""


class CodeTask(Entry, frozen=True, kw_only=True):
    """One task in every framework: examples by framework id."""

    name: Line
    asks: Words
    topics: list[Id]
    examples: dict[Id, Example]


class Option(Entry, frozen=True, kw_only=True):
    """One possible answer.

    weights: framework -> how much the option speaks for it, -6..6 (3 is what a source says plainly, more only for a
    must-have). wants: topic -> factor; a framework without a weight of its own gets the sum of factor x stance.
    claims: framework -> claims that carry the weight; without any, what `use_case` says of it, else the summary of the
    topic wanted most. requires: topics without which a framework is out of the question (a stance of -1 excludes it).
    asks: words that mean the option anywhere; weak: the same, but any stronger word for the question outweighs them;
    bare: words that mean it only as an answer to its question; names: how a value is written -> words for it.
    because: what the person told us, in the second person ("you build a REST API"); were: the same after "if".
    noted: the same as a short note ("no admin panel"); without it the label. rare: shown on request only.
    beats: options it outweighs when both were named ("SQLAlchemy on Postgres").
    """

    label: Annotated[str, Meta(max_length=40)]
    because: Line
    were: Line
    noted: str = ""
    means: str = ""
    asks: Words = ()
    weak: Words = ()
    bare: Words = ()
    names: dict[str, Words] = {}
    p: Annotated[float, Meta(gt=0)] = 1.0
    weights: dict[Id, Annotated[float, Meta(ge=-6, le=6)]] = {}
    wants: dict[Id, Annotated[float, Meta(ge=-6, le=6)]] = {}
    claims: dict[Id, list[Id]] = {}
    use_case: Id = ""
    requires: list[Id] = []
    beats: list[Id] = []
    rare: bool = False


class Numbers(Entry, frozen=True, kw_only=True):
    """Numbers as answers: of what kind, the upper edges of all options but the last, what is possible at all.

    noted: the note with the number or the words for it ("team of {n}"); one: the same for one.
    """

    kind: Literal["people", "days", "years", "requests", "users"]
    edges: list[float]
    options: list[Id]
    low: float = 1
    high: float = 1_000_000
    noted: str = "{n}"
    one: str = ""


class PerFramework(Entry, frozen=True, kw_only=True):
    """One more option for every framework the bot knows: how much it speaks for itself, and for the others.

    before, after: words that make a framework's name this answer ("we know {name}"); `{name}` is filled in.
    """

    own: float
    other: float = 0.0
    p: float = 0.1
    because: Line
    were: Line
    noted: Line
    asks: Words = ()


class Question(Entry, frozen=True, kw_only=True):
    """ask: at most 100 characters, no framework's name. label: two or three words for lists.

    negated: the option that "no X" means. bare words beside the options': see `Option`. cost: effort of answering.
    ask_if: question -> options with one of which it makes sense (unanswered counts as possible). example: an answer in
    the person's words, shown when they were not understood. mutable: may stand in "it would be X if ...".
    affirmed: the option that "yes" means; several: two options named together both hold.
    """

    ask: Annotated[str, Meta(max_length=100)]
    label: Annotated[str, Meta(max_length=40)]
    why: Sentence
    means: Sentence
    options: dict[Id, Option]
    topic: Id = ""
    group: Id = ""
    cost: float = 1.0
    ask_if: dict[Id, list[Id]] = {}
    negated: Id = ""
    affirmed: Id = ""
    example: str = ""
    numbers: list[Numbers] = []
    per_framework: PerFramework | None = None
    mutable: bool = True


class Box(Entry, frozen=True, kw_only=True):
    """One thing to tick: the options of a question it stands for. because, were, noted: as in `Option`, where it stands
    for several of them. bare: words that mean it as an answer to the list.
    """

    label: Annotated[str, Meta(max_length=40)]
    question: Id
    options: list[Id]
    because: str = ""
    were: str = ""
    noted: str = ""
    bare: Words = ()


class Checklist(Entry, frozen=True, kw_only=True):
    """Several questions in one, to be ticked. The texts are as in `Question`. A question's boxes leave one of its options:
    the one that is taken when none of them is ticked.
    """

    ask: Annotated[str, Meta(max_length=100)]
    label: Annotated[str, Meta(max_length=40)]
    why: Sentence
    means: Sentence
    example: str = ""
    boxes: dict[Id, Box]


class Rule(Entry, frozen=True, kw_only=True):
    """What several answers together say beyond their sum: weights as in `Option`, when every question has such an answer."""

    when: dict[Id, list[Id]]
    because: Line
    weights: dict[Id, Annotated[float, Meta(ge=-6, le=6)]] = {}
    wants: dict[Id, Annotated[float, Meta(ge=-6, le=6)]] = {}
    claims: dict[Id, list[Id]] = {}


class ProjectType(Entry, frozen=True, kw_only=True):
    """Which answers go together: question -> option -> probability; what is not named is as everywhere."""

    label: Annotated[str, Meta(max_length=40)]
    weight: float = 1.0
    answers: dict[Id, dict[Id, float]] = {}


class InterviewBook(Entry, frozen=True, kw_only=True):
    """The recommendation interview. settings: the numbers of the method. words: cue words and control words, by name.

    packages: a package of requirements.txt -> question -> option it speaks for; a framework's own name is known anyway.
    """

    questions: dict[Id, Question] = {}
    checklist: Checklist | None = None
    rules: dict[Id, Rule] = {}
    project_types: dict[Id, ProjectType] = {}
    settings: dict[Id, float] = {}
    words: dict[Id, Words] = {}
    packages: dict[str, dict[Id, Id]] = {}


class Cue(Entry, frozen=True, kw_only=True):
    """Words that make a reading likelier: phrases (their language is told in `bot/understanding/cues.py`) and by how much."""

    phrases: Words
    weight: float = 1.0


class Vocabulary(Entry, frozen=True, kw_only=True):
    """How people put things. intents: intent -> cues. words: named word lists that the rules of understanding use."""

    intents: dict[Id, dict[Id, Cue]] = {}
    words: dict[Id, Words] = {}


class SampleQuestion(Entry, frozen=True, kw_only=True):
    """A question as somebody may put it, and the topics it is about: what kinds of questions are learned from."""

    ask: str
    about: Words = ()


class KnowledgeFile(Entry, frozen=True, kw_only=True):
    """One YAML file: any of these sections."""

    sources: dict[Id, Source] = {}
    topics: dict[Id, Topic] = {}
    frameworks: dict[Id, Framework] = {}
    others: dict[Id, Other] = {}
    extensions: dict[Id, Extension] = {}
    purposes: dict[Id, Purpose] = {}
    glossary: dict[Id, Term] = {}
    use_cases: dict[Id, UseCase] = {}
    code: dict[Id, CodeTask] = {}
    concepts: dict[Id, Line] = {}
    house_rules: dict[Id, Claim] = {}
    phrases: dict[Id, str | list[str]] = {}
    vocabulary: Vocabulary | None = None
    questions: dict[Id, dict[Id, list[SampleQuestion]]] = {}
    interview: InterviewBook | None = None
