"""Over HTTP: signatures, malformed requests, the same answers, and several workspaces."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from starlette.applications import Starlette

from tests.slack.conftest import Running, Start
from tests.support.fake_slack import SECRET, FakeSlack
from tests.support.slack_door import Door, door_to, install, mention, of_team_2
from tests.support.slack_people import BOT, TEAM
from tests.support.slack_words import words


@pytest.fixture
async def bot(start: Start, slack: FakeSlack) -> Running:
    running = await start(slack_app_token="", slack_signing_secret=SECRET)
    await slack.until(lambda: slack.called("auth.test"), "auth.test")
    return running


@pytest.fixture
async def door(bot: Running) -> AsyncIterator[Door]:
    made = await door_to(bot.adapter)
    yield made
    await made.client.aclose()


def command(slack: FakeSlack, text: str) -> str:
    return urlencode(
        {
            "command": "/framework", "text": text, "user_id": "U1", "channel_id": "C1", "team_id": TEAM,
            "response_url": slack.url("C1"), "trigger_id": "1.1",
        }
    )  # fmt: skip


async def test_a_mention_is_answered(slack: FakeSlack, door: Door) -> None:
    answer = await door.post(mention(slack))
    assert answer.status_code == 200
    assert "Flask-Login" in words((await slack.posted())[0])


async def test_a_command_and_a_click_are_answered(slack: FakeSlack, door: Door) -> None:
    assert (await door.post(command(slack, "django or flask for auth?"))).status_code == 200
    (shown,) = await slack.whispered()
    from tests.support.slack_words import button

    click = slack.clicked(shown, *button(shown, "Show code"))
    assert (await door.post(urlencode({"payload": json.dumps(click)}))).status_code == 200
    assert "login" in words((await slack.whispered(2))[1]).lower()


async def test_the_url_is_verified(door: Door) -> None:
    answer = await door.post({"type": "url_verification", "challenge": "abc", "token": "x"})
    assert (answer.status_code, answer.json()) == (200, {"challenge": "abc"})


async def test_ssl_checks_and_unknown_events_are_fine(slack: FakeSlack, door: Door) -> None:
    assert (await door.post("ssl_check=1&token=x")).status_code == 200
    assert (await door.post(slack.event({"type": "team_join", "user": "U1"}))).status_code == 200


@pytest.mark.parametrize("age", [301, 100_000, -301])
async def test_old_and_early_requests_are_refused(slack: FakeSlack, door: Door, age: int) -> None:
    assert (await door.post(mention(slack), age=age)).status_code == 401
    assert not slack.posts()


@pytest.mark.parametrize(
    "headers",
    [
        {"x_slack_signature": "-"},
        {"x_slack_signature": "v0=00"},
        {"x_slack_signature": "v0=\u00e9"},
        {"x_slack_request_timestamp": "-"},
        {"x_slack_request_timestamp": "abc"},
        {"x_slack_request_timestamp": "1e9"},
        {"x_slack_request_timestamp": "9" * 400},
        {"x_slack_request_timestamp": "-5"},
    ],
)
async def test_bad_signatures_are_refused(slack: FakeSlack, door: Door, headers: dict[str, str]) -> None:
    answer = await door.post(mention(slack), **{k: v.encode() if not v.isascii() else v for k, v in headers.items()})  # type: ignore[arg-type]
    assert answer.status_code == 401
    assert not slack.posts()


async def test_another_secret_is_refused(slack: FakeSlack, door: Door) -> None:
    assert (await door.post(mention(slack), secret="other")).status_code == 401


BROKEN = [
    "{", "{]", "null", "[]", "payload=%7B", "payload=[]", "payload=null", "", "x", "a=b", "%ff%fe",
    '{"type": "event_callback", "event": []}', '{"type": ["x"]}', '{"type": "event_callback"}',
    "payload=" + json.dumps({"type": "block_actions", "actions": []}),
    "payload=" + json.dumps({"type": "block_actions", "actions": ["x"]}),
    "payload=" + json.dumps({"type": "block_actions"}),
    "[" * 100_000,
]  # fmt: skip


@pytest.mark.parametrize("body", BROKEN)
async def test_malformed_requests_are_refused_or_harmless(slack: FakeSlack, door: Door, body: str) -> None:
    answer = await door.post(body)
    assert answer.status_code in (400, 401, 404), answer.text
    assert not slack.posts()


ODD: list[dict[str, Any]] = [
    {"type": "app_mention"},
    {"type": "app_mention", "user": 5, "text": 7, "ts": 9, "channel": None},
    {"type": "message", "user": {"id": "U1"}, "text": ["x"], "ts": {}, "channel": {}},
    {"type": "message", "subtype": "message_changed", "message": [], "previous_message": 3, "channel": "C1"},
    {"type": "message", "subtype": "message_changed", "message": {"edited": 5, "user": "U1", "text": 1}},
    {"type": "app_home_opened"},
    {"type": "tokens_revoked", "tokens": []},
    {"type": "agent_session_stopped"},
]


@pytest.mark.parametrize("event", ODD)
async def test_events_of_odd_shape_break_nothing(slack: FakeSlack, door: Door, event: dict[str, Any]) -> None:
    assert (await door.post(slack.event(event))).status_code in (200, 400)


@pytest.mark.parametrize(
    "payload",
    [
        {"type": "block_actions", "actions": [{"action_id": "fw:0", "type": "button"}]},
        {
            "type": "block_actions",
            "actions": [{"action_id": "fw:0", "type": "button", "value": 5, "action_ts": "x"}],
            "user": {"id": "U1"},
        },
        {"type": "block_actions", "actions": [{"action_id": "fw:0"}], "user": "U1", "container": [], "channel": 3},
        {"type": "block_actions", "actions": [{"action_id": "fw-several"}], "state": {"values": []}},
        {"type": "block_actions", "actions": [{"action_id": "fw-try:1", "value": "99"}], "user": {"id": "U1"}},
        {"type": "shortcut", "callback_id": "start_interview"},
        {"type": "message_action", "callback_id": "ask_about_message", "message": [], "user": {"id": "U1"}},
        {"type": "view_submission", "view": {"callback_id": "x"}},
    ],
)
async def test_payloads_of_odd_shape_break_nothing(slack: FakeSlack, door: Door, payload: dict[str, Any]) -> None:
    answer = await door.post(urlencode({"payload": json.dumps({"team": {"id": TEAM}, **payload})}))
    assert answer.status_code in (200, 400, 404), answer.text


async def test_too_much_is_refused(door: Door) -> None:
    assert (await door.post('{"a": "' + "x" * 1_100_000 + '"}')).status_code == 413
    assert (await door.post("{}", content_length="abc")).status_code in (400, 401, 404, 413)


async def test_a_body_that_tells_no_length_is_not_read_to_its_end(door: Door) -> None:
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        for _ in range(100):
            read += 100_000
            yield b"x" * 100_000

    assert (await door.client.post("/slack/events", content=endless())).status_code == 413
    assert read < 2_000_000


async def test_without_a_secret_nothing_passes(slack: FakeSlack, start: Start) -> None:
    from adapters.slack.http import Endpoints

    app = Starlette(routes=list(Endpoints("").routes()))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://bot") as client:
        assert (await Door(client).post(mention(slack), secret="-")).status_code == 401


async def test_before_it_is_connected_slack_is_asked_to_come_again(slack: FakeSlack) -> None:
    from adapters.slack.http import Endpoints

    app = Starlette(routes=list(Endpoints(SECRET).routes()))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://bot") as client:
        assert (await Door(client).post(mention(slack))).status_code == 503
        assert (await client.get("/slack/install")).status_code == 404


# --- several workspaces


async def test_a_workspace_installs_asks_and_leaves(slack: FakeSlack, many: tuple[Running, Door]) -> None:
    running, door = many
    begun = await door.client.get("/slack/install")
    assert begun.headers["location"].startswith(slack.api_url.removesuffix("/api/") + "/oauth/v2/authorize?")
    assert (await install(door)).status_code == 200
    assert (await door.post(of_team_2(mention(slack)))).status_code == 200
    assert len(await slack.posted()) == 1
    assert (await running.store.about("U1"))["messages"] == 1
    gone = {"type": "app_uninstalled"}
    assert (await door.post(of_team_2(slack.event(gone)))).status_code == 200
    assert (await running.store.about("U1"))["messages"] == 0
    assert await running.store.kept("slack-installation", "/T2") is None
    await door.post(of_team_2(mention(slack)))
    assert (await running.store.about("U1"))["messages"] == 0


async def test_a_workspace_of_an_enterprise_is_answered_as_well(slack: FakeSlack, many: tuple[Running, Door]) -> None:
    running, door = many
    slack.enterprise = {"id": "E1", "name": "Enterprise"}
    assert (await install(door)).status_code == 200
    ours = {"enterprise_id": "E1"}
    assert (await door.post(of_team_2(mention(slack)) | ours)).status_code == 200
    assert len(await slack.posted()) == 1
    assert (await door.post(of_team_2(slack.event({"type": "app_uninstalled"})) | ours)).status_code == 200
    assert await running.store.kept("slack-installation", "/T2") is None


async def test_a_revoked_bot_token_deletes_and_a_revoked_user_token_does_not(
    slack: FakeSlack, many: tuple[Running, Door]
) -> None:
    running, door = many
    await install(door)
    await door.post(of_team_2(slack.event({"type": "tokens_revoked", "tokens": {"oauth": ["U1"]}})))
    assert await running.store.kept("slack-installation", "/T2")
    await door.post(of_team_2(slack.event({"type": "tokens_revoked", "tokens": {"bot": [BOT]}})))
    assert await running.store.kept("slack-installation", "/T2") is None


async def test_installs_that_were_not_begun_here_are_refused(slack: FakeSlack, many: tuple[Running, Door]) -> None:
    running, door = many
    assert (await door.client.get("/slack/oauth_redirect?code=good-code&state=forged")).status_code == 400
    assert (await install(door, "bad-code")).status_code == 401
    assert (await door.client.get("/slack/oauth_redirect?error=access_denied")).status_code == 200
    assert await running.store.kept("slack-installation", "/T2") is None


async def test_a_state_counts_once(slack: FakeSlack, many: tuple[Running, Door]) -> None:
    _, door = many
    begun = await door.client.get("/slack/install")
    state = parse_qs(urlsplit(begun.headers["location"]).query)["state"][0]
    headers = {"cookie": begun.headers["set-cookie"].partition(";")[0]}
    answers = [
        (
            await door.client.get(
                "/slack/oauth_redirect", params={"code": "good-code", "state": state}, headers=headers
            )
        ).status_code
        for _ in range(2)
    ]
    assert answers == [200, 401]


async def test_installed_again_the_new_token_counts(slack: FakeSlack, many: tuple[Running, Door]) -> None:
    _, door = many
    await install(door)
    await door.post(of_team_2(mention(slack)))
    await slack.posted()
    await install(door)
    await door.post(of_team_2(mention(slack)))
    assert len(await slack.posted(2)) == 2
