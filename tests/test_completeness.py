"""The shipped knowledge is complete: every topic, framework, row, package and phrase that is promised is there."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from bot.knowledge import phrases
from bot.knowledge.check import examine
from bot.knowledge.files import shipped

if TYPE_CHECKING:
    from bot.knowledge.knowledge import Knowledge

FRAMEWORKS = ("django", "flask", "fastapi")
PAIRS = ("django+flask", "django+fastapi", "fastapi+flask", "all")
TOPICS = set(
    """philosophy database auth admin routing forms reusable_components templates static_files async testing rest_api
    security flexibility learning_curve setup_time scalability performance debugging html_support seo i18n caching
    other_features community popularity hiring history use_cases companies project_size microservices structure deployment
    extensions code documentation realtime maintenance general""".split()
)
TERMS, USE_CASES, TASKS = 60, 25, 15
ARTICLES = {"procter-2024", "sayt-2026", "zaid-2024", "testdriven-2024"}
SUBJECTS = {
    "auth", "admin", "orm", "migrations", "rest", "tasks", "realtime", "forms", "caching", "cms", "ecommerce", "testing", "i18n",
    "static", "debugging",
}  # fmt: skip


def test_lint_finds_no_error() -> None:
    errors, _, _ = examine([shipped()])
    assert errors == []


def test_the_topics_are_those_of_the_contract(knowledge: Knowledge) -> None:
    assert len(TOPICS) == 40
    assert set(knowledge.file.topics) == TOPICS


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_every_topic_says_something_of_every_framework(knowledge: Knowledge, framework: str) -> None:
    assert [topic for topic in TOPICS if not knowledge.cell(topic, framework).claims] == []


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_every_row_of_every_table_is_filled(knowledge: Knowledge, framework: str) -> None:
    empty = [
        f"{topic}.{row}"
        for topic, entry in knowledge.file.topics.items()
        for row in entry.rows
        if row not in knowledge.cell(topic, framework).table
    ]
    assert empty == []
    assert [topic for topic, entry in knowledge.file.topics.items() if not 3 <= len(entry.rows) <= 6] == []


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_stances_are_taken_wherever_one_can(knowledge: Knowledge, framework: str) -> None:
    open_topics = {topic for topic in TOPICS if knowledge.cell(topic, framework).stance is None}
    assert open_topics == {"general", "history"}


def test_every_comparison_opens_with_a_verdict(knowledge: Knowledge) -> None:
    missing = [
        (topic, pair) for topic, entry in knowledge.file.topics.items() for pair in PAIRS if pair not in entry.verdicts
    ]
    assert missing == []


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_every_part_of_a_framework_is_there(knowledge: Knowledge, framework: str) -> None:
    entry = knowledge.file.frameworks[framework]
    for part in ("what", "choose", "avoid", "pros", "cons"):
        assert len(getattr(entry, part)) >= 3, part
    assert set(entry.concepts) == set(knowledge.file.concepts)


def test_every_claim_has_a_source_and_a_date(knowledge: Knowledge) -> None:
    missing = [
        statement.id
        for statement in knowledge.claims.values()
        if not (statement.claim.as_of or any(knowledge.sources[name].as_of for name in statement.claim.sources))
    ]
    assert missing == []


def test_nothing_is_dated_in_the_future_of_its_reading(knowledge: Knowledge) -> None:
    latest = max(source.read or source.date or dt.date.min for source in knowledge.sources.values())
    assert [name for name, source in knowledge.sources.items() if source.as_of and source.as_of > latest] == []
    assert [s.id for s in knowledge.claims.values() if s.claim.as_of and s.claim.as_of > latest] == []


def test_every_source_is_cited(knowledge: Knowledge) -> None:
    cited = {source for statement in knowledge.claims.values() for source in statement.claim.sources}
    cited.update(source for entry in knowledge.file.extensions.values() for source in entry.status_sources)
    cited.update(
        s for task in knowledge.file.code.values() for example in task.examples.values() for s in example.sources
    )
    assert set(knowledge.sources) - cited == set()


def test_each_article_is_used_broadly_and_corrected_where_it_errs(knowledge: Knowledge) -> None:
    used = Counter(source for statement in knowledge.claims.values() for source in statement.claim.sources)
    assert {name: used[name] for name in ARTICLES if used[name] < 40} == {}
    kinds = Counter(statement.claim.kind for statement in knowledge.claims.values())
    assert min(kinds[kind] for kind in ("correction", "disagreement", "outdated")) >= 5


def test_a_note_is_about_something(knowledge: Knowledge) -> None:
    kinds = ("correction", "disagreement", "outdated")
    assert [s.id for s in knowledge.claims.values() if s.claim.kind in kinds and not s.claim.about] == []


def test_there_are_enough_terms_use_cases_and_tasks(knowledge: Knowledge) -> None:
    file = knowledge.file
    assert len(file.glossary) >= TERMS
    assert len(file.use_cases) >= USE_CASES
    assert [case for case, entry in file.use_cases.items() if not set(FRAMEWORKS) <= set(entry.says)] == []
    complete = [task for task, entry in file.code.items() if set(FRAMEWORKS) <= set(entry.examples)]
    assert len(complete) >= TASKS


def test_every_purpose_has_packages(knowledge: Knowledge) -> None:
    served = {purpose for entry in knowledge.file.extensions.values() for purpose in entry.purposes}
    assert set(knowledge.file.purposes) - served == set()
    assert SUBJECTS - set(knowledge.file.purposes) == set()


def test_every_packages_status_is_dated_and_sourced(knowledge: Knowledge) -> None:
    entries = knowledge.file.extensions.items()
    assert [name for name, entry in entries if not entry.checked or not entry.status_sources] == []
    assert [
        name
        for name, entry in entries
        if entry.status == "dead" and not entry.successor and not says_what_instead(entry)
    ] == []


def says_what_instead(entry: object) -> bool:
    """A dead package without a successor says in words what to do."""
    return any(len(claim.text) > 40 for claim in entry.claims.values())  # type: ignore[attr-defined]


def test_phrases_and_code_agree(knowledge: Knowledge) -> None:
    assert phrases.missing(knowledge.file.phrases) == []
    assert phrases.unused(knowledge.file.phrases) == []


def test_no_two_claims_say_the_same(knowledge: Knowledge) -> None:
    texts = Counter(statement.claim.text for statement in knowledge.claims.values())
    assert [text for text, count in texts.items() if count > 1] == []
