"""Yesterday's database and yesterday's conversations are read today."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path
from typing import Any

import asyncpg  # type: ignore[import-untyped]
import msgspec
import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from bot.conversation import VERSION, Conversation, Focus
from bot.effects import Feedback, SetPreferences
from bot.errors import StoreError
from bot.messages import Place
from bot.preferences import Preferences
from bot.store import MemoryStore, codec, migrate, open_store
from bot.store.locks import KeyedLocks
from bot.store.tables import metadata
from tests.support.stores import (
    Clock,
    ask,
    clock,
    known,
    message,
    new_url,
    no_blocking,
    open_sql,
    place,
    seen,
    send_all,
    url,
)

__all__ = ["clock", "no_blocking", "url"]  # fixtures

DATA = Path(__file__).parent / "data"


async def load_first_schema(url: str) -> None:
    """The database as the first release left it, with a few rows in each table."""
    kind = url.partition(":")[0]
    script = (DATA / f"schema_0001.{kind}.sql").read_text()
    if kind == "sqlite":
        with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
            connection.executescript(script)
    else:
        connected = await asyncpg.connect(url)
        await connected.execute(script)
        await connected.close()


async def test_a_database_of_the_first_release_is_migrated_with_its_data(url: str, clock: Clock) -> None:
    await load_first_schema(url)
    store = open_store(url, clock=clock)
    await store.start()
    assert seen(await known(store)) == ("1", "2")
    assert (await known(store)).people == ("ann", "bob")
    kinds = {"conversations": 2, "messages": 2, "gaps": 1, "feedback": 0, "decisions": 1, "preferences": 0}
    assert await store.about("ann") == kinds
    assert [(gap["text"], gap["reason"]) for gap in await store.gaps()] == [
        ("does bottle scale", "not_known"),
        ("fact", "outdated"),
    ]
    assert sum(row["count"] for row in await store.usage()) == 44
    found = await store.answer_at("test", "p-1")
    assert found is not None
    assert found.reply.plain == "answer 1 to 1"
    await ask(store, message(4), SetPreferences("ann", Preferences(short=True)))
    assert (await store.about("ann"))["preferences"] == 1
    assert seen(await known(store)) == ("1", "2", "4")
    assert [delivery.message for delivery in await send_all(store)] == ["2", "4"]
    assert await ask(store, message(1)) is None
    await store.close()


async def test_migrations_end_where_the_tables_are(url: str) -> None:
    await load_first_schema(url)
    await assert_up_to_date(url)


async def test_a_fresh_database_is_as_the_tables_are(url: str) -> None:
    await assert_up_to_date(url)


async def assert_up_to_date(url: str) -> None:
    def difference(connection: Any) -> list[Any]:
        found: list[Any] = compare_metadata(MigrationContext.configure(connection), metadata)
        return found

    store = open_sql(url)
    await store.start()
    assert await store._database.run(difference) == []
    assert await store._database.run(migrate.current) == migrate.HEAD
    await store.close()


def test_the_head_is_the_last_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_heads() == [migrate.HEAD]


async def test_two_processes_starting_together_migrate_once(url: str) -> None:
    stores = [open_store(url) for _ in range(3)]
    await asyncio.gather(*(store.start() for store in stores))
    for store in stores:
        await store.ping()
        await store.close()


async def test_a_database_of_a_later_version_is_left_alone(url: str) -> None:
    store = open_sql(url)
    await store.start()
    await ask(store, message(1))
    await store._database.run(
        lambda connection: connection.execute(text("UPDATE alembic_version SET version_num='9999'"))
    )
    await store.close()
    later = open_store(url)
    with pytest.raises(StoreError, match="schema is 9999, which this version of the bot does not know"):
        await later.start()
    await later.close()


# conversations


async def put_state(store: Any, state: str, version: int = VERSION) -> None:
    await ask(store, message(1))
    statement = text("UPDATE conversations SET state = :state, version = :version")
    await store._database.run(lambda connection: connection.execute(statement, {"state": state, "version": version}))


@pytest.mark.parametrize(
    ("state", "version", "problem"),
    [
        ("{not json", VERSION, "malformed"),
        ('{"focus": 7}', VERSION, "Expected `object`, got `int`"),
        ("[]", VERSION, "Expected `object`, got `array`"),
        ("", VERSION, "truncated"),
        ('{"focus": {}}', VERSION + 1, "later version"),
    ],
)
async def test_damaged_state_starts_fresh_and_is_put_aside(url: str, state: str, version: int, problem: str) -> None:
    store = open_store(url)
    await store.start()
    await put_state(store, state, version)
    async with store.turn(message("look")) as turn:
        assert turn.damaged
        assert turn.conversation == Conversation()
    await ask(store, message(2))
    async with store.turn(message(3)) as turn:
        assert not turn.damaged
        assert seen(turn.conversation) == ("2",)
    (aside,) = [row async for row in store.export() if row["table"] == "damaged"]
    assert (aside["state"], aside["version"]) == (state, version)
    assert problem in aside["problem"]
    assert aside["key"] == place().key
    await store.forget("ann")
    assert [row async for row in store.export() if row["table"] == "damaged"] == []
    await store.close()


async def test_a_reply_that_cannot_be_read_holds_up_no_other(url: str) -> None:
    store = open_sql(url)
    await store.start()
    await ask(store, message(1))
    statement = text("""UPDATE answers SET reply = '{"parts": [{"type": "hologram"}]}'""")
    await store._database.run(lambda connection: connection.execute(statement))
    await ask(store, message(2))
    await ask(store, message(3, "c2"), Feedback("a-1", "ann", useful=False))
    assert sorted(delivery.message for delivery in await send_all(store) + await send_all(store)) == ["2", "3"]
    assert await ask(store, message(1)) is None
    assert (await store.gaps())[0]["text"] == "a-1"
    await store.close()


async def test_forgetting_somebody_drops_damaged_state_they_shared(url: str) -> None:
    store = open_store(url)
    await store.start()
    await ask(store, message("b", user="bob"))
    await put_state(store, "{not json")
    await store.forget("ann")
    async with store.turn(message("look")) as turn:
        assert not turn.damaged
    await store.close()


def test_a_field_that_is_new_has_its_default() -> None:
    assert codec.load_conversation("{}", VERSION) == Conversation()


def test_a_field_that_is_gone_is_ignored() -> None:
    assert codec.load_conversation('{"mood": "sunny", "quiet": true}', VERSION) == Conversation(quiet=True)


def test_state_of_earlier_versions_passes_each_upgrade_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    def rename(data: dict[str, Any]) -> dict[str, Any]:
        return {"focus": {"words": data["talk"]}}

    def add(data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "quiet": True}

    monkeypatch.setattr(codec, "UPGRADES", {1: rename, 3: add})
    found = codec.load_conversation('{"talk": ["x"]}', 1, current=4)
    assert found == Conversation(version=4, focus=Focus(words=("x",)), quiet=True)


def test_text_is_cleaned_only_of_what_breaks() -> None:
    assert codec.clean("plain") == "plain"
    assert codec.clean("naïve 🙂") == "naïve 🙂"
    assert codec.clean("a\0b\ud800") == "ab?"


@pytest.mark.parametrize("what", [Place("p", "c", address={"a": "b"}), Conversation(misses=2)])
def test_what_is_written_is_read_again(what: msgspec.Struct) -> None:
    assert msgspec.json.decode(codec.dump(what), type=type(what)) == what


@pytest.mark.parametrize("column", ["place", "reply"])
async def test_what_a_later_version_wrote_into_the_outbox_holds_up_nothing(url: str, column: str) -> None:
    store = open_sql(url)
    await store.start()
    await ask(store, message(1, "c1"))
    await ask(store, message(2, "c2"))

    def later(connection: Any) -> None:
        connection.execute(text(f"UPDATE answers SET {column} = '[]' WHERE message = '1'"))

    await store._database.run(later)
    assert [delivery.message for delivery in await send_all(store)] == ["2"]
    assert await store.waiting() == (0, 0.0)
    await store.close()


# locks and memory


async def test_a_lock_lets_waiters_in_one_after_the_other_and_is_dropped_after_the_last() -> None:
    locks, order = KeyedLocks(), []

    async def hold(number: int) -> None:
        async with locks.hold("k"):
            order.append(number)
            await asyncio.sleep(0)
            assert order[-1] == number

    waiting = [asyncio.create_task(hold(number)) for number in range(5)]
    await asyncio.sleep(0)
    waiting[2].cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    assert order == [0, 1, 3, 4]
    assert len(locks) == 0


async def test_memory_keeps_a_bounded_number_of_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.store.memory.REMEMBERED_MESSAGES", 3)
    store = MemoryStore()
    for number in range(5):
        await ask(store, message(number))
    assert await ask(store, message(4)) is None
    assert await ask(store, message(0)) is not None


@pytest.mark.parametrize("kind", ["memory", "sqlite"])
async def test_without_an_adapter_there_is_no_outbox(kind: str, tmp_path: Path) -> None:
    store = open_store("memory:" if kind == "memory" else await new_url(kind, tmp_path), deliver=False)
    await store.start()
    await ask(store, message(1))
    assert await store.claim("test") == []
    assert await store.waiting() == (0, 0.0)
    assert await ask(store, message(1)) is None
    await store.close()


async def test_the_url_of_a_store_may_name_its_driver(tmp_path: Path) -> None:
    store = open_store((await new_url("sqlite", tmp_path)).replace("sqlite:", "sqlite+aiosqlite:"))
    await store.start()
    await store.ping()
    await store.close()
    memory = open_store("sqlite://")
    await memory.start()
    await ask(memory, message(1))
    assert seen(await known(memory)) == ("1",)
    await memory.close()
