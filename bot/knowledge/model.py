"""The knowledge as types: what a YAML file may hold, field by field.

Every file has the same shape (`KnowledgeFile`): any of the sections below, each a mapping from id to entry. Which file
an entry stands in is a matter of order, not of meaning; the shipped files keep one topic or framework to a file.
"""

from __future__ import annotations

import datetime as dt  # noqa: TC003 (msgspec reads the annotations at run time)
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

Stance = Literal[-1, -0.5, 0, 0.5, 1]  # documentation only: msgspec has no float literals, the linter checks
ClaimKind = Literal["fact", "opinion", "figure", "correction", "disagreement", "outdated", "house"]
Status = Literal["alive", "quiet", "dormant", "dead"]
Id = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9_.+-]*$", max_length=64)]
Line = Annotated[str, Meta(min_length=1, max_length=200)]
Sentence = Annotated[str, Meta(min_length=1, max_length=700)]
Words = list[Annotated[str, Meta(min_length=1, max_length=80)]]


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """Base of everything that stands in YAML: unknown keys are errors."""


class Source(Entry, kw_only=True):
    """Where a fact comes from. date: published or last updated; read: when we last checked it. label: how it is cited."""

    title: Line
    label: Annotated[str, Meta(min_length=1, max_length=60)]
    date: dt.date | None = None
    read: dt.date | None = None
    author: str = ""
    publisher: str = ""
    url: str = ""
    kind: Literal["article", "documentation", "release_notes", "survey", "measurement", "registry", "repository", "house"]
    trust: Annotated[float, Meta(ge=0, le=1)] = 1.0

    @property
    def as_of(self) -> dt.date | None:
        return self.date or self.read


class Figure(Entry, kw_only=True):
    """A number that changes: live figures of the same framework and metric are shown beside it."""

    metric: Id
    value: float


class Claim(Entry, kw_only=True):
    """One statement in our own words.

    sources: ids; at least one. as_of: when it held, if not the source's date. version: the release it speaks of.
    kind: correction, disagreement and outdated are notes about other claims (`about`); house is a team's own rule.
    answer: the direct reply when somebody asks whether it is so ("does flask have an orm?" -> "no").
    asks: words and phrases by which people ask for just this (lower case), beyond the words of the text itself.
    topics, frameworks: further ones it concerns, besides where it stands.
    """

    text: Sentence
    sources: list[Id]
    kind: ClaimKind = "fact"
    as_of: dt.date | None = None
    version: str = ""
    answer: Literal["", "yes", "no", "partly", "extension"] = ""
    asks: Words = []
    topics: list[Id] = []
    frameworks: list[Id] = []
    about: list[Id] = []
    figure: Figure | None = None


class TableCell(Entry, kw_only=True):
    """What stands in a comparison table, at most 60 characters, and the claim that carries it."""

    say: Annotated[str, Meta(min_length=1, max_length=60)]
    claim: Id


class Cell(Entry, kw_only=True):
    """One framework on one topic. The first claim is the summary. stance: +1 built in or strongly for, +0.5 first-party
    or well suited, 0 by extension or neutral, -0.5 do it yourself or less suited, -1 works against it."""

    stance: float | None = None
    claims: dict[Id, Claim] = {}
    table: dict[Id, TableCell] = {}


class Verdict(Entry, kw_only=True):
    """The opening line of a comparison: what to take from it, in at most 300 characters, and the claims it rests on."""

    text: Annotated[str, Meta(min_length=1, max_length=320)]
    rests_on: list[Id]


class Topic(Entry, kw_only=True):
    """asks: words and phrases that mean this topic; hints: words that point to it only together with something else.

    rows: the lines of its comparison table, id -> label. cells: framework id -> Cell; `general` is for claims about no
    single framework. verdicts: "django+flask" (ids in alphabetical order, joined by +) or "all".
    """

    name: Line
    asks: Words
    hints: Words = []
    rows: dict[Id, Line] = {}
    cells: dict[Id, Cell] = {}
    verdicts: dict[Id, Verdict] = {}
    notes: dict[Id, Claim] = {}
    code: list[Id] = []
    purposes: list[Id] = []


