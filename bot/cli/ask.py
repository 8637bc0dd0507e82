"""`ask`: one question, one answer. Exit status 1 when it could not be answered."""

from __future__ import annotations

import argparse
import asyncio
import gc
import sys

from bot import settings
from bot.assistant import Assistant
from bot.cli import jsonlines
from bot.knowledge.knowledge import Knowledge
from bot.store import MemoryStore


def run(options: argparse.Namespace) -> int:
    gc.disable()  # one answer and out: what is loaded stays in use, looking for garbage in it would double the time
    knowledge = Knowledge.load(settings.read().knowledge_paths)
    message = jsonlines.message(" ".join(options.text), 1)
    reply = asyncio.run(Assistant(knowledge, MemoryStore()).handle(message))
    if options.json:
        print(jsonlines.encode(message.id, reply))
    elif sys.stdout.isatty():
        from adapters.shell.render import show

        show(reply)
    else:
        print(reply.plain)
    return 0 if reply.answered else 1
