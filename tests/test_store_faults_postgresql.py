"""PostgreSQL that is away, full, read-only or not there: a clear sentence, and recovery without a restart."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from bot.conversation import Conversation
from bot.errors import StoreConflict, StoreUnavailable
from bot.store import open_store
from bot.store.postgres import PostgresDatabase, address
from bot.store.sql import SqlStore
from tests.support import postgres
from tests.support.faults import execute, must_be_unavailable, must_work_again
from tests.support.stores import ask, known, message, no_blocking, reply_to, seen, send_all

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

__all__ = ["no_blocking"]  # fixture


@pytest.fixture
async def postgres_url() -> str:
    return await postgres.server().create()


@pytest.fixture
async def postgres_store(postgres_url: str) -> AsyncIterator[SqlStore]:
    store = SqlStore(PostgresDatabase(postgres_url))
    await store.start()
    yield store
    await store.close()


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
