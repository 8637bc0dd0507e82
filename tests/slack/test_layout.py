"""Whatever a reply holds fits into Slack's limits, keeps its words, pings nobody and forges no link."""

from __future__ import annotations

import json
import random
import string
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.slack import limits
from adapters.slack.layout import Layout, Shown, characters
from adapters.slack.markdown import rich, spans, split, spoken
from bot.answers.compose import Composer
from bot.assistant import Assistant
from bot.bench.answers import questions
from bot.knowledge.knowledge import Knowledge
from bot.messages import Message, Place
from bot.replies import Choice, Choices, Code, File, Part, Reply, SourceLine, Sources, Table, Text
from bot.store import MemoryStore
from tests.support.slack_rules import problems, walk
from tests.support.slack_words import words


def phrase(name: str, **values: object) -> str:
    return f"{name} {' '.join(map(str, values.values()))}".strip()


def shown(*parts: Part) -> list[Shown]:
    return Layout(phrase, "1.1").messages(Reply(id="0123456789", parts=parts))


def found(messages: list[Shown]) -> list[str]:
    return [one for message in messages for one in problems("chat.postMessage", payload(message))]


def payload(message: Shown) -> dict[str, Any]:
    return {"text": message.text, "blocks": list(message.blocks)}


def read(messages: list[Shown]) -> str:
    return "\n".join(words(payload(message)) for message in messages)


LONG = " ".join("word" * 3 for _ in range(5_000))


@pytest.mark.parametrize(
    "parts",
    [
        [Text(LONG)],
        [Text("x" * 20_000)],
        [Text("line\n" * 4_000)],
        [Code("line = 1\n" * 4_000, title="**title**")],
        [Code("")],
        [Table(("", "a", "b"), tuple((f"row {n}", "x" * 30, "") for n in range(400)))],
        [Table(tuple(f"c{n}" for n in range(25)), (tuple(str(n) for n in range(25)),))],
        [Table(("", "a"), (("r", "y" * 20_000),))],
        [Table(("", "a"), ())],
        [Table(("", "a"), (("", ""),)), Table(("", "b"), (("r", "**bold** [l](https://x.example)"),))],
        [Choices(tuple(Choice(f"choice {n} " + "x" * 100, f"iv:1:a:q:{n}") for n in range(60)), "question", "prompt")],
        [Choices(tuple(Choice(f"choice {n}", f"iv:1:must:q:{n}") for n in range(150)), "several")],
        [Choices((Choice("Useful", "fb:+:1"), Choice("Not", "fb:-:1")), "feedback")],
        [
            Sources(
                tuple(
                    SourceLine("¹", f"s{n}", "t", "label " * 40, "", "https://x.example/" + "y" * 300)
                    for n in range(80)
                )
            )
        ],
        [Text(f"paragraph {n}") for n in range(200)] + [Choices((Choice("a", "more"),)) for _ in range(100)],
        [Text("")],
        [Choices((Choice("only", "more"),))],
        [Text("a"), File("x.md", "content")],
    ],
    ids=lambda parts: type(parts[0]).__name__,
)
def test_everything_fits(parts: list[Part]) -> None:
    assert found(shown(*parts)) == []


def test_nothing_is_lost_by_splitting() -> None:
    numbers = [f"n{n}" for n in range(6_000)]
    text = read(shown(Text(" ".join(numbers))))
    assert set(numbers) <= set(text.split())
    rows = tuple((f"r{n}", f"v{n}") for n in range(700))
    text = read(shown(Table(("", "value"), rows)))
    assert all(f"v{n} " in text + " " for n in range(700))


def test_a_file_alone_makes_no_message() -> None:
    assert shown(File("x.md", "content")) == []


MARKS = st.sampled_from(
    [
        "**",
        "*",
        "`",
        "```",
        "\n",
        "\n\n",
        "- ",
        "1. ",
        "> ",
        "[a](https://x.example/b_(c))",
        "<!channel>",
        "<@U1>",
        "&",
        "<",
        "|",
    ]
)
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
MARKDOWN = st.lists(MARKS | WORDS, max_size=60).map("".join)


@given(MARKDOWN)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_markdown_fits_and_keeps_its_words(markdown: str) -> None:
    messages = shown(Text(markdown), Choices((Choice("a", "more"),), prompt=markdown))
    assert found(messages) == []
    signs = [sign for sign in spoken(markdown) if sign.isalpha()]
    kept = [sign for sign in read(shown(Text(markdown))) if sign.isalpha()]
    if "```" not in markdown:
        assert kept == signs


