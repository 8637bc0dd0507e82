"""Discord on 127.0.0.1, for an unmodified client: gateway and REST, with faults, latency and a memory of every request.

Payloads that Discord would refuse are refused here (`support.discord_payloads`).
"""

from __future__ import annotations

import asyncio
import itertools
import json
import re
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

from tests.support.discord_payloads import refusals

EPOCH = 1_420_070_400_000
BOT, APPLICATION = "9001", "9001"
TOKEN = "OTAwMQ.fake.token"
EPHEMERAL = 64
ALL_PERMISSIONS = str((1 << 50) - 1)
Json = dict[str, Any]


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


@dataclass
class Shown:
    """An interaction as Discord remembers it."""

    token: str
    channel: str
    user: str
    message: Json | None
    made: float = field(default_factory=time.monotonic)
    response: int = 0
    answered: float = 0.0
    original: str = ""
    hidden: bool = False
    modal: Json | None = None
    choices: list[Json] | None = None
    expired: bool = False


class Refusal(Exception):
    def __init__(self, status: int, code: int, message: str = "refused") -> None:
        self.status, self.code, self.message = status, code, message


class FakeDiscord:
    def __init__(self) -> None:
        self.latency = 0.0
        self.requests: list[Request] = []
        self.faults: list[Fault] = []
        self.channels: dict[str, Json] = {}
        self.messages: dict[str, Json] = {}
        self.interactions: dict[str, Shown] = {}
        self.users: dict[str, Json] = {
            BOT: {"id": BOT, "username": "frameworks", "discriminator": "0", "avatar": None, "bot": True}
        }
        self.closed_dms: set[str] = set()
        self.commands: list[Json] = []
        self.guilds: dict[str, Json] = {}
        self.identified = asyncio.Event()
        self.identifies, self.resumes = 0, 0
        self.intents = self.heartbeats = 0
        self.problems: list[str] = []
        self._nonces: dict[tuple[str, str], str] = {}
        self._sockets: set[web.WebSocketResponse] = set()
        self._events: deque[Json] = deque(maxlen=10_000)
        self._sequence = itertools.count(1)
        self._counter = itertools.count(1)
        self._changed = asyncio.Condition()
        self._runner: web.AppRunner | None = None
        self._port = 0
        self.refuse_resume = False
        self.invalid_on_resume: bool | None = None

    # --- life

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

    async def until(self, holds: Callable[[], Any], seconds: float = 30.0, *, polled: bool = False) -> Any:
        """Wait for requests to make it true; its value. polled: nothing that happens here makes it true, so keep looking."""
        async with asyncio.timeout(seconds):
            while polled and not holds():  # noqa: ASYNC110
                await asyncio.sleep(0.005)
            async with self._changed:
                await self._changed.wait_for(lambda: bool(holds()))
        return holds()

    async def _notify(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    # --- things

    def snowflake(self) -> str:
        return str((int(time.time() * 1000) - EPOCH << 22) + next(self._counter))

    def user(self, name: str) -> Json:
        found = next((user for user in self.users.values() if user["username"] == name), None)
        if found is None:
            found = {
                "id": self.snowflake(),
                "username": name,
                "discriminator": "0",
                "avatar": None,
                "global_name": name.title(),
            }
            self.users[found["id"]] = found
        return found

    def guild(self, name: str = "guild") -> str:
        number = self.snowflake()
        role = {
            "id": number,
            "name": "@everyone",
            "permissions": ALL_PERMISSIONS,
            "position": 0,
            "color": 0,
            "hoist": False,
            "managed": False,
            "mentionable": False,
        }
        own = {
            **role,
            "id": self.snowflake(),
            "name": "frameworks",
            "managed": True,
            "tags": {"bot_id": BOT},
            "position": 1,
        }
        member = {
            "user": self.users[BOT],
            "roles": [own["id"]],
            "joined_at": now(),
            "deaf": False,
            "mute": False,
            "flags": 0,
        }
        self.guilds[number] = {
            "id": number,
            "name": name,
            "owner_id": "1",
            "roles": [role, own],
            "members": [member],
            "channels": [],
            "threads": [],
            "emojis": [],
            "stickers": [],
            "features": [],
            "member_count": 2,
            "large": False,
            "joined_at": now(),
            "voice_states": [],
            "presences": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
        }
        return number

    def channel(self, guild: str, name: str = "general") -> str:
        made = {
            "id": self.snowflake(),
            "type": 0,
            "name": name,
            "position": 0,
            "permission_overwrites": [],
            "guild_id": guild,
            "parent_id": None,
            "nsfw": False,
        }
        self.channels[made["id"]] = made
        self.guilds[guild]["channels"].append(made)
        return str(made["id"])

    def dm(self, user: Json) -> str:
        for channel in self.channels.values():
            if channel["type"] == 1 and channel["recipients"][0]["id"] == user["id"]:
                return str(channel["id"])
        made = {"id": self.snowflake(), "type": 1, "recipients": [user], "last_message_id": None}
        self.channels[made["id"]] = made
        return str(made["id"])

    def posted(self, channel: str = "") -> list[Json]:
        """The bot's messages, in order, hidden ones included."""
        mine = (one for one in self.messages.values() if one["author"]["id"] == BOT)
        return sorted((one for one in mine if channel in ("", one["channel_id"])), key=lambda one: int(one["id"]))

    # --- gateway

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

    # --- REST

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
        for method, pattern, handler in _ROUTES:
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

    def me(self, *_: Any) -> Json:
        return self.users[BOT]

    def application(self, *_: Any) -> Json:
        return {
            "id": APPLICATION,
            "name": "Frameworks",
            "description": "",
            "summary": "",
            "flags": 0,
            "bot_public": True,
            "bot_require_code_grant": False,
            "verify_key": "0",
            "icon": None,
            "owner": self.users[BOT],
        }

    def gateway_bot(self, *_: Any) -> Json:
        return {
            "url": f"ws://127.0.0.1:{self._port}/gateway/",
            "shards": 1,
            "session_start_limit": {"total": 1000, "remaining": 999, "reset_after": 1, "max_concurrency": 1},
        }

    def get_commands(self, *_: Any) -> list[Json]:
        return self.commands

    def put_commands(self, _: Any, body: Any, *__: Any) -> list[Json]:
        self.commands = [
            {
                "description": "",
                "nsfw": False,
                "default_member_permissions": None,
                **command,
                "id": self.snowflake(),
                "application_id": APPLICATION,
                "version": "1",
            }
            for command in body
        ]
        return self.commands

    def open_dm(self, _: Any, body: Json, *__: Any) -> Json:
        return self.channels[self.dm(self.users[str(body["recipient_id"])])]

    def post(self, _: Any, body: Json, files: dict[str, str], channel: str) -> Json:
        place = self.channels.get(channel)
        if place is None:
            raise Refusal(404, 10003)
        if place["type"] == 1 and place["recipients"][0]["username"] in self.closed_dms:
            raise Refusal(403, 50007)
        if place.get("thread_metadata", {}).get("archived"):
            raise Refusal(400, 50083)
        nonce = body.get("nonce")
        if nonce and body.get("enforce_nonce") and (channel, nonce) in self._nonces:
            return self.messages[self._nonces[channel, nonce]]
        message = self.store(channel, self.users[BOT], body, files)
        if nonce:
            self._nonces[channel, nonce] = message["id"]
        return message

    def store(self, channel: str, author: Json, body: Json, files: dict[str, str] | None = None) -> Json:
        place = self.channels[channel]
        message = {
            "id": self.snowflake(), "channel_id": channel, "author": author, "content": body.get("content") or "", "timestamp": now(),
            "edited_timestamp": None, "tts": False, "mention_everyone": "@everyone" in (body.get("content") or ""), "mentions": body.get("mentions", []),
            "mention_roles": body.get("mention_roles", []), "attachments": [], "embeds": [], "pinned": False, "type": body.get("type", 0),
            "flags": body.get("flags", 0), "components": body.get("components") or [], "files": files or {},
            "allowed_mentions": body.get("allowed_mentions"), "nonce": body.get("nonce"),
        }  # fmt: skip
        if body.get("message_reference"):
            message["message_reference"] = {"channel_id": channel, **body["message_reference"]}
        if place.get("guild_id"):
            message["guild_id"] = place["guild_id"]
        self.messages[message["id"]] = message
        return message

    def patch(self, _: Any, body: Json, files: dict[str, str], channel: str, message: str) -> Json:  # noqa: ARG002
        found = self.messages.get(message)
        if found is None:
            raise Refusal(404, 10008)
        if found["flags"] & (1 << 15) and not body.get("flags", 0) & (1 << 15):
            raise Refusal(400, 50035, "a card stays a card")
        found.update(
            {
                key: value
                for key, value in body.items()
                if key in ("content", "components", "flags") and value is not None
            }
        )
        found["files"] = files or found["files"]
        found["edited_timestamp"] = now()
        return found

    def delete(self, _: Any, __: Any, ___: Any, channel: str, message: str) -> None:  # noqa: ARG002
        if self.messages.pop(message, None) is None:
            raise Refusal(404, 10008)

    def history(self, request: web.Request, _: Any, __: Any, channel: str) -> list[Json]:
        if channel not in self.channels:
            raise Refusal(404, 10003)
        after, limit = int(request.query.get("after", 0)), int(request.query.get("limit", 50))
        found = [
            one
            for one in self.messages.values()
            if one["channel_id"] == channel and int(one["id"]) > after and not one["flags"] & EPHEMERAL
        ]
        return [self.as_seen(one) for one in sorted(found, key=lambda one: -int(one["id"]))[-limit:]]

    def as_seen(self, message: Json) -> Json:
        """By a bot without the privileged intent: what neither mentions it nor is a DM has no text."""
        own = message["author"]["id"] == BOT or any(user["id"] == BOT for user in message["mentions"])
        shown = {key: value for key, value in message.items() if key not in ("files", "allowed_mentions")}
        visible = own or not message.get("guild_id") or self.intents & (1 << 15)
        return shown if visible else {**shown, "content": ""}

    def get_channel(self, _: Any, __: Any, ___: Any, channel: str) -> Json:
        return self.channels[channel]

    def change_channel(self, _: Any, body: Json, __: Any, channel: str) -> Json:
        self.channels[channel].setdefault("thread_metadata", {}).update(body)
        return self.channels[channel]

    async def open_thread(self, _: Any, body: Json, __: Any, channel: str, message: str) -> Json:
        if message in self.channels:
            raise Refusal(400, 160004)
        made = thread(message, channel, self.channels[channel]["guild_id"], body["name"])
        self.channels[message] = made
        await self.dispatch("THREAD_CREATE", {**made, "newly_created": True})
        return made

    # --- interactions

    def respond(self, _: Any, body: Json, files: dict[str, str], number: str, token: str) -> Json:  # noqa: ARG002
        shown = self.interactions.get(number)
        if shown is None or shown.expired or time.monotonic() - shown.made > 3.0:
            raise Refusal(404, 10062)
        if shown.response:
            raise Refusal(400, 40060)
        shown.response, shown.answered = body["type"], time.monotonic()
        data = body.get("data") or {}
        shown.hidden = bool(data.get("flags", 0) & EPHEMERAL)
        match body["type"]:
            case 4 | 5:
                message = self.store(shown.channel, self.users[BOT], data, files)
                shown.original = message["id"]
                return {
                    "interaction": {"id": number, "type": 2, "response_message_id": message["id"]},
                    "resource": {"type": body["type"], "message": message},
                }
            case 7:
                assert shown.message is not None
                message = self.patch(None, data, files, shown.channel, shown.message["id"])
                return {"interaction": {"id": number, "type": 3}, "resource": {"type": 7, "message": message}}
            case 8:
                shown.choices = data["choices"]
            case 9:
                shown.modal = data
        return {"interaction": {"id": number, "type": 3}}

    def _by_token(self, token: str) -> Shown:
        found = next((shown for shown in self.interactions.values() if shown.token == token), None)
        if found is None or found.expired or not found.response:
            raise Refusal(404, 10015)
        return found

    def original(self, request: Any, body: Json, files: dict[str, str], token: str) -> Json:
        shown = self._by_token(token)
        target = shown.original or (shown.message or {}).get("id", "")
        if request.method == "GET":
            return self.messages[target]
        message = self.patch(None, body, files, shown.channel, target)
        message["flags"] |= EPHEMERAL if shown.hidden else 0
        return message

    def follow_up(self, _: Any, body: Json, files: dict[str, str], token: str) -> Json:
        shown = self._by_token(token)
        return self.store(shown.channel, self.users[BOT], body, files)


def now() -> str:
    return datetime.now(UTC).isoformat()


def thread(number: str, parent: str, guild: str, name: str, *, archived: bool = False) -> Json:
    metadata = {"archived": archived, "auto_archive_duration": 1440, "archive_timestamp": now(), "locked": False}
    member = {"id": number, "user_id": BOT, "join_timestamp": now(), "flags": 0}
    return {
        "id": number,
        "type": 11,
        "name": name,
        "parent_id": parent,
        "guild_id": guild,
        "owner_id": BOT,
        "message_count": 1,
        "member_count": 1,
        "thread_metadata": metadata,
        "member": member,
        "last_message_id": None,
        "rate_limit_per_user": 0,
    }


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


_C, _M, _T = r"/channels/(?P<channel>\d+)", r"/messages/(?P<message>\d+)", r"/webhooks/\d+/(?P<token>[^/]+)"
_ROUTES: list[tuple[str, str, Any]] = [
    ("GET", "/users/@me", FakeDiscord.me),
    ("GET", "/oauth2/applications/@me", FakeDiscord.application),
    ("GET", "/applications/@me", FakeDiscord.application),
    ("GET", "/gateway/bot", FakeDiscord.gateway_bot),
    ("GET", r"/applications/\d+/commands", FakeDiscord.get_commands),
    ("PUT", r"/applications/\d+/commands", FakeDiscord.put_commands),
    ("POST", "/users/@me/channels", FakeDiscord.open_dm),
    ("POST", rf"{_C}/messages", FakeDiscord.post),
    ("GET", rf"{_C}/messages", FakeDiscord.history),
    ("PATCH", rf"{_C}{_M}", FakeDiscord.patch),
    ("DELETE", rf"{_C}{_M}", FakeDiscord.delete),
    ("GET", _C, FakeDiscord.get_channel),
    ("PATCH", _C, FakeDiscord.change_channel),
    ("POST", rf"{_C}{_M}/threads", FakeDiscord.open_thread),
    ("POST", r"/interactions/(?P<number>\d+)/(?P<token>[^/]+)/callback", FakeDiscord.respond),
    ("GET", rf"{_T}/messages/@original", FakeDiscord.original),
    ("PATCH", rf"{_T}/messages/@original", FakeDiscord.original),
    ("POST", _T, FakeDiscord.follow_up),
]
