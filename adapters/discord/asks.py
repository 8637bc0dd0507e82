"""Commands: first a sign of life, then the turn, then the answer in the command's own place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import structlog

from adapters.discord import address as addresses
from adapters.discord import limits
from adapters.discord.api import THINKING
from adapters.discord.presses import address, home
from adapters.discord.render import note
from bot.errors import DeliveryError, StoreError
from bot.messages import Message

if TYPE_CHECKING:
    import discord

    from adapters.discord.adapter import DiscordAdapter

    Interaction = discord.Interaction[Any]

_log = structlog.get_logger(__name__)


class Asks:
    def __init__(self, adapter: DiscordAdapter) -> None:
        self._adapter = adapter

    async def ask(self, interaction: Interaction, *, text: str = "", press: str = "", private: bool = False) -> None:
        await self._think(interaction, private=private)
        where = address(interaction, mode="original", private=private)
        place = addresses.at(home(interaction), where)
        user = str(interaction.user.id)
        has_dm = bool(interaction.guild_id) and not where.guest
        message = Message(str(interaction.id), place, user, text, press, private=private, has_dm=has_dm)
        await self._turn(interaction, message)

    async def interview(self, interaction: Interaction, *, text: str = "", press: str = "") -> None:
        """In the person's direct messages, wherever it was asked for."""
        if not interaction.guild_id:
            await self.ask(interaction, text=text, press=press)
            return
        await self._think(interaction, private=True)
        try:
            channel = await self._adapter.api.open_dm(str(interaction.user.id))
        except DeliveryError:
            await self._fill_in(interaction, "discord-dm-later")
            return
        where = address(interaction, mode="dm", private=False, origin=str(interaction.channel_id))
        place = addresses.at(addresses.dm(channel), msgspec.structs.replace(where, to=channel))
        await self._turn(interaction, Message(str(interaction.id), place, str(interaction.user.id), text, press))

    async def _think(self, interaction: Interaction, *, private: bool) -> None:
        """Too late is no reason to stop: the answer then goes by direct message."""
        data = {"flags": limits.EPHEMERAL} if private else None
        self._adapter.live.discard(str(interaction.id))
        try:
            await self._adapter.api.respond(str(interaction.id), interaction.token, THINKING, data)
        except DeliveryError as error:
            _log.warning("discord.no_sign_of_life", reason=type(error).__name__)

    async def _turn(self, interaction: Interaction, message: Message) -> None:
        if self._adapter.verdict(message) != "yes":
            await self._fill_in(interaction, "slow-down")
            return
        try:
            reply = await self._adapter.handle(message)
        except (StoreError, TimeoutError):
            await self._fill_in(interaction, "unavailable")
            return
        await self._adapter.deliver(message, reply)

    async def _fill_in(self, interaction: Interaction, phrase: str) -> None:
        try:
            await self._adapter.api.original(interaction.token, note(self._adapter.say(phrase)))
        except DeliveryError as error:
            _log.warning("discord.not_told", phrase=phrase, reason=type(error).__name__)
