"""What a workspace lets the bot read: which follow-ups in a thread reach it without a mention. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

HEADER = "x-oauth-scopes"
READING = {"C": ("channels:history", "groups:history"), "G": ("groups:history", "mpim:history")}
"""By the first letter of a channel's id, the scopes of which one is needed: the id alone does not tell which, and
a mention says no more. (An id with C is a public channel or a private one.)
"""


def listed(header: str) -> tuple[str, ...]:
    """Scopes as Slack lists them."""
    return tuple(scope for part in header.split(",") if (scope := part.strip()))


def needs_mention(channel: str, granted: Collection[str]) -> bool:
    """Whether a follow-up in a thread there reaches the bot only if it is mentioned. False where that is not known."""
    reading = READING.get(channel[:1])
    return bool(granted) and reading is not None and not any(scope in granted for scope in reading)
