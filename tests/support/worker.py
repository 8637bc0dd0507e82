"""A bot process to kill: `python worker.py DATABASE_URL PLATFORM_FILE CLOCK_OFFSET`.

Messages come as JSON lines on standard input; `ack ID` goes to standard output once one is committed. Sending is
appending a line to the platform's file. At the end of input it finishes what is in flight and leaves.
The offset makes the claims of processes that died before it look a minute old.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from typing import TYPE_CHECKING

import msgspec

from bot.delivery import Deliverer
from bot.messages import Message
from bot.store import Delivery, Store, open_store
from tests.support.stores import ask

if TYPE_CHECKING:
    from collections.abc import Sequence


class FileAdapter:
    name = "test"

    def __init__(self, path: str) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        self._count = 0

    async def run(self) -> None:
        pass

    def ready(self) -> bool:
        return True

    def routes(self) -> list[str]:
        return []

    async def send(self, delivery: Delivery) -> tuple[str, ...]:
        self.write(message=delivery.message, channel=delivery.place.channel, text=delivery.reply.plain)
        await asyncio.sleep(0)
        self._count += 1
        return (f"{os.getpid()}-{self._count}",)

    def write(self, **line: str) -> None:
        os.write(self._file, msgspec.json.encode(line) + b"\n")

    async def close(self) -> None:
        os.close(self._file)


def note_marks(store: Store, adapter: FileAdapter) -> None:
    """Let the file show when the database had taken that a reply was sent: from then on it must not be sent again."""
    mark = store.sent

    async def sent(delivery: Delivery, sent_as: Sequence[str]) -> None:
        await mark(delivery, sent_as)
        adapter.write(marked=delivery.message)

    store.sent = sent  # type: ignore[method-assign]


async def handle(store: Store, deliverer: Deliverer, message: Message) -> None:
    await ask(store, message)
    print("ack", message.id, flush=True)
    await deliverer.deliver(message)


async def main(url: str, path: str, offset: str) -> None:
    def clock() -> float:
        return time.time() + float(offset)

    store = open_store(url, clock=clock)
    await store.start()
    adapter = FileAdapter(path)
    note_marks(store, adapter)
    deliverer = Deliverer(store, adapter, every=0.2, clock=clock)
    deliverer.start()
    print("ready", flush=True)
    tasks = []
    while line := await asyncio.to_thread(sys.stdin.readline):
        message = msgspec.json.decode(line, type=Message)
        tasks.append(asyncio.create_task(handle(store, deliverer, message)))
    await asyncio.gather(*tasks)
    while (await store.waiting())[0]:
        await deliverer.drain()
    await deliverer.close()
    await store.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
