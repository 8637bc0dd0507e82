"""Every written conversation gives through an adapter what it gives in the core: the same words, choices and sources."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import msgspec
import pytest

from bot.assistant import Assistant
from bot.knowledge.files import shipped
from bot.knowledge.knowledge import Knowledge
from bot.messages import Message, Place
from bot.replies import Choices, Code, Reply, Sources, Table, Text
from bot.store import MemoryStore
from bot.stories import Story, find, play
from tests.support import discord_stories, slack_stage

STAGES: dict[str, Callable[[Knowledge], AbstractAsyncContextManager[Any]]] = {
    "slack": slack_stage.stage,
    "discord": discord_stories.stage,
}
STORIES = list(find([shipped() / "stories"]))


class Core:
    """The assistant as adapters use it: an interview begun in public goes on in the person's DM."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge, self._store = knowledge, MemoryStore()
        self._assistant: Assistant = slack_stage.listening(knowledge, self._store)

    async def deliver(self, message: Message) -> Reply:
        reply = await self._assistant.handle(msgspec.structs.replace(message, has_dm=True))
        if reply.audience != "dm":
            return reply
        place = Place(message.place.platform, message.user)
        text, press = reply.forward_text, reply.forward
        return await self._assistant.handle(Message(f"{message.id}:dm", place, message.user, text, press, has_dm=True))

    async def restart(self) -> None:
        self._assistant = slack_stage.listening(self._knowledge, self._store)


class Compared:
    """Plays on a stage and notes what the core said there that cannot be seen. The stage keeps the former in `told`."""

    def __init__(self, stage: Any) -> None:
        self._stage = stage
        self.unseen: list[str] = []

    async def deliver(self, message: Message) -> Reply:
        seen: Reply = await self._stage.deliver(message)
        self.unseen += [f"{message.text or message.press!r}: {words!r}" for words in missing(self._stage.told, seen)]
        return seen

    async def restart(self) -> None:
        await self._stage.restart()


def missing(told: Reply, seen: Reply) -> list[str]:
    """Words of the core's reply that are not to be read on the stage. Marks of Markdown do not count."""
    text = bare(seen.plain)
    labels = {choice.label for choice in seen.choices}
    found = [piece for part in told.parts for piece in pieces(part) if bare(piece) not in text]
    return found + [choice.label for choice in told.choices if not any(label == choice.label for label in labels)]


def pieces(part: Any) -> list[str]:
    match part:
        case Text():
            return [re.sub(r"^ *(\d+[.)]|[-*•>]) +", "", line) for line in part.markdown.split("\n") if line.strip()]
        case Table():
            return [cell for row in (part.columns, *part.rows) for cell in row if cell.strip()]
        case Code():
            return [line for line in part.text.split("\n") if line.strip()]
        case Sources():
            return [line.label for line in part.lines]
        case Choices():
            return [part.prompt] if part.prompt else []
        case _:
            return []


def bare(text: str) -> str:
    """Letters and digits alone: every platform has its own marks, bullets and escapes."""
    text = re.sub(r"\]\(https?://[^)\s]+\)", "", text)
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return "".join(sign for sign in text.casefold() if sign.isalnum())


@pytest.mark.parametrize("name", STAGES)
@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
async def test_a_story_is_told_as_in_the_core(name: str, story: Story, knowledge: Knowledge) -> None:
    written = await play(story, Core(knowledge))
    async with STAGES[name](knowledge) as stage:
        compared = Compared(stage)
        told = await play(story, compared)
    assert compared.unseen == []
    assert lines(told) == lines(written)


def lines(problems: list[str]) -> list[str]:
    """Which lines of the story went otherwise than written."""
    return [":".join(problem.split(":")[:2]) for problem in problems]
