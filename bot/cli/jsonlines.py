"""Messages and replies as JSON lines: the contract with scripts."""

from __future__ import annotations

from typing import Any

import msgspec

from bot.addressee import mentions
from bot.errors import BotError
from bot.messages import Message, Place
from bot.replies import Reply


class Line(msgspec.Struct, frozen=True):
    """One input line; all but `text` or `press` may be left out."""

    id: str = ""
    user: str = "you"
    place: str = "dm"
    conversation: str = "main"
    text: str = ""
    press: str = ""
    addressed: bool = True
    edits: str = ""


class BadLine(BotError):
    pass


def message(line: str, number: int) -> Message:
    """The message of an input line: a JSON object, or plain text. Raises `BadLine`."""
    if line.lstrip().startswith("{"):
        try:
            fields = msgspec.json.decode(line.encode(), type=Line)
        except (msgspec.DecodeError, UnicodeError) as error:
            raise BadLine(f"line {number}: {error}; expected an object with 'text' or 'press'") from None
    else:
        fields = Line(text=line)
    if fields.place not in ("dm", "channel", "thread"):
        raise BadLine(f"line {number}: 'place' is '{fields.place}'; it must be dm, channel or thread")
    text, addressed, to_others = mentions(fields.text, addressed=fields.addressed)
    place = Place(platform="shell", channel=fields.conversation, kind=fields.place)  # type: ignore[arg-type]
    return Message(
        id=fields.id or f"line-{number}",
        place=place,
        user=fields.user,
        text=text,
        press=fields.press,
        addressed=addressed,
        to_others=to_others,
        edits=fields.edits,
    )


def reply_object(message_id: str, reply: Reply) -> dict[str, Any]:
    """The output object of a reply, every field of the contract."""
    return {
        "id": message_id,
        "intent": reply.intent,
        "frameworks": list(reply.frameworks),
        "topics": list(reply.topics),
        "answered": reply.answered,
        "text": reply.plain,
        "audience": reply.audience,
        "claims": list(reply.claims),
        "sources": [
            {"id": line.id, "title": line.title, "as_of": line.as_of, "url": line.url} for line in reply.sources
        ],
        "choices": [{"label": choice.label, "value": choice.value} for choice in reply.choices],
        "interview": reply.interview,
    }


def encode(message_id: str, reply: Reply) -> str:
    return msgspec.json.encode(reply_object(message_id, reply)).decode()


def error(number: int, text: str) -> str:
    """The output for a line that could not be read: the same fields, and `error`."""
    return msgspec.json.encode({**reply_object(f"line-{number}", Reply()), "error": text}).decode()
