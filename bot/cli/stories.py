"""`stories`: runs written conversations against the core. Exit status 1 when one goes otherwise than written."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

from bot import settings
from bot.assistant import Assistant
from bot.errors import StoryError
from bot.knowledge.files import shipped
from bot.knowledge.knowledge import Knowledge
from bot.messages import Message
from bot.replies import Reply
from bot.store import MemoryStore
from bot.stories import find, play


class Core:
    """The assistant without any adapter. A restart makes a new one over the same store."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._store = MemoryStore()
        self._assistant = Assistant(knowledge, self._store)

    async def deliver(self, message: Message) -> Reply:
        return await self._assistant.handle(message)

    async def restart(self) -> None:
        self._assistant = Assistant(self._knowledge, self._store)


def run(options: argparse.Namespace) -> int:
    try:
        return asyncio.run(_run([Path(path) for path in options.paths] or [shipped() / "stories"]))
    except StoryError as error:
        print(error, file=sys.stderr)
        return 1


async def _run(paths: list[Path]) -> int:
    knowledge = Knowledge.load(settings.read().knowledge_paths)
    told, failed = 0, 0
    for story in find(paths):
        problems = await play(story, Core(knowledge))
        told += 1
        failed += bool(problems)
        for problem in problems:
            print(problem)
    print(f"{told - failed} of {told} stories go as written")
    return 1 if failed or not told else 0
