"""What a database says when it cannot serve, as sentences for the operator."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import exc

from bot.errors import StoreConflict, StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

# part of the driver's message, in lower case -> how to mend it
HINTS = (
    ("locked", "Another process holds the database. Stop it; the bot goes on by itself."),
    ("readonly", "The file or its directory cannot be written. Give the bot's user write access to both."),
    ("read-only", "The database takes no writes. Point DATABASE_URL at the primary, or end its maintenance."),
    ("disk is full", "The disk is full. Free some space; the bot goes on by itself."),
    ("no space left", "The database server's disk is full. Free some space; the bot goes on by itself."),
    ("unable to open", "Check that the directory exists and that the bot's user may write there."),
    ("not a database", "The file is no SQLite database. Move it away, or point DATABASE_URL at another one."),
    ("malformed", "The file is damaged. Restore it from a backup, or export what is left with sqlite3's .recover."),
    ("password", "User or password in DATABASE_URL is wrong."),
    ("does not exist", "Check the names in DATABASE_URL, and create the database if it is not there yet."),
)
_CONFLICTS = {"40001", "40P01"}  # PostgreSQL: serialisation failure, deadlock
# classes of its errors: resources, operator intervention, system, connection, read-only; no such database, not let in
_UNUSABLE = {"53", "57", "58", "08", "25", "3D", "28", "55"}


@contextmanager
def translated(where: str) -> Iterator[None]:
    """Driver errors inside become `StoreUnavailable` or `StoreConflict`; mistakes in a statement stay what they are."""
    try:
        yield
    except exc.DBAPIError as error:
        raise _meaning(error, where) from error
    except (exc.TimeoutError, TimeoutError) as error:
        raise unavailable(where, "it did not answer in time") from error
    except OSError as error:
        raise unavailable(where, str(error)) from error


def _meaning(error: exc.DBAPIError, where: str) -> Exception:
    code = str(getattr(error.orig, "sqlstate", "") or "")
    if code in _CONFLICTS:
        return StoreConflict("two processes changed the same rows at once; run the turn again")
    lost = error.connection_invalidated or code[:2] in _UNUSABLE
    # SQLite has no codes: what it blames on its surroundings is an OperationalError, on the file a DatabaseError
    if lost or (not code and type(error) in {exc.OperationalError, exc.DatabaseError, exc.InterfaceError}):
        return unavailable(where, str(error.orig))
    return error


def unavailable(where: str, why: str) -> StoreUnavailable:
    lower = why.lower()
    hint = next((text for words, text in HINTS if words in lower), "Check that it is running and reachable.")
    return StoreUnavailable(f"The database {where} cannot be used now: {why.strip().partition(chr(10))[0]}. {hint}")
