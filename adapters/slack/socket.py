"""Socket Mode: one connection, watched. Whoever asks may know whether events can arrive."""

from __future__ import annotations

import asyncio
import contextlib
import functools
from typing import TYPE_CHECKING

import structlog
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler

from adapters.slack.quiet import sdk_logger
from adapters.slack.workspaces import patiently

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_bolt.async_app import AsyncApp

PING = 5.0
LOOK = 1.0
DEAD_AFTER = 30.0  # seconds without a connection before a new client is made in place of the SDK's own attempts
_log = structlog.get_logger(__name__)


class Socket:
    """reconnected: called whenever the connection stands (again)."""

    def __init__(self, app: AsyncApp, token: str, reconnected: Callable[[], None]) -> None:
        self._app = app
        self._token = token
        self._reconnected = reconnected
        self._handler: AsyncSocketModeHandler | None = None
        self.connected = False

    async def run(self, closed: asyncio.Event) -> None:
        """Until `closed`. Raises `SettingsError` when Slack refuses the token."""
        try:
            while not closed.is_set():
                await self._connect()
                await self._watch(closed)
        finally:
            await self._disconnect()

    async def _connect(self) -> None:
        """Ask for the address ourselves first: the SDK would ask for ever with a token that is refused."""
        url = await self._address()
        self._handler = AsyncSocketModeHandler(self._app, self._token, logger=sdk_logger(), ping_interval=PING)
        self._handler.client.wss_uri = url
        connecting = asyncio.create_task(self._handler.connect_async())  # type: ignore[no-untyped-call]
        done, _ = await asyncio.wait((connecting,), timeout=DEAD_AFTER)
        if not done:
            connecting.cancel()
        await asyncio.gather(connecting, return_exceptions=True)

    async def _address(self) -> str:
        ask = functools.partial(self._app.client.apps_connections_open, app_token=self._token)
        return str((await patiently(ask, "SLACK_APP_TOKEN"))["url"])

    async def _watch(self, closed: asyncio.Event) -> None:
        """Until closed, or until the connection has been away for too long."""
        assert self._handler is not None
        clock = asyncio.get_running_loop().time
        alive = clock()
        while not closed.is_set():
            now = await self._handler.client.is_connected()
            if now != self.connected:
                self.connected = now
                _log.info("slack.socket", connected=now)
                if now:
                    self._reconnected()
            alive = clock() if now else alive
            if clock() - alive > DEAD_AFTER:
                _log.warning("slack.socket_dead")
                await self._disconnect()
                return
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(closed.wait(), LOOK)

    async def _disconnect(self) -> None:
        self.connected = False
        if self._handler is not None:
            handler, self._handler = self._handler, None
            with contextlib.suppress(Exception):
                await asyncio.wait_for(handler.close_async(), 2)  # type: ignore[no-untyped-call]
