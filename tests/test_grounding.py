"""Nothing is invented: every sentence of every reply stands in the knowledge, and every claim shown has a dated source."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from bot import stories
from bot.assistant import Assistant
from bot.cli.stories import Core
from bot.knowledge import loader
from bot.knowledge.files import layers, shipped
from bot.knowledge.knowledge import Knowledge
from bot.messages import Message, Place
from bot.replies import Reply, Text
from bot.store import MemoryStore
from tests.conftest import ROOT, SHARED
from tests.support.tracing import Tracer, undated

OWN = sorted((ROOT / "tests" / "questions").glob("*.jsonl"))
DEV = sorted((SHARED / "evaluation").glob("*.dev.jsonl"))
SPOKEN = ("text", "question", "description", "ask")
PERSONS_OWN = ("“", "→")
"""Lines that repeat the person's words, or how they were read."""


@pytest.fixture(scope="module")
def tracer(knowledge: Knowledge) -> Tracer:
    return Tracer(knowledge)


def spoken(file: Path) -> Iterator[list[str]]:
    """Conversations: what is said in each row, turn by turn."""
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        turns = row.get("turns")
        if turns is None:
            yield [next(row[key] for key in SPOKEN if row.get(key))]
        else:
            yield [
                turn if isinstance(turn, str) else next(turn[k] for k in (*SPOKEN, "user", "say") if turn.get(k))
                for turn in turns
            ]


def replies(knowledge: Knowledge, conversations: list[list[str]]) -> list[Reply]:
    async def ask_all() -> list[Reply]:
        assistant = Assistant(knowledge, MemoryStore())
        return [
            await assistant.handle(Message(id=f"{at}-{n}", place=Place("test", str(at)), user="ann", text=text))
            for at, said in enumerate(conversations)
            for n, text in enumerate(said)
        ]

    return asyncio.run(ask_all())


def check(knowledge: Knowledge, tracer: Tracer, given: list[Reply]) -> None:
    invented = [
        line for reply in given for line in tracer.untraced(reply) if not any(mark in line for mark in PERSONS_OWN)
    ]
    assert sorted(set(invented)) == []
    assert [claim for reply in given for claim in undated(knowledge, reply.claims)] == []
    for reply in given:
        cited = {source for claim in reply.claims for source in knowledge.claims[claim].claim.sources}
        assert cited <= {line.id for line in reply.sources}
        assert all(line.as_of for line in reply.sources)


@pytest.mark.parametrize("file", OWN, ids=lambda file: file.stem)
def test_our_questions_are_answered_from_the_knowledge(knowledge: Knowledge, tracer: Tracer, file: Path) -> None:
    check(knowledge, tracer, replies(knowledge, list(spoken(file))))


@pytest.mark.skipif(not DEV, reason="the evaluation sets are not beside this checkout")
@pytest.mark.parametrize("file", DEV, ids=lambda file: file.stem)
def test_the_evaluation_sets_are_answered_from_the_knowledge(knowledge: Knowledge, tracer: Tracer, file: Path) -> None:
    check(knowledge, tracer, replies(knowledge, list(spoken(file))))


def test_the_example_questions_are_answered_from_the_knowledge(knowledge: Knowledge, tracer: Tracer) -> None:
    """Four thousand ways of asking: every fifth, so that it stays quick."""
    taught = [path for path in layers([shipped()])[0] if "questions" in path.parts]
    questions = loader.convert(loader.read([taught])).questions
    asks = [[one.ask] for groups in questions.values() for group in groups.values() for one in group]
    assert len(asks) > 3000
    check(knowledge, tracer, replies(knowledge, asks[::5]))


class Listening(Core):
    """Plays stories and keeps every reply."""

    def __init__(self, knowledge: Knowledge) -> None:
        super().__init__(knowledge)
        self.heard: list[Reply] = []

    async def deliver(self, message: Message) -> Reply:
        reply = await super().deliver(message)
        self.heard.append(reply)
        return reply


@pytest.mark.blocking  # story files are read
def test_the_stories_are_told_from_the_knowledge(knowledge: Knowledge, tracer: Tracer) -> None:
    async def play_all() -> list[Reply]:
        heard: list[Reply] = []
        for story in stories.find([shipped() / "stories"]):
            stage = Listening(knowledge)
            await stories.play(story, stage)
            heard += stage.heard
        return heard

    check(knowledge, tracer, asyncio.run(play_all()))


def test_what_every_button_leads_to_stands_there_too(knowledge: Knowledge, tracer: Tracer) -> None:
    async def press_all() -> list[Reply]:
        assistant = Assistant(knowledge, MemoryStore())
        heard = []
        for topic in knowledge.file.topics:
            shown = await assistant.handle(
                Message(id=topic, place=Place("test", topic), user="ann", press=f"compare:django+flask:{topic}")
            )
            for choice in shown.choices:
                place = Place("test", f"{topic}-{choice.value}")
                heard.append(
                    await assistant.handle(Message(id=choice.value, place=place, user="ann", press=choice.value))
                )
        return heard

    check(knowledge, tracer, asyncio.run(press_all()))


# --- the tracer itself can tell


@pytest.mark.parametrize(
    "invented",
    [
        "Django is the best framework there is.",
        "Flask ships an ORM.",
        "It depends on your needs and your team.",
        "- Most developers would agree that FastAPI is the fastest.",
        "**No.** Flask ships no ORM, as everybody knows.",
        "I know Django, Flask and Rails very well, and you should use Rails.",
    ],
)
def test_an_invented_sentence_is_noticed(tracer: Tracer, invented: str) -> None:
    assert tracer.untraced(Reply(parts=(Text(invented),))) == [invented]


def test_a_sentence_slipped_into_an_answer_is_noticed(knowledge: Knowledge, tracer: Tracer) -> None:
    reply = replies(knowledge, [["django or flask for auth?"]])[0]
    first = reply.parts[0]
    assert isinstance(first, Text)
    altered = msgspec.structs.replace(first, markdown=first.markdown.replace("Django,", "Rails,", 1))
    assert tracer.untraced(reply) == []
    assert tracer.untraced(msgspec.structs.replace(reply, parts=(altered, *reply.parts[1:]))) == [altered.markdown]


def test_a_changed_figure_is_noticed(knowledge: Knowledge, tracer: Tracer) -> None:
    said = next(claim.claim.text for claim in knowledge.claims.values() if "74,941" in claim.claim.text)
    assert tracer.traced(said)
    assert not tracer.traced(said.replace("74,941", "75,000"))
