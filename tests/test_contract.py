"""The JSON lines and the Python interface, as other programs rely on them."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from bot.addressee import mentions
from bot.assistant import Assistant
from bot.messages import Message, Place
from tests.conftest import ROOT

FIELDS = {
    "id": str, "intent": str, "frameworks": list, "topics": list, "answered": bool, "text": str, "audience": str,
    "claims": list, "sources": list, "choices": list, "interview": (dict, type(None)),
}  # fmt: skip
INTENTS = set(
    "compare describe recommend fact code_example extension_lookup definition how_to_out_of_scope smalltalk off_topic "
    "control answer duplicate silent".split()
)
CONVERSATION = [
    "django or flask for auth?",
    {"id": "m2", "text": "and fastapi?"},
    {"id": "m2", "text": "and fastapi?"},
    {"id": "m3", "conversation": "other", "text": "does flask have an orm?"},
    {"id": "m4", "conversation": "t", "place": "thread", "user": "ben", "text": "lunch anyone?", "addressed": False},
    {"id": "m5", "conversation": "iv", "text": "help me choose"},
    {"id": "m6", "conversation": "iv", "text": "an online shop, we are 3 people, postgres, we need an admin panel"},
    {"id": "m7", "conversation": "iv", "text": "just tell me"},
    {"id": "m8", "text": ""},
    {"id": "m9", "text": "\U0001f926"},
]


@pytest.fixture(scope="module")
def replies() -> list[dict[str, Any]]:
    lines = [line if isinstance(line, str) else json.dumps(line) for line in CONVERSATION]
    done = subprocess.run(
        [sys.executable, "-m", "bot", "chat", "--json"],
        input="\n".join(lines) + "\n", capture_output=True, text=True, cwd=ROOT, check=True,
    )  # fmt: skip
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_every_line_is_answered_by_one_line_in_order(replies: list[dict[str, Any]]) -> None:
    asked = [
        line.get("id") if isinstance(line, dict) else f"line-{number}" for number, line in enumerate(CONVERSATION, 1)
    ]
    assert [reply["id"] for reply in replies] == asked


def test_every_field_is_there(replies: list[dict[str, Any]]) -> None:
    for reply in replies:
        assert {name: isinstance(reply[name], kind) for name, kind in FIELDS.items()} == dict.fromkeys(FIELDS, True)
        assert reply["intent"] in INTENTS
        assert all(set(source) == {"id", "title", "as_of", "url"} for source in reply["sources"])
        assert all(set(choice) == {"label", "value"} and len(choice["value"]) <= 90 for choice in reply["choices"])


def test_what_the_intents_say(replies: list[dict[str, Any]]) -> None:
    first, second, again, other, aside, start, told, result, empty, _ = replies
    assert (first["intent"], first["frameworks"], first["topics"][0]) == ("compare", ["django", "flask"], "auth")
    assert set(second["frameworks"]) == {"django", "flask", "fastapi"}
    assert (again["intent"], again["text"]) == ("duplicate", "")
    assert other["text"].startswith("**No.**")
    assert (aside["intent"], aside["text"]) == ("silent", "")
    assert start["interview"]["question"]["id"]
    assert told["interview"]["answers"]
    assert result["interview"]["pick"] == "django"
    assert result["interview"]["outcome"] in ("clear", "lean")
    assert not empty["answered"]


def test_a_bad_line_gets_an_object_that_says_so() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "chat", "--json"],
        input='{"text": 3}\n{"place": "moon", "text": "x"}\n{broken\nhello\n', capture_output=True, text=True, cwd=ROOT, check=True,
    )  # fmt: skip
    replies = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(replies) == 4
    assert all("error" in reply for reply in replies[:3])
    assert replies[3]["intent"] == "smalltalk"


async def test_embedding(assistant: Assistant) -> None:
    place = Place(platform="shell", channel="c1", kind="dm")
    reply = await assistant.handle(Message(id="1", place=place, user="ann", text="does flask have an orm?"))
    assert "Flask" in reply.plain
    assert reply.parts


async def test_an_edited_question_is_answered_anew_from_where_it_stood(assistant: Assistant) -> None:
    place = Place(platform="shell", channel="c1")
    await assistant.handle(Message(id="1", place=place, user="a", text="django or flask for auth?"))
    await assistant.handle(Message(id="2", place=place, user="a", text="and fastapi?"))
    reply = await assistant.handle(Message(id="3", place=place, user="a", text="and testing?", edits="2"))
    assert reply.replaces == "2"
    assert reply.topics[0] == "testing"
    assert set(reply.frameworks) == {"django", "flask"}


async def test_a_number_presses_the_choice_that_was_shown(assistant: Assistant) -> None:
    place = Place(platform="shell", channel="c1")
    shown = await assistant.handle(Message(id="1", place=place, user="a", text="django or flask for auth?"))
    label = next(choice.label for choice in shown.choices if choice.value.startswith("code"))
    number = [choice.label for choice in shown.choices].index(label) + 1
    by_number = await assistant.handle(Message(id="2", place=place, user="a", text=str(number)))
    assert by_number.intent == "code_example"


def test_ask_exits_with_one_when_it_cannot_answer() -> None:
    def status(*words: str) -> int:
        return subprocess.run(
            [sys.executable, "-m", "bot", "ask", *words], cwd=ROOT, capture_output=True, check=False
        ).returncode

    assert status("django", "or", "flask", "for", "auth?") == 0
    assert status("what is the weather in Paris?") == 1


def test_mentions_are_read() -> None:
    assert mentions("@bot hello", addressed=False) == ("hello", True, False)
    assert mentions("@anna what do you think?", addressed=True) == ("@anna what do you think?", False, True)
    assert mentions("hello", addressed=True) == ("hello", True, False)
