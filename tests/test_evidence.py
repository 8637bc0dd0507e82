"""A question that names no topic is about those of the claims in which its words stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge.knowledge import Knowledge
from bot.knowledge.words import stems
from bot.understanding.evidence import SURE, Evidence
from bot.understanding.understand import Understander

HEAD = """\
sources:
  page: {title: A page, label: A page, date: 2026-01-01, kind: documentation}
frameworks:
  flask: {name: Flask, asks: [flask], what: {flask-what: {text: Flask is a framework., sources: [page]}}}
topics:
"""
TOPIC = """\
  {name}:
    name: {name}
    asks: [{name}]
    cells: {{flask: {{stance: 0, claims: {{{claims}}}}}}}
"""
TEXTS = {
    "caching": ["Expensive results are remembered for minutes", "Stale copies are dropped", "Remembered pages expire"],
    "i18n": ["Prices appear in the tongue of the visitor", "Every visitor reads one tongue", "A tongue has plurals"],
    "general": ["Worth a look by every visitor", "Worth the effort", "Worth it overall"],
    "forms": ["What a visitor sends is checked", "Boxes left empty are reported", "Every field is checked"],
    **{f"other_{number}": [f"Filler{number} for a visitor"] * 3 for number in range(12)},
}


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    return Evidence(Knowledge.load([_written(tmp_path_factory.mktemp("knowledge") / "all.yaml")]))


def _written(path: Path) -> Path:
    parts = [HEAD]
    for name, texts in TEXTS.items():
        claims = (f"{name}-{number}: {{text: {text}., sources: [page]}}" for number, text in enumerate(texts))
        parts.append(TOPIC.format(name=name, claims=", ".join(claims)))
    path.write_text("".join(parts), encoding="utf-8")
    return path


def test_words_speak_for_the_topic_whose_claims_hold_them(evidence: Evidence) -> None:
    assert evidence.topics(stems("remembered copies"))[0] == "caching"
    assert evidence.topics(stems("which tongue, and which plurals"))[0] == "i18n"


def test_a_word_of_every_topic_speaks_for_none(evidence: Evidence) -> None:
    assert evidence.topics(stems("visitor")) == ()
    assert evidence.topics(stems("nothing that is known")) == ()


def test_a_hint_alone_is_not_enough_but_helps(evidence: Evidence) -> None:
    assert evidence.topics((), ("forms",)) == ()
    assert "forms" in evidence.topics(stems("checked"), ("forms",))


def test_beside_topics_named_outright_it_takes_more(evidence: Evidence) -> None:
    words = stems("remembered copies")
    assert evidence.topics(words)
    assert not evidence.topics(words, least=SURE)


def test_a_question_in_general_stays_one(evidence: Evidence) -> None:
    assert evidence.topics(stems("worth")) == ()


def test_a_word_in_the_name_of_a_project_names_its_topic_too(knowledge: Knowledge) -> None:
    understander = Understander(knowledge)
    subject = understander.subject(understander.reader.read("Why do people take FastAPI for JSON backends?"))
    assert {"use_cases", "rest_api"} <= set(subject.topics)
