"""The people in a fake Slack: what Slack sends when they write, press and command."""

from __future__ import annotations

import itertools
import time
from typing import Any

from tests.support.slack_words import Json, button

TEAM, BOT, BOT_ID, APP = "T1", "UBOT", "BBOT", "A1"


class Sent:
    """An envelope: when it went out, when it was acknowledged and with what."""

    def __init__(self, envelope: Json) -> None:
        self.envelope = envelope
        self.at = time.perf_counter()
        self.acked_at: float | None = None
        self.payload: Any = None

    @property
    def seconds(self) -> float:
        assert self.acked_at is not None
        return self.acked_at - self.at


class People:
    """What they do goes out by `deliver`."""

    port = 0

    def __init__(self) -> None:
        self._number = itertools.count(1)
        self._ts = itertools.count(1)

    async def deliver(self, kind: str, payload: Json, **more: Any) -> Sent:
        raise NotImplementedError

    def now(self) -> str:
        return f"1700000000.{next(self._ts):06d}"

    def url(self, channel: str) -> str:
        return f"http://127.0.0.1:{self.port}/respond/{channel}-{next(self._number)}"

    def event(self, event: Json, event_id: str = "") -> Json:
        return {
            "type": "event_callback", "team_id": TEAM, "api_app_id": APP, "event_id": event_id or f"Ev{next(self._number)}",
            "event_time": int(time.time()), "event": event,
            "authorizations": [{"team_id": TEAM, "user_id": BOT, "is_bot": True, "is_enterprise_install": False}],
        }  # fmt: skip

    async def say(self, text: str, channel: str = "C1", user: str = "U1", thread: str = "", **more: Any) -> Sent:
        """A mention when it names the bot, a direct message in D..., else something in a channel."""
        direct = channel.startswith("D")
        kind = "app_mention" if f"<@{BOT}" in text and not direct else "message"
        ts = more.pop("ts", "") or self.now()
        event = {"type": kind, "user": user, "text": text, "ts": ts, "channel": channel, "event_ts": ts}
        if kind == "message":
            event["channel_type"] = "im" if direct else "channel"
        if thread:
            event["thread_ts"] = thread
        one = await self.deliver("events_api", self.event(event | more))
        one.envelope["ts"] = ts
        return one

    async def command(self, text: str, channel: str = "C1", user: str = "U1") -> Sent:
        payload = {
            "command": "/framework", "text": text, "user_id": user, "user_name": user.lower(), "channel_id": channel,
            "team_id": TEAM, "api_app_id": APP, "response_url": self.url(channel), "trigger_id": f"{next(self._number)}.1",
        }  # fmt: skip
        return await self.deliver("slash_commands", payload)

    async def click(self, message: Json, label: str, user: str = "U1", **more: Any) -> Sent:
        """A button of a message, an ephemeral or a view, by its label."""
        block, element = button(message, label)
        return await self.deliver("interactive", self.clicked(message, block, element, user, **more))

    def clicked(self, message: Json, block: Json, element: Json, user: str = "U1", **more: Any) -> Json:
        action = {
            "type": element["type"], "action_id": element["action_id"], "block_id": block.get("block_id", "b"),
            "value": element.get("value"), "action_ts": more.pop("action_ts", "") or self.now_seconds(),
        }  # fmt: skip
        body: Json = {
            "type": "block_actions", "user": {"id": user, "team_id": TEAM}, "team": {"id": TEAM}, "api_app_id": APP,
            "trigger_id": f"{next(self._number)}.2", "actions": [action], "state": {"values": {}},
        }  # fmt: skip
        return body | self._container(message) | more

    def now_seconds(self) -> str:
        """Far enough apart not to be double clicks."""
        return f"{1_700_000_000 + 10 * next(self._ts)}.000100"

    def _container(self, message: Json) -> Json:
        if message.get("type") == "home":
            return {"container": {"type": "view", "view_id": "V1"}, "view": message}
        by_url = message.get("by_url", "")
        channel = message.get("channel") or by_url.partition("-")[0]
        kept = message.get("ts", "")
        container = {
            "type": "message",
            "channel_id": channel,
            "message_ts": kept or self.now(),
            "is_ephemeral": not kept,
        }
        body: Json = {"container": container, "channel": {"id": channel}, "response_url": self.url(channel)}
        if message.get("thread_ts"):
            container["thread_ts"] = message["thread_ts"]
        if kept:
            body["message"] = {"ts": kept, **({"thread_ts": message["thread_ts"]} if message.get("thread_ts") else {})}
        return body

    async def submit(self, view: Json, channel: str, user: str = "U1", url: str = "", **more: Any) -> Sent:
        """A form with a menu of channels, sent in."""
        menu = next(block for block in view["blocks"] if block["type"] == "input")
        chosen = {"block_id": menu["block_id"], "action_id": menu["element"]["action_id"], "channel_id": channel}
        state = {menu["block_id"]: {chosen["action_id"]: {"selected_conversation": channel}}}
        body: Json = {
            "type": "view_submission", "user": {"id": user, "team_id": TEAM}, "team": {"id": TEAM}, "api_app_id": APP,
            "trigger_id": f"{next(self._number)}.4", "view": {**view, "state": {"values": state}},
            "response_urls": [{**chosen, "response_url": url or self.url(channel)}],
        }  # fmt: skip
        return await self.deliver("interactive", body | more)

    async def shortcut(self, name: str, user: str = "U1", message: Json | None = None, channel: str = "C1") -> Sent:
        body: Json = {
            "type": "message_action" if message else "shortcut", "callback_id": name, "team": {"id": TEAM},
            "user": {"id": user}, "trigger_id": f"{next(self._number)}.3", "action_ts": self.now_seconds(),
        }  # fmt: skip
        if message:
            body |= {
                "message": message,
                "channel": {"id": channel},
                "response_url": self.url(channel),
                "message_ts": message["ts"],
            }
        return await self.deliver("interactive", body)
