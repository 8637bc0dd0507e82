"""Slack's payloads as messages. `tests/payloads/slack` holds one of each shape, as Slack documents them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack import incoming
from adapters.slack.incoming import Origin
from adapters.slack.words import plain, to_others, wish
from bot.messages import Message

PAYLOADS = Path(__file__).parent.parent / "payloads" / "slack"
ORIGIN = Origin("T061EG9R6", "U0LAN0Z89", "B0LAN0Z90")


def payload(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((PAYLOADS / f"{name}.json").read_text())
    return read


def message(name: str) -> Message | None:
    body = payload(name)
    match name.split("_")[0]:
        case "slash":
            return incoming.command(body, ORIGIN)
        case "block":
            return incoming.pressed(body, body["actions"][0]["value"], ORIGIN)
        case "shortcut" if "message" in body:
            return incoming.asked_about(body, ORIGIN)
        case "shortcut":
            return incoming.wanted(body, "iv:start", ORIGIN)
        case _:
            return incoming.spoken(body["event"], ORIGIN)


EXPECTED: dict[str, tuple[Any, ...] | None] = {
    # kind, key, text, press, addressed, to_others, private
    "app_mention": ("thread", "C061EG9SL/1763700000.000200", "django or flask for R&D?", "", True, False, False),
    "app_mention_edited": ("thread", "C061EG9SL/1763700000.000200", "django or fastapi?", "", True, False, False),
    "message_im": ("dm", "U061F7AUR/", "does flask have an orm?", "", True, False, False),
    "message_thread": ("thread", "C061EG9SL/1763700000.000200", "and what about testing?", "", False, False, False),
    "message_to_others": ("thread", "G012AC86C/1763700000.000200", "@U024BE7LH what do you think?", "", False, True, False),
    "message_changed_by_unfurl": None,
    "message_changed_by_edit": ("dm", "U061F7AUR/", "does fastapi have an orm?", "", True, False, False),
    "message_bot": None,
    "message_join": None,
    "slash_command": ("channel", "C061EG9SL/only:U061F7AUR", "compare django flask auth", "", True, False, True),
    "block_actions_message": ("thread", "C061EG9SL/1763700000.000200", "", "code:django+flask::auth", True, False, False),
    "block_actions_ephemeral": ("channel", "C061EG9SL/only:U061F7AUR", "", "share:0123456789", True, False, True),
    "block_actions_home": ("dm", "U061F7AUR/", "", "iv:start", True, False, False),
    "shortcut_global": ("dm", "U061F7AUR/", "", "iv:start", True, False, False),
    "shortcut_message": ("thread", "C061EG9SL/1763700750.000100", "should it be django or fastapi for the API?", "", True, False, False),
}  # fmt: skip


def test_every_payload_has_its_expectation() -> None:
    assert {path.stem for path in PAYLOADS.glob("*.json")} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_payload(name: str) -> None:
    made, expected = message(name), EXPECTED[name]
    if made is None or expected is None:
        assert made is expected
        return
    kind, key, *rest = expected
    assert (made.place.kind, made.place.key) == (kind, f"slack/T061EG9R6/{key}")
    assert [made.text, made.press, made.addressed, made.to_others, made.private] == rest
    assert made.user == "U061F7AUR"


def test_an_edit_names_what_it_edits() -> None:
    first, edit, dm = message("app_mention"), message("app_mention_edited"), message("message_changed_by_edit")
    assert first is not None
    assert edit is not None
    assert dm is not None
    assert edit.edits == first.id != edit.id
    assert dm.edits == "D024BE91L:1763700100.000100"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("<@UBOT> hello", "hello"),
        ("<@UBOT>, hello", "hello"),
        ("hello <@UBOT>", "hello"),
        ("<@UBOT|bot>: a &lt; b &amp;&amp; c", "a < b && c"),
        ("ask <@U2|bob> in <#C2|general>", "ask @bob in #general"),
        ("<https://a.example/x|Django> or <https://b.example>", "Django or https://b.example"),
        ("<!here> <!subteam^S1|@team> <!date^1^{date}|today>", "here @team today"),
        ("“smart” ‘quotes’\u00a0and\u200b spaces", "\"smart\" 'quotes' and spaces"),
        ("&lt;!channel&gt;", "<!channel>"),
        ("<@UBOT>", ""),
    ],
)
def test_what_is_typed_becomes_plain_text(typed: str, read: str) -> None:
    assert plain(typed, "UBOT") == read


def test_who_is_spoken_to() -> None:
    assert to_others("<@U2> hello", "UBOT")
    assert to_others("<!subteam^S1|@team> hello", "UBOT")
    assert not to_others("<@UBOT> hello <@U2>", "UBOT")
    assert not to_others("hello <@U2>", "UBOT")


@pytest.mark.parametrize(
    ("typed", "text", "press"),
    [
        ("", "", "help"),
        (" HELP ", "", "help"),
        ("recommend", "", "iv:start"),
        ("sources", "", "sources"),
        ("forget me", "", "forget"),
        ("ask is flask fast?", "is flask fast?", ""),
        ("compare django flask", "compare django flask", ""),
        ("recommend something for a shop", "recommend something for a shop", ""),
    ],
)
def test_what_stands_behind_the_command(typed: str, text: str, press: str) -> None:
    assert wish(typed) == (text, press)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
FIELDS = ("type", "subtype", "user", "text", "ts", "channel", "thread_ts", "edited", "bot_id", "hidden", "channel_type")


@given(st.fixed_dictionaries({}, optional={name: st.text(max_size=8) | st.none() for name in FIELDS}))
def test_no_event_breaks_it(event: dict[str, Any]) -> None:
    found = incoming.spoken(event, ORIGIN)
    assert found is None or (found.id and found.user)
