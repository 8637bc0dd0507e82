"""The gateway of the fake Discord: events to the bot, connections that break and are resumed."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections import deque
from typing import Any

from aiohttp import WSMsgType, web

from tests.support.discord_world import APPLICATION, BOT, Json, World

TOKEN = "OTAwMQ.fake.token"


class Gateway(World):
    def __init__(self) -> None:
        super().__init__()
        self.identified = asyncio.Event()
        self.identifies, self.resumes = 0, 0
        self.heartbeats = 0
        self.refuse_resume = False
        self._sockets: set[web.WebSocketResponse] = set()
        self._events: deque[Json] = deque(maxlen=10_000)
        self._sequence = itertools.count(1)
        self._port = 0

    async def dispatch(self, name: str, data: Json) -> None:
        event = {"op": 0, "t": name, "s": next(self._sequence), "d": data}
        self._events.append(event)
        for socket in list(self._sockets):
            if not socket.closed:
                await socket.send_json(event)

    async def order(self, op: int, data: Any = None) -> None:
        """Op 7 (reconnect) or 9 (invalid session) to everyone connected."""
        for socket in list(self._sockets):
            await socket.send_json({"op": op, "d": data})

    async def heard(self) -> None:
        """Until the client has read all that was sent: it answers a request for a heartbeat in its turn."""
        before = self.heartbeats
        await self.order(1)
        await self.until(lambda: self.heartbeats > before)

    async def drop(self) -> None:
        """The connection breaks without a goodbye."""
        for socket in list(self._sockets):
            if socket._writer is not None and socket._writer.transport is not None:  # noqa: SLF001
                socket._writer.transport.abort()  # noqa: SLF001

    async def _gateway(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": 30_000}})
        try:
            async for frame in socket:
                if frame.type == WSMsgType.TEXT:
                    await self._from_client(socket, json.loads(frame.data))
        finally:
            self._sockets.discard(socket)
        return socket

    async def _from_client(self, socket: web.WebSocketResponse, event: Json) -> None:
        match event["op"]:
            case 1:
                self.heartbeats += 1
                await socket.send_json({"op": 11})
            case 2:
                await self._identify(socket, event["d"])
            case 6:
                await self._resume(socket, event["d"])
        await self._notify()

    async def _identify(self, socket: web.WebSocketResponse, data: Json) -> None:
        if data["token"] != TOKEN:
            await socket.close(code=4004)
            return
        self.identifies += 1
        self.intents = data["intents"]
        ready = {
            "v": 10,
            "user": self.users[BOT],
            "session_id": f"s{self.identifies}",
            "shard": data.get("shard", [0, 1]),
            "application": {"id": APPLICATION, "flags": 0},
            "resume_gateway_url": f"ws://127.0.0.1:{self._port}/gateway/",
            "guilds": [{"id": number, "unavailable": True} for number in self.guilds],
        }
        await socket.send_json({"op": 0, "t": "READY", "s": next(self._sequence), "d": ready})
        for guild in self.guilds.values():
            await socket.send_json({"op": 0, "t": "GUILD_CREATE", "s": next(self._sequence), "d": guild})
        self._sockets.add(socket)
        self.identified.set()

    async def _resume(self, socket: web.WebSocketResponse, data: Json) -> None:
        if self.refuse_resume:
            await socket.send_json({"op": 9, "d": False})
            return
        self.resumes += 1
        for event in [event for event in self._events if event["s"] > data["seq"]]:
            await socket.send_json(event)
        await socket.send_json({"op": 0, "t": "RESUMED", "s": next(self._sequence), "d": {}})
        self._sockets.add(socket)

    async def replay(self, count: int) -> None:
        """The last events once more, as a resumed session may."""
        for event in list(self._events)[-count:]:
            for socket in list(self._sockets):
                await socket.send_json(event)
