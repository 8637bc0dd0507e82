"""Small values an adapter must not lose, such as what a workspace granted it; and forgetting a whole workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, and_, delete, or_, select

from bot.store import codec
from bot.store.dialects import insert_for
from bot.store.tables import answers, conversations, damaged, decisions, feedback, gaps, kept, people, preferences

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Table

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


def decisions_of(connection: Connection, person: str, limit: int) -> list[dict[str, Any]]:
    """Newest first."""
    rows = select(decisions.c.title, decisions.c.pick, decisions.c.created).where(decisions.c.person == person)
    found = connection.execute(rows.order_by(decisions.c.id.desc()).limit(limit)).all()
    return [{"title": row.title, "pick": row.pick, "date": codec.iso_day(row.created // 86_400_000)} for row in found]


def forget_workspace(connection: Connection, platform: str, workspace: str) -> int:
    """Erase every conversation of a workspace with what hangs on it, and the notes of the people only seen there."""
    prefix = f"{platform}/{workspace}/"
    gone = _notes_of(connection, prefix)
    tables: tuple[tuple[Table, str], ...] = (
        (conversations, "key"),
        (damaged, "key"),
        (people, "key"),
        (decisions, "conversation"),
    )
    for table, column in tables:
        gone += connection.execute(delete(table).where(_within(table.c[column], prefix))).rowcount
    theirs = and_(answers.c.platform == platform, answers.c.workspace == workspace)
    return gone + connection.execute(delete(answers).where(theirs)).rowcount


def _notes_of(connection: Connection, prefix: str) -> int:
    elsewhere = select(people.c.person).where(~_within(people.c.key, prefix))
    only_here = select(people.c.person).where(_within(people.c.key, prefix), people.c.person.not_in(elsewhere))
    persons = connection.execute(only_here.distinct()).scalars().all()
    return sum(
        connection.execute(delete(table).where(table.c.person.in_(persons))).rowcount
        for table in (gaps, feedback, preferences)
    )


def _within(column: Any, prefix: str) -> ColumnElement[bool]:
    """Keys with this prefix; names of workspaces hold no wildcards, but a `_` of LIKE would be one."""
    found: ColumnElement[bool] = column.startswith(prefix, autoescape=True)
    return found
