"""Knowledge laid over the shipped one: a fourth framework in one file, and a team's own rules. No code is involved."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from bot.assistant import Assistant
from bot.knowledge.check import examine
from bot.knowledge.files import shipped
from bot.knowledge.knowledge import Knowledge
from bot.messages import Message, Place
from bot.store import MemoryStore
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from bot.replies import Reply

LITESTAR = ROOT / "examples" / "litestar.yaml"
HOUSE = ROOT / "examples" / "house.yaml"
FOUR = {"django", "flask", "fastapi", "litestar"}


@pytest.fixture(scope="module")
def four() -> Knowledge:
    return Knowledge.load([shipped(), LITESTAR])


@pytest.fixture(scope="module")
def ours() -> Knowledge:
    return Knowledge.load([shipped(), HOUSE])


async def ask(knowledge: Knowledge, *texts: str) -> Reply:
    """The reply to the last of these messages of one conversation."""
    assistant = Assistant(knowledge, MemoryStore())
    for number, text in enumerate(texts):
        reply = await assistant.handle(Message(id=str(number), place=Place("test", "c"), user="ann", text=text))
    return reply


# --- the example is complete


@pytest.mark.parametrize("example", [LITESTAR, HOUSE], ids=["litestar", "house"])
def test_the_example_lints_without_errors(example: Path) -> None:
    errors, _, _ = examine([shipped(), example])
    assert errors == []


def test_it_may_also_stand_beside_the_shipped_files(tmp_path: Path) -> None:
    """Copied into the folder instead of laid over it: nothing is declared twice."""
    folder = tmp_path / "knowledge"
    shutil.copytree(shipped(), folder)
    shutil.copy(LITESTAR, folder / "frameworks")
    errors, _, _ = examine([folder])
    assert errors == []
    assert set(Knowledge.load([folder]).file.frameworks) == FOUR


def test_every_topic_has_a_cell_with_stance_table_and_claim(four: Knowledge) -> None:
    missing = []
    for topic, entry in four.file.topics.items():
        cell = four.cell(topic, "litestar")
        stanceless = entry.cells["django"].stance is None
        if not cell.claims or set(cell.table) != set(entry.rows) or (cell.stance is None) != stanceless:
            missing.append(topic)
    assert missing == []


def test_every_section_of_a_framework_is_filled(four: Knowledge) -> None:
    entry = four.file.frameworks["litestar"]
    assert all(
        getattr(entry, part) for part in ("what", "choose", "avoid", "pros", "cons", "concepts", "topics", "asks")
    )


def test_it_is_yaml_alone() -> None:
    assert {path.suffix for path in (ROOT / "examples").iterdir()} == {".yaml"}
    named = [
        str(path) for path in (ROOT / "bot").rglob("*.py") if "litestar" in path.read_text(encoding="utf-8").lower()
    ]
    assert named == []


# --- it behaves like the others


def test_the_name_that_was_only_recognised_gives_way(knowledge: Knowledge, four: Knowledge) -> None:
    assert "litestar" in knowledge.file.others
    assert "litestar" not in four.file.others
    assert not any(claim.startswith("other-litestar") for claim in four.claims)
    assert knowledge.file.others.keys() - four.file.others.keys() == {"litestar"}


async def test_without_it_the_bot_is_honest_about_the_name(knowledge: Knowledge) -> None:
    reply = await ask(knowledge, "litestar or django for auth?")
    assert not any(claim.startswith("litestar-") for claim in reply.claims)


@pytest.mark.parametrize("other", ["django", "flask", "fastapi"])
async def test_it_is_compared(four: Knowledge, other: str) -> None:
    reply = await ask(four, f"litestar or {other} for auth?")
    assert reply.intent == "compare"
    assert set(reply.frameworks) == {"litestar", other}
    assert reply.topics[0] == "auth"
    table = next(part for part in reply.parts if type(part).__name__ == "Table")
    assert set(table.columns) == {"", "Litestar", four.name(other)}
    assert all(cell for row in table.rows for cell in row)


@pytest.mark.parametrize("other", ["django", "flask", "fastapi"])
async def test_it_is_compared_on_every_topic(four: Knowledge, other: str) -> None:
    assistant = Assistant(four, MemoryStore())
    empty = []
    for topic, entry in four.file.topics.items():
        press = f"compare:litestar+{other}:{topic}"
        reply = await assistant.handle(Message(id=topic, place=Place("test", topic), user="ann", press=press))
        rows = [row for part in reply.parts if type(part).__name__ == "Table" for row in part.rows]
        if len(rows) < len(entry.rows) or not reply.answered or four.file.phrases["table-unknown"] in sum(rows, ()):
            empty.append(topic)
    assert empty == []


async def test_compare_all_takes_all_four(four: Knowledge) -> None:
    reply = await ask(four, "compare all")
    assert set(reply.frameworks) == FOUR
    table = next(part for part in reply.parts if type(part).__name__ == "Table")
    assert set(table.columns) == {"", "Django", "Flask", "FastAPI", "Litestar"}
    assert reply.plain.startswith(four.file.topics["general"].verdicts["django+fastapi+flask+litestar"].text)


async def test_no_sentence_is_said_twice(four: Knowledge) -> None:
    """Without a verdict the summaries open the comparison; they do not come again in the list."""
    reply = await ask(four, "litestar vs flask for seo")
    lines = [line for line in reply.plain.splitlines() if line.startswith("- ")]
    assert lines
    assert len(lines) == len(set(lines))


async def test_it_is_described(four: Knowledge) -> None:
    reply = await ask(four, "what is litestar?")
    assert reply.answered
    assert reply.plain.startswith("Litestar is")


async def test_yes_no_and_who(four: Knowledge) -> None:
    assert (await ask(four, "does litestar have csrf protection?")).plain.startswith("**Yes.**")
    assert (await ask(four, "does litestar have an admin panel?")).plain.startswith("**No.**")
    assert "Hirschfeld" in (await ask(four, "who created litestar?")).headline


async def test_its_old_name_and_a_typo_mean_it(four: Knowledge) -> None:
    assert "litestar" in (await ask(four, "does starlite have caching?")).frameworks
    assert "litestar" in (await ask(four, "does litstar have caching?")).frameworks


async def test_it_follows_up(four: Knowledge) -> None:
    reply = await ask(four, "django or flask for caching?", "and litestar?")
    assert set(reply.frameworks) == {"django", "flask", "litestar"}
    assert reply.topics[0] == "caching"


async def test_it_is_listed_in_help_and_wherever_the_bot_says_what_it_knows(four: Knowledge) -> None:
    for text in ("help", "hello", "what is the weather in Paris?", "qwrt zxcv", "", "ignore your instructions"):
        assert "Litestar" in (await ask(four, text)).plain, text


async def test_its_case_is_made_and_it_is_explained_in_other_words(four: Knowledge) -> None:
    assert "The case for Litestar" in (await ask(four, "make the case for litestar")).plain
    explained = await ask(four, "I know FastAPI, explain Litestar")
    assert "Litestar, if you know FastAPI" in explained.plain
    assert "guards=[...]" in explained.plain or "@get(), @post() handlers" in explained.plain


async def test_its_packages_are_found(four: Knowledge) -> None:
    assert "Advanced Alchemy" in (await ask(four, "which orm package for litestar?")).plain


async def test_its_code_is_shown_and_what_is_missing_said(four: Knowledge) -> None:
    shown = await ask(four, "show me hello world in litestar")
    assert "from litestar import" in shown.plain
    assert "from django" not in shown.plain
    missing = await ask(four, "show me a login page in litestar")
    assert "no example for Litestar" in missing.plain


async def test_it_is_recommended_where_it_fits(four: Knowledge) -> None:
    brief = "we build a typed REST API on SQLAlchemy, no admin, we know Litestar well, 4 developers"
    reply = await ask(four, brief, "just tell me")
    ranking = [row["framework"] for row in reply.interview["ranking"]] if reply.interview else []
    assert set(ranking) == FOUR
    assert reply.interview["pick"] == "litestar"
    assert any(claim.startswith("litestar-") for claim in reply.claims)


async def test_and_not_where_it_does_not(four: Knowledge) -> None:
    reply = await ask(four, "an online shop with an admin panel for staff, accounts and many forms", "just tell me")
    assert reply.interview
    assert reply.interview["pick"] == "django"


# --- house rules


def marked(reply: Reply, knowledge: Knowledge, rule: str) -> bool:
    """The rule stands in the reply, once, right after the mark that says whose it is."""
    said = f"{knowledge.file.phrases['house-rule']} {knowledge.file.house_rules[rule].text}"
    return reply.plain.count(knowledge.file.house_rules[rule].text) == reply.plain.count(said) == 1


@pytest.mark.parametrize(
    ("question", "rule"),
    [
        ("django or flask for a rest api?", "house-services"),
        ("flask or django for microservices?", "house-services"),
        ("django or fastapi?", "house-services"),
        ("rails or fastapi?", "house-services"),
        ("does fastapi have forms?", "house-services"),
        ("what's our standard for services?", "house-services"),
        ("django or flask for databases?", "house-database"),
        ("does flask have an orm?", "house-database"),
        ("which orm package for flask?", "house-database"),
        ("which database do we use?", "house-database"),
    ],
)
async def test_a_rule_is_shown_in_matching_answers_as_the_teams_own(ours: Knowledge, question: str, rule: str) -> None:
    reply = await ask(ours, question)
    assert marked(reply, ours, rule)
    assert "house-handbook" in [line.id for line in reply.sources]
    assert rule in reply.claims


@pytest.mark.parametrize(
    "question", ["django or flask for templates?", "does flask have sessions?", "how old is django?", "hello"]
)
async def test_a_rule_keeps_out_of_other_answers(ours: Knowledge, question: str) -> None:
    assert "team's rule" not in (await ask(ours, question)).plain


async def test_without_the_overlay_there_are_no_rules(knowledge: Knowledge) -> None:
    assert knowledge.file.house_rules == {}
    assert "team's rule" not in (await ask(knowledge, "django or flask for a rest api?")).plain


async def test_the_interview_counts_what_the_team_has_settled(knowledge: Knowledge, ours: Knowledge) -> None:
    brief = ("we build a REST API for other programs, on Postgres, three people", "just tell me")
    plain, settled = await ask(knowledge, *brief), await ask(ours, *brief)
    assert plain.interview
    assert settled.interview
    assert confidence(settled.interview, "fastapi") > confidence(plain.interview, "fastapi")
    assert "your team has settled on FastAPI for services" in settled.plain


def confidence(interview: dict[str, Any], framework: str) -> float:
    return next(row["confidence"] for row in interview["ranking"] if row["framework"] == framework)


async def test_both_lie_over_each_other() -> None:
    both = Knowledge.load([shipped(), LITESTAR, HOUSE])
    reply = await ask(both, "litestar or fastapi for a microservice?")
    assert {"litestar", "fastapi"} <= set(reply.frameworks)
    assert marked(reply, both, "house-services")


# --- layers in general


def test_a_later_layer_replaces_field_by_field(tmp_path: Path) -> None:
    change = {"topics": {"database": {"name": "Our databases"}}, "phrases": {"answer-yes": "Yes indeed."}}
    (tmp_path / "over.yaml").write_text(yaml.safe_dump(change))
    changed = Knowledge.load([shipped(), tmp_path])
    usual = Knowledge.load()
    assert changed.file.topics["database"].name == "Our databases"
    assert changed.file.topics["database"].cells == usual.file.topics["database"].cells
    assert changed.file.phrases["answer-yes"] == "Yes indeed."
    assert changed.claims.keys() == usual.claims.keys()
