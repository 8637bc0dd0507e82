"""What was said while the bot was away: read from the history of the places it knows, and answered like anything else."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import discord
import structlog

from adapters.discord import address as addresses
from adapters.discord.faults import translated
from bot.errors import DeliveryError, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from adapters.discord.adapter import DiscordAdapter
    from bot.messages import Place
    from bot.store.base import Delivery

REACH = 7 * 86_400.0  # places silent for longer are not looked at
MOST_PLACES = 200
MOST_MESSAGES = 100
_log = structlog.get_logger(__name__)


class CatchUp:
    def __init__(self, adapter: DiscordAdapter) -> None:
        self._adapter = adapter

    async def run(self) -> None:
        """Each known channel from the last message answered in it. What was answered already the store recognises."""
        try:
            known = await self._adapter.store.recent(addresses.PLATFORM, since=time.time() - REACH, limit=MOST_PLACES)
        except StoreError as error:
            _log.warning("discord.no_catch_up", error=type(error).__name__)
            return
        for channel, (last, place) in newest(known).items():
            try:
                await self._read(channel, last, place)
            except DeliveryError as error:
                _log.info("discord.history_closed", reason=type(error).__name__)

    async def _read(self, channel: int, last: int, place: Place) -> None:
        client = self._adapter.client
        where = client.get_channel(channel) or client.get_partial_messageable(channel)
        if not isinstance(where, discord.abc.Messageable):
            return
        with translated():
            history = where.history(limit=MOST_MESSAGES, after=discord.Object(last), oldest_first=True)
            messages = [message async for message in history]
        for message in messages:
            await self._adapter.said(message, known=place)


def newest(known: Iterable[Delivery]) -> dict[int, tuple[int, Place]]:
    """Channel id -> id of the last message or press handled there (ids grow with time), and its place."""
    found: dict[int, tuple[int, Place]] = {}
    for delivery in known:
        channel = addresses.of(delivery.place).to
        message = delivery.message.partition(":")[0]
        if channel.isdigit() and message.isdigit():
            last, _ = found.get(int(channel), (0, delivery.place))
            found[int(channel)] = (max(last, int(message)), delivery.place)
    return found
