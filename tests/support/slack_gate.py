"""A store whose turns wait."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.errors import StoreUnavailable
from bot.store import MemoryStore

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.messages import Message
    from bot.store import Turn


class Gate(MemoryStore):
    """Turns wait at the gate, or find no database."""

    def __init__(self) -> None:
        super().__init__(deliver=True)
        self.open = asyncio.Event()
        self.asked = asyncio.Event()
        self.away = False

    @asynccontextmanager
    async def turn(self, message: Message) -> AsyncIterator[Turn]:
        self.asked.set()
        if self.away:
            raise StoreUnavailable("away")
        await self.open.wait()
        async with super().turn(message) as turn:
            yield turn
