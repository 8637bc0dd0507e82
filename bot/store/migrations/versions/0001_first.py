"""The first schema."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

WAITING = sa.text("state = 'waiting'")
REPLACING = sa.text("replaces <> ''")


def upgrade() -> None:
    _conversations()
    _answers()
    _notes()


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _numbers(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.BigInteger, nullable=False) for name in names]


def _integers(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Integer, nullable=False) for name in names]


def _flag(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean, nullable=False)


def _number() -> sa.BigInteger:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _create(name: str, *columns: Any, key: tuple[str, ...] = ("id",), indexed: tuple[str, ...] = ()) -> None:
    numbered = key == ("id",)
    first = [sa.Column("id", _number(), nullable=False)] if numbered else []
    primary = sa.PrimaryKeyConstraint(*key, name=f"pk_{name}")
    op.create_table(name, *first, *columns, primary, sqlite_autoincrement=numbered)
    for column in indexed:
        op.create_index(f"ix_{name}_{column}", name, [column])


def _conversations() -> None:
    columns = [*_texts("key", "state"), *_integers("version", "revision"), *_numbers("updated")]
    _create("conversations", *columns, key=("key",), indexed=("updated",))
    _create("people", *_texts("key", "person"), key=("key", "person"), indexed=("person",))
    columns = [*_texts("key", "state"), *_integers("version"), *_texts("problem"), *_numbers("created")]
    _create("damaged", *columns, indexed=("key", "created"))


def _answers() -> None:
    _create(
        "answers",
        *_texts("platform", "workspace", "message", "conversation", "person", "answer", "intent"),
        _flag("answered"),
        *_texts("place", "reply", "replaces", "state"),
        *_numbers("created", "due", "expires"),
        *_integers("attempts"),
        *_texts("error", "sent_as"),
        sa.UniqueConstraint("platform", "workspace", "message", name="uq_answers_platform_workspace_message"),
        indexed=("person", "answer", "expires"),
    )
    _partial("ix_answers_outbox", WAITING, "platform", "id")
    _partial("ix_answers_queue", WAITING, "conversation", "id")
    _partial("ix_answers_replaces", REPLACING, "platform", "workspace", "replaces")
    columns = [*_texts("platform", "sent_as"), sa.Column("answer_id", _number(), nullable=False)]
    parent = sa.ForeignKeyConstraint(["answer_id"], ["answers.id"], name="fk_sent_answer_id", ondelete="CASCADE")
    _create("sent", *columns, parent, key=("platform", "sent_as"), indexed=("answer_id",))


def _partial(name: str, where: sa.TextClause, *columns: str) -> None:
    op.create_index(name, "answers", list(columns), sqlite_where=where, postgresql_where=where)


def _notes() -> None:
    columns = [*_texts("platform", "person", "text", "reason"), *_numbers("created")]
    _create("gaps", *columns, indexed=("person", "created"))
    columns = [*_texts("answer", "person", "platform"), _flag("useful"), *_texts("reason", "subject")]
    _create("feedback", *columns, *_numbers("created"), key=("answer", "person"), indexed=("person", "created"))
    columns = [*_texts("conversation", "person", "pick", "title", "record"), *_numbers("created")]
    _create("decisions", *columns, indexed=("person",))
    counted = [*_texts("day", "platform", "intent"), _flag("answered"), *_numbers("count")]
    _create("usage", *counted, key=("day", "platform", "intent", "answered"))
