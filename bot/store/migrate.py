"""The schema brought up to date with Alembic, from inside the program: no ini file, no separate step to forget.

A new migration is a file in `migrations/versions` after the last one; `HEAD` names it and `tables` shows its result.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import exc, text

from bot.errors import StoreError

if TYPE_CHECKING:
    from sqlalchemy import Connection

HEAD = "0003"
_ONE_AT_A_TIME = threading.Lock()  # Alembic keeps what it works on in globals


def upgrade(connection: Connection) -> None:
    """Migrate on this connection, inside its transaction. Raises `StoreError` when a later version made the schema."""
    found = current(connection)
    if found == HEAD:
        return  # the usual case needs no Alembic, whose import takes longer than everything else at start
    from alembic import command, util
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    try:
        with _ONE_AT_A_TIME:
            command.upgrade(config, "head")
    except util.CommandError as error:
        raise StoreError(
            f"The database's schema is {found}, which this version of the bot does not know. "
            "Run the version that wrote it, or a later one."
        ) from error


def current(connection: Connection) -> str | None:
    """The schema's revision; None when there is none yet."""
    try:
        with connection.begin_nested():
            return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except exc.DBAPIError as error:
        if isinstance(error, exc.OperationalError | exc.ProgrammingError) and _no_table(error):
            return None
        raise


def _no_table(error: exc.DBAPIError) -> bool:
    return "no such table" in str(error.orig) or getattr(error.orig, "sqlstate", "") == "42P01"
