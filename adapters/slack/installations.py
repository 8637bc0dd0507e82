"""Several workspaces: what each granted, kept in the bot's database, and gone when it takes the bot away."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

import msgspec
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore

from adapters.slack.manifest import SCOPES
from adapters.slack.quiet import sdk_logger
from bot.errors import Forbidden

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

    from adapters.slack.clients import Clients
    from bot.settings import Settings
    from bot.store.base import Store

KIND = "slack-installation"
STATE = "slack-oauth-state"
STATE_SECONDS = 600
REMEMBERED = 1_000


class Grant(msgspec.Struct, frozen=True):
    """What the bot needs of an installation."""

    token: str
    bot_id: str = ""
    bot_user: str = ""
    scopes: tuple[str, ...] = ()


class Installations(AsyncInstallationStore):
    """One row per workspace; the whole installation, as Slack gave it.

    A workspace is named by itself, whatever enterprise it belongs to: an answer that waits knows no more.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    async def async_save(self, installation: Installation) -> None:
        value = msgspec.json.encode(vars(installation)).decode()
        enterprise = "" if installation.team_id else installation.enterprise_id
        await self._store.keep(KIND, _name(enterprise, installation.team_id), value)

    async def async_find_installation(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None = None,  # noqa: ARG002 - the bot's token is the workspace's
        is_enterprise_install: bool | None = False,  # noqa: ARG002
    ) -> Installation | None:
        for name in (_name(enterprise_id, team_id), _name("", team_id), _name(enterprise_id, "")):
            if value := await self._store.kept(KIND, name):
                fields: dict[str, Any] = msgspec.json.decode(value)
                return Installation(**fields)
        return None

    async def async_find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        found = await self.async_find_installation(
            enterprise_id=enterprise_id, team_id=team_id, is_enterprise_install=is_enterprise_install
        )
        return found.to_bot() if found is not None else None

    async def async_delete_all(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        for name in (_name(enterprise_id, team_id), _name("", team_id)):
            await self._store.drop(KIND, name)


class States(AsyncOAuthStateStore):
    """Which installs were begun here; each counts once."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def async_issue(self, *args: Any, **kwargs: Any) -> str:  # noqa: ARG002 - the SDK's signature
        state = secrets.token_urlsafe(24)
        await self._store.keep(STATE, state, "", seconds=STATE_SECONDS)
        return state

    async def async_consume(self, state: str) -> bool:
        return await self._store.drop(STATE, state)


def _name(enterprise: str | None, team: str | None) -> str:
    return f"{enterprise or ''}/{team or ''}"


class ManyWorkspaces:
    """Grants are looked up once and remembered until they are taken back."""

    def __init__(self, clients: Clients, store: Store) -> None:
        self._clients = clients
        self._installations = Installations(store)
        self._grants: dict[tuple[str, str], Grant] = {}

    async def start(self) -> None:
        """There is nobody to ask before the first workspace has installed the app."""

    async def authorize(self, team: str, enterprise: str = "") -> AuthorizeResult | None:
        grant = await self._grant(team, enterprise)
        if grant is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise or None,
            team_id=team or None,
            bot_token=grant.token,
            bot_id=grant.bot_id,
            bot_user_id=grant.bot_user,
            bot_scopes=self._clients.scopes(grant.token) or grant.scopes,
        )

    async def client(self, team: str) -> AsyncWebClient:
        grant = await self._grant(team, "")
        if grant is None:
            raise Forbidden("not installed")
        return self._clients.client(grant.token)

    async def _grant(self, team: str, enterprise: str) -> Grant | None:
        if (team, enterprise) not in self._grants:
            found = await self._installations.async_find_installation(enterprise_id=enterprise, team_id=team)
            if found is None or not found.bot_token:
                return None
            if len(self._grants) >= REMEMBERED:
                self._grants.clear()
            scopes = tuple(filter(None, found.bot_scopes or ()))
            grant = Grant(found.bot_token, found.bot_id or "", found.bot_user_id or "", scopes)
            self._grants[team, enterprise] = grant
        return self._grants[team, enterprise]

    async def forget(self, team: str, enterprise: str) -> None:
        self.renewed(team)
        await self._installations.async_delete_all(enterprise_id=enterprise, team_id=team)

    def renewed(self, team: str) -> None:
        """Installed again: the grant remembered is not the newest."""
        for known in [key for key in self._grants if key[0] == team]:
            self._clients.forget(self._grants.pop(known).token)


class Flow(AsyncOAuthFlow):
    """Bolt's, telling what is remembered of a workspace to look again."""

    def __init__(self, workspaces: ManyWorkspaces, **options: Any) -> None:
        super().__init__(**options)
        self._known = workspaces

    async def store_installation(self, request: Any, installation: Installation) -> None:
        await super().store_installation(request, installation)
        self._known.renewed(installation.team_id or "")


def make_flow(settings: Settings, clients: Clients, store: Store, workspaces: ManyWorkspaces) -> Flow:
    """Everything the SDK might look up in the environment by itself is given to it."""
    oauth = AsyncOAuthSettings(
        client_id=settings.slack_client_id,
        client_secret=settings.slack_client_secret,
        scopes=list(SCOPES),
        user_scopes=[],
        install_path="/slack/install",
        redirect_uri_path="/slack/oauth_redirect",
        install_page_rendering_enabled=False,
        authorization_url=authorization_url(settings.slack_api_url),
        installation_store=Installations(store),
        state_store=States(store),
        state_expiration_seconds=STATE_SECONDS,
        logger=sdk_logger(),
    )
    return Flow(workspaces, client=clients.client(), logger=sdk_logger(), settings=oauth)


def authorization_url(api_url: str) -> str:
    """On the same host as the API, as on GovSlack."""
    return f"{api_url.rstrip('/').removesuffix('/api')}/oauth/v2/authorize"
