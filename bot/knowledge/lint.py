"""What the types cannot say: references that lead nowhere, statements without a source, words that collide."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Container, Iterable, Iterator

from bot.interview import lint as interview
from bot.knowledge import phrases
from bot.knowledge.model import Claim, KnowledgeFile
from bot.knowledge.words import words
from bot.knowledge.yamltext import Path

STANCES = {-1.0, -0.5, 0.0, 0.5, 1.0}
INTENTS = (
    "compare", "describe", "recommend", "fact", "definition", "extension_lookup", "code_example",
    "how_to_out_of_scope", "off_topic", "smalltalk",
)  # fmt: skip
"""The kinds of questions."""
Finding = tuple[Path, str]


def claims_of(file: KnowledgeFile) -> Iterator[tuple[Path, str, Claim]]:
    """Every claim with the path it stands at and its id."""
    for path, claims in _claim_maps(file):
        for claim_id, claim in claims.items():
            yield (*path, claim_id), claim_id, claim


def _claim_maps(file: KnowledgeFile) -> Iterator[tuple[Path, dict[str, Claim]]]:
    for topic_id, topic in file.topics.items():
        for framework, cell in topic.cells.items():
            yield ("topics", topic_id, "cells", framework, "claims"), cell.claims
        yield ("topics", topic_id, "notes"), topic.notes
    for framework, entry in file.frameworks.items():
        for part in ("what", "choose", "avoid", "pros", "cons", "claims"):
            yield ("frameworks", framework, part), getattr(entry, part)
        for topic_id, cell in entry.topics.items():
            yield ("frameworks", framework, "topics", topic_id, "claims"), cell.claims
    for other_id, other in file.others.items():
        yield ("others", other_id, "claims"), other.claims
    for extension_id, extension in file.extensions.items():
        yield ("extensions", extension_id, "claims"), extension.claims
    for term_id, term in file.glossary.items():
        yield ("glossary", term_id, "claims"), term.claims
        yield ("glossary", term_id, "per"), {f"{term_id}.{framework}": claim for framework, claim in term.per.items()}
    for case_id, case in file.use_cases.items():
        for framework, says in case.says.items():
            yield ("use_cases", case_id, "says", framework), says
    yield ("house_rules",), file.house_rules


def lint(file: KnowledgeFile) -> tuple[list[Finding], list[Finding]]:
    """Errors and warnings, as (path, what is wrong and how to mend it)."""
    errors = [
        *_claims(file),
        *_references(file),
        *_tables(file),
        *_vocabulary(file),
        *_questions(file),
        *_phrases(file),
    ]
    warnings = [*_gaps(file), *_shared_words(file), *_phrases_unused(file)]
    of_interview, hints = interview.lint(file, (claim_id for _, claim_id, _ in claims_of(file)))
    return [*errors, *of_interview], [*warnings, *hints]


def _claims(file: KnowledgeFile) -> Iterator[Finding]:
    first: dict[str, Path] = {}
    known = {claim_id for _, claim_id, _ in claims_of(file)}
    for path, claim_id, claim in claims_of(file):
        if claim_id in first:
            yield path, f"duplicate id '{claim_id}' (also at {'.'.join(map(str, first[claim_id]))}); rename one"
        first[claim_id] = path
        if not claim.sources:
            yield path, "no source; name at least one id from 'sources'"
        for source in claim.sources:
            if source not in file.sources:
                yield path, f"unknown source '{source}'; add it under 'sources' or mend the id"
        if claim.sources and not claim.as_of and not any(_dated(file, source) for source in claim.sources):
            yield path, "no date: give the claim 'as_of', or its source a 'date' or 'read'"
        for other in claim.about:
            if other not in known:
                yield path, f"'about' names the unknown claim '{other}'"
        for framework in claim.frameworks:
            if framework not in file.frameworks and framework not in file.extensions and framework not in file.others:
                yield path, f"unknown framework '{framework}'"
        for topic in claim.topics:
            if topic not in file.topics:
                yield path, f"unknown topic '{topic}'"
        if not re.search(r"[.!?)\]`\"]$", claim.text.rstrip()):
            yield path, "the text must be whole sentences and end with a full stop"


def _dated(file: KnowledgeFile, source: str) -> dt.date | None:
    entry = file.sources.get(source)
    return entry.as_of if entry else None


def _references_of_topics(file: KnowledgeFile, known: set[str]) -> Iterator[Finding]:
    for topic_id, topic in file.topics.items():
        path: Path = ("topics", topic_id)
        for pair, verdict in topic.verdicts.items():
            names = pair.split("+")
            if pair != "all" and (names != sorted(names) or any(name not in file.frameworks for name in names)):
                yield (*path, "verdicts", pair), "name frameworks in alphabetical order joined by '+', or use 'all'"
            yield from _known(verdict.rests_on, known, (*path, "verdicts", pair, "rests_on"), "claim")
        for framework in topic.cells:
            if framework != "general" and framework not in file.frameworks:
                yield (*path, "cells", framework), f"unknown framework '{framework}'"
        yield from _known(topic.code, file.code, (*path, "code"), "code task")
        yield from _known(topic.purposes, file.purposes, (*path, "purposes"), "purpose")


def _references(file: KnowledgeFile) -> Iterator[Finding]:
    known = {claim_id for _, claim_id, _ in claims_of(file)}
    yield from _references_of_topics(file, known)
    for framework_id, entry in file.frameworks.items():
        yield from _known(entry.topics, file.topics, ("frameworks", framework_id, "topics"), "topic")
        yield from _known(entry.concepts, file.concepts, ("frameworks", framework_id, "concepts"), "concept")
        for concept, cell in entry.concepts.items():
            yield from _known([cell.claim], known, ("frameworks", framework_id, "concepts", concept), "claim")
    for extension_id, extension in file.extensions.items():
        path = ("extensions", extension_id)
        yield from _known(extension.purposes, file.purposes, (*path, "purposes"), "purpose")
        yield from _known(extension.topics, file.topics, (*path, "topics"), "topic")
        yield from _known(extension.status_sources, file.sources, (*path, "status_sources"), "source")
        yield from _known(extension.frameworks, file.frameworks, (*path, "frameworks"), "framework")
        if extension.successor and extension.successor not in file.extensions:
            yield (*path, "successor"), f"unknown extension '{extension.successor}'"
        if not extension.claims:
            yield (*path, "claims"), "needs a claim that says what the package is for"
    for purpose_id, purpose in file.purposes.items():
        yield from _known([purpose.topic], file.topics, ("purposes", purpose_id), "topic")
    for term_id, term in file.glossary.items():
        yield from _known(term.topics, file.topics, ("glossary", term_id, "topics"), "topic")
        yield from _known(term.frameworks, file.frameworks, ("glossary", term_id, "frameworks"), "framework")
        if not term.claims:
            yield ("glossary", term_id), "needs a claim that defines the term"
    for case_id, case in file.use_cases.items():
        yield from _known(case.verdict.rests_on, known, ("use_cases", case_id, "verdict"), "claim")
        yield from _known(case.says, file.frameworks, ("use_cases", case_id, "says"), "framework")
        yield from _known(case.topics, file.topics, ("use_cases", case_id, "topics"), "topic")
    for task_id, task in file.code.items():
        yield from _known(task.topics, file.topics, ("code", task_id, "topics"), "topic")
        yield from _known(task.examples, file.frameworks, ("code", task_id, "examples"), "framework")
        for framework_id, example in task.examples.items():
            yield from _known(example.sources, file.sources, ("code", task_id, "examples", framework_id), "source")


def _known(ids: Iterable[str], known: Container[str], path: Path, noun: str) -> Iterator[Finding]:
    for name in ids:
        if name not in known:
            yield path, f"unknown {noun} '{name}'; add it or mend the id"


def _tables(file: KnowledgeFile) -> Iterator[Finding]:
    known = {claim_id for _, claim_id, _ in claims_of(file)}
    for topic_id, topic in file.topics.items():
        cells = {("topics", topic_id, "cells", name): cell for name, cell in topic.cells.items()}
        for name, framework in file.frameworks.items():
            if topic_id in framework.topics:
                cells["frameworks", name, "topics", topic_id] = framework.topics[topic_id]
        for path, cell in cells.items():
            if cell.stance is not None and cell.stance not in STANCES:
                yield (*path, "stance"), f"stance {cell.stance} is not one of -1, -0.5, 0, 0.5, 1"
            for row, entry in cell.table.items():
                if row not in topic.rows:
                    yield (*path, "table", row), f"unknown row '{row}'; the topic has: {', '.join(topic.rows)}"
                yield from _known([entry.claim], known, (*path, "table", row), "claim")


def _vocabulary(file: KnowledgeFile) -> Iterator[Finding]:
    """Words that cannot be reached, and names that would mean two things."""
    for section, entries in _asks(file).items():
        for key, asks in entries.items():
            for phrase in asks:
                if phrase != phrase.lower():
                    yield (section, key, "asks"), f"'{phrase}' is unreachable: write it in lower case"
                elif not words(phrase):
                    yield (section, key, "asks"), f"'{phrase}' is unreachable: it has neither letters nor digits"
    for section in ("frameworks", "extensions"):
        yield from _collisions(section, _asks(file)[section])


def _questions(file: KnowledgeFile) -> Iterator[Finding]:
    for intent, groups in file.questions.items():
        if intent not in INTENTS:
            yield ("questions", intent), f"no kind of question; use one of {', '.join(INTENTS)}"
        for group, examples in groups.items():
            for number, example in enumerate(examples):
                path = ("questions", intent, group, number)
                yield from _known(example.about, file.topics, path, "topic")
                if not words(example.ask):
                    yield path, "'ask' says nothing; write the question, or remove the entry"


def _shared_words(file: KnowledgeFile) -> Iterator[Finding]:
    """A word may belong to two topics (both are then meant); worth a look all the same."""
    for section in ("topics", "glossary", "use_cases", "code"):
        yield from _collisions(section, _asks(file)[section])


def _asks(file: KnowledgeFile) -> dict[str, dict[str, tuple[str, ...]]]:
    frameworks = {key: entry.asks for key, entry in file.frameworks.items()}
    others = {key: entry.asks for key, entry in file.others.items() if key not in frameworks}
    return {
        "topics": {key: entry.asks for key, entry in file.topics.items()},
        "frameworks": frameworks | others,
        "extensions": {key: (entry.name.lower(), *entry.asks) for key, entry in file.extensions.items()},
        "glossary": {key: (entry.term.lower(), *entry.asks) for key, entry in file.glossary.items()},
        "use_cases": {key: entry.asks for key, entry in file.use_cases.items()},
        "code": {key: entry.asks for key, entry in file.code.items()},
    }


def _collisions(section: str, entries: dict[str, tuple[str, ...]]) -> Iterator[Finding]:
    taken: dict[str, str] = {}
    for key, asks in entries.items():
        for phrase in asks:
            if taken.setdefault(phrase, key) != key:
                yield (section, key, "asks"), f"'{phrase}' also means {taken[phrase]}; keep it in one place"


def _phrases(file: KnowledgeFile) -> Iterator[Finding]:
    """Sentences that the bot says and cannot find, or cannot fill in."""
    missing = phrases.missing(file.phrases)
    if missing and file.phrases:  # a collection of facts alone says nothing by itself
        few = ", ".join(f"'{name}'" for name in missing[:5])
        more = f" and {len(missing) - 5} more" if len(missing) > 5 else ""
        yield ("phrases",), f"missing: {few}{more}; add them, or lay your files over the shipped knowledge"
    for name, wordings in file.phrases.items():
        for wording in wordings if isinstance(wordings, list) else [wordings]:
            if wrong := phrases.broken(wording):
                yield ("phrases", name), wrong


def _phrases_unused(file: KnowledgeFile) -> Iterator[Finding]:
    for name in phrases.unused(file.phrases):
        yield ("phrases", name), "unused: nothing says it; remove it or mend the id"


def _gaps(file: KnowledgeFile) -> Iterator[Finding]:
    first = min((framework.rank for framework in file.frameworks.values()), default=0)
    for topic_id, topic in file.topics.items():
        for framework_id, framework in file.frameworks.items():
            cell = topic.cells.get(framework_id) or framework.topics.get(topic_id)
            if cell is None or not cell.claims:
                yield (
                    ("topics", topic_id),
                    f"nothing on {framework.name}; add a claim (or one that says it has no part in it)",
                )
                continue
            for row in topic.rows:
                if row not in cell.table and framework.rank == first:
                    yield ("topics", topic_id, "cells", framework_id, "table"), f"empty cell: row '{row}'"
        if not topic.verdicts:
            yield ("topics", topic_id), "no verdict; a comparison opens with one"
