"""A Slack to test against: Web API, Socket Mode, response URLs and uploads on 127.0.0.1, with people in it.

It keeps what was posted, refuses what Slack refuses, delivers events until they are acknowledged, and fails on demand.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from aiohttp import WSMsgType, web

from adapters.slack.manifest import OPTIONAL, SCOPES
from tests.support import slack_rules
from tests.support.slack_people import APP, BOT, BOT_ID, TEAM, People, Sent
from tests.support.slack_words import Json

BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-test-1", "xapp-test-1", "signing-secret"
PATIENCE = 30.0


class Fault:
    """The next answers of a method, instead of the usual one."""

    def __init__(
        self, error: str = "", status: int = 200, retry_after: float | None = None, drop: bool = False
    ) -> None:
        self.error, self.status, self.retry_after, self.drop = error, status, retry_after, drop


class FakeSlack(People):
    """latency: seconds every API call takes. outside: channels the bot may not write in. granted: what the tokens may
    do; listed: whether the header of each answer says so. down: nothing answers, and nobody can connect. deaf:
    acknowledgements are lost.
    """

    def __init__(self, *, latency: float = 0.0, check: bool = True) -> None:
        super().__init__()
        self.latency = latency
        self.check = check
        self.calls: list[tuple[str, Json]] = []
        self.problems: list[str] = []
        self.messages: dict[str, dict[str, Json]] = defaultdict(dict)
        self.ephemerals: list[Json] = []
        self.files: list[Json] = []
        self.views: dict[str, Json] = {}
        self.forms: list[Json] = []
        self.tokens: dict[str, str] = {BOT_TOKEN: TEAM}
        self.outside: set[str] = set()
        self.granted: tuple[str, ...] = (*SCOPES, *OPTIONAL)
        self.listed = True
        self.enterprise: Json | None = None
        self.faults: dict[str, list[Fault]] = defaultdict(list)
        self.url_uses: dict[str, int] = defaultdict(int)
        self.sockets: list[web.WebSocketResponse] = []
        self.sent: dict[str, Sent] = {}
        self.down = False
        self.deaf = False
        self.connections = 0
        self._news = asyncio.Condition()
        self._runner: web.AppRunner | None = None

    # --- life

    async def start(self) -> FakeSlack:
        app = web.Application(client_max_size=10_000_000)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_get("/link", self._link)
        app.router.add_post("/respond/{name}", self._respond)
        app.router.add_post("/upload/{name}", self._upload)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def stop(self) -> None:
        for socket in self.sockets:
            await socket.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    @property
    def api_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/"

    async def until(self, true: Callable[[], Any], what: str = "it", seconds: float = PATIENCE) -> Any:
        """The value of `true()` as soon as it is one."""
        async with self._news:
            try:
                async with asyncio.timeout(seconds):
                    await self._news.wait_for(true)
            except TimeoutError:
                raise AssertionError(
                    f"waited {seconds} s for {what}; calls: {[m for m, _ in self.calls][-30:]}"
                ) from None
        return true()

    async def _tell(self) -> None:
        async with self._news:
            self._news.notify_all()

    def fail(self, method: str, *faults: Fault) -> None:
        self.faults[method] += faults

    def called(self, method: str) -> list[Json]:
        return [payload for name, payload in self.calls if name == method]

    # --- Web API

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        payload = await _arguments(request)
        if self.latency:
            await asyncio.sleep(self.latency)
        if self.down:
            request.transport.close()  # type: ignore[union-attr]
            return web.Response(status=503)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ") or payload.get("token", "")
        self.calls.append((method, payload))
        try:
            if self.faults[method]:
                return self._failed(request, self.faults[method].pop(0))
            if method != "oauth.v2.access" and token != APP_TOKEN and token not in self.tokens:
                return web.json_response({"ok": False, "error": "invalid_auth"})
            headers = {"X-OAuth-Scopes": ", ".join(self.granted)} if self.listed and token in self.tokens else {}
            return web.json_response(self._answer(method, payload, token), headers=headers)
        finally:
            await self._tell()

    def _failed(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        if fault.drop:
            request.transport.close()  # type: ignore[union-attr]
        headers = {"Retry-After": str(fault.retry_after)} if fault.retry_after is not None else {}
        body = {"ok": False, "error": fault.error or "internal_error"}
        return web.json_response(body, status=fault.status, headers=headers)

    def _answer(self, method: str, payload: Json, token: str) -> Json:
        found = slack_rules.problems(method, payload) if self.check else []
        if found:
            self.problems += [f"{method}: {problem}" for problem in found]
            return {"ok": False, "error": "invalid_blocks", "response_metadata": {"messages": found}}
        handler = getattr(self, "_do_" + method.replace(".", "_").lower(), None)
        if handler is None:
            return {"ok": False, "error": "unknown_method"}
        answer: Json = handler(payload, token)
        return {"ok": True, **answer} if "error" not in answer else {"ok": False, **answer}

    def _do_auth_test(self, payload: Json, token: str) -> Json:
        return {
            "team_id": self.tokens[token],
            "team": "Team",
            "user_id": BOT,
            "bot_id": BOT_ID,
            "url": "https://t.slack.com/",
        }

    def _do_apps_connections_open(self, payload: Json, token: str) -> Json:
        if token != APP_TOKEN:
            return {"error": "invalid_auth"}
        return {"url": f"ws://127.0.0.1:{self.port}/link?ticket=secret-ticket"}

    def _do_chat_postmessage(self, payload: Json, token: str) -> Json:
        channel = payload["channel"]
        if channel in self.outside:
            return {"error": "not_in_channel"}
        ts = self.now()
        self.messages[channel][ts] = {**payload, "ts": ts}
        return {"channel": channel, "ts": ts}

    def _do_chat_update(self, payload: Json, token: str) -> Json:
        found = self.messages[payload["channel"]].get(payload["ts"])
        if found is None:
            return {"error": "message_not_found"}
        found.update(payload)
        return {"channel": payload["channel"], "ts": payload["ts"]}

    def _do_chat_delete(self, payload: Json, token: str) -> Json:
        self.messages[payload["channel"]].pop(payload["ts"], None)
        return {}

    def _do_chat_postephemeral(self, payload: Json, token: str) -> Json:
        if payload["channel"] in self.outside:
            return {"error": "not_in_channel"}
        self.ephemerals.append(payload)
        return {"message_ts": self.now()}

    def _do_conversations_open(self, payload: Json, token: str) -> Json:
        return {"channel": {"id": f"D{payload['users'][1:]}"}}

    def _do_views_publish(self, payload: Json, token: str) -> Json:
        self.views[payload["user_id"]] = payload["view"]
        return {"view": {"id": "V1"}}

    def _do_views_open(self, payload: Json, token: str) -> Json:
        """A trigger opens one form."""
        trigger = payload.get("trigger_id", "")
        if not trigger or any(form["trigger_id"] == trigger for form in self.forms):
            return {"error": "exchanged_trigger_id" if trigger else "invalid_trigger_id"}
        view = {**payload["view"], "id": f"V{next(self._number)}"}
        self.forms.append({"trigger_id": trigger, "view": view})
        return {"view": view}

    def _do_assistant_threads_setstatus(self, payload: Json, token: str) -> Json:
        return {}

    def _do_assistant_threads_setsuggestedprompts(self, payload: Json, token: str) -> Json:
        return {"error": "invalid_arguments"} if payload.get("thread_ts") else {}

    def _do_files_getuploadurlexternal(self, payload: Json, token: str) -> Json:
        name = f"F{next(self._number)}"
        return {"upload_url": f"http://127.0.0.1:{self.port}/upload/{name}", "file_id": name}

    def _do_files_completeuploadexternal(self, payload: Json, token: str) -> Json:
        files = payload["files"]
        for one in json.loads(files) if isinstance(files, str) else files:
            stored = next(file for file in self.files if file["id"] == one["id"])
            stored.update(one, channel=payload.get("channel_id"), thread_ts=payload.get("thread_ts"))
        return {"files": [{"id": file["id"]} for file in self.files]}

    def _do_oauth_v2_access(self, payload: Json, token: str) -> Json:
        if payload.get("code") != "good-code":
            return {"error": "invalid_code"}
        self.tokens["xoxb-team-2"] = "T2"
        return {
            "app_id": APP, "access_token": "xoxb-team-2", "token_type": "bot", "bot_user_id": BOT, "scope": ",".join(self.granted),
            "team": {"id": "T2", "name": "Second"}, "enterprise": self.enterprise, "authed_user": {"id": "U9"},
        }  # fmt: skip

    async def _upload(self, request: web.Request) -> web.Response:
        body = (await request.read()).decode()
        self.files.append({"id": request.match_info["name"], "content": body})
        await self._tell()
        return web.Response(text="OK")

    async def _respond(self, request: web.Request) -> web.Response:
        name, payload = request.match_info["name"], await request.json()
        if self.down:
            request.transport.close()  # type: ignore[union-attr]
        self.url_uses[name] += 1
        self.calls.append(("respond", payload))
        try:
            if self.faults["respond"]:
                fault = self.faults["respond"].pop(0)
                return web.Response(status=fault.status, text=fault.error)
            if self.url_uses[name] > 5:
                return web.Response(status=404, text="used_url")
            found = slack_rules.problems("respond", payload) if self.check else []
            self.problems += [f"respond: {problem}" for problem in found]
            if found:
                return web.Response(status=400, text="invalid_blocks")
            if payload.get("response_type") == "in_channel":
                self.messages[name.partition("-")[0]][self.now()] = payload
            else:
                self.ephemerals.append({**payload, "by_url": name})
            return web.Response(text="ok")
        finally:
            await self._tell()

    # --- Socket Mode

    async def _link(self, request: web.Request) -> web.StreamResponse:
        if self.down:
            return web.Response(status=503)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1, "connection_info": {"app_id": APP}})
        self.sockets.append(socket)
        self.connections += 1
        await self._tell()
        async for frame in socket:
            if frame.type == WSMsgType.TEXT:
                self._acknowledged(json.loads(frame.data))
                await self._tell()
        self.sockets.remove(socket)
        await self._tell()
        return socket

    def _acknowledged(self, ack: Json) -> None:
        one = self.sent.get(ack.get("envelope_id", ""))
        if one is not None and one.acked_at is None and not self.deaf:
            one.acked_at, one.payload = time.perf_counter(), ack.get("payload")

    async def connected(self) -> None:
        await self.until(lambda: self.sockets, "a connection")

    async def deliver(self, kind: str, payload: Json, **more: Any) -> Sent:
        """An envelope over the socket, not waited for; without a connection Slack keeps it (see `redeliver`)."""
        name = f"E{next(self._number)}"
        envelope = {
            "envelope_id": name,
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        one = self.sent[name] = Sent(envelope | more)
        if self.sockets:
            await self.sockets[-1].send_json(one.envelope)
        return one

    async def redeliver(self) -> int:
        """What was never acknowledged, once more, as Slack does; how many."""
        open_ = [one for one in self.sent.values() if one.acked_at is None]
        for number, one in enumerate(open_):
            one.envelope = {**one.envelope, "retry_attempt": 1, "retry_reason": "timeout"}
            await self.sockets[-1].send_json(one.envelope)
            if number % 50 == 0:
                await asyncio.sleep(0)
        return len(open_)

    async def acked(self, one: Sent) -> Any:
        await self.until(lambda: one.acked_at is not None, f"the acknowledgement of {one.envelope['type']}")
        return one.payload

    # --- what is seen

    def posts(self, channel: str = "C1", thread: str | None = None) -> list[Json]:
        found = list(self.messages[channel].values())
        return [one for one in found if thread is None or one.get("thread_ts") == thread]

    async def posted(self, number: int = 1, channel: str = "C1", thread: str | None = None) -> list[Json]:
        """The messages there, as soon as there are so many."""
        await self.until(
            lambda: len(self.posts(channel, thread)) >= number, f"{number} messages in {channel} {thread or ''}"
        )
        return self.posts(channel, thread)

    async def formed(self, number: int = 1) -> Json:
        """The newest form, as soon as there are so many."""
        await self.until(lambda: len(self.forms) >= number, f"{number} forms")
        view: Json = self.forms[-1]["view"]
        return view

    async def whispered(self, number: int = 1) -> list[Json]:
        await self.until(lambda: len(self.ephemerals) >= number, f"{number} ephemeral messages")
        return self.ephemerals


async def _arguments(request: web.Request) -> Json:
    body = await request.text()
    found: Json = dict(request.query)
    if body.startswith("{"):
        found |= json.loads(body)
    elif body:
        found |= dict(await request.post())
    for name in ("blocks", "view"):
        if isinstance(found.get(name), str):
            found[name] = json.loads(found[name])
    return found
