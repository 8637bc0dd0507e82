"""`import`: reads exported JSON lines into the database."""

from __future__ import annotations

import sys
from typing import IO, TYPE_CHECKING, Any

import msgspec

from bot.cli import data
from bot.errors import SettingsError

if TYPE_CHECKING:
    import argparse
    from collections.abc import AsyncIterator

    from bot.settings import Settings


def run(options: argparse.Namespace) -> int:
    return data.run(import_, options)


async def import_(settings: Settings, options: argparse.Namespace) -> int:
    with data.text_file(options.file, "r") as file:
        async with data.opened(settings) as store:
            count = await store.import_rows(_rows(file))
    print(f"Rows imported: {count}", file=sys.stderr)
    return 0


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
