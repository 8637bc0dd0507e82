"""What authors and operators read: gaps, and every row for moving house."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Table, case, exc, false, func, select, text, tuple_, union_all

from bot.errors import StoreError
from bot.store import codec
from bot.store.dialects import add_all
from bot.store.retention import DAY_MS
from bot.store.tables import feedback, gaps, metadata

PAGE = 500
IDENTITY = ("platform", "workspace", "message", "person", "key", "created")  # what never changes of a numbered row
TABLES = tuple(str(table.name) for table in metadata.sorted_tables if table.name != "kept")  # parents before children


def grouped_gaps(connection: Connection, limit: int) -> list[dict[str, Any]]:
    asked = select(gaps.c.text, gaps.c.reason, gaps.c.created)
    about = case((feedback.c.subject == "", feedback.c.answer), else_=feedback.c.subject)
    why = case((feedback.c.reason == "", "not_useful"), else_=feedback.c.reason)
    disliked = select(about, why, feedback.c.created).where(feedback.c.useful == false())
    both = union_all(asked, disliked).subquery()
    count = func.count().label("count")
    groups = select(both.c.text, both.c.reason, count, func.max(both.c.created).label("last"))
    groups = groups.group_by(both.c.text, both.c.reason)
    rows = connection.execute(groups.order_by(count.desc(), text("last DESC"), both.c.text).limit(limit))
    return [
        {"text": row.text, "reason": row.reason, "count": row.count, "last": codec.iso_day(row.last // DAY_MS)} for row in rows
    ]  # fmt: skip


def page(connection: Connection, name: str, after: tuple[Any, ...] | None) -> list[dict[str, Any]]:
    """The next rows of a table in the order of its key, behind the row whose key is `after`."""
    table = metadata.tables[name]
    key = list(table.primary_key)
    query = select(table).order_by(*key).limit(PAGE)
    if after is not None:
        query = query.where(tuple_(*key) > tuple_(*after))
    rows = connection.execute(query).mappings()
    return [{str(column): value for column, value in row.items()} for row in rows]


def key_of(name: str, row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[column.name] for column in metadata.tables[name].primary_key)


def take_over(connection: Connection, rows: list[dict[str, Any]]) -> int:
    """Insert exported rows; those that are there already stay as they are."""
    count = 0
    for (name, columns), group in groupby(rows, _shape):
        values = [{column: row[column] for column in columns} for row in group]
        try:
            count += add_all(connection, metadata.tables[name], values)
            _must_be_the_same(connection, metadata.tables[name], values)
        except exc.StatementError as error:
            raise _misfit(name, error) from error
    return count


def _shape(row: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    """Its table and those of its columns that the table has."""
    table = metadata.tables.get(row["table"])
    if table is None:
        raise StoreError(f"There is no table {row['table']!r}. Import what `export` wrote, with the same version.")
    return table.name, tuple(column.name for column in table.columns if column.name in row)


def _must_be_the_same(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """That a number stands for the same row here as there: else some would be lost, and others be taken for them."""
    if "id" not in table.c:
        return
    told = [table.c[name] for name in ("id", *IDENTITY) if name in table.c]
    found = connection.execute(select(*told).where(table.c.id.in_([row["id"] for row in rows]))).mappings()
    here = {row["id"]: dict(row) for row in found}
    for row in rows:
        if here.get(row["id"]) != {column.name: row[column.name] for column in told}:
            raise StoreError(
                f"The database has {table.name} of its own under the numbers of those to be imported. "
                "Import into a database that no bot has used yet."
            )


def _misfit(name: str, error: exc.StatementError) -> Exception:
    """The database's own troubles stay what they are."""
    if isinstance(error, exc.DBAPIError) and not isinstance(error, exc.IntegrityError | exc.DataError):
        return error
    return StoreError(f"A row of {name!r} does not fit: {error.orig}. Nothing of its group was imported.")


def count_on(connection: Connection) -> None:
    """After rows came with their numbers: new ones are numbered behind them. SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in metadata.sorted_tables:
        if "id" in table.c:
            sequence = func.pg_get_serial_sequence(table.name, "id")
            highest = select(func.coalesce(func.max(table.c.id), 0) + 1).scalar_subquery()
            connection.execute(select(func.setval(sequence, highest, false())))
