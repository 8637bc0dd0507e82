"""`check`: every problem of the knowledge with file, line and how to mend it. Exit status 1 on errors."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import msgspec

from bot import settings
from bot.knowledge.check import examine
from bot.knowledge.model import KnowledgeFile


def run(options: argparse.Namespace) -> int:
    if options.schema:
        print(schema())
        return 0
    base = settings.read().knowledge_paths
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
