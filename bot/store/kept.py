"""Small values an adapter must not lose, such as what a workspace granted it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, and_, delete, or_, select

from bot.store.dialects import insert_for
from bot.store.tables import kept

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

NEVER = 0  # of `expires`


def keep(connection: Connection, kind: str, name: str, value: str, expires: int) -> None:
    statement = insert_for(connection, kept)
    row = {"kind": kind, "name": name, "value": value, "expires": expires}
    new = {"value": statement.excluded.value, "expires": statement.excluded.expires}
    connection.execute(statement.on_conflict_do_update(index_elements=["kind", "name"], set_=new), row)


def find(connection: Connection, kind: str, name: str, now: int) -> str | None:
    found = select(kept.c.value).where(_fresh(kind, now), kept.c.name == name)
    value: str | None = connection.execute(found).scalar()
    return value


def drop(connection: Connection, kind: str, name: str, now: int) -> bool:
    """Whether it was there, and fresh: of several who drop it at once only one is told so."""
    gone = connection.execute(delete(kept).where(_fresh(kind, now), kept.c.name == name)).rowcount
    return gone == 1


def expire(connection: Connection, now: int) -> int:
    return connection.execute(delete(kept).where(kept.c.expires != NEVER, kept.c.expires < now)).rowcount


def _fresh(kind: str, now: int) -> ColumnElement[bool]:
    return and_(kept.c.kind == kind, or_(kept.c.expires == NEVER, kept.c.expires >= now))
