"""How a reply gets back: the note kept beside it in the outbox, enough to finish the answer after a restart."""

from __future__ import annotations

from typing import Literal

import msgspec

from bot.messages import Place

PLATFORM = "discord"
TOKEN_SECONDS = 14 * 60.0  # an interaction's token lives fifteen minutes

Mode = Literal["post", "original", "press", "dm"]


class Address(msgspec.Struct, frozen=True, omit_defaults=True):
    """mode: `post` in channel `to`; `original` fills in what a command shows as thinking; `press` answers a control;
    `dm` posts in `to` and tells so in the command's own, private place, where it goes on if direct messages are closed.

    reply_to: the message to answer. interaction, token, expires: what the interaction may still be used for.
    private: only the person sees it. guest: the bot is not a member here and can speak through the interaction only.
    kind, pressed, pressed_on: of the control pressed, its value (see `ids`), and the message that bears it.
    card: whether that is one. origin: the channel an interview was started from.
    """

    to: str
    mode: Mode = "post"
    reply_to: str = ""
    interaction: str = ""
    token: str = ""
    expires: float = 0.0
    private: bool = False
    guest: bool = False
    kind: str = ""
    pressed: str = ""
    pressed_on: str = ""
    card: bool = False
    origin: str = ""

    def note(self) -> dict[str, str]:
        return {name: str(value) for name, value in msgspec.to_builtins(self).items()}


def of(place: Place) -> Address:
    """The address of a place; a place without one (another version wrote it) is its own channel."""
    try:
        return msgspec.convert(place.address, Address, strict=False)
    except msgspec.ValidationError:
        return Address(place.channel)


def at(place: Place, address: Address) -> Place:
    return msgspec.structs.replace(place, address=address.note())


def dm(channel: str) -> Place:
    return Place(PLATFORM, channel)


def in_channel(guild: str, channel: str, user: str) -> Place:
    """In a channel everybody has a conversation of their own; who replies to an answer joins that one."""
    return Place(PLATFORM, channel, "channel", guild, user)


def in_thread(guild: str, thread: str) -> Place:
    return Place(PLATFORM, thread, "thread", guild)
