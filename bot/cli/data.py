"""What the verbs do that work on stored data. Each opens the store of the settings and closes it again."""

from __future__ import annotations

import json
import re
import sys
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import msgspec

from bot.errors import SettingsError
from bot.store import open_store

if TYPE_CHECKING:
    import argparse
    from collections.abc import AsyncIterator, Iterator

    from bot.settings import Settings
    from bot.store import Store


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Store]:
    store = open_store(settings.database_url)
    try:
        await store.start()
        yield store
    finally:
        await store.close()


async def migrate(settings: Settings, options: argparse.Namespace) -> int:  # noqa: ARG001 - verbs are alike
    """Starting a store brings its schema up to date."""
    async with opened(settings) as store:
        await store.ping()
    print("The database's schema is up to date.")
    return 0


async def forget(settings: Settings, options: argparse.Namespace) -> int:
    async with opened(settings) as store:
        kept = await store.about(options.user)
        gone = await store.forget(options.user)
    kinds = ", ".join(f"{count} {kind}" for kind, count in kept.items() if count)
    print(f"Erased {kinds}." if gone else f"Nothing is stored about {options.user}.")
    return 0


async def export(settings: Settings, options: argparse.Namespace) -> int:
    count = 0
    with _text(options.file, "w") as file:
        async with opened(settings) as store:
            async for row in store.export():
                file.write(msgspec.json.encode(row).decode() + "\n")
                count += 1
    print(f"Rows exported: {count}", file=sys.stderr)
    return 0


async def import_(settings: Settings, options: argparse.Namespace) -> int:
    with _text(options.file, "r") as file:
        async with opened(settings) as store:
            count = await store.import_rows(_rows(file))
    print(f"Rows imported: {count}", file=sys.stderr)
    return 0


@contextmanager
def _text(name: str, mode: str) -> Iterator[IO[str]]:
    """The file, or standard input or output for `-`."""
    if name == "-":
        yield sys.stdout if mode == "w" else sys.stdin
        return
    try:
        with Path(name).open(mode, encoding="utf-8") as file:
            yield file
    except OSError as error:
        raise SettingsError(f"{name} cannot be opened: {error.strerror}") from error


async def _rows(file: IO[str]) -> AsyncIterator[dict[str, Any]]:
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        try:
            row = msgspec.json.decode(line, type=dict[str, Any])
        except msgspec.MsgspecError as error:
            raise SettingsError(f"line {number} is no JSON object: {error}. Use what `export` wrote.") from error
        if "table" not in row:
            raise SettingsError(f'line {number} has no "table". Use what `export` wrote.')
        yield row


async def gaps(settings: Settings, options: argparse.Namespace) -> int:
    async with opened(settings) as store:
        found = await store.gaps(options.limit)
        used = await store.usage(30)
    print(stub(found, used), end="")
    return 0


def stub(found: list[dict[str, Any]], used: list[dict[str, Any]]) -> str:
    """YAML to paste into knowledge: a claim to fill in for each open question, the rest as comments."""
    questions = [gap for gap in found if gap["reason"] in ("not_known", "not_understood")]
    beyond = [gap for gap in found if gap["reason"] == "out_of_scope"]
    disliked = [gap for gap in found if gap not in questions and gap not in beyond]
    lines = [*_head(used), *_comments("Taken as out of scope:", beyond), *_comments("Not useful:", disliked)]
    if questions:
        lines += ["# Fill in text and sources, and move each claim to its topic and framework.", *_claims(questions)]
    return "\n".join(lines) + "\n"


def _head(used: list[dict[str, Any]]) -> list[str]:
    asked = sum(row["count"] for row in used if row["intent"] != "silent")
    answered = sum(row["count"] for row in used if row["answered"])
    return [f"# {asked} messages in 30 days, {answered} answered from knowledge."]


def _comments(title: str, rows: list[dict[str, Any]]) -> list[str]:
    lines = [
        f"#   {row['count']} times: {_one_line(row['text'])} ({_one_line(row['reason'])}), last {row['last']}"
        for row in rows
    ]
    return [f"# {title}", *lines] if rows else []


def _claims(rows: list[dict[str, Any]]) -> list[str]:
    lines = ["topics:", "  general:", "    cells:", "      general:", "        claims:"]
    for number, row in enumerate(rows, 1):
        lines += [
            f"          {_claim_id(row['text'], number)}:  # {row['count']} times, last {row['last']}, {row['reason']}",
            '            text: ""',
            "            sources: []",
            f"            asks: [{json.dumps(_one_line(row['text']).lower(), ensure_ascii=False)}]",
        ]
    return lines


def _claim_id(text: str, number: int) -> str:
    words = re.findall(r"[a-z0-9]+", text.lower())
    return "-".join(["gap", str(number), *words[:6]])


def _one_line(text: str) -> str:
    """A comment must not end early, whatever a person wrote."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
