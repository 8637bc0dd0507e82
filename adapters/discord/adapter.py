"""Discord as the core sees it: connect, hand over what is said and pressed, send replies, stop gracefully."""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
import msgspec
import structlog
from discord.http import Route

from adapters.discord import address as addresses
from adapters.discord import commands, incoming
from adapters.discord.address import Address
from adapters.discord.api import Api
from adapters.discord.asks import Asks
from adapters.discord.catchup import CatchUp
from adapters.discord.client import Gateway
from adapters.discord.presses import Presses
from adapters.discord.render import note
from adapters.discord.sending import Sender
from bot.answers.compose import Composer
from bot.delivery import Deliverer
from bot.errors import DeliveryError, Forbidden, SettingsError, StoreError
from bot.messages import Message, Place
from bot.ratelimit import RateLimit
from bot.replies import Text
from bot.store.locks import KeyedLocks

if TYPE_CHECKING:
    from collections.abc import Coroutine, Sequence

    from bot.adapter import Services
    from bot.replies import Reply
    from bot.store.base import Delivery

HANDLE_SECONDS = 30.0
DRAIN_SECONDS = 5.0
TURNS = 8
FORWARDED = ":dm"
LONGEST_PAUSE = 60.0
_log = structlog.get_logger(__name__)


class DiscordAdapter:
    """limit: how much one person may ask. client_options: for discord.py's client; tests shorten its waits."""

    name = "discord"

    def __init__(self, services: Services, *, limit: RateLimit | None = None, **client_options: Any) -> None:
        settings = services.settings
        Route.BASE = settings.discord_api_url.rstrip("/")
        self.services = services
        self.store = services.store
        self.live: set[str] = set()
        self.down: set[int] = set()
        self.client = Gateway(self, content=settings.discord_message_content, **client_options)
        self.api = Api(self.client)
        self.sender = Sender(self.api, self.say, self.live)
        self.deliverer = Deliverer(self.store, self, give_up_after=settings.delivery_hours * 3600.0)
        self.presses = Presses(self)
        self.asks = Asks(self)
        self.catch_up = CatchUp(self)
        self._limit = limit or RateLimit()
        self._refused: set[str] = set()
        self._queues = KeyedLocks()
        self._turns = asyncio.Semaphore(TURNS)
        self._work: set[asyncio.Task[Any]] = set()
        self._closing = False
        self._connected = False
        self._command = ""
        commands.register(self.client.tree, self)

    # --- the core's contract

    async def run(self) -> None:
        try:
            await self._keep_connected()
        except discord.LoginFailure:
            raise SettingsError(
                "DISCORD_TOKEN was refused by Discord; copy it anew from the developer portal"
            ) from None
        except discord.PrivilegedIntentsRequired:
            raise SettingsError(
                "DISCORD_MESSAGE_CONTENT is on, but the application lacks the Message Content intent; "
                "switch it on in the developer portal under Bot, or unset the variable"
            ) from None
        except discord.ConnectionClosed as error:
            raise SettingsError(f"Discord closed the connection for good (code {error.code})") from None

    async def send(self, delivery: Delivery) -> tuple[str, ...]:
        if delivery.reply.audience == "dm" and delivery.place.kind != "dm":
            return await self._forward(delivery)
        try:
            return await self.sender.send(delivery)
        except Forbidden:
            if delivery.message.endswith(FORWARDED):
                self._refused.add(delivery.message)
            raise

    async def _forward(self, delivery: Delivery) -> tuple[str, ...]:
        """What goes on in the person's DM goes there first: whether it could decides what is said here."""
        if not await self._taken_on(delivery):
            told = (Text(self.say("discord-interview-closed")),)
            reply = msgspec.structs.replace(delivery.reply, parts=told, answered=False)
            delivery = msgspec.structs.replace(delivery, reply=reply)
        shown = await self.sender.send(delivery)
        self._refused.discard(delivery.message + FORWARDED)
        return shown

    async def _taken_on(self, delivery: Delivery) -> bool:
        """Said in the person's DM as by them, and answered there, if that is open. The conversation there knows it anyway."""
        try:
            channel = await self.api.open_dm(delivery.user)
        except Forbidden:
            return False
        place = addresses.at(addresses.dm(channel), Address(channel))
        reply = delivery.reply
        wish = Message(delivery.message + FORWARDED, place, delivery.user, reply.forward_text, reply.forward)
        await self.handle(wish)
        await self.deliverer.deliver(wish)
        return wish.id not in self._refused

    async def close(self) -> None:
        self._closing = True
        if self._work:
            await asyncio.wait(self._work, timeout=DRAIN_SECONDS)
        await self.deliverer.close(grace=2.0)
        for task in self._work:
            task.cancel()
        await asyncio.gather(*self._work, return_exceptions=True)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.client.close(), 2.0)

    def ready(self) -> bool:
        return self._connected and not self.down and not self._closing and not self.client.is_closed()

    def routes(self) -> Sequence[Any]:
        return ()

    # --- connecting

    async def _keep_connected(self) -> None:
        """Until `close`. What comes after the first connection discord.py mends itself."""
        pause = 1.0
        while not self._closing:
            try:
                await self.client.start(self.services.settings.discord_token)
                return
            except (OSError, aiohttp.ClientError, discord.DiscordServerError, discord.GatewayNotFound) as error:
                if self._closing:
                    return
                _log.warning("discord.unreachable", error=type(error).__name__, seconds=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)

    async def logged_in(self) -> None:
        """REST works from here on: what waits in the outbox may leave before the gateway is there."""
        self.deliverer.start()
        self._command = await commands.sync(self.client.tree)

    def connected(self, *, fresh: bool) -> None:
        """fresh: a new session, so what was said meanwhile was not replayed."""
        self._connected = True
        _log.info("discord.connected", fresh=fresh)
        if fresh:
            self._start(self.catch_up.run())

    # --- work

    async def owned(self, work: Coroutine[Any, Any, None]) -> None:
        """Run it as a task that `close` waits for; nothing new once that has begun."""
        if self._closing:
            work.close()
            return
        await asyncio.shield(self._start(work))

    def _start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(self._watched(work))
        self._work.add(task)
        task.add_done_callback(self._work.discard)
        return task

    async def _watched(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Exception:  # noqa: BLE001 - one event's failure is logged and concerns no other
            _log.exception("discord.work_failed")

    async def said(self, message: discord.Message, *, edited: str = "", known: Place | None = None) -> None:
        """Something written, new or in new words; in the order in which the person wrote it."""
        me = self.client.user
        said = incoming.read(message, me.id, known) if me else None
        if said is None:
            return
        async with self._queues.hold(said.queue):
            if said.role and not said.mentioned:
                await self._hint(said.channel, said.id, "discord-role")
            elif incoming.concerns(said):
                await self._answer(said, edited)

    async def _answer(self, said: incoming.Said, edited: str) -> None:
        try:
            message = await incoming.as_message(said, self.store, edited)
            if message is None or not await self.allowed(message, said.channel):
                return
            reply = await self.handle(message)
        except (StoreError, TimeoutError):
            await self._hint(said.channel, said.id, "unavailable")
            return
        await self.deliver(message, reply)

    async def allowed(self, message: Message, channel: str) -> bool:
        verdict = self.verdict(message) if message.addressed else "yes"
        if verdict == "tell":
            await self._hint(channel, message.id, "slow-down")
        return verdict == "yes"

    def verdict(self, message: Message) -> str:
        return self._limit.allow(message.user, time.monotonic())

    async def deliver(self, message: Message, reply: Reply) -> None:
        """Show what the turn has committed, and carry on in the person's DM where the core says so."""
        await self.deliverer.deliver(message)
        if reply.settles and not message.press:
            answered = await self.store.answer(addresses.PLATFORM, reply.settles)
            if answered is not None:
                await self.sender.settle(answered, reply.settled_as)

    async def handle(self, message: Message) -> Reply:
        """The turn. Not too many side by side: signs of life must not wait behind the thinking of a crowd."""
        async with asyncio.timeout(HANDLE_SECONDS), self._turns:
            return await self.services.assistant.handle(message)

    async def _hint(self, channel: str, about: str, phrase: str) -> None:
        """A sentence that is no turn of the conversation; one per message that caused it."""
        told = note(self.say(phrase))
        told.body.update(nonce=f"h{about}"[-25:], enforce_nonce=True)
        told.body["message_reference"] = {"message_id": about.partition(":")[0], "fail_if_not_exists": False}
        try:
            await self.api.post(channel, told)
        except DeliveryError as error:
            _log.warning("discord.not_told", phrase=phrase, reason=type(error).__name__)

    async def apologise(self, interaction: discord.Interaction[Any]) -> None:
        """Whatever went wrong with a command, the person is told, and nobody else."""
        self.live.add(str(interaction.id))
        await self.presses.tell(interaction, self.say("discord-stale"))

    def say(self, phrase: str, **values: object) -> str:
        """A phrase; the commands named in it can be clicked once Discord has said what their ids are."""
        said = Composer(self.services.assistant.knowledge).phrase(phrase, **values)
        return commands.clickable(said, self._command)
