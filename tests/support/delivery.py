"""A platform and a store that make the troubles they are told to make."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
import structlog

from bot.errors import StoreUnavailable
from bot.store import MemoryStore
from tests.support.stores import Clock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.store import Delivery, Store


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
