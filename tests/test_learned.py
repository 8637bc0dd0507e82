"""What is learned from example questions: enough to tell others like them, the same each time, and visible."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge.knowledge import Knowledge
from bot.understanding.classify import classify
from bot.understanding.learned import REFUSED, wording
from bot.understanding.reading import Reader
from bot.understanding.regression import chances, fit

HEAD = """\
sources:
  page: {title: A page, label: A page, date: 2026-01-01, kind: documentation}
frameworks:
  flask: {name: Flask, asks: [flask], what: {flask-what: {text: Flask is a framework., sources: [page]}}}
topics:
  caching: {name: Caching, asks: [caching], cells: {flask: {claims: {caching-flask: {text: It has none., sources: [page]}}}}}
  general: {name: General, asks: [in general], cells: {flask: {claims: {general-flask: {text: It is fine., sources: [page]}}}}}
"""
QUESTIONS = """\
questions:
  describe:
    ours:
      - {ask: does flask remember what it has worked out, about: [caching]}
      - {ask: how long is it remembered in flask, about: [caching]}
      - {ask: is flask any good}
      - {ask: what is flask good for}
  off_topic:
    ours:
      - {ask: who walks the dog tonight}
      - {ask: the dog ate my lunch}
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    path = tmp_path_factory.mktemp("knowledge") / "all.yaml"
    path.write_text(HEAD + QUESTIONS, encoding="utf-8")
    return Knowledge.load([path])


def kind(text: str, knowledge: Knowledge) -> str:
    return classify(Reader(knowledge).read(text), knowledge.learned.intents)[0]


def topic(text: str, knowledge: Knowledge) -> str:
    likely = chances(knowledge.learned.topics, wording(Reader(knowledge).read(text)))
    return max(likely, key=likely.__getitem__)


def test_kinds_of_questions_are_learned(small: Knowledge) -> None:
    assert kind("is it remembered, and is it any good", small) == "describe"
    assert kind("the dog was out tonight", small) == "off_topic"


def test_topics_are_learned(small: Knowledge) -> None:
    assert topic("is anything remembered?", small) == "caching"
    assert topic("any good?", small) == "general"


def test_examples_are_not_kept_but_what_they_taught_is(small: Knowledge) -> None:
    assert small.file.questions == {}
    assert "remember" in small.learned.topics.traits
    assert not any("lunch" in trait for trait in small.learned.intents.traits), "one example proves nothing"


def test_a_team_teaches_by_its_own_examples(tmp_path: Path) -> None:
    """Laid over what is there: the shipped examples stay."""
    (tmp_path / "base.yaml").write_text(HEAD + QUESTIONS, encoding="utf-8")
    zebras = ", ".join(
        f"{{ask: {words}}}" for words in ("zebra crossing", "a zebra again", "zebra with dog", "good zebra")
    )
    more = f"questions: {{off_topic: {{team: [{zebras}]}}}}\n"
    (tmp_path / "team.yaml").write_text(more, encoding="utf-8")
    before = Knowledge.load([tmp_path / "base.yaml"])
    after = Knowledge.load([tmp_path / "base.yaml", tmp_path / "team.yaml"])
    assert kind("a flask with zebra", before) == "describe"
    assert kind("a zebra with zebra", after) == "off_topic"
    assert kind("the dog was out tonight", after) == "off_topic"


def test_the_same_examples_teach_the_same(knowledge: Knowledge, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text(HEAD + QUESTIONS, encoding="utf-8")
    one, two = (Knowledge.load([tmp_path / f"{name}.yaml"]) for name in ("one", "two"))
    assert one.learned == two.learned


def test_without_examples_the_cues_decide(tmp_path: Path) -> None:
    (tmp_path / "all.yaml").write_text(HEAD, encoding="utf-8")
    plain = Knowledge.load([tmp_path / "all.yaml"])
    assert plain.learned.intents.classes == ()
    assert chances(plain.learned.intents, {"flask": 1.0}) == {}


def test_what_decided_is_shown(knowledge: Knowledge) -> None:
    reader = Reader(knowledge)
    _, sure, trace = classify(reader.read("why did my laptop crash again"), knowledge.learned.intents)
    assert sure > 0.5
    assert any(line.startswith("laptop → ") for line in trace), trace


def test_control_words_are_never_weighed(knowledge: Knowledge) -> None:
    for text in ("help", "sources", "forget me", "thanks"):
        assert kind(text, knowledge) in ("control", "smalltalk")


def test_a_topic_that_is_gone_is_not_named(knowledge: Knowledge) -> None:
    """Weights may know more topics than a smaller layer; only known ones are ever answered about."""
    known = set(knowledge.file.topics)
    assert set(knowledge.learned.topics.classes) <= known
    assert set(knowledge.learned.intents.classes) >= set(REFUSED)


def test_mistakes_in_examples_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = "questions: {chat: {x: [{ask: hello}]}, fact: {x: [{ask: '?!', about: [weather]}]}}\n"
    (tmp_path / "wrong.yaml").write_text(wrong, encoding="utf-8")
    from bot.__main__ import main

    assert main(["check", str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert "wrong.yaml:1: questions.chat: no kind of question; use one of compare" in said
    assert "unknown topic 'weather'" in said
    assert "'ask' says nothing" in said


SHARES = st.dictionaries(st.sampled_from("abcdef"), st.floats(0.1, 2), min_size=1, max_size=4)
EXAMPLES = st.lists(st.tuples(SHARES, st.sampled_from(["x", "y", "z"]).map(lambda name: {name: 1.0})), max_size=12)


@given(EXAMPLES, SHARES)
@settings(max_examples=60, deadline=None)
def test_chances_are_chances(
    examples: list[tuple[dict[str, float], dict[str, float]]], found: dict[str, float]
) -> None:
    likely = chances(fit(examples), found)
    assert set(likely) == {name for _, right in examples for name in right}
    assert not likely or math.isclose(sum(likely.values()), 1)


def test_what_was_learned_is_told_again() -> None:
    examples = [({word: 1.0, "the": 1.0}, {name: 1.0}) for word, name in (("a", "x"), ("b", "y")) for _ in range(50)]
    weights = fit(examples)
    assert chances(weights, {"a": 1.0, "the": 1.0})["x"] > 0.8
    assert chances(weights, {"b": 1.0, "the": 1.0})["y"] > 0.8
    assert 0.3 < chances(weights, {"the": 1.0})["x"] < 0.7
