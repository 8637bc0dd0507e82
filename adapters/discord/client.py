"""The connection: discord.py with three unprivileged intents, nobody pinged, and events handed to the adapter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
import structlog
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket

from adapters.discord.controls import Button, Menu

if TYPE_CHECKING:
    from adapters.discord.adapter import DiscordAdapter

NOBODY = discord.AllowedMentions(everyone=False, roles=False, users=False, replied_user=True)
LONGEST_WAIT = 60.0  # a rate limit longer than this is the outbox's business
_log = structlog.get_logger(__name__)


def intents(*, content: bool) -> discord.Intents:
    """content: the privileged one; without it Discord hides what is not said to the bot."""
    return discord.Intents(guilds=True, guild_messages=True, dm_messages=True, message_content=content)


class Tree(app_commands.CommandTree["Gateway"]):
    async def on_error(self, interaction: discord.Interaction[Gateway], error: app_commands.AppCommandError, /) -> None:
        """An old command of a client that has not reloaded, or a mistake of ours: either way an answer."""
        _log.error("discord.command_failed", error=type(error).__name__)
        await self.client.adapter.apologise(interaction)


class Gateway(discord.AutoShardedClient):
    """One shard until there are many guilds: Discord says how many, with the gateway's address."""

    def __init__(self, adapter: DiscordAdapter, *, content: bool, **options: Any) -> None:
        super().__init__(
            intents=intents(content=content),
            allowed_mentions=NOBODY,
            max_messages=None,
            chunk_guilds_at_startup=False,
            max_ratelimit_timeout=LONGEST_WAIT,
            activity=discord.CustomActivity("/framework"),
            **options,
        )
        self.adapter = adapter
        self.tree = Tree(self)
        self.add_dynamic_items(Button, Menu)

    async def connect(self, *, reconnect: bool = True) -> None:
        """A session that cannot be resumed is begun anew at the same address as the first, not at a built-in one."""
        _, gateway, _ = await self.http.get_bot_gateway()
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)
        await super().connect(reconnect=reconnect)

    async def setup_hook(self) -> None:
        await self.adapter.logged_in()

    async def pressed(self, interaction: discord.Interaction[Any], kind: str, value: str) -> None:
        self.adapter.presses.claimed(interaction.id)
        await self.adapter.owned(self.adapter.presses.pressed(interaction, kind, value))

    # --- events

    async def on_message(self, message: discord.Message) -> None:
        await self.adapter.owned(self.adapter.said(message))

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        edited = payload.message.edited_at
        if edited is not None:
            await self.adapter.owned(self.adapter.said(payload.message, edited=str(int(edited.timestamp() * 1000))))

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Every interaction comes by here as well: forms, and controls that nobody claimed."""
        match interaction.type:
            case discord.InteractionType.modal_submit:
                await self.adapter.owned(self.adapter.presses.sent_off(interaction))
            case discord.InteractionType.component:
                await self.adapter.owned(self.adapter.presses.unclaimed(interaction))

    async def on_ready(self) -> None:
        self.adapter.connected(fresh=True)

    async def on_resumed(self) -> None:
        self.adapter.connected(fresh=False)

    async def on_shard_ready(self, shard_id: int) -> None:
        self.adapter.down.discard(shard_id)

    async def on_shard_resumed(self, shard_id: int) -> None:
        self.adapter.down.discard(shard_id)

    async def on_shard_disconnect(self, shard_id: int) -> None:
        self.adapter.down.add(shard_id)

    async def on_error(self, event: str, /, *_: Any, **__: Any) -> None:
        _log.exception("discord.event_failed", event_name=event)
