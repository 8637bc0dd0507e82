"""Slack: Socket Mode or HTTP, one workspace or many. Importing this imports no SDK."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.adapter import Connection, Finding

if TYPE_CHECKING:
    from bot.adapter import Adapter, Services
    from bot.settings import Settings


class SlackPlatform:
    name = "slack"

    def connection(self, settings: Settings) -> Connection:
        from adapters.slack.mode import connection

        return connection(settings)

    def make(self, services: Services) -> Adapter:
        from adapters.slack.adapter import SlackAdapter

        return SlackAdapter(services)

    async def check(self, settings: Settings, *, online: bool) -> list[Finding]:
        from adapters.slack.check import findings

        return await findings(settings, online=online)


PLATFORM = SlackPlatform()
