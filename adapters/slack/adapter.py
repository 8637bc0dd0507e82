"""Slack and the core, put together: take a message, commit the turn, then deliver."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import structlog

from adapters.slack import incoming
from adapters.slack.clients import Clients
from adapters.slack.home import PROMPTS, Home
from adapters.slack.http import Endpoints
from adapters.slack.installations import ManyWorkspaces, make_flow
from adapters.slack.listeners import make_app
from adapters.slack.mode import mode
from adapters.slack.sender import Sender
from adapters.slack.sharing import Sharing
from adapters.slack.socket import Socket
from adapters.slack.status import Status
from adapters.slack.work import Rush, Work
from adapters.slack.workspaces import OneWorkspace, Workspaces
from bot.answers.compose import Composer
from bot.delivery import Deliverer
from bot.errors import DeliveryError, Forbidden, StoreError, TryAgain
from bot.messages import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slack_bolt.async_app import AsyncApp

    from adapters.slack.incoming import Origin, Payload
    from bot.adapter import Services
    from bot.messages import Place
    from bot.store.base import Delivery

FORWARDED = ":dm"  # ends the id of a message that goes on in the DM
GRACE = 8.0  # seconds for what is in flight; with the disconnect it stays below ten
_log = structlog.get_logger(__name__)


class SlackAdapter:
    name = incoming.NAME
    workspaces: Workspaces

    def __init__(self, services: Services) -> None:
        self._settings = services.settings
        self._assistant = services.assistant
        self._store = services.store
        self._mode = mode(services.settings)
        self._work = Work()
        self._rush = Rush()
        self._closed = asyncio.Event()
        self._closing = False
        self._endpoints = Endpoints(services.settings.slack_signing_secret)
        self._socket: Socket | None = None
        self._refused: dict[tuple[str, str], Forbidden] = {}
        self._home = Home(services.assistant, self.phrase)
        self._deliverer = Deliverer(
            self._store, self, give_up_after=services.settings.delivery_hours * 3600
        )  # fmt: skip

    # --- life

    async def run(self) -> None:
        clients = Clients(self._settings.slack_api_url)
        try:
            app = await self._connect(clients)
            self._deliverer.start()
            if self._mode.socket:
                self._socket = Socket(app, self._settings.slack_app_token, self._reconnected)
                await self._socket.run(self._closed)
            else:
                await self._closed.wait()
        finally:
            await clients.close()

    async def _connect(self, clients: Clients) -> AsyncApp:
        self._clients = clients
        flow = None
        if self._mode.many:
            self.workspaces = many = ManyWorkspaces(clients, self._store)
            flow = make_flow(self._settings, clients, self._store, many)
        else:
            self.workspaces = OneWorkspace(clients, self._settings.slack_bot_token)
        self._sender = Sender(clients, self.workspaces, self._store, self.phrase)
        self._sharing = Sharing(self.workspaces, self._sender, self._store, self.phrase)
        self._status = Status(self.workspaces, self.phrase)
        await self.workspaces.start()
        app = make_app(self, clients.client(), self._settings.slack_signing_secret)
        self._endpoints.serve(app, flow)
        return app

    def _reconnected(self) -> None:
        self._work.spawn(self._deliverer.resume(), "slack-resume")

    async def close(self) -> None:
        self._closing = True
        await self._work.finish(GRACE)
        await self._deliverer.close(grace=1.0)
        self._endpoints.stop()
        self._closed.set()

    def ready(self) -> bool:
        if self._closing or not self._endpoints.serving:
            return False
        return self._socket is None or self._socket.connected

    def routes(self) -> Sequence[Any]:
        return self._endpoints.routes() if self._mode.http else ()

    # --- in

    async def take(self, message: Message) -> None:
        """Commit the turn; returning is the leave to acknowledge. Delivery goes on by itself."""
        if self._closing:
            raise TryAgain("closing")
        reply = await self._rush.first(self._work.spawn(self._assistant.handle(message), "slack-turn"))
        _log.info("slack.turn", message=message.id, intent=reply.intent, silent=reply.silent)
        if not reply.silent:
            delivering = self._work.spawn(self._deliver(message), "slack-deliver")
            self._work.spawn(self._status.watch(message, delivering), "slack-status")

    async def _deliver(self, message: Message) -> None:
        await self._rush.over()
        await self._deliverer.deliver(message)

    # --- out

    async def send(self, delivery: Delivery) -> tuple[str, ...]:
        if delivery.reply.audience == "dm" and delivery.place.kind != "dm":
            return await self._send_and_forward(delivery)
        try:
            return await self._sharing.send(delivery)
        except Forbidden as error:
            self._sharing.give_up(delivery)
            if delivery.message.endswith(FORWARDED):
                self._refused[delivery.place.workspace, delivery.message] = error
            raise

    async def _send_and_forward(self, delivery: Delivery) -> tuple[str, ...]:
        """The wish goes on in the DM first: whether there is one decides what is said here."""
        place, reply = delivery.place, delivery.reply
        try:
            channel = await self._sender.dm(place.workspace, delivery.user)
        except Forbidden:
            await self._explain(delivery)
            return ()
        there = incoming.dm(place.workspace, delivery.user, channel)
        wish = Message(
            f"{delivery.message}{FORWARDED}", there, delivery.user, reply.forward_text, reply.forward, has_dm=True
        )  # fmt: skip
        await self._assistant.handle(wish)
        await self._deliverer.deliver(wish)
        if self._refused.pop((place.workspace, wish.id), None) is None:
            return await self._sender.show(delivery)
        await self._explain(delivery)
        return ()

    async def _explain(self, delivery: Delivery) -> None:
        """A closed DM is explained where the person is."""
        await self._sender.tell(delivery.place, delivery.user, self.phrase("slack-dm-closed"))

    # --- words

    def phrase(self, phrase_id: str, **values: object) -> str:
        return Composer(self._assistant.knowledge).phrase(phrase_id, **values)

    def sorry(self, error: Exception) -> str:
        if isinstance(error, StoreError | DeliveryError):
            return self.phrase("unavailable")
        return self.phrase("failed", reference="slack")

    def tell(self, body: Payload, phrase_id: str) -> None:
        self.say_by_url(body, self.phrase(phrase_id))

    def say_by_url(self, body: Payload, words: str) -> None:
        origin = incoming.Origin(str((body.get("team") or {}).get("id", "")))
        message = incoming.pressed({**body, "actions": body.get("actions") or [{}]}, "-", origin)
        if message is not None:
            self._work.spawn(self._say(message.place, message.user, words), "slack-say")

    def sorry_in_place(self, body: Payload, words: str) -> None:
        """Where the question was asked, if it was one for the bot."""
        origin = incoming.Origin(str(body.get("team_id", "")))
        message = incoming.spoken(body.get("event") or {}, origin)
        if message is not None and message.addressed:
            self._work.spawn(self._say(message.place, message.user, words), "slack-say")

    async def _say(self, place: Place, user: str, words: str) -> None:
        try:
            await self._sender.tell(place, user, words)
        except DeliveryError as error:
            _log.warning("slack.not_told", error=str(error))

    # --- beside the conversation

    def prompt(self, number: int) -> str:
        return self._home.prompt(number) if number in PROMPTS else ""

    def home_opened(self, origin: Origin, event: Payload) -> None:
        self._work.spawn(self._greet(origin.team, event), "slack-home")

    async def _greet(self, team: str, event: Payload) -> None:
        client = await self.workspaces.client(team)
        if event.get("tab") == "messages":
            await self._home.suggest(client, str(event.get("channel", "")))
        else:
            await self._home.publish(client, team, str(event.get("user", "")))

    def stopped(self, origin: Origin, event: Payload) -> None:
        self._work.spawn(self._stop(origin.team, event), "slack-stop")

    async def _stop(self, team: str, event: Payload) -> None:
        """What still waits to be sent there is not sent any more."""
        place = incoming.dm(team, str(event.get("user", "")))
        while waiting := await self._store.claim(self.name, conversation=place.key):
            for delivery in waiting:
                await self._store.failed(delivery, "stopped", retry_in=None)
        await self._status.show(team, str(event.get("channel", "")), str(event.get("thread_ts", "")), "")

    async def left(self, team: str, enterprise: str) -> None:
        """The workspace has taken the bot away: nothing of it is kept."""
        if isinstance(self.workspaces, ManyWorkspaces):
            await self.workspaces.forget(team, enterprise)
        gone = await self._store.forget_workspace(self.name, team)
        _log.info("slack.workspace_left", team=team, rows=gone)
