"""Everything out of one store and into another."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import text

from bot.effects import Decision, Feedback, Gap, SetPreferences
from bot.errors import StoreError
from bot.preferences import Preferences
from bot.store import Store, open_store, reports
from bot.store.base import DAY
from tests.support.stores import (
    Clock,
    ask,
    clock,
    known,
    message,
    new_url,
    no_blocking,
    send_all,
    store,
)

__all__ = ["clock", "no_blocking", "store"]  # fixtures


async def test_what_is_exported_can_be_imported(store: Store, clock: Clock) -> None:
    await ask(store, message(1))
    await ask(store, message(2, user="bob"))
    rows = [row async for row in store.export()]
    assert msgspec.json.decode(msgspec.json.encode(rows)) == rows
    other = open_store("memory:", clock=clock)
    assert await other.import_rows(_each(rows, "conversations", "people")) == 3
    assert await known(other) == await known(store)
    assert await store.import_rows(_each(rows)) == 0


async def _each(rows: list[dict[str, Any]], *tables: str) -> Any:
    for row in rows:
        if not tables or row["table"] in tables:
            yield row


@pytest.mark.parametrize(("from_", "to"), [("sqlite", "postgresql"), ("postgresql", "sqlite")])
async def test_everything_moves_between_databases_and_numbers_go_on(
    from_: str, to: str, tmp_path: Path, clock: Clock
) -> None:
    old = open_store(await new_url(from_, tmp_path), clock=clock)
    new = open_store(await new_url(to, tmp_path), clock=clock)
    await asyncio.gather(old.start(), new.start())
    await fill_all_tables(old, clock)
    rows = [row async for row in old.export()]
    assert {row["table"] for row in rows} == set(reports.TABLES)
    assert await new.import_rows(_each(msgspec.json.decode(msgspec.json.encode(rows)))) == len(rows)
    assert [row async for row in new.export()] == rows
    await ask(new, message("next"), Gap("?", "not_known"))
    assert [row.message for row in await send_all(new)] == ["last", "next"]
    await asyncio.gather(old.close(), new.close())


async def fill_all_tables(store: Any, clock: Clock) -> None:
    await ask(store, message("swept"))
    await send_all(store)
    clock.forward(31 * DAY)
    await store.sweep()  # leaves its count
    for number in range(3):
        await ask(store, message(number), Gap("?\0 ünï 🙂", "not_known"), Decision("ann", "flask", "t", "r"))
    await send_all(store)
    await ask(store, message("liked"), Feedback("a-1", "ann", useful=False, reason="wrong"))
    await ask(store, message("wished"), SetPreferences("ann", Preferences(short=True)))
    await ask(store, message("broken", "c2"))
    await send_all(store)
    damage = text("UPDATE conversations SET state = '{not json' WHERE key LIKE '%c2%'")
    await store._database.run(lambda connection: connection.execute(damage))
    await ask(store, message("mended", "c2"))
    await send_all(store)
    await ask(store, message("last"))


async def test_a_database_with_answers_of_its_own_takes_no_others(tmp_path: Path, clock: Clock) -> None:
    """Or what was sent there would be taken for what was sent here."""
    old = open_store(await new_url("sqlite", tmp_path), clock=clock)
    new = open_store(await new_url("postgresql", tmp_path), clock=clock)
    await asyncio.gather(old.start(), new.start())
    await ask(old, message("old"))
    await send_all(old)
    await ask(new, message("new"))
    await send_all(new)
    with pytest.raises(StoreError, match="answers of its own.*no bot has used yet"):
        await new.import_rows(_each([row async for row in old.export()]))
    assert await new.answer_at("test", "p-old") is None
    found = await new.answer_at("test", "p-new")
    assert found is not None
    assert found.message == "new"
    await asyncio.gather(old.close(), new.close())
