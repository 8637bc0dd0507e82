"""`chat`: talk in the terminal, or, with --json, one JSON line in and one out."""

from __future__ import annotations

import argparse
import asyncio
import functools
import re
import sys
import uuid

import msgspec

from bot import logs, settings
from bot.answers.compose import Composer
from bot.assistant import Assistant
from bot.cli import jsonlines
from bot.errors import StoreError
from bot.knowledge.knowledge import Knowledge
from bot.messages import Message
from bot.replies import Reply
from bot.store import MemoryStore, Store, open_store

_NUMBERED = re.compile(r"line-\d+")


def run(options: argparse.Namespace) -> int:
    return asyncio.run(_chat(options))


async def _chat(options: argparse.Namespace) -> int:
    configured = settings.read()
    logs.configure(configured)
    knowledge = Knowledge.load(configured.knowledge_paths)
    store = _store(options.state)
    await store.start()
    try:
        assistant = Assistant(knowledge, store)
        if options.json:
            await _json_lines(assistant, uuid.uuid4().hex[:8] if options.state else "")
            return 0
        from adapters.shell.chat import chat

        return await chat(functools.partial(_answer, assistant))
    finally:
        await store.close()


def _store(url: str) -> Store:
    return open_store(url, deliver=False) if url else MemoryStore()


async def _answer(assistant: Assistant, message: Message) -> Reply:
    """A database that is away ends no talk: the person is told, and may say it again."""
    try:
        return await assistant.handle(message)
    except StoreError:
        compose = Composer(assistant.knowledge)
        compose.say("unavailable")
        return compose.finish(intent="control", answered=False)


async def _json_lines(assistant: Assistant, run: str) -> None:
    """Every line is answered by exactly one, in order; a line that cannot be read by an object with `error`.

    run: tells the lines without an id from those of another run that the database remembers.
    """
    number = 0
    while line := await asyncio.to_thread(sys.stdin.readline):
        number += 1
        if not line.strip():
            continue
        try:
            message = jsonlines.message(line.rstrip("\n"), number)
        except jsonlines.BadLine as error:
            print(jsonlines.error(number, str(error)), flush=True)
            continue
        kept = msgspec.structs.replace(message, id=_of_run(run, message.id), edits=_of_run(run, message.edits))
        print(jsonlines.encode(message.id, await _answer(assistant, kept)), flush=True)


def _of_run(run: str, name: str) -> str:
    return f"{run}-{name}" if run and _NUMBERED.fullmatch(name) else name
