"""`run`: everything that is configured, in one process, until SIGTERM."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import gc
import signal
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import structlog

import adapters
from bot import logs, settings
from bot.adapter import Adapter, Platform, Services
from bot.errors import SettingsError, StoreError
from bot.knowledge.knowledge import Knowledge
from bot.metrics import Measured, Metrics
from bot.ratelimit import RateLimit
from bot.reload import Reload
from bot.store import Retention, Store, open_store
from bot.store.upkeep import keep_tidy

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

GRACE = 10.0
"""Seconds in which a stopping adapter must have finished what is in flight."""
BURST, PER_MINUTE = 40, 60.0
"""How much one person may ask, wherever they ask; an adapter may allow less."""
_log = structlog.get_logger(__name__)


@runtime_checkable
class Host(Protocol):
    """The adapter that has the bot's HTTP port, and serves the routes of the others."""

    def host(self, adapters: list[Adapter]) -> None: ...

    def bind(self) -> str:
        """Take the port now; the address a person can open."""


def platforms(only: str = "") -> list[Platform]:
    """The adapter packages, all or those named."""
    names = [name for name in only.split(",") if name] or list(adapters.NAMES)
    unknown = [name for name in names if name not in adapters.NAMES]
    if unknown:
        raise SettingsError(f"--only names {', '.join(unknown)}; it knows {', '.join(adapters.NAMES)}")
    return [import_module(f"adapters.{name}").PLATFORM for name in names]


def run(options: argparse.Namespace) -> int:
    configured = settings.read()
    signal.signal(signal.SIGTERM, _leave)
    metrics = Metrics(adapters.NAMES)
    logs.configure(configured, metrics.count_event)
    return asyncio.run(_run(configured, platforms(options.only), metrics))


def _leave(*_: object) -> None:
    """Stopped before it serves: as the first process of a container it would not hear the signal without this."""
    raise SystemExit(0)


async def _run(configured: settings.Settings, wanted: list[Platform], metrics: Metrics) -> int:
    ready = _ready(configured, wanted)
    knowledge = Knowledge.load(configured.knowledge_paths)
    store = await _opened(configured)
    try:
        assistant = Measured(knowledge, store, metrics, RateLimit(burst=BURST, per_minute=PER_MINUTE))
        reload = Reload(assistant, lambda: configured.knowledge_paths)
        services = Services(configured, assistant, store, metrics, reload)
        running = [platform.make(services) for platform in ready]
        _bind(running)
        _log.info("bot.started", platforms=[adapter.name for adapter in running], knowledge=knowledge.version)
        _spare_the_lasting()
        async with _upkeep(store, reload):
            await serve(running)
    finally:
        await store.close()
        _log.info("bot.stopped")
    return 0


def _spare_the_lasting() -> None:
    """What lives as long as the process is never garbage: looking through it all stops the event loop for 100 ms."""
    gc.collect()
    gc.freeze()


def _ready(configured: settings.Settings, wanted: list[Platform]) -> list[Platform]:
    """The platforms whose settings suffice; says of each what it is connected to, or how to connect it."""
    ready = []
    for platform in wanted:
        connection = platform.connection(configured)
        _tell(f"{platform.name:8} {_STATES[connection.state]:14} {connection.how}")
        if connection.state == "ready":
            ready.append(platform)
    if not ready:
        raise SettingsError("Nothing to run: none of the platforms asked for is configured (see above).")
    return ready


_STATES = {"ready": "on", "off": "not connected", "incomplete": "incomplete"}


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


async def _opened(configured: settings.Settings) -> Store:
    """The store, started. A database that cannot be used says so in one sentence, before anything else starts."""
    store = open_store(configured.database_url, retention=Retention.of_days(configured.retention_days))
    try:
        await store.start()
        await store.ping()
    except StoreError as error:
        await store.close()
        raise SettingsError(str(error)) from None
    return store


def _bind(running: list[Adapter]) -> None:
    host = next((adapter for adapter in running if isinstance(adapter, Host)), None)
    if host is not None:
        host.host(running)
        _tell(f"\nOpen {host.bind()} in a browser. Ctrl-C stops the bot.\n")
        return
    unserved = [adapter.name for adapter in running if adapter.routes()]
    if unserved:
        raise SettingsError(
            f"{', '.join(unserved)} takes its events by HTTP: run it with the port, --only web,{','.join(unserved)}"
        )


@contextlib.asynccontextmanager
async def _upkeep(store: Store, reload: Reload) -> AsyncIterator[None]:
    """While the bot runs: hot reload and the retention sweep."""
    with contextlib.suppress(OSError):
        settings.OVERLAY.mkdir(parents=True, exist_ok=True)  # so that it can be watched
    tasks = [asyncio.create_task(reload.run(), name="reload"), asyncio.create_task(keep_tidy(store), name="tidy")]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def serve(running: list[Adapter]) -> None:
    """Run the adapters until a signal comes or one of them fails; then close them all, each with its grace."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    tasks = [asyncio.create_task(adapter.run(), name=adapter.name) for adapter in running]
    waiting = asyncio.create_task(_until(stop))
    done, _ = await asyncio.wait([*tasks, waiting], return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    _log.info("bot.stopping")
    await asyncio.gather(*(_close(adapter) for adapter in running))
    for task in tasks:
        if task not in done:
            task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        task.result()


async def _until(event: asyncio.Event) -> None:
    await event.wait()


async def _close(adapter: Adapter) -> None:
    """An adapter that cannot close must not keep the others from it."""
    try:
        await asyncio.wait_for(adapter.close(), GRACE)
    except Exception as error:  # noqa: BLE001 - the process ends anyway
        _log.warning("adapter.not_closed", platform=adapter.name, reason=type(error).__name__)
