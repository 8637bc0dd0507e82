"""What the fake Discord's REST routes do."""

from __future__ import annotations

import time
from typing import Any

from aiohttp import web

from tests.support.discord_gateway import Gateway
from tests.support.discord_world import APPLICATION, BOT, EPHEMERAL, Json, Shown, now, thread

CARD = 1 << 15


class Refusal(Exception):
    def __init__(self, status: int, code: int, message: str = "refused") -> None:
        self.status, self.code, self.message = status, code, message


class Rest(Gateway):
    def __init__(self) -> None:
        super().__init__()
        self._nonces: dict[tuple[str, str], str] = {}

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

    def patch(self, _: Any, body: Json, files: dict[str, str], channel: str, message: str) -> Json:  # noqa: ARG002
        found = self.messages.get(message)
        if found is None:
            raise Refusal(404, 10008)
        if found["flags"] & CARD and not body.get("flags", 0) & CARD:
            raise Refusal(400, 50035, "a card stays a card")
        if body.get("flags", 0) & CARD and found["content"] and "content" not in body:
            raise Refusal(400, 50035, "text becomes a card only when it is taken away")
        if "content" in body:
            found["content"] = body["content"] or ""
        if body.get("components") is not None:
            found["components"] = body["components"]
        if body.get("flags") is not None:  # who sees it was decided when it was made
            found["flags"] = body["flags"] & ~EPHEMERAL | found["flags"] & EPHEMERAL
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
        if target not in self.messages:
            raise Refusal(404, 10008)
        if request.method == "GET":
            return self.messages[target]
        message = self.patch(None, body, files, shown.channel, target)
        message["flags"] |= EPHEMERAL if shown.hidden else 0
        return message

    def follow_up(self, _: Any, body: Json, files: dict[str, str], token: str) -> Json:
        shown = self._by_token(token)
        return self.store(shown.channel, self.users[BOT], body, files)


_C, _M, _T = r"/channels/(?P<channel>\d+)", r"/messages/(?P<message>\d+)", r"/webhooks/\d+/(?P<token>[^/]+)"
ROUTES: list[tuple[str, str, Any]] = [
    ("GET", "/users/@me", Rest.me),
    ("GET", "/oauth2/applications/@me", Rest.application),
    ("GET", "/applications/@me", Rest.application),
    ("GET", "/gateway/bot", Rest.gateway_bot),
    ("GET", r"/applications/\d+/commands", Rest.get_commands),
    ("PUT", r"/applications/\d+/commands", Rest.put_commands),
    ("POST", "/users/@me/channels", Rest.open_dm),
    ("POST", rf"{_C}/messages", Rest.post),
    ("GET", rf"{_C}/messages", Rest.history),
    ("PATCH", rf"{_C}{_M}", Rest.patch),
    ("DELETE", rf"{_C}{_M}", Rest.delete),
    ("GET", _C, Rest.get_channel),
    ("PATCH", _C, Rest.change_channel),
    ("POST", rf"{_C}{_M}/threads", Rest.open_thread),
    ("POST", r"/interactions/(?P<number>\d+)/(?P<token>[^/]+)/callback", Rest.respond),
    ("GET", rf"{_T}/messages/@original", Rest.original),
    ("PATCH", rf"{_T}/messages/@original", Rest.original),
    ("POST", _T, Rest.follow_up),
]
