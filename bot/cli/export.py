"""`export`: writes all data as JSON lines."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import msgspec

from bot.cli import data

if TYPE_CHECKING:
    import argparse

    from bot.settings import Settings


def run(options: argparse.Namespace) -> int:
    return data.run(export, options)


async def export(settings: Settings, options: argparse.Namespace) -> int:
    count = 0
    with data.text_file(options.file, "w") as file:
        async with data.opened(settings) as store:
            async for row in store.export():
                file.write(msgspec.json.encode(row).decode() + "\n")
                count += 1
    print(f"Rows exported: {count}", file=sys.stderr)
    return 0
