"""Buttons, menus and forms. Every press gets a response: after its turn is committed, or at once where that takes long."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

import msgspec
import structlog

from adapters.discord import address as addresses
from adapters.discord import forms, ids, limits
from adapters.discord.address import TOKEN_SECONDS, Address
from adapters.discord.api import MESSAGE, NOTED, UPDATE
from adapters.discord.limits import Body
from adapters.discord.render import chosen, note, settled, without
from adapters.discord.sending import speaks_through
from bot.errors import DeliveryError, StoreError
from bot.interview import buttons as interview
from bot.messages import Message, Place

if TYPE_CHECKING:
    import discord

    from adapters.discord.adapter import DiscordAdapter
    from bot.replies import Reply
    from bot.store.base import Delivery

    Interaction = discord.Interaction[Any]

PATIENCE = 1.5  # seconds: Discord gives three
_log = structlog.get_logger(__name__)


class Presses:
    def __init__(self, adapter: DiscordAdapter) -> None:
        self._adapter = adapter
        self._claims: dict[int, asyncio.Event] = {}
        self._answering: set[tuple[str, str]] = set()

    # --- what discord.py hands over

    def claimed(self, interaction: int) -> None:
        self._claims.setdefault(interaction, asyncio.Event()).set()

    async def unclaimed(self, interaction: Interaction) -> None:
        """A control that no class wants, within the time in which one would have: it is from another age."""
        claim = self._claims.setdefault(interaction.id, asyncio.Event())
        try:
            await asyncio.wait_for(claim.wait(), PATIENCE)
        except TimeoutError:
            self._adapter.live.add(str(interaction.id))
            await self.tell(interaction, self._adapter.say("discord-stale"))
        finally:
            self._claims.pop(interaction.id, None)

    async def pressed(self, interaction: Interaction, kind: str, value: str) -> None:
        self._adapter.live.add(str(interaction.id))
        try:
            await self._dispatch(interaction, kind, value)
        except (StoreError, TimeoutError):
            await self.tell(interaction, self._adapter.say("unavailable"))
        except DeliveryError as error:
            _log.warning("discord.press_failed", reason=type(error).__name__)
        finally:
            self._adapter.live.discard(str(interaction.id))

    async def sent_off(self, interaction: Interaction) -> None:
        """A form: the reason chosen, or the press that led to it with the person's own words."""
        data: Any = interaction.data or {}
        match = ids.BUTTON.fullmatch(data.get("custom_id", ""))
        if match is None or match["kind"] != "m":
            self._adapter.live.add(str(interaction.id))
            await self.tell(interaction, self._adapter.say("discord-stale"))
            return
        reason, words = forms.read(data.get("components", []))
        await self.pressed(interaction, "m", f"{reason or match['value']}\n{words}")

    async def tell(self, interaction: Interaction, text: str) -> None:
        """Privately, whether or not something has been shown already."""
        told = note(text)
        told.body["flags"] |= limits.EPHEMERAL
        try:
            if str(interaction.id) in self._adapter.live:
                self._adapter.live.discard(str(interaction.id))
                await self._adapter.api.respond(str(interaction.id), interaction.token, MESSAGE, told)
            else:
                await self._adapter.api.follow_up(interaction.token, told)
        except DeliveryError as error:
            _log.warning("discord.not_told", reason=type(error).__name__)

    # --- one press

    async def _dispatch(self, interaction: Interaction, kind: str, value: str) -> None:
        answer = await self._answer_of(interaction)
        if kind in "qs" and interaction.guild_id and answer is not None and answer.user != str(interaction.user.id):
            await self.tell(interaction, self._adapter.say("discord-not-yours"))
        elif kind == "t":
            await self._open_thread(interaction, answer)
        elif value == interview.START and interaction.guild_id:
            await self._adapter.asks.interview(interaction, press=value)
        else:
            await self._turn(interaction, answer, kind, value)

    async def _answer_of(self, interaction: Interaction) -> Delivery | None:
        if interaction.message is None:
            return None
        return await self._adapter.store.answer_at(addresses.PLATFORM, str(interaction.message.id))

    async def _turn(self, interaction: Interaction, answer: Delivery | None, kind: str, value: str) -> None:
        message = self._message(interaction, answer, kind, value)
        mark = (str(interaction.message.id) if interaction.message else "", message.user)
        if kind in "qs" and mark in self._answering:
            await self._respond(interaction, NOTED)  # pressed twice: the first press is being answered
            return
        self._answering.add(mark)
        try:
            reply = await self._patiently(interaction, message)
            if reply.silent or not speaks_through(message.place, reply):
                await self._acknowledge(interaction, kind, value, reply.settled_as)
            await self._adapter.deliver(message, reply)
        finally:
            self._answering.discard(mark)

    async def _patiently(self, interaction: Interaction, message: Message) -> Reply:
        """The reply; a sign of life before Discord gives up waiting, which is no reason to stop if it comes too late."""
        turn = asyncio.create_task(self._adapter.handle(message))
        await asyncio.wait((turn,), timeout=PATIENCE)
        if not turn.done():
            try:
                await self._respond(interaction, NOTED)
            except DeliveryError as error:
                _log.warning("discord.no_sign_of_life", reason=type(error).__name__)
        return await turn

    async def _acknowledge(self, interaction: Interaction, kind: str, value: str, words: str) -> None:
        """The question that was answered loses its buttons and shows what was chosen; other messages stay as they are."""
        if kind not in "qs" or interaction.message is None:
            await self._respond(interaction, NOTED)
            return
        components = parts_of(interaction)
        data: Any = interaction.data or {}
        control = str(data.get("custom_id", ""))
        words = words or chosen(components, control, value.split("\n"))
        await self._respond(interaction, UPDATE, settled(interaction.message.content, components, words))

    async def _respond(self, interaction: Interaction, kind: int, body: Body | None = None) -> None:
        if str(interaction.id) in self._adapter.live:
            self._adapter.live.discard(str(interaction.id))
            await self._adapter.api.respond(str(interaction.id), interaction.token, kind, body)

    def _message(self, interaction: Interaction, answer: Delivery | None, kind: str, value: str) -> Message:
        where = address(interaction, mode="press", kind=kind, pressed=value)
        place = home(interaction)
        if answer is not None:
            place = answer.place
            where = msgspec.structs.replace(where, origin=addresses.of(answer.place).origin)
        press, _, words = value.partition("\n") if kind == "m" else (value, "", "")
        return Message(
            id=str(interaction.id),
            place=addresses.at(place, where),
            user=str(interaction.user.id),
            text=words,
            press=press,
            private=where.private,
            has_dm=bool(interaction.guild_id) and not where.guest,
        )

    # --- the adapter's own buttons

    async def _open_thread(self, interaction: Interaction, answer: Delivery | None) -> None:
        """Below the answer; what is said in there goes on with that conversation."""
        say, api = self._adapter.say, self._adapter.api
        name = answer.reply.headline if answer else say("discord-thread-name")
        message, channel = str(interaction.message.id if interaction.message else 0), str(interaction.channel_id)
        try:
            thread = await api.open_thread(
                channel, message, limits.cut(name, limits.THREAD_NAME) or say("discord-thread-name")
            )
        except DeliveryError:
            await self.tell(interaction, say("discord-no-thread"))
            return
        await self._respond(interaction, UPDATE, {"components": without(parts_of(interaction), "t")})
        await api.post(thread, note(say("discord-thread-opened")))


