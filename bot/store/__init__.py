"""Where conversations live between messages."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bot.errors import SettingsError
from bot.store.base import Delivery, Retention, Store, Turn
from bot.store.memory import MemoryStore

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.store.database import Database

__all__ = ["Delivery", "MemoryStore", "Retention", "Store", "Turn", "open_store"]

_USE = "Use sqlite:///data/bot.db or postgresql://user:password@host/database."


def open_store(
    url: str, *, deliver: bool = True, retention: Retention | None = None, clock: Callable[[], float] = time.time
) -> Store:
    """The store at this address; connects on `start`.

    `sqlite:///data/bot.db` (a path, absolute with four slashes), `postgresql://user:password@host/database`
    (`postgres://` is the same) or `memory:`. SQLAlchemy is imported here and not before.
    deliver: replies go through the outbox. Without it whoever takes a turn shows the reply.
    """
    retention = retention or Retention()
    if url.partition(":")[0] == "memory":
        return MemoryStore(deliver=deliver, retention=retention, clock=clock)
    from bot.store.sql import SqlStore

    return SqlStore(_database(url), deliver=deliver, retention=retention, clock=clock)


def _database(url: str) -> Database:
    """Raises `SettingsError`, without the address: a password may stand in it."""
    from sqlalchemy.exc import ArgumentError

    scheme = url.partition(":")[0].partition("+")[0]
    try:
        match scheme:
            case "sqlite":
                from bot.store.sqlite import SqliteDatabase

                return SqliteDatabase(url)
            case "postgres" | "postgresql":
                from bot.store.postgres import PostgresDatabase

                return PostgresDatabase(url)
    except (ArgumentError, ValueError):
        raise SettingsError(f"DATABASE_URL cannot be read as an address. {_USE}") from None
    raise SettingsError(f"DATABASE_URL begins with {scheme!r}, which is no database this bot knows. {_USE}")
