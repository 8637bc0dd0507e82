"""The Discord adapter on a fake Discord, ready to be talked to."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import msgspec

from adapters.discord.adapter import DiscordAdapter
from bot.adapter import Services
from bot.assistant import Assistant
from bot.knowledge.knowledge import Knowledge
from bot.settings import Settings
from bot.store import MemoryStore, Store
from tests.support.discord_gateway import TOKEN
from tests.support.discord_people import Person, text
from tests.support.discord_world import Json
from tests.support.fake_discord import FakeDiscord


@functools.cache
def shipped() -> Knowledge:
    return Knowledge.load()


class Stage:
    """One bot, one fake Discord, one guild with one channel; the bot can be stopped and started over the same store."""

    def __init__(self, store: Store | None = None, knowledge: Knowledge | None = None, **settings: Any) -> None:
        self.fake = FakeDiscord()
        self.store: Store = store or MemoryStore(deliver=True)
        self.settings = Settings(discord_token=TOKEN, **settings)
        self.assistant = Assistant(knowledge or shipped(), self.store)
        self.guild = self.fake.guild()
        self.channel = self.fake.channel(self.guild)
        self.adapter: DiscordAdapter | None = None
        self._running: asyncio.Task[None] | None = None

    def person(self, name: str) -> Person:
        return Person(self.fake, name)

    async def start(self) -> None:
        settings = msgspec.structs.replace(self.settings, discord_api_url=self.fake.url)
        self.adapter = DiscordAdapter(Services(settings, self.assistant, self.store), guild_ready_timeout=0.05)
        self._running = asyncio.create_task(self.adapter.run())
        await self.fake.until(lambda: self._running.done() or self.adapter.ready(), polled=True)
        if self._running.done():
            self._running.result()

    async def stop(self) -> None:
        if self.adapter is not None and self._running is not None:
            await self.adapter.close()
            await self._running
            self.adapter = None

    async def restart(self) -> None:
        await self.stop()
        await self.start()

    async def answers(self, count: int = 1, channel: str = "") -> list[Json]:
        """The bot's messages there, once there are so many of them."""
        found: list[Json] = await self.fake.until(
            lambda: len(self.fake.posted(channel)) >= count and self.fake.posted(channel)
        )
        return found

    async def answer(self, channel: str = "", after: int = 0) -> str:
        return text((await self.answers(after + 1, channel))[after])

    async def settle(self) -> None:
        """Until the bot has seen all events and is done with them."""
        adapter = self.adapter
        assert adapter is not None
        await self.fake.heard()
        for _ in range(5):  # from the socket to the handler
            await asyncio.sleep(0)
        await self.fake.until(lambda: not adapter._work, polled=True)

    def dies_before_sending(self) -> None:
        """From now on turns are committed and nothing is sent, as if the process were killed there."""

        async def nothing(*_: object) -> None: ...

        assert self.adapter is not None
        self.adapter.deliver = nothing  # type: ignore[method-assign]


@asynccontextmanager
async def stage(store: Store | None = None, **settings: Any) -> AsyncIterator[Stage]:
    """Started and stopped; whatever was sent must have been within the limits, and nobody pinged."""
    made = Stage(store, **settings)
    await made.fake.start()
    try:
        await made.start()
        yield made
        assert not made.fake.problems, made.fake.problems
    finally:
        await made.stop()
        await made.fake.stop()


async def newest(on: Stage, channel: str, count: int) -> Json:
    """The message there with this number, once it is there."""
    return (await on.answers(count, channel))[count - 1]
