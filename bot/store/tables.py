"""The tables. Times are milliseconds since 1970, states and replies JSON text (see `codec`).

answers: one row per message handled. It is the proof that the message was handled (the unique key), the reply given
to it, and the outbox: `state` is `silent` (nothing to send), `waiting`, `sent` or `gave_up`; while it waits, `due` is
the time from which it may be claimed.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
Number = BigInteger().with_variant(Integer, "sqlite")  # only INTEGER counts by itself in SQLite
WAITING = text("state = 'waiting'")

conversations = Table(
    "conversations",
    metadata,
    Column("key", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("updated", BigInteger, nullable=False, index=True),
)

people = Table(
    "people",
    metadata,
    Column("key", Text, primary_key=True),
    Column("person", Text, primary_key=True, index=True),
)

answers = Table(
    "answers",
    metadata,
    Column("id", Number, primary_key=True),
    Column("platform", Text, nullable=False),
    Column("workspace", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("person", Text, nullable=False, index=True),
    Column("answer", Text, nullable=False, index=True),
    Column("intent", Text, nullable=False),
    Column("answered", Boolean, nullable=False),
    Column("place", Text, nullable=False),
    Column("reply", Text, nullable=False),
    Column("replaces", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("due", BigInteger, nullable=False),
    Column("expires", BigInteger, nullable=False, index=True),
    Column("attempts", Integer, nullable=False),
    Column("error", Text, nullable=False),
    Column("sent_as", Text, nullable=False),
    UniqueConstraint("platform", "workspace", "message"),
    Index("ix_answers_outbox", "platform", "id", sqlite_where=WAITING, postgresql_where=WAITING),
    Index("ix_answers_queue", "conversation", "id", sqlite_where=WAITING, postgresql_where=WAITING),
    Index(
        "ix_answers_replaces",
        "platform",
        "workspace",
        "replaces",
        sqlite_where=text("replaces <> ''"),
        postgresql_where=text("replaces <> ''"),
    ),
    sqlite_autoincrement=True,  # a number never comes back, so a late `sent` cannot mark another row
)

sent = Table(
    "sent",
    metadata,
    Column("platform", Text, primary_key=True),
    Column("sent_as", Text, primary_key=True),
    Column("answer_id", Number, ForeignKey("answers.id", ondelete="CASCADE"), nullable=False, index=True),
)

gaps = Table(
    "gaps",
    metadata,
    Column("id", Number, primary_key=True),
    Column("platform", Text, nullable=False),
    Column("person", Text, nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("created", BigInteger, nullable=False, index=True),
    sqlite_autoincrement=True,
)

feedback = Table(
    "feedback",
    metadata,
    Column("answer", Text, primary_key=True),
    Column("person", Text, primary_key=True, index=True),
    Column("platform", Text, nullable=False),
    Column("useful", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("created", BigInteger, nullable=False, index=True),
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Number, primary_key=True),
    Column("conversation", Text, nullable=False),
    Column("person", Text, nullable=False, index=True),
    Column("pick", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("created", BigInteger, nullable=False),
    sqlite_autoincrement=True,
)

# how a person wants to be answered; no row: as everybody
preferences = Table(
    "preferences",
    metadata,
    Column("person", Text, primary_key=True),
    Column("short", Boolean, nullable=False),
    Column("private", Boolean, nullable=False),
    Column("created", BigInteger, nullable=False),
)

# what `answers` said before its rows were swept; counts only
usage = Table(
    "usage",
    metadata,
    Column("day", Text, primary_key=True),
    Column("platform", Text, primary_key=True),
    Column("intent", Text, primary_key=True),
    Column("answered", Boolean, primary_key=True),
    Column("count", BigInteger, nullable=False),
)

# state that could not be read, kept aside for whoever repairs it
damaged = Table(
    "damaged",
    metadata,
    Column("id", Number, primary_key=True),
    Column("key", Text, nullable=False, index=True),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("problem", Text, nullable=False),
    Column("created", BigInteger, nullable=False, index=True),
    sqlite_autoincrement=True,
)

# what an adapter keeps by name (see `Store.keep`): may be secret, so `export` leaves it out. `expires` 0: never
kept = Table(
    "kept",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
    Column("expires", BigInteger, nullable=False),
)
