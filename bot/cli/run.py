"""`run`: everything that is configured, in one process, until SIGTERM."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import signal
import sys
from importlib import import_module

import adapters
from bot import logs, settings
from bot.adapter import Adapter, Platform, Services
from bot.assistant import Assistant
from bot.errors import SettingsError
from bot.knowledge.knowledge import Knowledge
from bot.store import open_store

GRACE = 10.0
"""Seconds in which a stopping adapter must have finished what is in flight."""


def platforms(only: str = "") -> list[Platform]:
    """The adapter packages, all or those named."""
    names = [name for name in only.split(",") if name] or list(adapters.NAMES)
    unknown = [name for name in names if name not in adapters.NAMES]
    if unknown:
        raise SettingsError(f"--only names {', '.join(unknown)}; it knows {', '.join(adapters.NAMES)}")
    return [import_module(f"adapters.{name}").PLATFORM for name in names]


def run(options: argparse.Namespace) -> int:
    configured = settings.read()
    logs.configure(configured)
    return asyncio.run(_run(configured, platforms(options.only)))


async def _run(configured: settings.Settings, wanted: list[Platform]) -> int:
    ready = []
    for platform in wanted:
        connection = platform.connection(configured)
        print(f"{platform.name:8} {connection.state:10} {connection.how}", file=sys.stderr)
        if connection.state == "ready":
            ready.append(platform)
    if not ready:
        raise SettingsError("nothing to run: none of the platforms asked for is configured (see above)")
    store = open_store(configured.database_url)
    await store.start()
    try:
        services = Services(configured, Assistant(Knowledge.load(configured.knowledge_paths), store), store)
        await serve([platform.make(services) for platform in ready])
    finally:
        await store.close()
    return 0


async def serve(running: list[Adapter]) -> None:
    """Run the adapters until a signal comes or one of them fails; then close them all, each with its grace."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    tasks = [asyncio.create_task(adapter.run(), name=adapter.name) for adapter in running]
    waiting = asyncio.create_task(stop.wait())
    done, _ = await asyncio.wait([*tasks, waiting], return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    for adapter in running:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(adapter.close(), GRACE)
    for task in tasks:
        if task not in done:
            task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        task.result()
