"""Stories played through the Slack adapter: people write and press in a fake Slack, and what they see there is read back."""

from __future__ import annotations

import asyncio
import copy
import functools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec

from adapters.slack.adapter import SlackAdapter
from bot.adapter import Services
from bot.assistant import Assistant
from bot.knowledge.knowledge import Knowledge
from bot.messages import Message
from bot.replies import Choice, Choices, Reply, Sources, Text
from bot.settings import Settings
from bot.store import MemoryStore, Store
from tests.support.fake_slack import APP_TOKEN, BOT_TOKEN, FakeSlack
from tests.support.slack_people import BOT, Sent
from tests.support.slack_words import Json, buttons, words

SHOWS = ("chat.postMessage", "chat.postEphemeral", "respond", "chat.update", "views.open")


class Listening(Assistant):
    """Keeps the last reply that is no duplicate."""

    said: Reply = Reply()

    async def handle(self, message: Message) -> Reply:
        self.said = await super().handle(message)
        return self.said


@functools.cache
def _ready(knowledge: Knowledge) -> Listening:
    """Made once: reading the knowledge's vocabulary takes longer than a story."""
    return Listening(knowledge, MemoryStore())


def listening(knowledge: Knowledge, store: Store) -> Listening:
    made = copy.copy(_ready(knowledge))
    made.store = store
    return made


class SlackStage:
    """told: the reply of the core behind what was last seen."""

    told: Reply = Reply()

    def __init__(self, fake: FakeSlack, knowledge: Knowledge) -> None:
        self._fake = fake
        self._knowledge = knowledge
        self._store = MemoryStore(deliver=True)
        self._stamps: dict[str, str] = {}
        self._presses: dict[str, Json] = {}
        self._last: Json = {}

    async def start(self) -> None:
        self._assistant = listening(self._knowledge, self._store)
        settings = Settings(slack_bot_token=BOT_TOKEN, slack_app_token=APP_TOKEN, slack_api_url=self._fake.api_url)
        before = self._fake.connections
        self._adapter = SlackAdapter(Services(settings, self._assistant, self._store))
        self._task = asyncio.create_task(self._adapter.run())
        await self._fake.until(lambda: self._fake.connections > before, "a connection")

    async def stop(self) -> None:
        await self._adapter.close()
        await self._task

    async def restart(self) -> None:
        await self.stop()
        await self.start()

    async def deliver(self, message: Message) -> Reply:
        """What the person sees, as a reply; empty when nothing was shown."""
        before = len(self._fake.calls)
        self._assistant.said = Reply()
        await self._fake.acked(await self._send(message))
        async with asyncio.timeout(30):
            while len(self._adapter._work):  # noqa: ASYNC110 - the end of its tasks tells nobody
                await asyncio.sleep(0.002)
        reply = self.told = self._assistant.said
        shown = [
            payload.get("view", payload)
            for name, payload in self._fake.calls[before:]
            if name in SHOWS and not _settles(name, payload, reply)
        ]
        if reply.silent:
            assert shown == []
            return reply
        return self._seen(reply, shown)

    async def _send(self, message: Message) -> Sent:
        direct = message.place.kind == "dm"
        channel = f"D{message.user}" if direct else "C1"
        if message.press:
            return await self._press(message, channel)
        ts = self._stamps.setdefault(message.edits or message.id, self._fake.now())
        more: Json = {"edited": {"ts": f"1700009{len(self._stamps):03}.000001"}} if message.edits else {}
        if message.edits and direct:
            now = {"type": "message", "user": message.user, "text": message.text, "ts": ts} | more
            event = {"subtype": "message_changed", "message": now, "previous_message": {"text": "-"}, "hidden": True}
            return await self._fake.say("", channel, message.user, **event)
        thread = "" if direct or (message.place.kind == "channel" and not message.addressed) else "1690000000.000001"
        text = message.text if direct or not message.addressed else f"<@{BOT}> {message.text}"
        return await self._fake.say(text, channel, message.user, thread, ts=ts, **more)

    async def _press(self, message: Message, channel: str) -> Sent:
        if message.id in self._presses:
            return await self._fake.deliver("interactive", self._presses[message.id])
        found = [(block, one) for block, one in buttons(self._last) if one.get("value") == message.press]
        block, element = found[0] if found else ({}, {"type": "button", "action_id": "fw:0", "value": message.press})
        shown = {"ts": self._fake.now(), **self._last, "channel": channel}
        self._presses[message.id] = self._fake.clicked(shown, block, element, message.user)
        return await self._fake.deliver("interactive", self._presses[message.id])

    def _seen(self, reply: Reply, shown: list[Json]) -> Reply:
        assert shown, f"nothing was shown of {reply.plain[:200]!r}"
        latest = max(self._fake.messages.values(), key=lambda kept: max(kept, default=""), default={})
        self._last = {**shown[-1], "ts": max(latest, default="")}
        choices = tuple(
            Choice(one["text"]["text"], str(one.get("value", "")))
            for payload in shown
            for _, one in buttons(payload)
            if one["type"] == "button" and one["action_id"].startswith("fw:")
        )
        rated = tuple(
            Choice(one["text"]["text"], one["value"])
            for payload in shown
            for _, one in buttons(payload)
            if one["type"] == "feedback_buttons"
        )
        several = [
            Choice(option["text"]["text"], option["value"])
            for payload in shown
            for block in payload.get("blocks", [])
            for element in block.get("elements", [])
            for option in element.get("options", [])
        ]
        text = "\n".join([words(payload) for payload in shown] + [file["content"] for file in self._fake.files])
        sources = tuple(part for part in reply.parts if isinstance(part, Sources))
        parts = (Text(text), *sources, Choices((*several, *choices)), Choices(rated, "feedback"))
        return msgspec.structs.replace(reply, parts=parts)


def _settles(name: str, payload: Json, reply: Reply) -> bool:
    return name == "chat.update" and not reply.replaces


@asynccontextmanager
async def stage(knowledge: Knowledge) -> AsyncIterator[SlackStage]:
    """What was sent must have been within the limits."""
    fake = await FakeSlack().start()
    made = SlackStage(fake, knowledge)
    await made.start()
    try:
        yield made
    finally:
        await made.stop()
        await fake.stop()
    assert fake.problems == []
