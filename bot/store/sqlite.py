"""SQLite: one thread owns the one connection and commits together whatever waits for it.

A hop to a thread costs more than a statement, so a turn makes two of them (load, commit) and not one per statement;
and `synchronous=FULL` (nothing acknowledged is lost when the power goes) costs one fsync per group of turns.
Two processes on one file are told apart by the conversation's revision: the slower one gets `StoreConflict`.
"""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import threading
import time
from contextlib import asynccontextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

import structlog
from sqlalchemy import Connection, Engine, StaticPool, create_engine, event, make_url

from bot.errors import StoreUnavailable
from bot.store.faults import translated
from bot.store.migrate import upgrade

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from bot.store.database import Result, Run

GROUP = 100  # works committed together at most
BUSY_SECONDS = 5.0
_log = structlog.get_logger(__name__)


class _Job:
    """A work on its way to the thread and its outcome on the way back."""

    def __init__(self, work: Callable[[Connection], Any]) -> None:
        self.work = work
        self.loop = asyncio.get_running_loop()
        self.future: asyncio.Future[Any] = self.loop.create_future()
        self.value: Any = None
        self.error: BaseException | None = None

    def settle(self) -> None:
        if self.future.done():
            return  # who asked has gone
        if self.error is None:
            self.future.set_result(self.value)
        else:
            self.future.set_exception(self.error)


class SqliteDatabase:
    """busy_seconds: how long to wait for another process that holds the file."""

    def __init__(self, url: str, *, busy_seconds: float = BUSY_SECONDS) -> None:
        self.path = make_url(url).database or ":memory:"
        self._busy = busy_seconds
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._engine: Engine | None = None
        self._connection: Connection | None = None
        self._inode = 0

    async def open(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._serve, name="sqlite", daemon=True)
            self._thread.start()
        await self.run(lambda _connection: None)

    async def close(self) -> None:
        """What was asked before is still done; what is asked from now on is refused."""
        thread, self._thread = self._thread, None
        if thread is not None:
            self._jobs.put(None)
            await asyncio.to_thread(thread.join)

    async def run(self, work: Callable[..., Result], *args: Any) -> Result:
        if self._thread is None:
            raise StoreUnavailable(f"The database {self.path} is not open. Call start() first.")
        job = _Job(lambda connection: work(connection, *args))
        self._jobs.put(job)
        result: Result = await job.future
        return result

    @asynccontextmanager
    async def turn(self, key: str) -> AsyncIterator[Run]:  # noqa: ARG002 - the revision tells, nobody waits
        yield self.run

    # everything below runs in the thread

    def _serve(self) -> None:
        while jobs := self._next_jobs():
            self._commit_together(jobs)
            for loop in {job.loop for job in jobs}:
                mine = [job for job in jobs if job.loop is loop]
                with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
                    loop.call_soon_threadsafe(_settle_all, mine)
        self._disconnect()

    def _next_jobs(self) -> list[_Job]:
        """Whatever waits, in order; empty when it is time to end."""
        first = self._jobs.get()
        jobs = [] if first is None else [first]
        with contextlib.suppress(Empty):
            while jobs and len(jobs) < GROUP:
                following = self._jobs.get_nowait()
                if following is None:
                    self._jobs.put(None)
                    break
                jobs.append(following)
        return jobs

    def _commit_together(self, jobs: list[_Job]) -> None:
        """One transaction for all. If one of them fails, each gets its own; if the database fails, so do all."""
        try:
            self._transaction(jobs)
        except StoreUnavailable as error:
            self._fail(jobs, error)
        except Exception as error:  # noqa: BLE001 - handed to whoever waits
            if len(jobs) == 1:
                jobs[0].error = error
                return
            for job in jobs:
                self._commit_together([job])

    def _fail(self, jobs: list[_Job], error: StoreUnavailable) -> None:
        _log.warning("store.unavailable", error=str(error))
        self._disconnect()
        for job in jobs:
            job.error = error

    def _transaction(self, jobs: list[_Job]) -> None:
        with translated(self.path):
            connection = self._connected()
            with connection.begin():
                for job in jobs:
                    job.value = job.work(connection)

    def _connected(self) -> Connection:
        """The connection; opened anew, schema checked, when it failed before or somebody took the file away."""
        if self._connection is not None and self._inode == self._file():
            return self._connection
        self._disconnect()
        if self.path != ":memory:":
            Path(self.path).parent.mkdir(parents=True, exist_ok=True)
        self._engine = self._new_engine()
        self._connection = self._engine.connect()
        with self._connection.begin():
            upgrade(self._connection)
        self._inode = self._file()
        _log.info("store.opened", database=self.path)
        return self._connection

    def _file(self) -> int:
        if self.path == ":memory:":
            return 0
        try:
            return Path(self.path).stat().st_ino
        except FileNotFoundError:
            return -1

    def _new_engine(self) -> Engine:
        engine = create_engine(
            "sqlite://", creator=self._open_file, poolclass=StaticPool, query_cache_size=200
        )  # fmt: skip
        event.listen(engine, "begin", _begin)
        return engine

    def _open_file(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=self._busy, isolation_level=None)
        self._use_wal(connection)
        for pragma in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=FAST"):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    def _use_wal(self, connection: sqlite3.Connection) -> None:
        """SQLite waits for other processes everywhere but here, where each changes the journal of a new file."""
        until = time.monotonic() + self._busy
        while True:
            try:
                connection.execute("PRAGMA journal_mode=WAL")
            except sqlite3.OperationalError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.02)
            else:
                return

    def _disconnect(self) -> None:
        with contextlib.suppress(Exception):
            if self._connection is not None:
                self._connection.close()
        if self._engine is not None:
            self._engine.dispose()
        self._connection = self._engine = None


def _begin(connection: Connection) -> None:
    """A turn will write: take the lock now, not in the middle."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _settle_all(jobs: list[_Job]) -> None:
    for job in jobs:
        job.settle()
