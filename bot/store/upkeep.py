"""The store's housework while the bot runs."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog

from bot.errors import StoreError

if TYPE_CHECKING:
    from bot.store.base import Store

_log = structlog.get_logger(__name__)


async def keep_tidy(store: Store, *, every: float = 3600.0) -> None:
    """Sweep now and every so many seconds, until cancelled."""
    while True:
        try:
            await store.sweep()
        except StoreError as error:
            _log.warning("store.not_swept", error=str(error))
        await asyncio.sleep(every)
