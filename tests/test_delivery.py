"""What is committed reaches the platform: in order, once, and in spite of it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
import structlog

from bot.delivery import MOST_SURPRISES, SEND_SECONDS, Deliverer
from bot.errors import Forbidden, Refused, StoreUnavailable, TryAgain
from bot.store import MemoryStore
from bot.store.base import LEASE
from bot.store.upkeep import keep_tidy
from tests.support.stores import Clock, ask, clock, message, no_blocking, store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.store import Delivery, Store

__all__ = ["clock", "no_blocking", "store"]  # fixtures


class Platform:
    """Takes what it is sent, after the troubles it was told to make. `gate` set: sending waits for it."""

    name = "test"

    def __init__(self, *troubles: Exception) -> None:
        self.troubles = list(troubles)
        self.shown: list[str] = []
        self.edited: list[tuple[str, ...]] = []
        self.gate: asyncio.Event | None = None
        self.begun = asyncio.Event()
        self.arrived = asyncio.Event()

    async def run(self) -> None:
        pass

    def ready(self) -> bool:
        return True

    def routes(self) -> list[Any]:
        return []

    async def send(self, delivery: Delivery) -> tuple[str, ...]:
        self.begun.set()
        if self.gate is not None:
            await self.gate.wait()
        if self.troubles:
            raise self.troubles.pop(0)
        self.shown.append(delivery.message)
        self.edited.append(delivery.earlier)
        self.arrived.set()
        return (f"p-{delivery.message}",)

    async def close(self) -> None:
        pass


class Flaky:
    """A store whose methods fail as often as told: `Flaky(store, sent=2)`."""

    def __init__(self, store: Store, **failures: int) -> None:
        self._store = store
        self._failures = failures

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._store, name)
        if name not in self._failures:
            return method

        async def perhaps(*args: Any, **kwargs: Any) -> Any:
            if self._failures[name] > 0:
                self._failures[name] -= 1
                raise StoreUnavailable("away")
            return await method(*args, **kwargs)

        return perhaps


@pytest.fixture
def events() -> Any:
    with structlog.testing.capture_logs() as logs:
        yield logs


@pytest.fixture
def memory(clock: Clock) -> MemoryStore:
    return MemoryStore(deliver=True, clock=clock)


def named(events: Sequence[Any], name: str) -> list[Any]:
    return [event for event in events if event["event"] == name]


async def test_after_a_turn_its_reply_is_sent_and_marked(store: Store, clock: Clock) -> None:
    platform = Platform()
    deliverer = Deliverer(store, platform, clock=clock)
    await ask(store, message(1))
    await deliverer.deliver(message(1))
    assert platform.shown == ["1"]
    assert await store.waiting() == (0, 0.0)
    found = await store.answer_at("test", "p-1")
    assert found is not None
    assert found.message == "1"


async def test_an_edited_question_edits_its_answer(store: Store, clock: Clock) -> None:
    platform = Platform()
    deliverer = Deliverer(store, platform, clock=clock)
    for asked in (message(1), message("edit", edits="1")):
        await ask(store, asked)
        await deliverer.deliver(asked)
    assert platform.edited == [(), ("p-1",)]


async def test_deliver_leaves_other_conversations_alone(store: Store, clock: Clock) -> None:
    platform = Platform()
    await ask(store, message(1))
    await ask(store, message(2, "c2"))
    await Deliverer(store, platform, clock=clock).deliver(message(2, "c2"))
    assert platform.shown == ["2"]


async def test_replies_of_a_conversation_arrive_in_order(store: Store, clock: Clock) -> None:
    platform = Platform()
    deliverer = Deliverer(store, platform, clock=clock)
    asked = [message(number, f"c{number % 3}") for number in range(12)]
    for one in asked:
        await ask(store, one)
    await asyncio.gather(*(deliverer.deliver(one) for one in reversed(asked)))
    for channel in range(3):
        here = [int(name) for name in platform.shown if int(name) % 3 == channel]
        assert here == sorted(here)
    assert len(platform.shown) == 12


async def test_a_reply_committed_while_another_is_sent_is_not_forgotten(store: Store, clock: Clock) -> None:
    platform = Platform()
    platform.gate = asyncio.Event()
    deliverer = Deliverer(store, platform, clock=clock)
    await ask(store, message(1))
    first = asyncio.create_task(deliverer.deliver(message(1)))
    await platform.begun.wait()
    await ask(store, message(2))
    await deliverer.deliver(message(2))  # somebody is at it
    platform.gate.set()
    await first
    assert platform.shown == ["1", "2"]


async def test_drain_sends_whatever_was_left(store: Store, clock: Clock) -> None:
    platform = Platform()
    for number in range(30):
        await ask(store, message(number, f"c{number % 7}"))
    assert await Deliverer(store, platform, clock=clock, at_once=3).drain() == 30
    assert sorted(platform.shown, key=int) == [str(number) for number in range(30)]


async def test_two_deliverers_send_nothing_twice(store: Store, clock: Clock) -> None:
    platform = Platform()
    for number in range(40):
        await ask(store, message(number, f"c{number % 7}"))
    await asyncio.gather(*(Deliverer(store, platform, clock=clock, at_once=3).drain() for _ in range(2)))
    assert sorted(platform.shown, key=int) == [str(number) for number in range(40)]


async def test_what_a_dead_process_had_claimed_is_taken_over(store: Store, clock: Clock) -> None:
    await ask(store, message(1))
    assert len(await store.claim("test")) == 1  # and dies
    platform = Platform()
    deliverer = Deliverer(store, platform, clock=clock)
    assert await deliverer.drain() == 0
    clock.forward(61)
    assert await deliverer.drain() == 1


async def test_a_passing_fault_is_tried_again_ever_more_slowly(
    memory: MemoryStore, clock: Clock, events: list[Any]
) -> None:
    platform = Platform(*(TryAgain("busy") for _ in range(3)))
    deliverer = Deliverer(memory, platform, clock=clock)
    await ask(memory, message(1))
    for pause in (1, 2, 4):
        await deliverer.drain()
        clock.forward(pause - 0.1)
        assert await deliverer.drain() == 0
        clock.forward(0.1)
    await deliverer.drain()
    assert platform.shown == ["1"]
    assert [event["seconds"] for event in named(events, "delivery.retry")] == [1, 2, 4]
    await deliverer.close()


async def test_the_platforms_own_pause_is_kept(memory: MemoryStore, clock: Clock) -> None:
    platform = Platform(TryAgain("rate limited", after=30))
    deliverer = Deliverer(memory, platform, clock=clock)
    await ask(memory, message(1))
    await deliverer.drain()
    clock.forward(29)
    assert await deliverer.drain() == 0
    clock.forward(1)
    assert await deliverer.drain() == 1
    await deliverer.close()


async def test_when_the_platform_is_back_nobody_waits_for_the_next_attempt(memory: MemoryStore, clock: Clock) -> None:
    platform = Platform(*[TryAgain("away")] * 9)
    deliverer = Deliverer(memory, platform, clock=clock)
    await ask(memory, message(1))
    await ask(memory, message(2))
    for _ in range(9):
        await deliverer.drain()
        clock.forward(256)
    clock.forward(-255)
    assert await deliverer.drain() == 0
    assert await deliverer.resume() == 2
    assert platform.shown == ["1", "2"]
    await deliverer.close()


async def test_after_a_start_nobody_waits_for_the_next_attempt(memory: MemoryStore, clock: Clock) -> None:
    platform = Platform(TryAgain("away", after=300))
    await ask(memory, message(1))
    await Deliverer(memory, platform, clock=clock).drain()
    deliverer = Deliverer(memory, platform, clock=clock)
    deliverer.start()
    await asyncio.wait_for(platform.arrived.wait(), 10)
    await deliverer.close()


async def test_a_waiting_retry_does_not_let_later_replies_pass(memory: MemoryStore, clock: Clock) -> None:
    platform = Platform(TryAgain("busy"))
    deliverer = Deliverer(memory, platform, clock=clock)
    await ask(memory, message(1))
    await ask(memory, message(2))
    await deliverer.drain()
    assert platform.shown == []
    clock.forward(1)
    await deliverer.drain()
    assert platform.shown == ["1", "2"]
    await deliverer.close()


@pytest.mark.parametrize("error", [Forbidden("archived"), Refused("malformed")])
async def test_what_can_never_be_sent_is_given_up_and_the_next_passes(
    store: Store, clock: Clock, events: list[Any], error: Exception
) -> None:
    platform = Platform(error)
    await ask(store, message(1))
    await ask(store, message(2))
    await Deliverer(store, platform, clock=clock).drain()
    assert platform.shown == ["2"]
    (event,) = named(events, "delivery.gave_up")
    assert event["message"] == "1"
    assert event["reason"] == type(error).__name__


async def test_an_unforeseen_error_is_tried_a_few_times_only(
    memory: MemoryStore, clock: Clock, events: list[Any]
) -> None:
    platform = Platform(*(KeyError("bug") for _ in range(100)))
    deliverer = Deliverer(memory, platform, clock=clock)
    await ask(memory, message(1))
    while (await memory.waiting())[0]:
        await deliverer.drain()
        clock.forward(300)
    assert len(named(events, "delivery.retry")) == MOST_SURPRISES - 1
    assert len(named(events, "delivery.gave_up")) == 1
    await deliverer.close()


async def test_a_platform_that_is_away_is_waited_for_until_it_is_too_late(
    memory: MemoryStore, clock: Clock, events: list[Any]
) -> None:
    platform = Platform(*(OSError("no route") for _ in range(10_000)))
    deliverer = Deliverer(memory, platform, clock=clock, give_up_after=7200)
    await ask(memory, message(1))
    began = clock()
    while (await memory.waiting())[0]:
        await deliverer.drain()
        clock.forward(300)
    assert clock() - began > 7200
    (event,) = named(events, "delivery.gave_up")
    assert event["reason"] == "too old"
    await deliverer.close()


async def test_sending_that_takes_longer_than_the_claim_is_cut_off(
    memory: MemoryStore, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.SEND_SECONDS", 0.01)
    platform = Platform()
    platform.gate = asyncio.Event()  # never opened
    deliverer = Deliverer(memory, platform, clock=clock)
    await ask(memory, message(1))
    await deliverer.drain()
    assert platform.shown == []
    assert (await memory.waiting())[0] == 1
    await deliverer.close()


def test_sending_is_cut_off_before_the_claim_ends() -> None:
    assert SEND_SECONDS < LEASE


async def test_a_database_that_is_away_after_the_turn_fails_nobody(memory: MemoryStore, clock: Clock) -> None:
    platform = Platform()
    deliverer = Deliverer(Flaky(memory, claim=1), platform, clock=clock)
    await ask(memory, message(1))
    await deliverer.deliver(message(1))
    assert platform.shown == []
    await deliverer.drain()
    assert platform.shown == ["1"]


async def test_what_was_sent_while_the_database_went_away_is_not_sent_again(memory: MemoryStore, clock: Clock) -> None:
    platform = Platform()
    deliverer = Deliverer(Flaky(memory, sent=3), platform, clock=clock)
    await ask(memory, message(1))
    for _ in range(5):
        await deliverer.drain()
        clock.forward(120)
    assert platform.shown == ["1"]
    assert (await memory.waiting())[0] == 0


async def test_the_watch_sends_what_is_left_at_start_and_later(memory: MemoryStore, clock: Clock) -> None:
    platform = Platform()
    await ask(memory, message(1))
    deliverer = Deliverer(memory, platform, clock=clock, every=0.001)
    deliverer.start()
    await platform.arrived.wait()
    platform.arrived.clear()
    await ask(memory, message(2))
    await platform.arrived.wait()
    await deliverer.close()
    assert platform.shown == ["1", "2"]


async def test_the_watch_outlives_a_failing_store(memory: MemoryStore, clock: Clock, events: list[Any]) -> None:
    platform = Platform()
    memory_claim = memory.claim
    calls = 0

    async def claim(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == 1:
            raise RuntimeError("a bug")
        return await memory_claim(*args, **kwargs)

    memory.claim = claim  # type: ignore[method-assign]
    await ask(memory, message(1))
    deliverer = Deliverer(memory, platform, clock=clock, every=0.001)
    deliverer.start()
    await platform.arrived.wait()
    await deliverer.close()
    assert len(named(events, "delivery.failed")) == 1


async def test_close_lets_what_is_being_sent_finish_and_starts_nothing_new(memory: MemoryStore, clock: Clock) -> None:
    platform = Platform()
    platform.gate = asyncio.Event()
    deliverer = Deliverer(memory, platform, clock=clock)
    await ask(memory, message(1))
    await ask(memory, message(2))
    sending = asyncio.create_task(deliverer.deliver(message(1)))
    await platform.begun.wait()
    closing = asyncio.create_task(deliverer.close())
    await asyncio.sleep(0)
    platform.gate.set()
    await asyncio.gather(closing, sending)
    assert platform.shown == ["1"]
    assert (await memory.waiting())[0] == 1
    await deliverer.deliver(message(2))
    assert platform.shown == ["1"]


async def test_close_waits_no_longer_than_its_grace(memory: MemoryStore, clock: Clock) -> None:
    platform = Platform()
    platform.gate = asyncio.Event()  # never opened
    deliverer = Deliverer(memory, platform, clock=clock)
    await ask(memory, message(1))
    sending = asyncio.create_task(deliverer.deliver(message(1)))
    await platform.begun.wait()
    await deliverer.close(grace=0)
    await asyncio.gather(sending, return_exceptions=True)
    assert (await memory.waiting())[0] == 1


async def test_sending_goes_on_when_who_asked_has_left(memory: MemoryStore, clock: Clock) -> None:
    platform = Platform()
    platform.gate = asyncio.Event()
    deliverer = Deliverer(memory, platform, clock=clock)
    await ask(memory, message(1))
    asking = asyncio.create_task(deliverer.deliver(message(1)))
    await platform.begun.wait()
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)
    platform.gate.set()
    await deliverer.close()
    assert platform.shown == ["1"]


async def test_no_words_and_no_tokens_are_logged(memory: MemoryStore, clock: Clock, events: list[Any]) -> None:
    platform = Platform(TryAgain("token xoxb-secret"), RuntimeError("django or flask?"), Forbidden("xoxb-secret"))
    deliverer = Deliverer(memory, platform, clock=clock)
    asked = message(1)
    await ask(memory, asked)
    for _ in range(3):
        await deliverer.drain()
        clock.forward(10)
    written = str(events)
    assert "secret" not in written
    assert asked.text not in written
    assert "answer 1" not in written
    await deliverer.close()


async def test_the_sweep_repeats_and_outlives_a_database_that_is_away(memory: MemoryStore) -> None:
    swept = asyncio.Event()
    calls = 0

    class Swept(Flaky):
        async def sweep(self) -> int:
            nonlocal calls
            calls += 1
            if calls == 1:
                raise StoreUnavailable("away")
            swept.set()
            return 0

    task = asyncio.create_task(keep_tidy(Swept(memory), every=0))
    await swept.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
