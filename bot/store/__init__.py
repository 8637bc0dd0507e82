"""Where conversations live between messages."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bot.errors import SettingsError
from bot.store.base import Delivery, Retention, Store, Turn
from bot.store.memory import MemoryStore

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Delivery", "MemoryStore", "Retention", "Store", "Turn", "open_store"]


def open_store(
    url: str, *, deliver: bool = True, retention: Retention | None = None, clock: Callable[[], float] = time.time
) -> Store:
    """The store at this address; connects on `start`.

    `sqlite:///data/bot.db` (a path, absolute with four slashes), `postgresql://user:password@host/database`
    (`postgres://` is the same) or `memory:`. SQLAlchemy is imported here and not before.
    deliver: replies go through the outbox. Without it whoever takes a turn shows the reply.
    """
    scheme = url.partition(":")[0].partition("+")[0]
    retention = retention or Retention()
    match scheme:
        case "memory":
            return MemoryStore(deliver=deliver, retention=retention, clock=clock)
        case "sqlite":
            from bot.store.sql import SqlStore
            from bot.store.sqlite import SqliteDatabase

            return SqlStore(SqliteDatabase(url), deliver=deliver, retention=retention, clock=clock)
        case "postgres" | "postgresql":
            from bot.store.postgres import PostgresDatabase
            from bot.store.sql import SqlStore

            return SqlStore(PostgresDatabase(url), deliver=deliver, retention=retention, clock=clock)
        case _:
            raise SettingsError(
                f"DATABASE_URL begins with {scheme!r}, which is no database this bot knows. "
                "Use sqlite:///data/bot.db or postgresql://user:password@host/database."
            )
