"""What Slack's errors mean for a reply: never, not here, or later."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.errors import DeliveryError, Forbidden, Refused, TryAgain

if TYPE_CHECKING:
    from collections.abc import Iterator

MALFORMED = frozenset(
    (
        "invalid_blocks", "invalid_blocks_format", "msg_too_long", "msg_blocks_too_long", "markdown_text_conflict",
        "no_text", "invalid_arguments", "invalid_attachments", "too_many_attachments", "slack_connect_blocked_file",
        "block_mismatch", "invalid_metadata_format", "attachment_payload_limit_exceeded",
    )
)  # fmt: skip
ELSEWHERE = frozenset(
    (
        "not_in_channel", "channel_not_found", "is_archived", "restricted_action", "user_not_in_channel",
        "restricted_action_read_only_channel", "restricted_action_thread_only_channel", "thread_not_found",
        "restricted_action_non_threadable_channel", "restricted_action_thread_locked", "method_not_supported_for_channel_type",
    )
)  # fmt: skip
GONE = frozenset(
    (
        "message_not_found",
        "cant_update_message",
        "edit_window_closed",
        "cant_broadcast_message",
        "message_not_updatable",
    )
)
PASSING = frozenset(
    (
        "ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable", "request_timeout",
        "accesslimited", "team_added_to_org", "message_limit_exceeded",
    )
)  # fmt: skip
REVOKED = frozenset(
    ("invalid_auth", "account_inactive", "token_revoked", "token_expired", "not_authed", "org_login_required")
)
NETWORK = (aiohttp.ClientError, SlackClientError, TimeoutError, OSError)
_OPERATOR = 60.0  # seconds between attempts while somebody has to put a token right


def code(error: SlackApiError) -> str:
    """Slack's name of the error."""
    try:
        return str(error.response["error"] or "")
    except (KeyError, TypeError):
        return ""


def status(error: SlackApiError) -> int:
    return int(getattr(error.response, "status_code", 0) or 0)


def delivery_error(error: SlackApiError) -> DeliveryError:
    name = code(error)
    if name in PASSING or status(error) == 429 or status(error) >= 500:
        return TryAgain(name or "server error", _retry_after(error))
    if name in REVOKED:
        return TryAgain(name, _OPERATOR)
    return Refused(name) if name in MALFORMED else Forbidden(name or "unknown")


def _retry_after(error: SlackApiError) -> float:
    headers = getattr(error.response, "headers", None) or {}
    value = headers.get("Retry-After") or headers.get("retry-after") or "0"
    try:
        return float(value[0] if isinstance(value, list) else value)
    except ValueError:
        return 0.0


@contextmanager
def translated() -> Iterator[None]:
    """Errors of SDK and network as the core's."""
    try:
        yield
    except SlackApiError as error:
        raise delivery_error(error) from error
    except NETWORK as error:
        raise TryAgain(type(error).__name__) from error
