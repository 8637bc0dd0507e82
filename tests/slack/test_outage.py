"""Slack away for half a minute, all of it: what was asked before, meanwhile and after is answered once, in order."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store import Store, open_store
from tests.slack.conftest import Running, Start
from tests.support.fake_slack import FakeSlack
from tests.support.slack_people import BOT, Sent
from tests.support.stores import no_blocking

__all__ = ["no_blocking"]

AWAY = 30.0
SOON = 25.0  # seconds after which everybody must have been answered
QUESTIONS = (
    "django or flask for auth?", "does fastapi have an orm?", "what is a blueprint?", "how popular is django?",
    "compare flask and fastapi on testing", "show me a login page in flask", "django or fastapi for caching?",
)  # fmt: skip
PLACES = [("C1", f"1690000000.00000{number}") for number in range(6)] + [(f"D{number}", "") for number in range(1, 5)]


class Crowd:
    """In six threads and four direct messages somebody asks one question after the other."""

    def __init__(self, slack: FakeSlack) -> None:
        self._slack = slack
        self._questions = iter(QUESTIONS)
        self.asked: dict[tuple[str, str], list[Sent]] = {place: [] for place in PLACES}

    async def ask(self) -> list[Sent]:
        """The next question, everywhere."""
        question = next(self._questions)
        now = []
        for (channel, thread), before in self.asked.items():
            text, user = (f"<@{BOT}> {question}", "U9") if thread else (question, f"U{channel[1:]}")
            before.append(await self._slack.say(text, channel, user, thread))
            now.append(before[-1])
        return now

    def names(self, place: tuple[str, str]) -> list[str]:
        return [f"{place[0]}:{one.envelope['ts']}" for one in self.asked[place]]

    async def answered(self, place: tuple[str, str], store: Store) -> list[str]:
        """What the posts there answer, in their order; a post that the store knows nothing of has no name."""
        channel, thread = place
        posts = self._slack.posts(channel, thread or None)
        found = [await store.answer_at("slack", f"{channel}:{post['ts']}") for post in posts]
        return [delivery.message if delivery else "" for delivery in found]


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    made = open_store(f"sqlite:///{tmp_path / 'bot.db'}")
    await made.start()
    yield made
    await made.close()


async def acknowledged(slack: FakeSlack, asked: list[Sent]) -> None:
    for one in asked:
        await slack.acked(one)


async def committed(store: Store, number: int) -> None:
    async with asyncio.timeout(20):
        while (await store.waiting())[0] < number:  # noqa: ASYNC110 - a commit tells nobody
            await asyncio.sleep(0.05)


@pytest.mark.slow
async def test_half_a_minute_without_slack_loses_nothing(slack: FakeSlack, start: Start, store: Store) -> None:
    running = await start(store)
    crowd = Crowd(slack)
    await acknowledged(slack, await crowd.ask())
    await slack.until(lambda: sum(map(len, slack.messages.values())) >= len(PLACES), "the usual answers")

    slack.down, since = True, time.perf_counter()  # the Web API first: what comes in cannot be answered
    for _ in range(2):
        await acknowledged(slack, await crowd.ask())
    slack.deaf = True  # what is committed now Slack takes for lost
    await crowd.ask()
    await committed(store, 3 * len(PLACES))
    port = slack.port
    await slack.stop()  # then everything: connections are refused
    slack.deaf = False
    for _ in range(2):
        await crowd.ask()  # kept by Slack
    await asyncio.sleep(AWAY - (time.perf_counter() - since))
    assert not running.adapter.ready()
    assert sum(map(len, slack.messages.values())) == len(PLACES), "nothing can have been shown"
    assert (await store.waiting())[0] == 3 * len(PLACES)

    slack.down, back = False, time.perf_counter()
    await slack.start()
    assert slack.port == port
    await slack.connected()
    assert await slack.redeliver() == 3 * len(PLACES)
    await crowd.ask()
    await acknowledged(slack, [one for asked in crowd.asked.values() for one in asked])
    await settled(slack, running, store, len(PLACES) * len(QUESTIONS))
    assert time.perf_counter() - back < SOON
    for place in PLACES:
        assert await crowd.answered(place, store) == crowd.names(place)


async def settled(slack: FakeSlack, running: Running, store: Store, number: int) -> None:
    """As many answers as there are questions, and none that still waits or is on its way."""
    await slack.until(lambda: sum(map(len, slack.messages.values())) >= number, f"{number} answers", 120)
    async with asyncio.timeout(30):
        while (await store.waiting())[0] or len(running.adapter._work):  # noqa: ASYNC110 - nor does the last delivery
            await asyncio.sleep(0.05)
