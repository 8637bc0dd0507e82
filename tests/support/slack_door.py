"""Slack over HTTP: signed requests, and workspaces that install the bot."""

from __future__ import annotations

import json
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette

from adapters.slack.adapter import SlackAdapter
from tests.support.fake_slack import SECRET, FakeSlack
from tests.support.slack_people import BOT

FORM = "application/x-www-form-urlencoded"
ASK = f"<@{BOT}> django or flask for auth?"


class Door:
    """Requests as Slack signs them."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def post(
        self, body: Any, *, age: float = 0, secret: str = SECRET, kind: str = "", **headers: str
    ) -> httpx.Response:
        text = body if isinstance(body, str) else json.dumps(body)
        when = str(int(time.time() - age))
        signature = SignatureVerifier(secret).generate_signature(timestamp=when, body=text)
        sent = {
            "content-type": kind or ("application/json" if text.startswith("{") else FORM),
            "x-slack-request-timestamp": when,
            "x-slack-signature": signature or "",
        }
        merged = {k: v for k, v in (sent | {k.replace("_", "-"): v for k, v in headers.items()}).items() if v != "-"}
        return await self.client.post("/slack/events", content=text.encode(), headers=merged)


async def door_to(adapter: SlackAdapter) -> Door:
    app = Starlette(routes=list(adapter.routes()))
    return Door(httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://bot"))


def mention(slack: FakeSlack, text: str = ASK) -> dict[str, Any]:
    ts = slack.now()
    return slack.event({"type": "app_mention", "user": "U1", "text": text, "ts": ts, "channel": "C1", "event_ts": ts})


async def install(door: Door, code: str = "good-code") -> httpx.Response:
    begun = await door.client.get("/slack/install")
    state = parse_qs(urlsplit(begun.headers["location"]).query)["state"][0]
    cookie = begun.headers["set-cookie"].partition(";")[0]
    return await door.client.get(
        "/slack/oauth_redirect", params={"code": code, "state": state}, headers={"cookie": cookie}
    )


def of_team_2(body: dict[str, Any]) -> dict[str, Any]:
    body["team_id"] = "T2"
    body["authorizations"][0]["team_id"] = "T2"
    return body
