"""Discord: mentions, replies, direct messages and `/framework`. Importing this package imports no SDK."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.adapter import Connection

if TYPE_CHECKING:
    from bot.adapter import Adapter, Finding, Services
    from bot.settings import Settings

HOW = "Set DISCORD_TOKEN to the bot token from https://discord.com/developers/applications (docs/discord.md)."


class Discord:
    name = "discord"

    def connection(self, settings: Settings) -> Connection:
        if not settings.discord_token:
            return Connection("off", HOW)
        if not settings.discord_api_url.startswith(("http://", "https://")):
            return Connection("incomplete", "DISCORD_API_URL must be an http(s) address; remove it for Discord's own.")
        return Connection("ready", "the gateway, for mentions, direct messages and /framework")

    def make(self, services: Services) -> Adapter:
        from adapters.discord.adapter import DiscordAdapter

        return DiscordAdapter(services)

    async def check(self, settings: Settings, *, online: bool) -> list[Finding]:
        from adapters.discord.doctor import check

        return await check(settings, online=online)


PLATFORM = Discord()
