"""What `doctor` says about Slack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from adapters.slack import faults
from adapters.slack.clients import Clients
from adapters.slack.manifest import OPTIONAL, SCOPES
from adapters.slack.mode import mode, oddities
from bot.adapter import Finding

if TYPE_CHECKING:
    from bot.settings import Settings


async def findings(settings: Settings, *, online: bool) -> list[Finding]:
    """online: ask Slack whether the tokens work."""
    found = [Finding("Slack tokens", ok=False, how=odd) for odd in oddities(settings)]
    found += _ways(settings)
    if online and mode(settings).on:
        clients = Clients(settings.slack_api_url)
        try:
            found += await _tokens(clients, settings)
        finally:
            await clients.close()
    return found


def _ways(settings: Settings) -> list[Finding]:
    found = []
    if settings.slack_bot_token and settings.slack_client_id:
        how = "ignored, because SLACK_BOT_TOKEN is set: this is an install for one workspace. Remove the token for many"
        found.append(Finding("SLACK_CLIENT_ID", ok=True, how=how))
    if mode(settings).many and not settings.slack_signing_secret:
        how = "workspaces install over HTTP (/slack/install), which needs SLACK_SIGNING_SECRET"
        found.append(Finding("SLACK_SIGNING_SECRET", ok=False, how=how))
    if not settings.slack_api_url.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        found.append(Finding("SLACK_API_URL", ok=False, how="tokens would travel in the clear; use an https address"))
    return found


async def _tokens(clients: Clients, settings: Settings) -> list[Finding]:
    found = []
    if settings.slack_bot_token:
        found += await _bot_token(clients, settings.slack_bot_token)
    if settings.slack_app_token:
        found.append(await _app_token(clients, settings.slack_app_token))
    return found


async def _bot_token(clients: Clients, token: str) -> list[Finding]:
    try:
        answer = await clients.client(token).auth_test()
    except SlackApiError as error:
        return [
            Finding("SLACK_BOT_TOKEN", ok=False, how=f"Slack says {faults.code(error)}; copy it again (docs/slack.md)")
        ]
    except faults.NETWORK as error:
        return [Finding("SLACK_BOT_TOKEN", ok=False, how=f"Slack cannot be reached ({type(error).__name__})")]
    found = [Finding("SLACK_BOT_TOKEN", ok=True, how=f"works, in workspace {answer.get('team', '?')}")]
    if granted := clients.scopes(token):
        found.append(_scopes(granted))
    return found


def _scopes(granted: tuple[str, ...]) -> Finding:
    missing = [scope for scope in SCOPES if scope not in granted]
    if missing:
        return Finding(
            "Slack scopes", ok=False, how=f"missing: {', '.join(missing)}. Update the app's manifest and reinstall it"
        )
    return Finding("Slack scopes", ok=True, how=_follow_ups(granted) or "all granted")


def _follow_ups(granted: tuple[str, ...]) -> str:
    """What it means that optional scopes are not granted."""
    without = [scope for scope in OPTIONAL if scope not in granted]
    if len(without) == len(OPTIONAL):
        how = f"without {' and '.join(OPTIONAL)} follow-ups in threads need a mention"
        return f"{how}; the first answer in each thread says so"
    kinds = {"channels:history": "public", "groups:history": "private"}
    return " and ".join(f"without {scope} follow-ups in {kinds[scope]} channels need a mention" for scope in without)


async def _app_token(clients: Clients, token: str) -> Finding:
    try:
        await clients.client().apps_connections_open(app_token=token)
    except SlackApiError as error:
        return Finding("SLACK_APP_TOKEN", ok=False, how=f"Slack says {faults.code(error)}; it needs connections:write")
    except faults.NETWORK as error:
        return Finding("SLACK_APP_TOKEN", ok=False, how=f"Slack cannot be reached ({type(error).__name__})")
    return Finding("SLACK_APP_TOKEN", ok=True, how="works")
