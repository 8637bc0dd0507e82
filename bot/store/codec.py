"""How conversations, places and replies are written into a column, and read again by later versions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import msgspec

from bot.conversation import VERSION, Conversation
from bot.messages import Place
from bot.replies import Reply

Upgrade = Callable[[dict[str, Any]], dict[str, Any]]

# version -> what makes its state readable as version + 1; fields that are merely added need none
UPGRADES: dict[int, Upgrade] = {}

_CONVERSATION = msgspec.json.Decoder(Conversation)
_PLACE = msgspec.json.Decoder(Place)
_REPLY = msgspec.json.Decoder(Reply)
_IDS = msgspec.json.Decoder(tuple[str, ...])


class Damaged(Exception):
    """A stored conversation that this version cannot read; the text says why."""


def dump(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def load_conversation(state: str, version: int, *, current: int = VERSION) -> Conversation:
    """Raises `Damaged` for state of a later version and for what is no conversation."""
    if version > current:
        raise Damaged(f"written by a later version ({version}; this one reads up to {current})")
    try:
        if version == current:
            return _CONVERSATION.decode(state)
        return msgspec.convert(_upgraded(state, version, current), Conversation)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Damaged(str(error)) from error


def _upgraded(state: str, version: int, current: int) -> dict[str, Any]:
    data = msgspec.json.decode(state, type=dict[str, Any])
    for step in range(version, current):
        if step in UPGRADES:
            data = UPGRADES[step](data)
    return {**data, "version": current}


def load_place(text: str) -> Place | None:
    """None for one that this version cannot read."""
    try:
        return _PLACE.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def load_reply(text: str) -> Reply | None:
    """The same for replies."""
    try:
        return _REPLY.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def load_ids(text: str) -> tuple[str, ...]:
    return _IDS.decode(text)


def subject(reply: Reply) -> str:
    """What an answer was about, without anybody's words: how negative feedback is grouped."""
    return " ".join((reply.intent, *reply.frameworks, *reply.topics))


def clean(text: str) -> str:
    """Without what no database column takes: NUL and half characters."""
    if text.isascii():
        return text.replace("\0", "")
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def milliseconds(seconds: float) -> int:
    return round(seconds * 1000)


def iso_day(day: int) -> str:
    """The date of a number of days since 1970."""
    return datetime.fromtimestamp(day * 86_400, UTC).date().isoformat()
