"""`check`: every problem of the knowledge with file, line and how to mend it. Exit status 1 on errors."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import msgspec

from bot import settings
from bot.knowledge import lint as linter
from bot.knowledge import loader
from bot.knowledge.model import KnowledgeFile


def run(options: argparse.Namespace) -> int:
    if options.schema:
        print(schema())
        return 0
    configured = [Path(path) for path in settings.read().knowledge_paths or []]
    base = configured or [loader.shipped()]
    paths = [*base, *(Path(path) for path in options.paths if Path(path).resolve() not in {p.resolve() for p in base})]
    errors, warnings, claims = examine(paths)
    for line in errors:
        print(f"error    {line}")
    for line in warnings:
        print(f"warning  {line}")
    print(f"{claims} claims, {len(errors)} errors, {len(warnings)} warnings", file=sys.stderr)
    return 1 if errors or (options.strict and warnings) else 0


def schema() -> str:
    """What a file may hold, as JSON Schema: editors complete keys and underline mistakes by it."""
    made = msgspec.json.schema(KnowledgeFile)
    return msgspec.json.format(msgspec.json.encode({"title": "Knowledge of Framework Bot", **made}), indent=2).decode()


def examine(paths: list[Path]) -> tuple[list[str], list[str], int]:
    """(errors, warnings, number of claims) of these layers, each line as file:line: message."""
    loaded = loader.read(loader.layers(paths))
    if loaded.problems:
        return loaded.lines(), [], 0
    file = loader.convert(loaded)
    found, hints = linter.lint(file)
    for path, message in found:
        loaded.report(path, message)
    errors = loaded.lines()
    loaded.problems = []
    for path, message in hints:
        loaded.report(path, message)
    return errors, loaded.lines(), sum(1 for _ in linter.claims_of(file))
