"""What Discord's errors mean for a reply on its way out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
import discord

from bot.errors import DeliveryError, Forbidden, Refused, TryAgain

TIMEOUT = 40.0  # discord.py tries five times within one call; the outbox tries again after that


class Expired(Forbidden):
    """The interaction's token is no longer valid: nothing can be shown there."""


class Closed(Forbidden):
    """The person takes no direct messages from this bot."""


class Archived(Forbidden):
    """The thread is archived."""


class Acknowledged(Refused):
    """The interaction has had its first response: an answer that was lost on its way back had arrived."""


class Missing(Refused):
    """The message to be edited is gone."""


# Discord's numbers of errors
_KINDS: dict[int, type[DeliveryError]] = {
    10008: Missing,  # unknown message
    10015: Expired,  # unknown webhook
    10062: Expired,  # unknown interaction
    40060: Acknowledged,
    50007: Closed,
    50027: Expired,  # invalid webhook token
    50083: Archived,
}
_PAUSES = {
    30046: 60.0,  # too many edits of old messages
    40003: 0.0,  # too many direct messages opened
}
"""Seconds to wait at least."""


@contextmanager
def translated() -> Iterator[None]:
    """Raises the core's `DeliveryError`s instead of discord.py's and aiohttp's. Never with the library's words."""
    try:
        yield
    except discord.RateLimited as error:
        raise TryAgain("rate limited", error.retry_after) from None
    except discord.HTTPException as error:
        raise _meaning(error) from None
    except (TimeoutError, aiohttp.ClientError, OSError, discord.GatewayNotFound) as error:
        raise TryAgain(type(error).__name__) from None


def _meaning(error: discord.HTTPException) -> DeliveryError:
    what = f"{error.status} {error.code}"
    if error.code in _KINDS:
        return _KINDS[error.code](what)
    if error.code in _PAUSES:
        return TryAgain(what, _PAUSES[error.code])
    return _by_status(error.status, what)


def _by_status(status: int, what: str) -> DeliveryError:
    if status == 401:
        return TryAgain(what, 60.0)  # the token was changed: the bot has to be restarted with the new one
    if status in (403, 404):
        return Forbidden(what)
    if status == 429 or status >= 500:
        return TryAgain(what)
    return Refused(what)
