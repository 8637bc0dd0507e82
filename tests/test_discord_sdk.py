"""Behaviour against another double of Discord than our own: discord.py's own objects, permissions and error codes."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import simcord

from adapters.discord.adapter import DiscordAdapter
from bot.adapter import Services
from bot.assistant import Assistant
from bot.settings import Settings
from bot.store import MemoryStore, Store
from tests.support.discord_stage import shipped


class World:
    """A bot in a guild with one channel and two people."""

    def __init__(self) -> None:
        self.store: Store = MemoryStore(deliver=True)
        self.adapter = self.bot()
        self.adapter.deliverer.start = lambda: None  # type: ignore[method-assign]  # it would wait for ever to see it end
        self.env = simcord.Env(self.adapter.client, shard_count=1)

    def bot(self) -> DiscordAdapter:
        return DiscordAdapter(Services(Settings(discord_token="t"), Assistant(shipped(), self.store), self.store))

    async def start(self) -> None:
        await self.env.start()
        guild = self.env.create_guild()
        self.channel = guild.create_text_channel("general")
        self.ann = guild.add_member(self.env.create_user("ann"))
        self.bob = guild.add_member(self.env.create_user("bob"))


@pytest.fixture
async def world() -> AsyncIterator[World]:
    made = World()
    await made.start()
    yield made
    await made.adapter.deliverer.close()
    await made.env.shutdown()


def answers(world: World) -> list[str]:
    own = world.adapter.client.user
    return [one.content for one in world.channel.history() if own is not None and one.author.id == own.id]


async def test_a_mention_and_its_buttons(world: World) -> None:
    await world.ann.send(world.channel, f"<@{world.adapter.client.user.id}> show me a login page in flask")
    assert "```python" in answers(world)[-1]
    await world.ann.click(world.channel.last_message, label="In Django")
    assert len(answers(world)) == 2
    assert "django" in answers(world)[-1].casefold()


async def test_everyone_is_nobody(world: World) -> None:
    await world.ann.send(world.channel, "@everyone django or flask?")
    assert answers(world) == []


async def test_a_command_in_private(world: World) -> None:
    shown = await world.ann.slash(world.channel, "framework ask", question="does flask have an orm?", private=True)
    assert "SQLAlchemy" in str(shown.response.content)
    assert answers(world) == [] or shown.response.ephemeral


async def test_completion(world: World) -> None:
    found = await world.ann.autocomplete(world.channel, "framework compare", "first", "dajngo")
    assert found[0]["name"] == "Django"


async def test_a_direct_message(world: World) -> None:
    await world.ann.user.send_dm("does flask have an orm?")
    sent = [one for one in world.env.http_requests if one.method == "POST" and one.path.endswith("/messages")]
    assert "SQLAlchemy" in sent[-1].json["content"]
