"""Discord on 127.0.0.1, for an unmodified client: gateway and REST, with faults, latency and a memory of every request.

Payloads that Discord would refuse are refused here (`support.discord_payloads`).
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Awaitable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSCloseCode, web

from tests.support.discord_gateway import TOKEN
from tests.support.discord_payloads import refusals
from tests.support.discord_rest import ROUTES, Refusal, Rest
from tests.support.discord_world import Json


@dataclass
class Request:
    method: str
    path: str
    body: Any
    files: dict[str, str]
    at: float


@dataclass
class Fault:
    """What happens to the next matching requests. `lost`: it is done, but its answer never arrives."""

    method: str
    path: str
    status: int = 500
    code: int = 0
    times: int = 1
    lost: bool = False
    headers: dict[str, str] = field(default_factory=dict)
    extra: Json = field(default_factory=dict)


class FakeDiscord(Rest):
    def __init__(self) -> None:
        super().__init__()
        self.latency = 0.0
        self.requests: list[Request] = []
        self.faults: list[Fault] = []
        self.problems: list[str] = []
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        app = web.Application(client_max_size=30 * 1024 * 1024)
        app.router.add_get("/gateway/", self._gateway)
        app.router.add_route("*", "/api/v10/{tail:.*}", self._rest)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        for socket in list(self._sockets):
            await socket.close(code=WSCloseCode.GOING_AWAY)
        if self._runner:
            await self._runner.cleanup()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}/api/v10"

    async def _rest(self, request: web.Request) -> web.Response:
        path = "/" + request.match_info["tail"]
        body, files = await _read(request)
        self.requests.append(Request(request.method, path, body, files, time.monotonic()))
        if self.latency:
            await asyncio.sleep(self.latency)
        fault = self._fault(request.method, path)
        try:
            if fault and not fault.lost:
                return _failed(fault)
            if (
                not path.startswith(("/webhooks", "/interactions"))
                and request.headers.get("Authorization") != f"Bot {TOKEN}"
            ):
                raise Refusal(401, 0, "401: Unauthorized")
            answer = await self._route(request, path, body, files)
            if fault:
                return _failed(fault)
            headers = {"X-RateLimit-Limit": "100", "X-RateLimit-Remaining": "99", "X-RateLimit-Reset-After": "0.1"}
            return _json(answer, headers=headers) if answer is not None else web.Response(status=204, headers=headers)
        except Refusal as refusal:
            return _json({"code": refusal.code, "message": refusal.message}, status=refusal.status)
        finally:
            await self._notify()

    def _fault(self, method: str, path: str) -> Fault | None:
        for fault in self.faults:
            if fault.times > 0 and fault.method in ("*", method) and re.search(fault.path, path):
                fault.times -= 1
                return fault
        return None

    async def _route(self, request: web.Request, path: str, body: Any, files: dict[str, str]) -> Any:
        for method, pattern, handler in ROUTES:
            match = re.fullmatch(pattern, path)
            if match and method == request.method:
                if body is not None:
                    found = refusals(method, path, body, bool(files))
                    self.problems += found
                    if found:
                        raise Refusal(400, 50035, "; ".join(found)[:500])
                result = handler(self, request, body, files, **match.groupdict())
                return await result if isinstance(result, Awaitable) else result
        raise Refusal(404, 0, f"no such route: {request.method} {path}")


async def _read(request: web.Request) -> tuple[Any, dict[str, str]]:
    if request.content_type != "multipart/form-data":
        text = await request.text()
        return (json.loads(text) if text else None), {}
    body, files = None, {}
    for name, value in (await request.post()).items():
        if name == "payload_json":
            body = json.loads(str(value))
        else:
            assert isinstance(value, web.FileField)
            files[value.filename] = value.file.read().decode()
    return body, files


def _json(answer: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """discord.py reads JSON under exactly this content type only."""
    headers = {**(headers or {}), "Content-Type": "application/json"}
    return web.Response(body=json.dumps(answer).encode(), status=status, headers=headers)


def _failed(fault: Fault) -> web.Response:
    headers = {"Via": "1.1 google", **fault.headers} if fault.status == 429 else fault.headers
    return _json({"code": fault.code, "message": "fault", **fault.extra}, status=fault.status, headers=headers)
