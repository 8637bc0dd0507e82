"""A store that is away, and one that is back."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text

from bot.errors import StoreUnavailable
from bot.store.sql import SqlStore
from tests.support.stores import ask, known, message, seen, send_all


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
