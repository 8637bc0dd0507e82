"""Which way the settings connect: decided here, from what is configured, and never by a variable the SDK finds itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from bot.adapter import Connection

if TYPE_CHECKING:
    from bot.settings import Settings


class Mode(msgspec.Struct, frozen=True):
    """socket, http: how events come in (both may be on). many: workspaces install the app themselves (OAuth)."""

    socket: bool = False
    http: bool = False
    many: bool = False

    @property
    def on(self) -> bool:
        return self.socket or self.http


def mode(settings: Settings) -> Mode:
    """A bot token means one workspace, whatever else is set."""
    oauth = bool(settings.slack_client_id and settings.slack_client_secret)
    if not settings.slack_bot_token and not oauth:
        return Mode()
    many = oauth and not settings.slack_bot_token
    return Mode(socket=bool(settings.slack_app_token), http=bool(settings.slack_signing_secret), many=many)


def connection(settings: Settings) -> Connection:
    found = mode(settings)
    if odd := oddities(settings):
        return Connection("incomplete", odd[0])
    if found.on:
        return Connection("ready", _how(found))
    if settings.slack_bot_token:
        return Connection(
            "incomplete",
            "SLACK_BOT_TOKEN is set; also set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP)",
        )
    if settings.slack_client_id and settings.slack_client_secret:
        return Connection("incomplete", "for several workspaces also set SLACK_SIGNING_SECRET")
    if settings.slack_app_token or settings.slack_signing_secret or settings.slack_client_id:
        return Connection("incomplete", "SLACK_BOT_TOKEN is missing (xoxb-..., from OAuth & Permissions)")
    return Connection(
        "off", "set SLACK_BOT_TOKEN and SLACK_APP_TOKEN; `framework-bot manifest slack` makes the app (docs/slack.md)"
    )


def oddities(settings: Settings) -> list[str]:
    """Tokens that cannot be what they are set as."""
    expected = (
        ("SLACK_BOT_TOKEN", settings.slack_bot_token, "xoxb-"),
        ("SLACK_APP_TOKEN", settings.slack_app_token, "xapp-"),
    )
    found = [
        f"{name} does not begin with {prefix}; the two tokens may be swapped"
        for name, value, prefix in expected
        if value and not value.startswith(prefix)
    ]
    if bool(settings.slack_client_id) != bool(settings.slack_client_secret) and not settings.slack_bot_token:
        found.append("SLACK_CLIENT_ID and SLACK_CLIENT_SECRET go together; one of them is missing")
    return found


def _how(found: Mode) -> str:
    ways = [way for way, on in (("Socket Mode", found.socket), ("HTTP at /slack/events", found.http)) if on]
    where = "several workspaces, installed at /slack/install" if found.many else "one workspace"
    return f"{' and '.join(ways)}, {where}"
