"""The Slack app's manifest: paste it at api.slack.com/apps, and everything is set up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from adapters.slack import limits
from bot.answers.compose import Composer
from bot.errors import SettingsError

if TYPE_CHECKING:
    from bot.knowledge.knowledge import Knowledge

SCOPES = (
    "app_mentions:read",  # mentions
    "assistant:write",  # suggested prompts
    "chat:write",  # answers, updates, status
    "commands",  # the slash command and the shortcuts
    "files:write",  # the decision record
    "im:history",  # direct messages
    "im:write",  # opening a direct message
)
OPTIONAL = ("channels:history", "groups:history")  # follow-ups in a thread without a mention
EVENTS = (
    "agent_session_stopped", "app_context_changed", "app_home_opened", "app_mention", "app_uninstalled",
    "message.channels", "message.groups", "message.im", "tokens_revoked",
)  # fmt: skip
COMMAND = "/framework"
START = "start_interview"
ASK = "ask_about_message"


def manifest(knowledge: Knowledge, http: str = "") -> dict[str, Any]:
    """http: the public address of the bot, for HTTP instead of Socket Mode. Raises `SettingsError` when it is none."""
    say = Composer(knowledge).phrase
    address = _address(http)
    return {
        "_metadata": {"major_version": 2},
        "display_information": {
            "name": say("slack-app-name"),
            "description": say("slack-app-description"),
            "long_description": say("slack-app-long-description"),
            "background_color": "#1a1d21",
        },
        "features": _features(knowledge, address),
        "oauth_config": {
            **({"redirect_urls": [f"{address}/slack/oauth_redirect"]} if address else {}),
            "scopes": {"bot": list(SCOPES), "bot_optional": list(OPTIONAL)},
            "pkce_enabled": False,
        },
        "settings": _settings(address),
    }


def _address(http: str) -> str:
    if not http:
        return ""
    parts = urlsplit(http)
    if parts.scheme != "https" or not parts.hostname or parts.query:
        raise SettingsError(
            f"--http is {http!r}; Slack needs the bot's public https address, such as https://bot.example.org"
        )
    return http.rstrip("/")


def _features(knowledge: Knowledge, address: str) -> dict[str, Any]:
    say = Composer(knowledge).phrase
    prompts = [say(f"adapter-try-{number}") for number in range(1, limits.PROMPTS + 1)]
    command = {
        "command": COMMAND,
        "description": say("slack-command"),
        "usage_hint": say("slack-command-hint"),
        "should_escape": True,
    }
    return {
        "agent_view": {
            "agent_description": say("slack-app-description"),
            "suggested_prompts": [{"title": prompt, "message": prompt} for prompt in prompts],
        },
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
        "bot_user": {"display_name": say("slack-bot-name"), "always_online": True},
        "slash_commands": [{**command, "url": f"{address}/slack/events"} if address else command],
        "shortcuts": [
            {
                "type": "global",
                "callback_id": START,
                "name": say("slack-start"),
                "description": say("slack-start-long"),
            },
            {"type": "message", "callback_id": ASK, "name": say("slack-ask"), "description": say("slack-ask-long")},
        ],
    }


def _settings(address: str) -> dict[str, Any]:
    url = {"request_url": f"{address}/slack/events"} if address else {}
    return {
        "event_subscriptions": {**url, "bot_events": list(EVENTS)},
        "interactivity": {"is_enabled": True, **url},
        "org_deploy_enabled": False,
        "socket_mode_enabled": not address,
        "token_rotation_enabled": False,
    }
