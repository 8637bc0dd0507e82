"""`chat`: talk in the terminal, or, with --json, one JSON line in and one out."""

from __future__ import annotations

import argparse
import asyncio
import sys

from bot import logs, settings
from bot.assistant import Assistant
from bot.cli import jsonlines
from bot.knowledge.knowledge import Knowledge
from bot.store import MemoryStore, Store, open_store


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
            await _json_lines(assistant)
            return 0
        from adapters.shell.chat import chat

        return await chat(assistant)
    finally:
        await store.close()


def _store(url: str) -> Store:
    return open_store(url, deliver=False) if url else MemoryStore()


async def _json_lines(assistant: Assistant) -> None:
    """Every line is answered by exactly one, in order; a line that cannot be read by an object with `error`."""
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
        print(jsonlines.encode(message.id, await assistant.handle(message)), flush=True)
