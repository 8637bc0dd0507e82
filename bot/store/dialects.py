"""INSERT ... ON CONFLICT, which SQLAlchemy has per database."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy.dialects import postgresql, sqlite

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

    Insert = postgresql.Insert | sqlite.Insert


def insert_for(connection: Connection, table: Table) -> Insert:
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


@cache
def _adding(dialect: str, table: Table) -> Any:
    kind = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return kind(table).on_conflict_do_nothing()


def add(connection: Connection, table: Table, row: dict[str, Any]) -> bool:
    """Insert; False, and nothing changed, when a row of that key is there."""
    return connection.execute(_adding(connection.dialect.name, table), row).rowcount == 1


def add_all(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> int:
    """The same for many rows with the same columns; how many were new."""
    statement = _adding(connection.dialect.name, table)
    if connection.dialect.name == "postgresql":  # one statement for many rows, which only tells what it returns
        return len(connection.execute(statement.returning(next(iter(table.primary_key))), rows).all())
    return connection.execute(statement, rows).rowcount
