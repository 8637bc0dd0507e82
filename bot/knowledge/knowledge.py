"""The knowledge as the bot uses it: immutable, indexed, loaded once. A hot reload swaps the whole object."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

import msgspec

from bot.knowledge import compiled
from bot.knowledge.model import Cell, Claim, KnowledgeFile, Source, Verdict

NO_CELL = Cell()
LIVE = "live-"
"""What the ids of fetched figures begin with."""


class Statement(msgspec.Struct, frozen=True, eq=False):
    """A claim with its id and what it is about. section: where it stands (`topic`, `note`, `pros`, `extension`, ...).

    subject: the id of the entry it stands in (a topic, a package, a term). rank: its place there, 0 is the summary.
    about: the frameworks as a set.
    """

    id: str
    claim: Claim
    section: str
    subject: str
    frameworks: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    rank: int = 0
    about: frozenset[str] = frozenset()


class Knowledge:
    """`file` is the validated YAML; everything else is derived from it."""

    def __init__(self, made: compiled.Compiled, version: str) -> None:
        self.file = file = made.file
        self.version = version
        self.index = made.index
        self.lexicon = made.lexicon
        self.learned = made.learned
        self.claims: Mapping[str, Statement] = {statement.id: statement for statement in statements(file)}
        self.notes = _notes(self.claims.values())

    @classmethod
    def load(cls, paths: Sequence[str | Path] | None = None) -> Knowledge:
        """The shipped knowledge, or these files and folders laid over each other. Raises `KnowledgeError`."""
        return cls(*compiled.load(None if paths is None else [Path(path) for path in paths]))

    @property
    def sources(self) -> Mapping[str, Source]:
        return self.file.sources

    def cell(self, topic: str, framework: str) -> Cell:
        """What is known of a framework on a topic; an empty cell when nothing is."""
        here = self.file.topics[topic].cells.get(framework)
        if here is None and framework in self.file.frameworks:
            here = self.file.frameworks[framework].topics.get(topic)
        return here or NO_CELL

    def verdict(self, topic: str, frameworks: Iterable[str]) -> Verdict | None:
        """The opening line for just these frameworks; `all` serves any three or more."""
        verdicts = self.file.topics[topic].verdicts
        names = sorted(frameworks)
        return verdicts.get("+".join(names)) or (verdicts.get("all") if len(names) > 2 else None)

    def name(self, framework: str) -> str:
        """How a framework, package or other name is written."""
        for entries in (self.file.frameworks, self.file.extensions, self.file.others):
            if framework in entries:
                return entries[framework].name
        return framework


_ABOUT_ALL = dict.fromkeys(("what", "choose", "pros", "cons"), ("general",)) | {"avoid": ("use_cases",)}
"""The topic of what is said of a framework as a whole."""


def statements(file: KnowledgeFile) -> Iterable[Statement]:
    """Every claim of the file, with what it is about."""
    for topic_id, topic in file.topics.items():
        for framework, cell in topic.cells.items():
            about = () if framework == "general" else (framework,)
            yield from _some(cell.claims, "topic", topic_id, about, (topic_id,))
        yield from _some(topic.notes, "note", topic_id, (), (topic_id,))
    for framework_id, entry in file.frameworks.items():
        for section in ("what", "choose", "avoid", "pros", "cons", "claims"):
            topics = _ABOUT_ALL.get(section, ())
            yield from _some(getattr(entry, section), section, framework_id, (framework_id,), topics)
        for topic_id, cell in entry.topics.items():
            yield from _some(cell.claims, "topic", topic_id, (framework_id,), (topic_id,))
    for other_id, other in file.others.items():
        yield from _some(other.claims, "other", other_id, (other_id,), ())
    for extension_id, extension in file.extensions.items():
        yield from _some(
            extension.claims, "extension", extension_id, tuple(extension.frameworks), tuple(extension.topics)
        )
    for term_id, term in file.glossary.items():
        yield from _some(term.claims, "term", term_id, tuple(term.frameworks), tuple(term.topics))
        for framework_id, claim in term.per.items():
            yield Statement(
                f"{term_id}.{framework_id}",
                claim,
                "term",
                term_id,
                (framework_id,),
                tuple(term.topics),
                9,
                frozenset((framework_id,)),
            )
    for case_id, case in file.use_cases.items():
        for framework_id, claims in case.says.items():
            yield from _some(claims, "use_case", case_id, (framework_id,), ("use_cases", *case.topics))
    yield from _some(file.house_rules, "house", "house", (), ())


def _some(
    claims: Mapping[str, Claim], section: str, subject: str, frameworks: tuple[str, ...], topics: tuple[str, ...]
) -> Iterable[Statement]:
    for rank, (claim_id, claim) in enumerate(claims.items()):
        all_frameworks = tuple(dict.fromkeys((*frameworks, *claim.frameworks)))
        all_topics = tuple(dict.fromkeys((*topics, *claim.topics)))
        yield Statement(
            claim_id, claim, section, subject, _one(all_frameworks), _one(all_topics), rank, _set(all_frameworks)
        )


@cache
def _one(names: tuple[str, ...]) -> tuple[str, ...]:
    """The same object for the same names: there are thousands of claims, and few such combinations."""
    return names


@cache
def _set(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(names)


def _notes(all_statements: Iterable[Statement]) -> dict[str, tuple[str, ...]]:
    """Claim id -> the notes about it: a newer figure, then corrections, disagreements, what has aged."""
    notes: dict[str, list[str]] = {}
    everything = list(all_statements)
    for statement in everything:
        for claim_id in statement.claim.about:
            notes.setdefault(claim_id, []).append(statement.id)
    for older, newest in _newer_figures(everything):
        notes.setdefault(older, []).insert(0, newest)
    return {claim_id: tuple(ids) for claim_id, ids in notes.items()}


def _newer_figures(all_statements: Iterable[Statement]) -> Iterable[tuple[str, str]]:
    """(older figure, newest live one) of the same framework and metric."""
    groups: dict[tuple[str, tuple[str, ...]], list[Statement]] = {}
    for statement in all_statements:
        if statement.claim.figure is not None:
            groups.setdefault((statement.claim.figure.metric, statement.frameworks), []).append(statement)
    for figures in groups.values():
        newest = next((statement for statement in figures if statement.id.startswith(LIVE)), None)
        if newest is not None:
            yield from ((statement.id, newest.id) for statement in figures if statement is not newest)
