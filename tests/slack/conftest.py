"""A running adapter, a fake Slack, and people."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import msgspec
import pytest

from adapters.slack.adapter import SlackAdapter
from bot.adapter import Services
from bot.knowledge.knowledge import Knowledge
from bot.settings import Settings
from bot.store import MemoryStore
from bot.store.base import Store
from tests.support.fake_slack import APP_TOKEN, BOT_TOKEN, SECRET, FakeSlack
from tests.support.slack_door import Door, door_to
from tests.support.slack_stage import listening

SETTINGS = Settings(slack_bot_token=BOT_TOKEN, slack_app_token=APP_TOKEN)
Start = Callable[..., Awaitable["Running"]]


@pytest.fixture(autouse=True)
def _no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "SLACK_BOT_TOKEN",
        "SLACK_APP_TOKEN",
        "SLACK_SIGNING_SECRET",
        "SLACK_CLIENT_ID",
        "SLACK_CLIENT_SECRET",
    ):
        monkeypatch.delenv(name, raising=False)


class Running:
    """An adapter at work."""

    def __init__(self, adapter: SlackAdapter, store: Store) -> None:
        self.adapter = adapter
        self.store = store
        self.task = asyncio.create_task(adapter.run())

    async def close(self) -> None:
        await self.adapter.close()
        await asyncio.wait_for(self.task, 20)


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    fake = await FakeSlack().start()
    yield fake
    await fake.stop()
    assert fake.problems == []


@pytest.fixture
async def start(slack: FakeSlack, knowledge: Knowledge) -> AsyncIterator[Start]:
    """Starts an adapter over Socket Mode; what is still running at the end is closed."""
    running: list[Running] = []

    async def begin(store: Store | None = None, **settings: Any) -> Running:
        store = store or MemoryStore(deliver=True)
        configured = msgspec.structs.replace(SETTINGS, slack_api_url=slack.api_url, **settings)
        one = Running(SlackAdapter(Services(configured, listening(knowledge, store), store)), store)
        running.append(one)
        if configured.slack_app_token:
            before = slack.connections
            waiting = asyncio.create_task(slack.until(lambda: slack.connections > before, "a connection"))
            await asyncio.wait({one.task, waiting}, return_when=asyncio.FIRST_COMPLETED)
            waiting.cancel()
        return one

    yield begin
    for one in running:
        if not one.task.done():
            await one.close()


@pytest.fixture
async def bot(start: Start) -> Running:
    return await start()


@pytest.fixture
async def many(start: Start, slack: FakeSlack) -> AsyncIterator[tuple[Running, Door]]:
    """For workspaces that install it."""
    slack.tokens.clear()
    running = await start(
        slack_bot_token="",
        slack_app_token="",
        slack_signing_secret=SECRET,
        slack_client_id="1.2",
        slack_client_secret="s",
    )
    door = await door_to(running.adapter)
    yield running, door
    await door.client.aclose()