class Framework(Entry, kw_only=True):
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


class Other(Entry, kw_only=True):
    """A name the bot recognises and knows nothing of. `near`: the framework it belongs to (Quart to Flask)."""

    name: Line
    asks: Words
    kind: Literal["framework", "frontend", "language", "service", "server", "database", "tool"] = "framework"
    near: list[Id] = []
    claims: dict[Id, Claim] = {}


class Extension(Entry, kw_only=True):
    """A package. The first claim says what it is for. checked: when its status was looked up; rank: 1 is named first."""

    name: Line
    asks: Words = []
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


class Purpose(Entry, kw_only=True):
    """What packages are looked up for."""

    name: Line
    asks: Words
    topic: Id


class Term(Entry, kw_only=True):
    """A glossary entry; the first claim defines it. per: framework id -> claim on what it means there."""

    term: Line
    asks: Words = []
    claims: dict[Id, Claim]
    per: dict[Id, Claim] = {}
    topics: list[Id] = []
    frameworks: list[Id] = []


class UseCase(Entry, kw_only=True):
    """A kind of project. says: framework id -> what speaks for or against it there (claims)."""

    name: Line
    asks: Words
    verdict: Verdict
    says: dict[Id, dict[Id, Claim]]
    topics: list[Id] = []
    project_type: str = ""


class Example(Entry, kw_only=True):
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


class CodeTask(Entry, kw_only=True):
    """One task in every framework: examples by framework id."""

    name: Line
    asks: Words
    topics: list[Id]
    examples: dict[Id, Example]


class Option(Entry, kw_only=True):
    """p: share of projects (normalised per question). wants: criterion -> 0..3. requires, forbids: criteria."""

    label: Annotated[str, Meta(max_length=40)]
    asks: Words = []
    p: float = 1.0
    wants: dict[Id, float] = {}
    requires: list[Id] = []
    forbids: list[Id] = []
    means: str = ""


class Question(Entry, kw_only=True):
    """ask: at most 100 characters, no framework's name. negated: the option that "no X" means. numeric: buckets."""

    ask: Annotated[str, Meta(max_length=100)]
    label: Annotated[str, Meta(max_length=40)]
    why: Sentence
    options: dict[Id, Option]
    means: str = ""
    topic: str = ""
    cost: float = 1.0
    ask_if: dict[Id, list[Id]] = {}
    negated: str = ""
    numeric: dict[str, Any] = {}
    mutable: bool = True
    several: bool = False


class Criterion(Entry, kw_only=True):
    """What a question's options want. topic: the topic whose cells' stances are the evidence; or stances by framework."""

    label: Line
    topics: list[Id] = []
    half_life_years: float = 6.0
    stances: dict[Id, dict[Id, float]] = {}


class ProjectType(Entry, kw_only=True):
    label: Annotated[str, Meta(max_length=40)]
    weight: float = 1.0
    answers: dict[Id, dict[Id, float]] = {}
    asks: Words = []
    quick: bool = False


class InterviewBook(Entry, kw_only=True):
    """The recommendation interview; `settings` are the numbers of the method."""

    questions: dict[Id, Question] = {}
    criteria: dict[Id, Criterion] = {}
    project_types: dict[Id, ProjectType] = {}
    settings: dict[str, float] = {}
    vocabulary: dict[str, Words] = {}


class Cue(Entry, kw_only=True):
    """Words that make a reading likelier: phrases (`*` stands for a word's ending) and by how much."""

    phrases: Words
    weight: float = 1.0
    note: str = ""


class Vocabulary(Entry, kw_only=True):
    """How people put things. intents: intent -> cues. words: named word lists that the rules of understanding use."""

    intents: dict[Id, dict[Id, Cue]] = {}
    words: dict[Id, Words] = {}


class KnowledgeFile(Entry, kw_only=True):
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
    interview: InterviewBook | None = None