@given(st.text(max_size=200), st.integers(1, 50))
def test_splitting_keeps_every_word(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert all(len(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_styles_and_links() -> None:
    made = rich(
        "**Django**² has `auth`, *mostly*, [docs](https://d.example/a_(b)).\n\n- one\n- two\n  - deeper\n\n> said\n\n2. second"
    )
    kinds = [part["type"] for part in made]
    assert kinds == [
        "rich_text_section",
        *["rich_text_list"] * 2,
        "rich_text_section",
        "rich_text_quote",
        "rich_text_section",
        "rich_text_list",
    ]
    first = made[0]["elements"]
    assert first[0] == {"type": "text", "text": "Django", "style": {"bold": True}}
    assert {"type": "text", "text": "auth", "style": {"code": True}} in first
    assert {"type": "text", "text": "mostly", "style": {"italic": True}} in first
    assert {"type": "link", "url": "https://d.example/a_(b)", "text": "docs"} in first
    assert made[-1]["offset"] == 1


def test_a_link_must_be_one() -> None:
    for text in (
        "[x](javascript:alert(1))",
        "[x](slack://user)",
        "<https://evil.example|bank>",
        "[x](data:text/html,1)",
    ):
        assert not any(span.url for span in spans(text))


async def test_nobodys_words_ping_or_link(knowledge: Knowledge) -> None:
    attack = "<!channel> <!here> <@U2> @everyone <https://evil.example|bank> [bank](https://evil.example) django or flask for auth?"
    assistant = Assistant(knowledge, MemoryStore())
    place = Place("slack", "U1")
    for number, text in enumerate(
        (attack, "why this answer?", f"we use {attack}", "interview me", attack, "show my answers")
    ):
        reply = await assistant.handle(Message(str(number), place, "U1", text))
        for message in shown(*reply.parts):
            assert problems("chat.postMessage", payload(message)) == []
            assert "<!" not in message.text + "".join(message.plain)
            links = [one["url"] for one in walk(list(message.blocks)) if one.get("type") == "link"]
            assert not any("evil" in link for link in links)
            assert "<https://evil" not in json.dumps(message.blocks)


async def test_every_kind_of_answer_of_the_real_knowledge_fits(knowledge: Knowledge) -> None:
    assistant = Assistant(knowledge, MemoryStore())
    say = Composer(knowledge).phrase
    for number, text in enumerate(random.Random(7).sample(questions(knowledge), 60)):
        reply = await assistant.handle(Message(str(number), Place("slack", f"U{number}"), "U1", text))
        messages = Layout(say).messages(reply)
        assert found(messages) == [], text
        assert len(messages) == 1, text
        for message in messages:
            assert len(message.text) > 20
            assert characters(list(message.blocks)) <= limits.MESSAGE_CHARS


def test_the_text_reads_well_without_blocks() -> None:
    table = Table(("", "Django", "Flask"), (("Login", "built **in** ¹", "Flask-Login ²"),))
    (message,) = shown(Text("**Django, if you want *accounts*.** See [docs](https://d.example)."), table)
    assert (
        message.text == "Django, if you want accounts. See docs.\nLogin\n  Django: built in ¹\n  Flask: Flask-Login ²"
    )


def test_buttons_only_are_read_out_by_their_labels() -> None:
    (message,) = shown(Choices((Choice("Yes", "a"), Choice("No", "b")), "question"))
    assert message.text == "Yes · No"


def test_a_settled_question_keeps_its_words_and_shows_the_choice() -> None:
    reply = Reply(
        id="1",
        parts=(
            Text("How many?"),
            Choices((Choice("One", "a"),), "question"),
            Choices((Choice("b", "c"), Choice("d", "e")), "feedback"),
        ),
    )
    (message,) = Layout(phrase).messages(msg := reply, settled="One & <two>")
    assert msg is reply
    assert "How many?" in words(payload(message))
    assert "One &amp; &lt;two&gt;" in json.dumps(message.blocks)
    assert "fw:0" not in json.dumps(message.blocks)


def test_values_survive_the_button() -> None:
    values = ["".join(random.Random(n).choices(string.ascii_letters + ":+-_", k=90)) for n in range(5)]
    (message,) = shown(Choices(tuple(Choice(f"c{n}", value) for n, value in enumerate(values))))
    assert [one["value"] for one in walk(list(message.blocks)) if one.get("type") == "button"] == values
