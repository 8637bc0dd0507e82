"""What the server tells open pages by itself: that it is there, and what became of the knowledge as it was saved."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import msgspec
from starlette.responses import StreamingResponse

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.responses import Response

    from bot.reload import Reload, State

HEARTBEAT = 15.0
MOST_LINES = 50


class Live:
    """One stream of server-sent events per open page. `close` ends them all, so that the server can stop."""

    def __init__(self, reload: Reload | None, version: str) -> None:
        self._reload = reload
        self._version = version
        self._closing = asyncio.Event()

    def close(self) -> None:
        self._closing.set()

    async def stream(self, _request: Request) -> Response:
        """`GET /api/events`."""
        return StreamingResponse(self._events(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    async def _events(self) -> AsyncIterator[str]:
        if self._reload is None:
            yield _event({"number": 0, "version": self._version, "problems": [], "warnings": []})
        seen = -1
        closing = asyncio.create_task(self._closing.wait())
        try:
            while not self._closing.is_set():
                state = await self._next(seen, closing)
                if state is not None:
                    seen = state.number
                    yield _event(_shown(state))
                elif not self._closing.is_set():
                    yield ": still here\n\n"
        finally:
            closing.cancel()

    async def _next(self, seen: int, closing: asyncio.Task[Any]) -> State | None:
        """The next state, or None after a while without one, or when it is time to end."""
        if self._reload is None:
            await asyncio.wait([closing], timeout=HEARTBEAT)
            return None
        changed = asyncio.create_task(self._reload.next(seen))
        try:
            await asyncio.wait([changed, closing], timeout=HEARTBEAT, return_when=asyncio.FIRST_COMPLETED)
            return changed.result() if changed.done() else None
        finally:
            changed.cancel()  # also when the page has gone


def _shown(state: State) -> dict[str, Any]:
    return {
        "number": state.number,
        "version": state.version,
        "problems": state.problems[:MOST_LINES],
        "warnings": state.warnings[:MOST_LINES],
    }


def _event(data: dict[str, Any]) -> str:
    return f"event: knowledge\ndata: {msgspec.json.encode(data).decode()}\n\n"
