"""Everything out of one store and into another."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec

from bot.effects import Decision, Gap
from bot.store import Store, open_store
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


async def test_everything_moves_between_databases_and_numbers_go_on(tmp_path: Any, clock: Clock) -> None:
    old = open_store(await new_url("sqlite", tmp_path), clock=clock)
    new = open_store(await new_url("postgresql", tmp_path), clock=clock)
    await asyncio.gather(old.start(), new.start())
    for number in range(3):
        await ask(old, message(number), Gap("?", "not_known"), Decision("ann", "flask", "t", "r"))
    await send_all(old)
    await ask(old, message("last"))
    rows = [row async for row in old.export()]
    assert await new.import_rows(_each(rows)) == len(rows)
    assert [row async for row in new.export()] == rows
    await ask(new, message("next"), Gap("?", "not_known"))
    assert [row.message for row in await send_all(new)] == ["last", "next"]
    await asyncio.gather(old.close(), new.close())
