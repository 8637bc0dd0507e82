"""What Discord's errors mean for a reply on its way out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
import discord

from bot.errors import DeliveryError, Forbidden, Refused, TryAgain

TIMEOUT = 40.0  # discord.py tries five times within one call; the outbox tries again after that

UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, UNKNOWN_WEBHOOK, UNKNOWN_INTERACTION = 10003, 10008, 10015, 10062
DM_CLOSED, TOKEN_INVALID, ARCHIVED, ACKNOWLEDGED, HAS_THREAD = 50007, 50027, 50083, 40060, 160004
TOO_MANY_OLD_EDITS, TOO_MANY_DMS_OPENED = 30046, 40003


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
    match error.code:
        case code if code in (UNKNOWN_WEBHOOK, UNKNOWN_INTERACTION, TOKEN_INVALID):
            return Expired(what)
        case code if code == UNKNOWN_MESSAGE:
            return Missing(what)
        case code if code == ACKNOWLEDGED:
            return Acknowledged(what)
        case code if code == DM_CLOSED:
            return Closed(what)
        case code if code == ARCHIVED:
            return Archived(what)
        case code if code == TOO_MANY_OLD_EDITS:
            return TryAgain(what, 60.0)
        case code if code == TOO_MANY_DMS_OPENED:
            return TryAgain(what)
    return _by_status(error.status, what)


def _by_status(status: int, what: str) -> DeliveryError:
    if status == 401:
        return TryAgain(what, 60.0)  # the token was changed: the bot has to be restarted with the new one
    if status in (403, 404):
        return Forbidden(what)
    if status == 429 or status >= 500:
        return TryAgain(what)
    return Refused(what)
