"""The manifest is valid, asks for exactly what is used, and everything it names has a handler."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest

from adapters.slack import listeners
from adapters.slack.manifest import ASK, EVENTS, OPTIONAL, SCOPES, START, manifest
from bot.errors import SettingsError
from bot.knowledge.knowledge import Knowledge
from tests.support.slack_rules import SCHEMAS

ADAPTER = Path(listeners.__file__).parent
NEEDED = {
    "app_mentions:read": ["app_mention"],
    "im:history": ["message.im"],
    "channels:history": ["message.channels"],
    "groups:history": ["message.groups"],
    "commands": ["slash_commands", "shortcuts"],
}
"""What no method needs but an event or a feature does."""
YOUNGER = {"assistant:write", "agent_session_stopped", "app_context_changed"}
"""Known to Slack's documentation, not yet to the lists."""
METHODS = {
    "chat_postMessage": "chat.postMessage", "chat_update": "chat.update", "chat_delete": "chat.delete",
    "chat_postEphemeral": "chat.postEphemeral", "conversations_open": "conversations.open",
    "views_publish": "views.publish", "views_open": "views.open", "auth_test": "auth.test",
    "apps_connections_open": "apps.connections.open",
}  # fmt: skip


def schema(name: str) -> Any:
    if not (SCHEMAS / name).exists():
        pytest.skip("the schemas are not beside this checkout")
    return json.loads((SCHEMAS / name).read_text())


@pytest.mark.parametrize("http", ["", "https://bot.example.org/"])
def test_it_is_valid(knowledge: Knowledge, http: str) -> None:
    from jsonschema import validators

    rules = schema("manifest.schema.2.0.0.json")
    made = manifest(knowledge, http)
    assert [error.message for error in validators.validator_for(rules)(rules).iter_errors(made)] == []


def test_over_http_every_address_is_the_bots(knowledge: Knowledge) -> None:
    made = manifest(knowledge, "https://bot.example.org/")
    found = set(re.findall(r"https://[^\"]+", json.dumps(made)))
    assert found == {"https://bot.example.org/slack/events", "https://bot.example.org/slack/oauth_redirect"}
    assert made["settings"]["socket_mode_enabled"] is False


@pytest.mark.parametrize("http", ["bot.example.org", "http://bot.example.org", "https://", "ftp://x", "https://a/?b=1"])
def test_what_is_no_public_address_is_refused(knowledge: Knowledge, http: str) -> None:
    with pytest.raises(SettingsError, match="--http"):
        manifest(knowledge, http)


def test_texts_keep_slacks_limits(knowledge: Knowledge) -> None:
    made = manifest(knowledge)
    about, features = made["display_information"], made["features"]
    assert len(about["name"]) <= 35
    assert len(about["description"]) <= 140
    assert 175 <= len(about["long_description"]) <= 4000
    assert all(len(one["name"]) <= 24 and len(one["description"]) <= 150 for one in features["shortcuts"])
    assert all(len(prompt["title"]) <= 40 for prompt in features["agent_view"]["suggested_prompts"])


def called() -> set[str]:
    """Every Web API method the adapter calls, read from its code."""
    found = {"files.getUploadURLExternal", "files.completeUploadExternal"}  # inside files_upload_v2
    for path in ADAPTER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                if node.func.attr in METHODS:
                    found.add(METHODS[node.func.attr])
                elif node.func.attr == "api_call" and isinstance(node.args[0], ast.Constant):
                    found.add(str(node.args[0].value))
                elif re.fullmatch(
                    r"(chat|conversations|views|users|reactions|files|bots|assistant|agents)_\w+", node.func.attr
                ):
                    assert node.func.attr == "files_upload_v2", f"{node.func.attr} is not in METHODS"
    return found


def test_scopes_are_exactly_those_of_the_methods_called() -> None:
    methods = schema("slack-web-api-methods.slack_kit.json")["methods"]
    asked = set(SCOPES) | set(OPTIONAL)
    without = set()
    for name in called():
        scopes = {one["name"] for one in methods[name]["scopes"].get("bot") or ()}
        if scopes and not scopes & asked:
            without.add(f"{name}: {scopes}")
    assert without == set()
    by_method = {one["name"] for name in called() for one in methods[name]["scopes"].get("bot") or ()}
    assert asked - by_method - set(NEEDED) == set()


def test_scopes_and_events_exist() -> None:
    known = schema("slack-scopes-events.json")
    names = {entry for values in known.values() if isinstance(values, list) for entry in values}
    assert {*SCOPES, *OPTIONAL, *EVENTS} - names - YOUNGER == set()


def test_everything_named_has_a_handler(knowledge: Knowledge) -> None:
    made = manifest(knowledge)
    handled = {name for name in dir(listeners.Listeners) if not name.startswith("_")}
    assert {event.partition(".")[0] for event in made["settings"]["event_subscriptions"]["bot_events"]} <= handled
    assert {one["callback_id"] for one in made["features"]["shortcuts"]} == {START, ASK}
    assert {START, ASK} <= handled


def test_each_scope_without_a_method_has_its_event(knowledge: Knowledge) -> None:
    text = json.dumps(manifest(knowledge))
    for scope, uses in NEEDED.items():
        assert scope in text
        assert all(use in text for use in uses)


def test_the_verb_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    from bot.__main__ import main

    assert main(["manifest", "slack"]) == 0
    assert json.loads(capsys.readouterr().out)["settings"]["socket_mode_enabled"] is True
    assert main(["manifest", "slack", "--http", "nonsense"]) == 1
