"""What is committed reaches the platform: in order, once, and in spite of it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from bot.delivery import MOST_SURPRISES, SEND_SECONDS, Deliverer
from bot.errors import Forbidden, Refused, TryAgain
from bot.store import MemoryStore
from bot.store.base import LEASE
from tests.support.delivery import Platform, events, memory, named
from tests.support.stores import Clock, ask, clock, message, no_blocking, store

if TYPE_CHECKING:
    from bot.store import Store

__all__ = ["clock", "events", "memory", "no_blocking", "store"]  # fixtures


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
