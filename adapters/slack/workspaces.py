"""Whose token speaks where: the one configured, or those the workspaces granted."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol, TypeVar

import structlog
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError

from adapters.slack import faults
from adapters.slack.incoming import Origin
from bot.errors import SettingsError, TryAgain

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from slack_sdk.web.async_client import AsyncWebClient

    from adapters.slack.clients import Clients

LONGEST_PAUSE = 30.0
Result = TypeVar("Result")
_log = structlog.get_logger(__name__)


class Workspaces(Protocol):
    """authorize: for Bolt, with the scopes as far as they are known; None when the workspace is not (or no longer)
    connected.
    """

    async def start(self) -> None: ...

    async def authorize(self, team: str, enterprise: str = "") -> AuthorizeResult | None: ...

    async def client(self, team: str) -> AsyncWebClient: ...


class OneWorkspace:
    """start: asks Slack who the token is, for as long as Slack cannot be reached. Raises `SettingsError` if refused."""

    def __init__(self, clients: Clients, token: str) -> None:
        self._clients = clients
        self._client = clients.client(token)
        self._token = token
        self.origin = Origin("")
        self._enterprise = ""

    async def start(self) -> None:
        identity = await patiently(self._client.auth_test, "SLACK_BOT_TOKEN")
        self.origin = Origin(*(str(identity.get(name) or "") for name in ("team_id", "user_id", "bot_id")))
        self._enterprise = identity.get("enterprise_id") or ""
        _log.info("slack.identified", team=self.origin.team, bot=self.origin.bot_user)

    async def authorize(self, team: str, enterprise: str = "") -> AuthorizeResult | None:
        return AuthorizeResult(
            enterprise_id=enterprise or self._enterprise or None,
            team_id=team or self.origin.team,
            bot_token=self._token,
            bot_id=self.origin.bot_id,
            bot_user_id=self.origin.bot_user,
            bot_scopes=self._clients.scopes(self._token),
        )

    async def client(self, team: str) -> AsyncWebClient:  # noqa: ARG002 - there is one
        return self._client


async def patiently(ask: Callable[[], Awaitable[Result]], variable: str) -> Result:
    """What Slack answers, for as long as it takes. Raises `SettingsError` if it refuses the token in `variable`."""
    pause = 1.0
    while True:
        try:
            with faults.translated():
                return await ask()
        except TryAgain as error:
            refused = error.__cause__
            if isinstance(refused, SlackApiError) and faults.code(refused) in faults.REVOKED:
                raise SettingsError(
                    f"Slack refuses {variable} ({faults.code(refused)}). "
                    "Copy it again from the app's settings (docs/slack.md)."
                ) from None
            _log.warning("slack.unreachable", reason=str(error), seconds=pause)
            await asyncio.sleep(max(pause, error.after))
            pause = min(2 * pause, LONGEST_PAUSE)
