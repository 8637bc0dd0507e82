"""What `SqlStore` needs of a database: run a function in a transaction, and hold a conversation for a turn."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from sqlalchemy import Connection

Result = TypeVar("Result")
Work = Callable[..., Result]  # takes an open `Connection` first; may be run again if its transaction could not be kept


class Run(Protocol):
    def __call__(self, work: Callable[..., Result], *args: Any) -> Awaitable[Result]: ...


class Database(Protocol):
    """Raises `StoreUnavailable` when it cannot serve now, `StoreConflict` when another process was quicker."""

    async def open(self) -> None:
        """Connect and bring the schema up to date."""

    async def close(self) -> None: ...

    async def run(self, work: Callable[..., Result], *args: Any) -> Result:
        """`work(connection, *args)` in one transaction."""

    def turn(self, key: str) -> AbstractAsyncContextManager[Run]:
        """Run several works for one conversation, which no other process changes meanwhile unnoticed."""


def check_writable(connection: Connection) -> None:
    """Write and take back, so that a read-only database is noticed."""
    with connection.begin_nested() as nested:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = version_num")
        nested.rollback()
