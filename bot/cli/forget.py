"""`forget`: erases everything about one person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.cli import data

if TYPE_CHECKING:
    import argparse

    from bot.settings import Settings


def run(options: argparse.Namespace) -> int:
    return data.run(forget, options)


async def forget(settings: Settings, options: argparse.Namespace) -> int:
    async with data.opened(settings) as store:
        kept = await store.about(options.user)
        gone = await store.forget(options.user)
    kinds = ", ".join(f"{count} {kind}" for kind, count in kept.items() if count)
    print(f"Erased {kinds}." if gone else f"Nothing is stored about {options.user}.")
    return 0
