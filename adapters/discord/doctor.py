"""Discord's lines of `doctor`: what the settings say, and, online, what Discord says to them."""

from __future__ import annotations

import base64
from typing import Any

import httpx

from bot.adapter import Finding
from bot.settings import Settings

PERMISSIONS = 309_237_746_688  # see channels, send (also in threads), attach files, read history, open public threads
_CONTENT_FLAGS = (1 << 18) | (1 << 19)
_TIMEOUT = 10.0


async def check(settings: Settings, *, online: bool) -> list[Finding]:
    findings = [_shape(settings.discord_token)]
    if online:
        findings += await _ask(settings)
    return findings


def _shape(token: str) -> Finding:
    """A bot token is three parts, the first of which is the bot's id in Base64."""
    first, *rest = token.split(".")
    try:
        looks_right = len(rest) == 2 and base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)).isdigit()
    except ValueError:
        looks_right = False
    how = (
        "" if looks_right else "it does not look like a bot token (three parts, two dots); the client secret is another"
    )
    return Finding("DISCORD_TOKEN", ok=looks_right, how=how)


async def _ask(settings: Settings) -> list[Finding]:
    headers = {"Authorization": f"Bot {settings.discord_token}"}
    base = settings.discord_api_url.rstrip("/")
    try:
        async with httpx.AsyncClient(headers=headers, timeout=_TIMEOUT) as http:
            application = await http.get(f"{base}/applications/@me")
            gateway = await http.get(f"{base}/gateway/bot")
    except httpx.HTTPError as error:
        return [Finding("Discord", ok=False, how=f"{base} cannot be reached ({type(error).__name__})")]
    if application.status_code == 401:
        return [Finding("Discord", ok=False, how="the token was refused; copy it anew from the developer portal")]
    if application.is_error or gateway.is_error:
        status = max(application.status_code, gateway.status_code)
        return [Finding("Discord", ok=False, how=f"{base} answered {status}")]
    return [*_application(application.json(), settings), _sessions(gateway.json())]


def _application(about: dict[str, Any], settings: Settings) -> list[Finding]:
    name, number = about.get("name", "?"), about.get("id", "?")
    invite = f"https://discord.com/oauth2/authorize?client_id={number}&scope=bot+applications.commands&permissions={PERMISSIONS}"
    findings = [Finding("Discord", ok=True, how=f"connected as {name}; invite it with {invite}")]
    if about.get("interactions_endpoint_url"):
        how = "an Interactions Endpoint URL is set in the developer portal, so commands never reach the bot; remove it"
        findings.append(Finding("Discord commands", ok=False, how=how))
    if settings.discord_message_content and not about.get("flags", 0) & _CONTENT_FLAGS:
        how = "DISCORD_MESSAGE_CONTENT is on, the intent is not; switch it on in the portal under Bot, or unset the variable"
        findings.append(Finding("Discord intents", ok=False, how=how))
    return findings


def _sessions(gateway: dict[str, Any]) -> Finding:
    left = gateway.get("session_start_limit", {}).get("remaining", 1)
    how = f"{gateway.get('shards', 1)} shard(s), {left} connections left today"
    return Finding("Discord gateway", ok=left > 0, how=how)
