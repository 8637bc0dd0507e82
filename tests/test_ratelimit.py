"""How much one person may ask."""

from __future__ import annotations

import pytest

from bot.assistant import Assistant
from bot.knowledge.knowledge import Knowledge
from bot.messages import Message, Place
from bot.ratelimit import RateLimit
from bot.replies import Reply
from bot.store import MemoryStore


def test_a_burst_is_allowed_then_told_once_then_silent() -> None:
    limit = RateLimit(burst=3, per_minute=60)
    assert [limit.allow("ann", 0.0) for _ in range(6)] == ["yes", "yes", "yes", "tell", "silent", "silent"]


def test_tokens_come_back_and_the_person_is_told_anew() -> None:
    limit = RateLimit(burst=1, per_minute=60)
    said = [limit.allow("ann", now) for now in (0.0, 0.1, 0.2, 1.2, 1.3, 1.4)]
    assert said == ["yes", "tell", "silent", "yes", "tell", "silent"]


def test_no_more_than_a_burst_is_saved_up() -> None:
    limit = RateLimit(burst=2, per_minute=60)
    limit.allow("ann", 0.0)
    assert [limit.allow("ann", 1e6) for _ in range(3)] == ["yes", "yes", "tell"]


def test_each_person_has_their_own() -> None:
    limit = RateLimit(burst=1, per_minute=1)
    assert [limit.allow(user, 0.0) for user in ("ann", "bob", "ann")] == ["yes", "yes", "tell"]


@pytest.mark.parametrize("settings", [{"burst": 0}, {"per_minute": 0}])
def test_the_limit_can_be_switched_off(settings: dict[str, int]) -> None:
    limit = RateLimit(**settings)
    assert {limit.allow("ann", 0.0) for _ in range(1000)} == {"yes"}


def test_a_clock_that_goes_back_takes_nothing_away() -> None:
    limit = RateLimit(burst=2, per_minute=60)
    assert [limit.allow("ann", now) for now in (100.0, 0.0)] == ["yes", "yes"]


def test_people_long_gone_are_forgotten() -> None:
    limit = RateLimit(burst=1, per_minute=1)
    for number in range(10_001):
        limit.allow(f"u{number}", 0.0)
    assert len(limit._buckets) == 10_000
    assert limit.allow("u10000", 0.0) == "tell"


async def test_the_assistant_says_so_once_and_goes_on_after_a_while(
    knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 0.0
    monkeypatch.setattr("bot.assistant.time.monotonic", lambda: now)
    assistant = Assistant(knowledge, MemoryStore(), RateLimit(burst=2, per_minute=60))

    async def ask(number: int, user: str = "ann") -> Reply:
        place = Place(platform="test", channel=user)
        return await assistant.handle(Message(id=str(number), place=place, user=user, text="does flask have an orm?"))

    assert [(await ask(number)).intent for number in range(5)] == ["fact", "fact", "control", "silent", "silent"]
    assert (await ask(2)).intent == "duplicate"
    assert (await ask(9, "bob")).intent == "fact"
    now = 1.0
    assert (await ask(6)).intent == "fact"
    assert "a minute" in (await ask(7)).plain
