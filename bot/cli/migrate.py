"""`migrate`: brings the database schema up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.cli import data

if TYPE_CHECKING:
    import argparse

    from bot.settings import Settings


def run(options: argparse.Namespace) -> int:
    return data.run(migrate, options)


async def migrate(settings: Settings, options: argparse.Namespace) -> int:  # noqa: ARG001 - verbs are alike
    """Starting a store brings its schema up to date."""
    async with data.opened(settings) as store:
        await store.ping()
    print("The database's schema is up to date.")
    return 0
