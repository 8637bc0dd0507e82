"""The JSON Schema for editors: what ships fits it, and it tells what does not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from bot.__main__ import main
from bot.knowledge import yamltext
from bot.knowledge.files import shipped
from bot.knowledge.knowledge import Knowledge
from tests.conftest import ROOT

FILES = sorted(shipped().rglob("*.yaml"))


@pytest.fixture(scope="module")
def schema() -> Any:
    from bot.cli.check import schema as made

    return json.loads(made())


def test_it_is_printed_and_is_a_schema(schema: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--schema"]) == 0
    assert json.loads(capsys.readouterr().out) == schema
    jsonschema.Draft202012Validator.check_schema(schema)


def test_the_shipped_knowledge_fits_as_a_whole(schema: Any, knowledge: Knowledge) -> None:
    jsonschema.validate(msgspec.json.decode(msgspec.json.encode(knowledge.file)), schema)


@pytest.mark.parametrize("file", [*FILES, ROOT / "examples" / "house.yaml"], ids=lambda file: file.name)
def test_every_file_fits_by_itself(schema: Any, file: Path) -> None:
    """Each file holds whole entries, so that an editor that sees one file alone finds no fault with it."""
    data, _ = yamltext.parse(file.read_text(encoding="utf-8"))
    jsonschema.validate(msgspec.to_builtins(data), schema)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"topix": {}}, "'topix' was unexpected"),
        ({"topics": {"database": {"asks": ["x"]}}}, "'name' is a required property"),
        ({"topics": {"Database": {"name": "x", "asks": []}}}, "does not match"),
        ({"house_rules": {"rule": {"text": "", "sources": []}}}, "non-empty|too short"),
        ({"house_rules": {"rule": {"text": "x.", "sources": [], "answer": "maybe"}}}, "is not one of"),
    ],
)
def test_it_finds_mistakes(schema: Any, data: Any, message: str) -> None:
    with pytest.raises(jsonschema.ValidationError, match=message):
        jsonschema.validate(data, schema)
