"""What comes in: one thing a person did, and where."""

from __future__ import annotations

from typing import Literal

import msgspec

PlaceKind = Literal["dm", "channel", "thread"]


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where something is said. `key` names the conversation; `address` is the adapter's own note for delivery.

    `address` holds what an adapter needs to send there after a restart (an interaction token and its expiry, the
    message to reply to). The core keeps it beside the reply and never reads it.
    """

    platform: str
    channel: str
    kind: PlaceKind = "dm"
    workspace: str = ""
    thread: str = ""
    address: dict[str, str] = {}

    @property
    def key(self) -> str:
        return f"{self.platform}/{self.workspace}/{self.channel}/{self.thread}"

    def __hash__(self) -> int:
        return hash(self.key)


class Message(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing a person did: wrote, pressed, or edited. Mentions of the bot are already taken off the text.

    id: unique per platform and workspace; the same id is the same delivery.
    addressed: the platform says it is for the bot (DM, mention, command, button, reply to the bot's own message).
    to_others: the text begins by naming another person.
    press: the value of the choice that was pressed; several values of a multi-select are joined by a newline.
    edits: the id of the earlier message of which this is the new wording.
    private: the person asked for an answer that only they see.
    has_dm: the adapter can reach the person in a conversation of their own; an interview begun in public moves there.
    """

    id: str
    place: Place
    user: str
    text: str = ""
    press: str = ""
    addressed: bool = True
    to_others: bool = False
    edits: str = ""
    private: bool = False
    has_dm: bool = False
