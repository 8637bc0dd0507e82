"""Databases that are locked, full, read-only, damaged or away: a clear sentence, and recovery without a restart."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event, text

from bot.conversation import Conversation
from bot.effects import Feedback, Gap
from bot.errors import StoreConflict, StoreError, StoreUnavailable
from bot.store import open_store
from bot.store.database import check_writable
from bot.store.postgres import PostgresDatabase, address
from bot.store.sql import SqlStore
from bot.store.sqlite import SqliteDatabase
from tests.support import postgres
from tests.support.stores import (
    ask,
    known,
    message,
    new_url,
    no_blocking,
    open_sql,
    place,
    reply_to,
    seen,
    send_all,
    url,
)

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


@pytest.fixture
async def postgres_url() -> str:
    return await postgres.server().create()


@pytest.fixture
async def postgres_store(postgres_url: str) -> AsyncIterator[SqlStore]:
    store = SqlStore(PostgresDatabase(postgres_url))
    await store.start()
    yield store
    await store.close()


async def execute(store: SqlStore, *statements: str) -> None:
    def work(connection: Any) -> None:
        for statement in statements:
            connection.execute(text(statement))

    await store._database.run(work)


async def must_be_unavailable(store: SqlStore, why: str) -> None:
    """Turns, claims and the readiness check all say so."""
    with pytest.raises(StoreUnavailable, match=why):
        await ask(store, message("lost"))
    with pytest.raises(StoreUnavailable, match=why):
        await store.ping()


async def must_work_again(store: SqlStore) -> None:
    await store.ping()
    await ask(store, message("found"))
    assert seen(await known(store)) == ("before", "found")
    assert [delivery.message for delivery in await send_all(store)] == ["before", "found"]


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


async def test_postgresql_gone_for_a_while(postgres_store: SqlStore, postgres_url: str) -> None:
    await ask(postgres_store, message("before"))
    await postgres.server().shut(postgres_url)
    await must_be_unavailable(postgres_store, "cannot be used now")
    await must_be_unavailable(postgres_store, "cannot be used now")
    await postgres.server().reopen(postgres_url)
    await must_work_again(postgres_store)


async def test_a_restart_of_postgresql_between_two_turns_is_not_noticed(
    postgres_store: SqlStore, postgres_url: str
) -> None:
    await asyncio.gather(*(ask(postgres_store, message(f"warm-{n}", f"w{n}")) for n in range(8)))
    await send_all(postgres_store)
    await ask(postgres_store, message("before"))
    await postgres.server().drop_connections(postgres_url)
    await must_work_again(postgres_store)


async def test_postgresql_gone_in_the_middle_of_a_turn_keeps_nothing(
    postgres_store: SqlStore, postgres_url: str
) -> None:
    await ask(postgres_store, message("before"))
    with pytest.raises(StoreUnavailable):  # noqa: PT012
        async with postgres_store.turn(message("lost")) as turn:
            await postgres.server().drop_connections(postgres_url)
            turn.finish(turn.conversation, reply_to(message("lost"), turn.conversation))
    await must_work_again(postgres_store)


async def test_a_process_that_froze_in_a_turn_holds_the_conversation_for_a_while_only(
    postgres_store: SqlStore, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.postgres.IDLE_SECONDS", 0.3)
    other = SqlStore(PostgresDatabase(postgres_url))
    await other.start()
    await ask(postgres_store, message("before"))
    with pytest.raises(StoreUnavailable):  # noqa: PT012
        async with postgres_store.turn(message("frozen")) as turn:
            await ask(other, message("meanwhile"))  # waits for the lock, until the server takes it away
            turn.finish(Conversation(), reply_to(message("frozen"), turn.conversation))
    assert seen(await known(other)) == ("before", "meanwhile")
    await other.close()


async def test_a_full_disk_under_postgresql(postgres_store: SqlStore) -> None:
    await ask(postgres_store, message("before"))
    await execute(
        postgres_store,
        "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$",
        "CREATE TRIGGER full_disk BEFORE INSERT ON answers FOR EACH ROW EXECUTE FUNCTION full_disk()",
    )
    with pytest.raises(StoreUnavailable, match="server's disk is full"):
        await ask(postgres_store, message("lost"))
    await execute(postgres_store, "DROP TRIGGER full_disk ON answers")
    await must_work_again(postgres_store)


async def test_a_postgresql_that_takes_no_writes(postgres_store: SqlStore, postgres_url: str) -> None:
    await ask(postgres_store, message("before"))
    name = postgres_url.partition("?")[0].rpartition("/")[2]
    await postgres.server().execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    await postgres.server().drop_connections(postgres_url)
    with pytest.raises(StoreUnavailable, match="takes no writes"):
        await postgres_store.ping()
    await postgres.server().execute(f"ALTER DATABASE {name} SET default_transaction_read_only = off")
    await postgres.server().drop_connections(postgres_url)
    await must_work_again(postgres_store)


async def test_a_database_that_is_not_there(postgres_url: str) -> None:
    store = open_store(postgres_url.replace("test_", "nowhere_"))
    with pytest.raises(StoreUnavailable, match=r"does not exist\. Check the names in DATABASE_URL"):
        await store.start()


async def test_a_server_that_is_not_there() -> None:
    store = open_store("postgresql://bot@127.0.0.1:9/bot")
    with pytest.raises(StoreUnavailable, match="Check that it is running"):
        await store.start()


async def test_a_deadlock_is_a_conflict(postgres_store: SqlStore) -> None:
    def deadlocked(connection: Any) -> None:
        raise_it = "DO $$ BEGIN RAISE EXCEPTION 'deadlock' USING ERRCODE = '40P01'; END $$"
        connection.execute(text(raise_it))

    with pytest.raises(StoreConflict):
        await postgres_store._database.run(deadlocked)


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


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("postgres://u:p@h:5432/d", "postgresql+asyncpg://u:***@h:5432/d"),
        ("postgresql://u:p@h/d?sslmode=require", "postgresql+asyncpg://u:***@h/d?ssl=require"),
        ("postgresql+asyncpg://u@h/d?channel_binding=require", "postgresql+asyncpg://u@h/d"),
    ],
)
def test_addresses_as_hosts_hand_them_out(given: str, expected: str) -> None:
    assert str(address(given)) == expected


def test_no_password_in_a_message() -> None:
    database = PostgresDatabase("postgres://u:secret@h/d")
    assert "secret" not in database.name


async def test_the_statements_of_a_turn_are_few(url: str) -> None:
    """Its cost is the number of statements: they are counted, not timed."""
    store = open_sql(url)
    await store.start()
    await ask(store, message(1))
    statements: list[str] = []
    database = store._database
    engine = database._engine.sync_engine if url.startswith("postgresql") else database._engine
    event.listen(engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    await ask(store, message(2))
    written = [statement for statement in statements if not statement.startswith("BEGIN")]
    lock = 1 if url.startswith("postgresql") else 0
    assert len(written) == 3 + lock, written
    await store.close()


async def test_nothing_of_a_turn_or_a_delivery_reads_a_whole_table(tmp_path: Path) -> None:
    """SQLite says how it will look rows up; a million of them must not matter."""
    store = open_sql(await new_url("sqlite", tmp_path))
    await store.start()
    statements: list[tuple[str, Any]] = []
    note = lambda *given: statements.append((given[2], given[3]))  # noqa: E731
    event.listen(store._database._engine, "before_cursor_execute", note)
    await ask(store, message(1))
    await send_all(store)
    await ask(store, message("edit", edits="1"), Feedback("a-1", "ann", useful=False), Gap("?", "not_known"))
    await store.claim("test", conversation=place().key)
    await store.answer_at("test", "p-1")
    await store.waiting()
    await store.about("ann")
    await store.forget("ann")
    event.remove(store._database._engine, "before_cursor_execute", note)

    def plans(connection: Any) -> list[str]:
        explained = [statement for statement in statements if statement[0].startswith(("SELECT", "UPDATE", "DELETE"))]
        rows = [connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", one).all() for text, one in explained]
        return [row[3] for plan in rows for row in plan]

    found = await store._database.run(plans)
    # what waits in the outbox may be walked through, and a subquery of one row
    harmless = ("ix_answers_outbox", "ix_answers_queue", "CONSTANT ROW", "anon_")
    assert [line for line in found if line.startswith("SCAN") and not any(name in line for name in harmless)] == []
    await store.close()
