"""Stories played through the Discord adapter: people write and press in a fake Discord, and what they see is read back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec

from adapters.discord.text import bare
from bot.knowledge.knowledge import Knowledge
from bot.messages import Message
from bot.replies import Choice, Choices, Reply, Sources, Table, Text, plain
from tests.support.discord_payloads import walk
from tests.support.discord_people import Person, text
from tests.support.discord_stage import Stage
from tests.support.discord_world import Json, Shown, thread


class DiscordStage:
    """One story. In a channel people reply to the bot's last message, as one does to go on.

    told: the reply of the core behind what was last seen.
    """

    told: Reply = Reply()

    def __init__(self, knowledge: Knowledge) -> None:
        self.on = Stage(knowledge=knowledge, discord_message_content=True)
        self._written: dict[str, Json] = {}
        self._pressed: set[str] = set()
        self._last: Json | None = None
        self._thread = ""
        self._form: Shown | None = None
        self._replies: list[Reply] = []
        handle = self.on.assistant.handle

        async def listened(message: Message) -> Reply:
            self._replies.append(await handle(message))
            return self._replies[-1]

        self.on.assistant.handle = listened  # type: ignore[method-assign]

    async def restart(self) -> None:
        await self.on.restart()

    async def deliver(self, message: Message) -> Reply:
        """What the person sees, as a reply; empty when nothing was shown."""
        self._replies.clear()
        before = {one["id"]: text(one) for one in self.on.fake.posted()}
        pressed = await self._do(message)
        await self.on.settle()
        fresh = [one for one in self._replies if one.intent != "duplicate"]  # history may be quicker than the gateway
        reply = self.told = [Reply(), *self._replies[-1:], *fresh][-1]
        if pressed is not None and pressed.modal:
            self._form = pressed
            return msgspec.structs.replace(reply, parts=asked(pressed.modal))
        shown = [one for one in self.on.fake.posted() if is_news(before.get(one["id"]), text(one))]
        assert bool(shown) == (not reply.silent), (reply.plain, [text(one) for one in shown])
        if reply.silent:
            return reply
        self._last = shown[-1]
        sources = tuple(part for part in reply.parts if isinstance(part, Sources))
        words = "\n".join(
            [
                *map(text, shown),
                *(plain(part) for part in reply.parts if isinstance(part, Table) and stands_in(part, shown)),
            ]
        )
        return msgspec.structs.replace(reply, parts=(Text(words), *visible(shown), *sources))

    async def _do(self, message: Message) -> Shown | None:
        person = self.on.person(message.user)
        place = await self._where(message)
        if message.press and message.id in self._pressed:
            await self.on.fake.replay(1)
            return None
        if message.press:
            self._pressed.add(message.id)
            return await self._press(person, message.press)
        if message.edits:
            await person.edit(self._written[message.edits], message.text)
        elif message.id in self._written:
            await self.on.fake.dispatch("MESSAGE_CREATE", self.on.fake.as_seen(self._written[message.id]))
        else:
            follows = self._last["id"] if self._last and message.place.kind == "channel" and message.addressed else ""
            said = await person.say(message.text, place, mention=message.addressed, reply_to=follows)
            self._written[message.id] = said
        return None

    async def _press(self, person: Person, value: str) -> Shown:
        """On the newest message that offers it; what none offers was on one that is long gone."""
        if (
            self._form
            and self._form.modal
            and value in [choice.value for choice in offered(self._form.modal["components"])]
        ):
            return await person.send_off(self._form, value)
        for shown in reversed(self.on.fake.posted()):
            for one in walk(shown["components"]):
                if (one.get("custom_id") or "").partition(":")[2] == value:
                    return await person.press_id(shown, one["custom_id"])
                if set(value.split("\n")) <= {option["value"] for option in one.get("options", [])}:
                    return await person.press_id(shown, one["custom_id"], 3, value.split("\n"))
        button = {"type": 2, "style": 2, "label": "old", "custom_id": f"f1n:{value}"}
        place = self._last["channel_id"] if self._last else person.dm
        bot = self.on.fake.me()
        gone = self.on.fake.store(place, bot, {"content": "old", "components": [{"type": 1, "components": [button]}]})
        del self.on.fake.messages[gone["id"]]
        return await person.press_id(gone, button["custom_id"])

    async def _where(self, message: Message) -> str:
        if message.place.kind == "dm":
            return ""
        if message.place.kind == "channel":
            return self.on.channel
        if not self._thread:
            self._thread = self.on.fake.snowflake()
            self.on.fake.channels[self._thread] = thread(self._thread, self.on.channel, self.on.guild, "story")
            await self.on.fake.dispatch("THREAD_CREATE", self.on.fake.channels[self._thread])
        return self._thread


def is_news(before: str | None, now: str) -> bool:
    """New or changed; an earlier question that is merely marked as answered is not."""
    return before is None or now.split("\n-# ✓")[0] != before.split("\n-# ✓")[0]


def stands_in(table: Table, shown: list[Json]) -> bool:
    """Whether all its cells can be read, wrapped or not; then stories may name its rows as they are written there."""
    words = squeezed("".join(map(text, shown)))
    return all(squeezed(bare(cell)) in words for row in (table.columns, *table.rows) for cell in row)


def squeezed(text: str) -> str:
    return "".join(text.split())


def asked(form: Json) -> tuple[Text | Choices, ...]:
    labels = [part["label"] for part in form["components"]]
    return Text("\n".join((form["title"], *labels))), Choices(tuple(offered(form["components"])), "question")


def offered(components: list[Json]) -> list[Choice]:
    found = [one.get("component", one) for one in components]
    return [Choice(option["label"], option["value"]) for one in found for option in one.get("options", [])]


def visible(shown: list[Json]) -> tuple[Choices, ...]:
    """Everything that can be pressed, but for the adapter's own."""
    components = list(walk([component for message in shown for component in message["components"]]))
    made = offered(components)
    rated = []
    for one in components:
        kind, _, value = (one.get("custom_id") or "").partition(":")
        if one["type"] == 2 and kind in ("f1n", "f1q"):
            made.append(Choice(one["label"], value))
        elif kind == "f1f":
            rated.append(Choice(one["label"], value))
    return Choices(tuple(made)), Choices(tuple(rated), "feedback")


@asynccontextmanager
async def stage(knowledge: Knowledge) -> AsyncIterator[DiscordStage]:
    """What was sent must have been within the limits."""
    made = DiscordStage(knowledge)
    await made.on.fake.start()
    try:
        await made.on.start()
        yield made
    finally:
        await made.on.stop()
        await made.on.fake.stop()
    assert made.on.fake.problems == []