def parts_of(interaction: Interaction) -> list[Body]:
    """The components of the message that was pressed, as they would be sent."""
    message = interaction.message
    return [component.to_dict() for component in message.components] if message else []  # type: ignore[misc]


def home(interaction: Interaction) -> Place:
    """The conversation of whoever uses a command or presses something that no answer is known for."""
    channel, user = str(interaction.channel_id), str(interaction.user.id)
    if not interaction.guild_id:
        return addresses.dm(channel)
    thread = getattr(interaction.channel, "parent_id", None) is not None and hasattr(interaction.channel, "archived")
    guild = str(interaction.guild_id)
    return addresses.in_thread(guild, channel) if thread else addresses.in_channel(guild, channel, user)


def address(interaction: Interaction, **more: Any) -> Address:
    message = interaction.message
    ephemeral = bool(message and message.flags.ephemeral)
    return Address(
        to=str(interaction.channel_id),
        interaction=str(interaction.id),
        token=interaction.token,
        expires=time.time() + TOKEN_SECONDS,
        pressed_on=str(message.id) if message else "",
        card=bool(message and message.flags.components_v2),
        **{"private": ephemeral, "guest": is_guest(interaction), **more},
    )


def is_guest(interaction: Interaction) -> bool:
    """Whether the bot cannot post there by itself: it was brought along by a person who installed it."""
    if not interaction.guild_id:
        return not interaction.context.dm_channel
    allowed = interaction.app_permissions
    return not (interaction.is_guild_integration() and (allowed.send_messages or allowed.send_messages_in_threads))
