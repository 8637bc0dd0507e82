"""`import`: reads exported JSON lines into the database."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot import logs, settings
from bot.cli import data

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace) -> int:
    configured = settings.read()
    logs.configure(configured)
    return asyncio.run(data.import_(configured, options))
