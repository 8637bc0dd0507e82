"""What is kept about one person or of a whole workspace, and how it is erased."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import Connection, and_, delete, exists, func, select, update

from bot.conversation import VERSION
from bot.store import codec
from bot.store.retention import answers_of, delete_answers
from bot.store.tables import answers, conversations, damaged, decisions, feedback, gaps, people, preferences

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Table

KINDS: dict[str, Table] = {
    "conversations": people,
    "messages": answers,
    "gaps": gaps,
    "feedback": feedback,
    "decisions": decisions,
    "preferences": preferences,
}


def about(connection: Connection, person: str) -> dict[str, int]:
    def count(table: Table) -> int:
        return connection.execute(select(func.count()).select_from(table).where(table.c.person == person)).scalar_one()

    return {kind: count(table) for kind, table in KINDS.items()}


def forget(connection: Connection, person: str) -> int:
    """Erase everything; conversations shared with others stay without the person. Counts in `usage` stay."""
    alone = _alone(connection, person)
    gone = 0
    for key in alone:
        gone += connection.execute(delete(conversations).where(conversations.c.key == key)).rowcount
        gone += connection.execute(delete(damaged).where(damaged.c.key == key)).rowcount
    _leave_shared(connection, person, set(alone))
    while numbers := answers_of(connection, person):
        gone += delete_answers(connection, numbers)
    for table in KINDS.values():
        gone += connection.execute(delete(table).where(table.c.person == person)).rowcount
    return gone


def _mine(person: str) -> ColumnElement[bool]:
    return people.c.person == person


def _alone(connection: Connection, person: str) -> list[str]:
    other = people.alias()
    shared = exists().where(and_(other.c.key == people.c.key, other.c.person != person))
    return list(connection.execute(select(people.c.key).where(_mine(person), ~shared)).scalars())


def _leave_shared(connection: Connection, person: str, alone: set[str]) -> None:
    keys = connection.execute(select(people.c.key).where(_mine(person))).scalars().all()
    for key in sorted(set(keys) - alone):
        row = connection.execute(select(conversations).where(conversations.c.key == key)).first()
        if row is None:
            continue
        try:
            state = codec.load_conversation(row.state, row.version)
        except codec.Damaged:
            connection.execute(delete(conversations).where(conversations.c.key == key))
            continue
        without = msgspec.structs.replace(state, people=tuple(name for name in state.people if name != person))
        values = {"state": codec.dump(without), "version": VERSION, "revision": row.revision + 1}
        connection.execute(update(conversations).where(conversations.c.key == key).values(values))


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
