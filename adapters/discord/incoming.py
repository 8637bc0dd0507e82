"""What was written, as the core's message: who, where, to whom, and whether it is for the bot."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import discord
import msgspec

from adapters.discord import address as addresses
from adapters.discord.address import Address
from bot.messages import Message, Place

if TYPE_CHECKING:
    from bot.store.base import Store

_SOMEBODY = re.compile(r"\s*<@[!&]?(\d+)>")
_ORDINARY = (discord.MessageType.default, discord.MessageType.reply)


class Said(msgspec.Struct, frozen=True):
    """A message somebody wrote. `said_to`: the bot's own message it replies to, or empty."""

    id: str
    author: str
    guild: str
    channel: str
    text: str
    said_to: str
    in_thread: bool
    mentioned: bool
    to_others: bool
    role: bool
    member: bool

    @property
    def queue(self) -> str:
        return f"{self.channel}/{self.author}"


def read(message: discord.Message, me: int, known: Place | None = None) -> Said | None:
    """None for what is nobody's question: bots, webhooks, system messages, and this bot itself.

    known: the place, for history of a channel that discord.py has no more than the id of.
    """
    if message.author.bot or message.webhook_id or message.type not in _ORDINARY:
        return None
    thread = isinstance(message.channel, discord.Thread)
    guild = str(message.guild.id) if message.guild else (known.workspace if known else "")
    reference = message.reference.message_id if message.reference else None
    first = _SOMEBODY.match(message.content)
    return Said(
        id=str(message.id),
        author=str(message.author.id),
        guild=guild,
        channel=str(message.channel.id),
        text=re.sub(rf"\s*<@!?{me}>\s*", " ", message.content).strip(),
        said_to=str(reference or ""),
        in_thread=thread or (known is not None and known.kind == "thread"),
        mentioned=any(user.id == me for user in message.mentions),
        to_others=first is not None and first[1] != str(me),
        role=_role_named(message),
        member=isinstance(message.channel, discord.Thread) and message.channel.me is not None,
    )


def _role_named(message: discord.Message) -> bool:
    """The bot's own role was mentioned, which is no mention of the bot: its text is hidden from it."""
    mine = message.guild.self_role if message.guild else None
    return mine is not None and mine in message.role_mentions


def concerns(said: Said) -> bool:
    """Whether it could be for the bot at all; the core has the last word."""
    if not said.guild or said.mentioned:
        return True
    return bool(said.text) and (bool(said.said_to) or (said.in_thread and said.member))


async def as_message(said: Said, store: Store, edited: str = "") -> Message | None:
    """The core's message. edited: when, for the new wording of an earlier one. None when it replies to somebody else."""
    place, joined = await _place(said, store)
    if said.said_to and not joined and not said.mentioned and said.guild and not said.in_thread:
        return None
    reply_to = said.id if said.guild else ""
    return Message(
        id=f"{said.id}:{edited}" if edited else said.id,
        place=addresses.at(place, Address(said.channel, reply_to=reply_to)),
        user=said.author,
        text=said.text,
        press="help" if said.mentioned and not said.text else "",
        has_dm=bool(said.guild),
        addressed=not said.guild or said.mentioned or joined,
        to_others=bool(said.guild) and (said.to_others or (bool(said.said_to) and not joined)) and not said.mentioned,
        edits=said.id if edited else "",
    )


async def _place(said: Said, store: Store) -> tuple[Place, bool]:
    """The conversation, and whether a reply has joined it: that of the answer replied to, or under which the thread
    was opened (it bears the answer's id); else that of the DM, the thread, or the person in the channel.
    """
    if not said.guild:
        return addresses.dm(said.channel), False
    for shown in filter(None, (said.said_to, said.channel if said.in_thread else "")):
        answer = await store.answer_at(addresses.PLATFORM, shown)
        if answer is not None and answer.place.workspace == said.guild:
            kind = "thread" if said.in_thread else answer.place.kind
            return msgspec.structs.replace(answer.place, kind=kind), shown == said.said_to
    if said.in_thread:
        return addresses.in_thread(said.guild, said.channel), False
    return addresses.in_channel(said.guild, said.channel, said.author), False
