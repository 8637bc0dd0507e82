"""PostgreSQL: for several processes. A turn holds an advisory lock on its conversation until it is committed."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import structlog
from sqlalchemy import URL, Connection, NullPool, exc, make_url, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.errors import StoreUnavailable
from bot.store.faults import translated
from bot.store.migrate import HEAD, current, upgrade

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from bot.store.database import Result, Run

POOL = 10
CONNECT_SECONDS = 5.0
STATEMENT_SECONDS = 60.0
IDLE_SECONDS = 30.0  # a machine that vanished in a turn must not hold its conversation until TCP notices
MIGRATION = "framework-bot migration"
_LOCK = text(
    "SELECT set_config('idle_in_transaction_session_timeout', :idle, true), "
    "pg_advisory_xact_lock(hashtextextended(:key, 0))"
)
_log = structlog.get_logger(__name__)


def address(url: str) -> URL:
    """The URL as hosts hand it out, for SQLAlchemy and asyncpg: scheme, driver, and `sslmode` under its name there."""
    given = make_url(url).set(drivername="postgresql+asyncpg")
    query = {name: value for name, value in given.query.items() if name not in ("sslmode", "channel_binding")}
    if "sslmode" in given.query:
        query["ssl"] = given.query["sslmode"]
    return given.set(query=query)


class PostgresDatabase:
    def __init__(self, url: str) -> None:
        self._url = address(url)
        self.name = f"{self._url.database} on {self._url.host or 'this machine'}"
        self._engine: AsyncEngine | None = None
        self._turns = asyncio.Semaphore(POOL)  # so that deliveries and what a turn asks besides find a connection

    async def open(self) -> None:
        self._engine = create_async_engine(
            self._url,
            pool_size=POOL,
            max_overflow=POOL,
            pool_timeout=CONNECT_SECONDS,
            pool_use_lifo=True,
            connect_args={"timeout": CONNECT_SECONDS, "command_timeout": STATEMENT_SECONDS},
        )
        if await self.run(current) != HEAD:
            # Alembic reads files, which must not hold up the event loop
            await asyncio.to_thread(asyncio.run, self._migrate())
        _log.info("store.opened", database=self.name)

    async def _migrate(self) -> None:
        """One process at a time; the others find it done."""
        engine = create_async_engine(self._url, poolclass=NullPool)
        with translated(self.name):
            async with engine.begin() as connection:
                await connection.run_sync(_lock, MIGRATION)
                await connection.run_sync(upgrade)

    async def close(self) -> None:
        if self._engine is not None:
            await self._engine.dispose()
            self._engine = None

    async def run(self, work: Callable[..., Result], *args: Any) -> Result:
        with translated(self.name):
            connection, result = await self._begin(work, *args)
            try:
                await connection.commit()
            finally:
                await connection.close()
        return result

    @asynccontextmanager
    async def turn(self, key: str) -> AsyncIterator[Run]:
        async with self._turns:
            with translated(self.name):
                connection, _ = await self._begin(_lock, key)

            async def run(work: Callable[..., Result], *args: Any) -> Result:
                with translated(self.name):
                    return await connection.run_sync(work, *args)

            try:
                yield run
                with translated(self.name):
                    await connection.commit()
            finally:
                await _release(connection)

    async def _begin(self, work: Callable[..., Result], *args: Any) -> tuple[AsyncConnection, Result]:
        """A transaction that began with this work.

        After a restart of the server the pool is full of dead connections; whoever finds out empties it, tries again.
        """
        if self._engine is None:
            raise StoreUnavailable(f"The database {self.name} is not open. Call start() first.")
        try:
            return await _begin_on(await self._engine.connect(), work, *args)
        except exc.DBAPIError as error:
            if not error.connection_invalidated:
                raise
        return await _begin_on(await self._engine.connect(), work, *args)


async def _begin_on(
    connection: AsyncConnection, work: Callable[..., Result], *args: Any
) -> tuple[AsyncConnection, Result]:
    try:
        return connection, await connection.run_sync(work, *args)
    except BaseException:
        await _release(connection)
        raise


async def _release(connection: AsyncConnection) -> None:
    """Back to the pool, rolled back unless committed; one that died meanwhile is thrown away."""
    try:
        await connection.close()
    except (exc.DBAPIError, OSError):
        _log.debug("store.connection_lost")


def _lock(connection: Connection, key: str) -> None:
    connection.execute(_LOCK, {"key": key, "idle": str(round(IDLE_SECONDS * 1000))})
