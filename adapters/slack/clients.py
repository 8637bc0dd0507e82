"""One pooled session for everything that goes to Slack, and a client per workspace on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import aiohttp
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.quiet import sdk_logger
from adapters.slack.scopes import HEADER, listed

if TYPE_CHECKING:
    from slack_sdk.http_retry.async_handler import AsyncRetryHandler

TIMEOUT = 20.0
_CONNECTIONS = 50


class Clients:
    """Made inside the running loop. `close` ends the session. Whatever Slack answers a token says what it may do."""

    def __init__(self, api_url: str) -> None:
        self._api_url = api_url.rstrip("/") + "/"
        self.session = aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(total=TIMEOUT),
            connector=aiohttp.TCPConnector(limit=_CONNECTIONS),
            trace_configs=[self._listening()],
        )
        self._by_token: dict[str, AsyncWebClient] = {}
        self._scopes: dict[str, tuple[str, ...]] = {}

    def client(self, token: str = "") -> AsyncWebClient:
        if token not in self._by_token:
            self._by_token[token] = self._new(token)
        return self._by_token[token]

    def _new(self, token: str) -> AsyncWebClient:
        return AsyncWebClient(
            token=token or None,
            base_url=self._api_url,
            session=self.session,
            retry_handlers=retries(),
            logger=sdk_logger(),
        )

    def _listening(self) -> aiohttp.TraceConfig:
        trace = aiohttp.TraceConfig()
        trace.on_request_end.append(self._heard)
        return trace

    async def _heard(self, _session: aiohttp.ClientSession, _context: Any, end: aiohttp.TraceRequestEndParams) -> None:
        token = end.headers.get("Authorization", "").removeprefix("Bearer ")
        granted = listed(end.response.headers.get(HEADER, ""))
        if granted and token in self._by_token:
            self._scopes[token] = granted

    def scopes(self, token: str) -> tuple[str, ...]:
        """What Slack last said the token may do; nothing while it has not."""
        return self._scopes.get(token, ())

    def forget(self, token: str) -> None:
        self._by_token.pop(token, None)
        self._scopes.pop(token, None)

    async def close(self) -> None:
        await self.session.close()


def retries() -> list[AsyncRetryHandler]:
    """Short faults are ridden out here; the outbox takes care of long ones."""
    return [
        AsyncConnectionErrorRetryHandler(max_retry_count=1),
        AsyncServerErrorRetryHandler(max_retry_count=2),
        AsyncRateLimitErrorRetryHandler(max_retry_count=2),
    ]
