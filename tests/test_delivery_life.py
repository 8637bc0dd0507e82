"""The deliverer from its start to its end, and while the database is away."""

from __future__ import annotations

import asyncio
from typing import Any

from bot.delivery import Deliverer
from bot.errors import StoreUnavailable
from bot.store import MemoryStore
from bot.store.upkeep import keep_tidy
from tests.support.delivery import Flaky, Platform, events, memory, named
from tests.support.stores import Clock, ask, clock, message, no_blocking

__all__ = ["clock", "events", "memory", "no_blocking"]  # fixtures


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
