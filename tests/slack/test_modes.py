"""Which way the settings connect, and what doctor says of them."""

from __future__ import annotations

import asyncio
import os
from typing import Any

import pytest

from adapters.slack import PLATFORM
from adapters.slack.mode import mode
from bot.errors import SettingsError
from bot.settings import Settings
from tests.slack.conftest import Start
from tests.support.fake_slack import APP_TOKEN, BOT_TOKEN, FakeSlack
from tests.support.slack_words import words

ONE = {"slack_bot_token": BOT_TOKEN, "slack_app_token": APP_TOKEN}
OAUTH = {"slack_client_id": "1.2", "slack_client_secret": "s"}


@pytest.mark.parametrize(
    ("settings", "state", "words"),
    [
        ({}, "off", "SLACK_BOT_TOKEN"),
        (ONE, "ready", "Socket Mode, one workspace"),
        (ONE | OAUTH, "ready", "one workspace"),
        ({"slack_bot_token": BOT_TOKEN, "slack_signing_secret": "s"}, "ready", "HTTP"),
        ({"slack_bot_token": BOT_TOKEN}, "incomplete", "SLACK_APP_TOKEN"),
        ({"slack_app_token": APP_TOKEN}, "incomplete", "SLACK_BOT_TOKEN"),
        (OAUTH, "incomplete", "SLACK_SIGNING_SECRET"),
        (OAUTH | {"slack_signing_secret": "s"}, "ready", "several workspaces"),
        ({"slack_client_id": "1.2"}, "incomplete", "one of them is missing"),
        ({"slack_bot_token": APP_TOKEN, "slack_app_token": BOT_TOKEN}, "incomplete", "swapped"),
    ],
)
def test_connection(settings: dict[str, str], state: str, words: str) -> None:
    found = PLATFORM.connection(Settings(**settings))
    assert (found.state, words in found.how) == (state, True), found.how


def test_a_bot_token_means_one_workspace() -> None:
    assert mode(Settings(**ONE, **OAUTH)).many is False


async def test_a_client_id_in_the_environment_changes_nothing(
    slack: FakeSlack, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"):
        monkeypatch.setitem(os.environ, name, "1.2")
    await start(**OAUTH)
    await slack.say("<@UBOT> django or flask for auth?")
    assert "Flask-Login" in words((await slack.posted())[0])
    found = await PLATFORM.check(Settings(**ONE, **OAUTH), online=False)
    assert any(one.what == "SLACK_CLIENT_ID" and "ignored" in one.how for one in found)


@pytest.mark.parametrize(
    ("settings", "variable"),
    [({"slack_bot_token": "xoxb-bad"}, "SLACK_BOT_TOKEN"), ({"slack_app_token": "xapp-bad"}, "SLACK_APP_TOKEN")],
)
async def test_refused_tokens_end_the_start_with_what_to_do(
    slack: FakeSlack, start: Start, settings: dict[str, Any], variable: str
) -> None:
    running = await start(**settings)
    with pytest.raises(SettingsError, match=variable):
        await asyncio.wait_for(running.task, 20)


async def test_doctor_asks_slack(slack: FakeSlack) -> None:
    found = await PLATFORM.check(Settings(**ONE, slack_api_url=slack.api_url), online=True)
    assert all(one.ok for one in found), found
    bad = {"slack_bot_token": "xoxb-bad", "slack_app_token": "xapp-bad", "slack_api_url": slack.api_url}
    found = await PLATFORM.check(Settings(**bad), online=True)
    assert [one.ok for one in found] == [False, False]
    away = {**ONE, "slack_api_url": "http://127.0.0.1:1/api/"}
    found = await PLATFORM.check(Settings(**away), online=True)
    assert all("cannot be reached" in one.how for one in found)
