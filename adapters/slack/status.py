"""A sign of life while an answer is slow to leave. Slack's agent surface; best-effort."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import structlog
from slack_sdk.errors import SlackApiError

from adapters.slack import faults
from bot.errors import Forbidden

if TYPE_CHECKING:
    from collections.abc import Callable

    from adapters.slack.workspaces import Workspaces
    from bot.messages import Message

SLOW = 1.0  # seconds
MOST = 5  # at a time: in a rush the answers themselves need the calls
_log = structlog.get_logger(__name__)


class Status:
    """slow: seconds after which an answer counts as slow; most are there before and show no status."""

    def __init__(self, workspaces: Workspaces, phrase: Callable[..., str], slow: float = SLOW) -> None:
        self._workspaces = workspaces
        self._phrase = phrase
        self._slow = slow
        self._showing = 0

    async def watch(self, message: Message, delivering: asyncio.Task[Any]) -> None:
        """Show it when the delivery takes long, and take it back when it ends."""
        channel, _, ts = message.id.partition(":")
        thread = message.place.thread or message.place.address.get("thread", "") or ts.partition(":")[0]
        if not (channel[:1] in "CDG" and ts[:1].isdigit()):
            return
        done, _ = await asyncio.wait({delivering}, timeout=self._slow)
        if done or self._showing >= MOST:
            return
        self._showing += 1
        try:
            await self.show(message.place.workspace, channel, thread, self._phrase("slack-looking"))
            await asyncio.wait({delivering})
            await self.show(message.place.workspace, channel, thread, "")
        finally:
            self._showing -= 1

    async def show(self, team: str, channel: str, thread: str, status: str) -> None:
        """An empty status takes it away."""
        try:
            client = await self._workspaces.client(team)
            await client.api_call(
                "assistant.threads.setStatus", json={"channel_id": channel, "thread_ts": thread, "status": status}
            )
        except (SlackApiError, Forbidden, *faults.NETWORK) as error:
            _log.info("slack.no_status", error=type(error).__name__)
