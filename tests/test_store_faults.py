"""SQLite that is locked, full, read-only, damaged or taken away, and what holds for any database."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from bot.conversation import Conversation
from bot.errors import StoreConflict, StoreError, StoreUnavailable
from bot.store import open_store
from bot.store.database import check_writable
from bot.store.sql import SqlStore
from bot.store.sqlite import SqliteDatabase
from tests.support.faults import execute, must_be_unavailable, must_work_again
from tests.support.stores import ask, known, message, new_url, no_blocking, open_sql, reply_to, seen, send_all, url

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

__all__ = ["no_blocking", "url"]  # fixtures


@pytest.fixture
async def sqlite_store(tmp_path: Path) -> AsyncIterator[SqlStore]:
    """Gives up at once when another process holds the file."""
    store = SqlStore(SqliteDatabase(await new_url("sqlite", tmp_path), busy_seconds=0))
    await store.start()
    yield store
    await store.close()


async def test_a_locked_sqlite_file(sqlite_store: SqlStore, tmp_path: Path) -> None:
    await ask(sqlite_store, message("before"))
    other = sqlite3.connect(tmp_path / "bot.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    await must_be_unavailable(sqlite_store, "locked.*Another process holds the database")
    other.execute("ROLLBACK")
    await must_work_again(sqlite_store)
    other.close()


async def test_a_full_disk_under_sqlite(sqlite_store: SqlStore) -> None:
    await ask(sqlite_store, message("before"))
    long = "x" * 200_000
    await execute(sqlite_store, "PRAGMA max_page_count=1")  # no page more than there are
    with pytest.raises(StoreUnavailable, match=r"full\. The disk is full"):
        async with sqlite_store.turn(message("lost")) as turn:
            turn.finish(Conversation(last_answer=long), reply_to(message("lost"), turn.conversation))
    await must_work_again(sqlite_store)  # a fresh connection has no such limit: the disk has room again


async def test_a_full_disk_fails_whoever_was_committed_together(sqlite_store: SqlStore) -> None:
    await execute(sqlite_store, "PRAGMA max_page_count=1")

    async def turn_of(number: int) -> None:
        async with sqlite_store.turn(message(number, f"c{number}")) as turn:
            turn.finish(Conversation(last_answer="x" * 100_000), reply_to(message(number), turn.conversation))

    results = await asyncio.gather(*(turn_of(number) for number in range(5)), return_exceptions=True)
    failed = [number for number, result in enumerate(results) if isinstance(result, StoreUnavailable)]
    assert failed
    for number in range(5):
        stored = await known(sqlite_store, f"c{number}")
        assert (stored == Conversation()) == (number in failed)


async def test_a_sqlite_file_that_takes_no_writes(sqlite_store: SqlStore) -> None:
    await ask(sqlite_store, message("before"))
    await execute(sqlite_store, "PRAGMA query_only=ON")
    with pytest.raises(StoreUnavailable, match=r"readonly database\. The file or its directory cannot be written"):
        await sqlite_store.ping()
    await must_work_again(sqlite_store)


@pytest.fixture
def read_only() -> Iterator[Path]:
    """A directory in which this process may not write: root becomes nobody meanwhile."""
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        directory.chmod(0o555)
        root = os.geteuid() == 0
        if root:
            os.seteuid(65534)
        yield directory
        if root:
            os.seteuid(0)
        directory.chmod(0o755)


async def test_a_read_only_directory(read_only: Path) -> None:
    store = open_store(f"sqlite:///{read_only}/bot.db")
    with pytest.raises(StoreUnavailable, match="unable to open.*may write there"):
        await store.start()
    await store.close()


async def test_a_directory_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    store = open_store(f"sqlite:///{tmp_path}/data/bot.db")
    with pytest.raises(StoreUnavailable, match="data"):
        await store.start()
    (tmp_path / "data").unlink()
    await store.start()
    await store.ping()
    await store.close()


async def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "bot.db").write_bytes(b"holiday pictures" * 1000)
    store = open_store(f"sqlite:///{tmp_path}/bot.db")
    with pytest.raises(StoreUnavailable, match=r"is not a database\. The file is no SQLite database"):
        await store.start()
    await store.close()


async def test_a_sqlite_file_taken_away_is_made_anew(sqlite_store: SqlStore, tmp_path: Path) -> None:
    await ask(sqlite_store, message("before"))
    for file in tmp_path.glob("bot.db*"):  # noqa: ASYNC240
        file.unlink()
    await sqlite_store.ping()
    await ask(sqlite_store, message("found"))
    assert seen(await known(sqlite_store)) == ("found",)


async def test_a_store_that_is_not_open_says_so(url: str) -> None:
    with pytest.raises(StoreUnavailable, match="Call start"):
        await open_store(url).ping()


async def test_closing_finishes_what_was_asked_and_refuses_the_rest(url: str) -> None:
    store = open_store(url)
    await store.start()
    closed = asyncio.Event()

    async def late() -> None:
        async with store.turn(message("late", "c2")) as turn:
            await closed.wait()
            turn.finish(turn.conversation, reply_to(message("late"), turn.conversation))

    waiting = asyncio.create_task(late())
    await ask(store, message("before"))
    await store.close()
    closed.set()
    (result,) = await asyncio.gather(waiting, return_exceptions=True)
    assert result is None or isinstance(result, StoreUnavailable)
    with pytest.raises(StoreUnavailable):
        await ask(store, message("after"))
    await store.start()
    assert seen(await known(store)) == ("before",)
    await store.close()


async def test_a_work_that_fails_does_not_fail_those_committed_with_it(sqlite_store: SqlStore) -> None:
    def wrong(connection: Any) -> None:
        connection.execute(text("INSERT INTO people (key, person) VALUES ('k', 'p')"))
        raise ValueError("mine")

    jobs = [sqlite_store._database.run(wrong), ask(sqlite_store, message(1)), ask(sqlite_store, message(2, "c2"))]
    mine, *others = await asyncio.gather(*jobs, return_exceptions=True)
    assert isinstance(mine, ValueError)
    assert not [result for result in others if isinstance(result, BaseException)]
    assert await sqlite_store.about("p") == dict.fromkeys(await sqlite_store.about("p"), 0)


async def test_two_processes_on_one_sqlite_file_do_not_overwrite_each_other(tmp_path: Path) -> None:
    address = await new_url("sqlite", tmp_path)
    first, second = open_store(address), open_store(address)
    await first.start()
    await second.start()
    with pytest.raises(StoreConflict, match="another process"):  # noqa: PT012
        async with first.turn(message(1)) as turn:
            await ask(second, message(2))
            turn.finish(turn.conversation, reply_to(message(1), turn.conversation))
    await asyncio.gather(*(ask(store, message(f"m{n}")) for n in range(10) for store in (first, second)))
    assert sorted(seen(await known(first))) == ["2", *(f"m{n}" for n in range(10))]
    assert len(await send_all(second)) == 11
    await first.close()
    await second.close()


async def test_a_mistake_in_a_statement_is_not_the_databases_fault(url: str) -> None:
    store = open_sql(url)
    await store.start()
    with pytest.raises(Exception, match="nonsense") as caught:
        await store._database.run(
            lambda connection: connection.execute(text("SELECT nonsense FROM people WHERE 1 = 1"))
        )
    if url.startswith("postgresql"):
        assert not isinstance(caught.value, StoreError)
    await store.close()


async def test_a_ping_changes_nothing(sqlite_store: SqlStore) -> None:
    await sqlite_store._database.run(check_writable)
    assert [row async for row in sqlite_store.export()] == []
