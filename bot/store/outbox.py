"""The replies that wait to be sent: rows of `answers`. Synchronous functions on an open transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import structlog
from sqlalchemy import Connection, and_, bindparam, exists, func, literal_column, select, union_all, update

from bot.store import codec
from bot.store.base import LEASE, Delivery
from bot.store.dialects import add
from bot.store.tables import answers, sent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement

LOOKED_THROUGH = 5000
_log = structlog.get_logger(__name__)
# words of the query and no parameters, because only so does SQLite see that its partial indexes will do
_STILL: ColumnElement[str] = literal_column("'waiting'")
_NOTHING: ColumnElement[str] = literal_column("''")

_before = answers.alias("before")
_FIRST = ~exists().where(
    and_(_before.c.conversation == answers.c.conversation, _before.c.state == _STILL, _before.c.id < answers.c.id)
)
_WAITING = (
    select(answers)
    .where(answers.c.state == _STILL, answers.c.platform == bindparam("of"), answers.c.due <= bindparam("now"))
    .where(_FIRST)
    .order_by(answers.c.id)
    .limit(bindparam("at_most"))
    .with_for_update(of=answers, skip_locked=True)
)
_ONE_CONVERSATION = _WAITING.where(answers.c.conversation == bindparam("only"))
# a row that waits for its next attempt has an error, one that somebody has claimed has none
_LEASE = update(answers).where(answers.c.id == bindparam("row")).values(due=bindparam("until"), error="")
_HASTEN = (
    update(answers)
    .where(answers.c.state == _STILL, answers.c.platform == bindparam("of"), answers.c.error != _NOTHING)
    .where(answers.c.due > bindparam("now"))
    .values(due=bindparam("now"))
)
_UNREADABLE = update(answers).where(answers.c.id == bindparam("row")).values(state="gave_up", error="unreadable")
_SENT = (
    update(answers)
    .where(answers.c.id == bindparam("row"))
    .values(state="sent", sent_as=bindparam("ids"), error="")
)  # fmt: skip
# an edit may itself have been edited: what counts is the newest that was sent, for the question or in its place
_SENT_THERE = select(answers.c.id, answers.c.sent_as).where(
    answers.c.platform == bindparam("of"), answers.c.workspace == bindparam("within"), answers.c.state == "sent"
)
_EARLIER = union_all(
    _SENT_THERE.where(answers.c.message == bindparam("replaced")),
    _SENT_THERE.where(answers.c.replaces == bindparam("replaced"), answers.c.replaces != _NOTHING),
)


class Wanted(msgspec.Struct, frozen=True):
    """Which replies to claim: of a platform; only those of a conversation, if one is given."""

    platform: str
    conversation: str
    limit: int


def claim(connection: Connection, wanted: Wanted, now: int) -> list[Delivery]:
    rows = _due(connection, wanted, now)
    if rows:
        until = now + codec.milliseconds(LEASE)
        connection.execute(_LEASE, [{"row": row.id, "until": until} for row in rows])
    claimed = [(row, _delivery(row, _earlier(connection, row))) for row in rows]
    for row, delivery in claimed:
        if delivery is None:
            _log.error("delivery.gave_up", delivery=row.id, reason="unreadable")
            connection.execute(_UNREADABLE, {"row": row.id})
    return [delivery for _, delivery in claimed if delivery is not None]


def _due(connection: Connection, wanted: Wanted, now: int) -> Sequence[Any]:
    names = {"of": wanted.platform, "now": now, "at_most": wanted.limit}
    if wanted.conversation:
        return connection.execute(_ONE_CONVERSATION, {**names, "only": codec.clean(wanted.conversation)}).all()
    return connection.execute(_WAITING, names).all()


def _earlier(connection: Connection, row: Any) -> tuple[str, ...]:
    if not row.replaces:
        return ()
    names = {"of": row.platform, "within": row.workspace, "replaced": row.replaces}
    shown = connection.execute(_EARLIER, names).all()
    return codec.load_ids(max(shown).sent_as) if shown else ()


def _delivery(row: Any, earlier: tuple[str, ...] = ()) -> Delivery | None:
    """None for a reply or a place that this version cannot read; the rest must not wait for it."""
    reply, place = codec.load_reply(row.reply), codec.load_place(row.place)
    if reply is None or place is None:
        return None
    return Delivery(
        id=row.id,
        place=place,
        message=row.message,
        user=row.person,
        reply=reply,
        attempts=row.attempts,
        sent_as=codec.load_ids(row.sent_as),
        earlier=earlier,
        created=row.created / 1000,
    )


def mark_sent(connection: Connection, delivery: Delivery, ids: Sequence[str]) -> None:
    """Nothing happens when the row is gone: the person asked to be forgotten while it was sent."""
    if connection.execute(_SENT, {"row": delivery.id, "ids": codec.dump(ids)}).rowcount == 0:
        return
    for name in ids:
        row = {"platform": delivery.place.platform, "sent_as": name, "answer_id": delivery.id}
        if not add(connection, sent, row):  # an edit: the platform's message now shows this answer
            same = and_(sent.c.platform == delivery.place.platform, sent.c.sent_as == name)
            connection.execute(update(sent).where(same).values(answer_id=delivery.id))


def mark_failed(connection: Connection, delivery: Delivery, error: str, due: int | None) -> None:
    """Wait until `due`, or give up (None)."""
    values: dict[str, Any] = {"attempts": delivery.attempts + 1, "error": codec.clean(error)[:300]}
    values |= {"state": "gave_up"} if due is None else {"due": due}
    row = and_(answers.c.id == delivery.id, answers.c.state == "waiting")
    connection.execute(update(answers).where(row).values(values))


def hasten(connection: Connection, platform: str, now: int) -> None:
    connection.execute(_HASTEN, {"of": platform, "now": now})


def answer_at(connection: Connection, platform: str, name: str) -> Delivery | None:
    joined = select(answers).join(sent, sent.c.answer_id == answers.c.id)
    row = connection.execute(joined.where(sent.c.platform == platform, sent.c.sent_as == codec.clean(name))).first()
    return _delivery(row) if row else None


def answer(connection: Connection, platform: str, name: str) -> Delivery | None:
    named = and_(answers.c.answer == codec.clean(name), answers.c.platform == platform)
    row = connection.execute(select(answers).where(named).order_by(answers.c.id.desc()).limit(1)).first()
    return _delivery(row) if row else None


def recent(connection: Connection, platform: str, since: int, limit: int) -> list[Delivery]:
    """Of each conversation the newest, among the last so many replies: found by number, newest first, not by date."""
    told = and_(answers.c.platform == platform, answers.c.state != "silent")
    last = select(answers.c.id, answers.c.conversation, answers.c.created).where(told)
    newest: dict[str, int] = {}
    for number, conversation, created in connection.execute(last.order_by(answers.c.id.desc()).limit(LOOKED_THROUGH)):
        if created < since or len(newest) == limit:
            break
        newest.setdefault(conversation, number)
    chosen = select(answers).where(answers.c.id.in_(newest.values())).order_by(answers.c.id.desc())
    return [delivery for row in connection.execute(chosen) if (delivery := _delivery(row)) is not None]


def waiting(connection: Connection) -> tuple[int, int]:
    """How many, and when the oldest was committed (0 when there is none)."""
    counted = select(func.count(), func.coalesce(func.min(answers.c.created), 0)).where(answers.c.state == _STILL)
    number, oldest = connection.execute(counted).one()
    return number, oldest
