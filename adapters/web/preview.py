"""What the platforms would be sent for a reply: the exact JSON, by their adapters' own pure layout."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.replies import Reply


def _slack(reply: Reply, phrase: Callable[..., str]) -> list[dict[str, Any]]:
    from adapters.slack.layout import Layout

    return [{"text": shown.text, "blocks": list(shown.blocks)} for shown in Layout(phrase).messages(reply)]


def _discord(reply: Reply, _phrase: Callable[..., str]) -> list[dict[str, Any]]:
    from adapters.discord.render import render

    return [message.body for message in render(reply)]


_PAYLOADS = {"slack": _slack, "discord": _discord}
PLATFORMS = tuple(_PAYLOADS)


def payload(platform: str, reply: Reply, phrase: Callable[..., str]) -> list[dict[str, Any]] | None:
    """One object per message; None when that adapter is not installed."""
    try:
        return _PAYLOADS[platform](reply, phrase)
    except ImportError:
        return None
