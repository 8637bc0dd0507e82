"""Mistakes in the interview's knowledge are named before anybody talks to it."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from bot.interview.lint import lint
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.model import Framework, KnowledgeFile, Rule


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.load()


def changed(knowledge: Knowledge, question: str = "admin", **fields: Any) -> KnowledgeFile:
    book = knowledge.file.interview
    assert book is not None
    mended = msgspec.structs.replace(book.questions[question], **fields)
    questions = {**book.questions, question: mended}
    return msgspec.structs.replace(knowledge.file, interview=msgspec.structs.replace(book, questions=questions))


def messages(knowledge: Knowledge, file: KnowledgeFile) -> str:
    errors, warnings = lint(file, knowledge.claims)
    return "\n".join(message for _, message in (*errors, *warnings))


def test_shipped_is_clean(knowledge: Knowledge) -> None:
    assert lint(knowledge.file, knowledge.claims) == ([], [])


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"topic": "nonsense"}, "unknown topic 'nonsense'"),
        ({"negated": "never"}, "unknown option 'never'"),
        ({"ask_if": {"colour": ["red"]}}, "unknown question 'colour'"),
        ({"ask": "Would you rather have Django?"}, "names a framework"),
    ],
)
def test_questions(fields: dict[str, Any], expected: str, knowledge: Knowledge) -> None:
    assert expected in messages(knowledge, changed(knowledge, **fields))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"question": "colour"}, "unknown question 'colour'"),
        ({"question": "existing", "options": ["none"]}, "an option per framework"),
        ({"options": ["perhaps"]}, "unknown option 'perhaps'"),
        ({"options": []}, "stands for no option"),
        ({"because": ""}, "say because, were and noted"),
        ({"options": ["must"]}, "must leave one option, which holds when none is ticked; left: nice, no"),
        ({"label": "An admin panel for everybody"}, "longer than 25 characters"),
    ],
)
def test_boxes(fields: dict[str, Any], expected: str, knowledge: Knowledge) -> None:
    book = knowledge.file.interview
    assert book is not None
    assert book.checklist is not None
    boxes = {**book.checklist.boxes, "admin": msgspec.structs.replace(book.checklist.boxes["admin"], **fields)}
    listed = msgspec.structs.replace(book.checklist, boxes=boxes)
    file = msgspec.structs.replace(knowledge.file, interview=msgspec.structs.replace(book, checklist=listed))
    assert expected in messages(knowledge, file)


def test_options(knowledge: Knowledge) -> None:
    assert knowledge.file.interview is not None
    options = knowledge.file.interview.questions["admin"].options
    wrong = msgspec.structs.replace(
        options["must"], weights={"zope": 3}, claims={"django": ["gone"]}, wants={"colour": 1}, use_case="nowhere"
    )
    found = messages(knowledge, changed(knowledge, options={**options, "must": wrong}))
    for expected in (
        "unknown framework 'zope'",
        "unknown claim 'gone'",
        "unknown topic 'colour'",
        "unknown use case 'nowhere'",
    ):
        assert expected in found


def test_rules(knowledge: Knowledge) -> None:
    assert knowledge.file.interview is not None
    rule = Rule(when={"admin": ["perhaps"]}, because="x")
    book = msgspec.structs.replace(knowledge.file.interview, rules={"r": rule})
    assert "unknown option 'perhaps'" in messages(knowledge, msgspec.structs.replace(knowledge.file, interview=book))


def test_a_framework_that_little_is_known_of(knowledge: Knowledge) -> None:
    thin = Framework(name="Swift", asks=["swift"], what={})
    file = msgspec.structs.replace(knowledge.file, frameworks={**knowledge.file.frameworks, "swift": thin})
    assert "thin for the interview" in messages(knowledge, file)
