"""Whether the process lives, whether it can work, and its figures."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request

    from adapters.web.guard import Guard
    from bot.adapter import Adapter, Services

PATIENCE = 5.0


class Health:
    def __init__(self, services: Services, guard: Guard) -> None:
        self._services = services
        self._guard = guard
        self.adapters: Sequence[Adapter] = ()

    async def alive(self, _request: Request) -> Response:
        """`/healthz`: 200 while the event loop turns."""
        return PlainTextResponse("ok\n")

    async def ready(self, _request: Request) -> Response:
        """`/readyz`: 200 when the database and every adapter that runs here work, else 503; the body says which."""
        checks: dict[str, Any] = {"database": await self._database()}
        checks |= {adapter.name: "ok" if adapter.ready() else "not connected" for adapter in self.adapters}
        ready = all(state == "ok" for state in checks.values())
        body = {"ready": ready, **checks, "knowledge": self._services.assistant.knowledge.version}
        return JSONResponse(body, 200 if ready else 503)

    async def metrics(self, request: Request) -> Response:
        """`/metrics`, in Prometheus' text form."""
        measured = self._services.metrics
        if measured is None:
            return PlainTextResponse("nothing is measured here\n", 404)
        if not self._guard.may_measure(request):
            return PlainTextResponse("WEB_TOKEN is set: send it as 'Authorization: Bearer ...'\n", 401)
        knowledge = self._services.assistant.knowledge
        text = await measured.text(self._services.store, self.adapters, knowledge)
        return Response(text, media_type="text/plain; version=0.0.4; charset=utf-8")

    async def _database(self) -> str:
        try:
            await asyncio.wait_for(self._services.store.ping(), PATIENCE)
        except (StoreError, TimeoutError):
            return "cannot be reached or written"
        return "ok"
