"""Deleting what is past its time, a few hundred rows per transaction so that turns go on in between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, delete, exists, func, select

from bot.store import codec
from bot.store.dialects import insert_for
from bot.store.tables import answers, conversations, damaged, feedback, gaps, people, preferences, usage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement

CHUNK = 500
DAY_MS = 86_400_000


def expire_answers(connection: Connection, now: int) -> int:
    """Delete handled messages past their time, also those nobody ever sent; their counts stay."""
    chosen = select(answers.c.id).where(answers.c.expires < now).limit(CHUNK).with_for_update(skip_locked=True)
    return delete_answers(connection, connection.execute(chosen).scalars().all())


def answers_of(connection: Connection, person: str) -> Sequence[int]:
    """Some of a person's messages, locked."""
    chosen = select(answers.c.id).where(answers.c.person == person).limit(CHUNK).with_for_update()
    return connection.execute(chosen).scalars().all()


def delete_answers(connection: Connection, numbers: Sequence[int]) -> int:
    """Delete these rows, which the transaction has locked, after adding them to `usage`."""
    these = answers.c.id.in_(numbers)
    statement = insert_for(connection, usage)
    statement = statement.on_conflict_do_update(
        index_elements=list(usage.primary_key), set_={"count": usage.c.count + statement.excluded.count}
    )
    for row in _counted(connection, these):
        connection.execute(statement, row)
    return connection.execute(delete(answers).where(these)).rowcount


def _counted(connection: Connection, which: ColumnElement[bool]) -> list[dict[str, Any]]:
    day = (answers.c.created // DAY_MS).label("day")
    groups = (day, answers.c.platform, answers.c.intent, answers.c.answered)
    rows = connection.execute(select(*groups, func.count().label("count")).where(which).group_by(*groups)).mappings()
    return [{**row, "day": codec.iso_day(row["day"])} for row in rows]


def used(connection: Connection, since: int) -> list[dict[str, Any]]:
    """Counts per day, platform, intent and answered, swept rows included."""
    first = codec.iso_day(since // DAY_MS)
    swept = connection.execute(select(usage).where(usage.c.day >= first)).mappings()
    totals: dict[tuple[str, str, str, bool], int] = {}
    for row in [*swept, *_counted(connection, answers.c.created >= since // DAY_MS * DAY_MS)]:
        key = (row["day"], row["platform"], row["intent"], row["answered"])
        totals[key] = totals.get(key, 0) + row["count"]
    names = ("day", "platform", "intent", "answered")
    return [dict(zip(names, key, strict=True)) | {"count": count} for key, count in sorted(totals.items())]


def expire_conversations(connection: Connection, before: int) -> int:
    old = select(conversations.c.key).where(conversations.c.updated < before)
    keys = connection.execute(old.limit(CHUNK).with_for_update(skip_locked=True)).scalars().all()
    connection.execute(delete(people).where(people.c.key.in_(keys)))
    return connection.execute(delete(conversations).where(conversations.c.key.in_(keys))).rowcount


def expire_notes(connection: Connection, before: int) -> int:
    gone = sum(connection.execute(delete(table).where(table.c.created < before)).rowcount for table in (gaps, feedback))
    here = exists().where(people.c.person == preferences.c.person)
    return gone + connection.execute(delete(preferences).where(preferences.c.created < before, ~here)).rowcount


def expire_damaged(connection: Connection, before: int) -> int:
    return connection.execute(delete(damaged).where(damaged.c.created < before)).rowcount
