"""What a durable turn costs: alone, with 100 conversations side by side, and with a million conversations stored.

python -m bot.bench.store                                    SQLite in a temporary directory
python -m bot.bench.store --url postgresql://... --stored 1000000
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import os
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from bot.conversation import Conversation, Focus
from bot.messages import Message, Place
from bot.replies import Choice, Choices, Reply, SourceLine, Sources, Text
from bot.store import open_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from bot.store import Store

SIDE_BY_SIDE = 100
LINE = "**Flask** leaves the choice of a login package to you; Flask-Login is the usual one, and it is alive. "


def reply_to(message: Message) -> Reply:
    """A reply of ordinary size: about 2 kB as JSON."""
    buttons = Choices(tuple(Choice(f"Show {name}", f"code|{name}") for name in ("code", "more", "why")))
    cited = Sources((SourceLine("¹", "testdriven-2024", "Django vs. Flask", "TestDriven.io 2024", "2024-01-10"),))
    return Reply(
        id=message.id, parts=(Text(LINE * 15), cited, buttons), intent="compare", answered=True, topics=("auth",)
    )


async def take_turn(store: Store, message: Message) -> None:
    async with store.turn(message) as turn:
        focus = Focus(intent="compare", frameworks=("django", "flask"), topics=("auth",), words=(message.id,))
        turn.finish(Conversation(focus=focus, last_message=message.id, people=(message.user,)), reply_to(message))


def message(conversation: int, number: int) -> Message:
    place = Place(platform="bench", workspace="w", channel=f"c{conversation:07}")
    return Message(id=f"{conversation}-{number}", place=place, user=f"u{conversation}", text="django or flask?")


async def one_at_a_time(store: Store, turns: int, first: int, spread: int) -> list[float]:
    """Seconds of each turn, one after the other, over so many conversations."""
    took = []
    for number in range(turns):
        asked = message((number * 7919) % spread, first + number)
        began = time.perf_counter()
        await take_turn(store, asked)
        took.append(time.perf_counter() - began)
    return took


async def side_by_side(store: Store, turns: int, first: int) -> tuple[float, list[float]]:
    """Turns per second of conversations that each take one turn after the other, and the seconds of each."""
    took: list[float] = []

    async def talk(conversation: int) -> None:
        for number in range(turns // SIDE_BY_SIDE):
            began = time.perf_counter()
            await take_turn(store, message(conversation, first + number))
            took.append(time.perf_counter() - began)

    began = time.perf_counter()
    await asyncio.gather(*(talk(conversation) for conversation in range(SIDE_BY_SIDE)))
    return len(took) / (time.perf_counter() - began), took


async def longest_block(stop: asyncio.Event) -> float:
    """The longest the event loop kept a sleeper waiting beyond its time."""
    worst = 0.0
    while not stop.is_set():
        began = time.perf_counter()
        await asyncio.sleep(0.005)
        worst = max(worst, time.perf_counter() - began - 0.005)
    return worst


async def stored_rows(count: int) -> AsyncIterator[dict[str, Any]]:
    state = json.dumps({"focus": {"intent": "compare", "frameworks": ["django", "flask"], "words": ["x" * 300]}})
    for number in range(count):
        key = message(number, 0).place.key
        row = {"key": key, "state": state, "version": 1, "revision": 1, "updated": int(time.time() * 1000)}
        yield {"table": "conversations", **row}
    for number in range(count):
        yield {"table": "people", "key": message(number, 0).place.key, "person": f"u{number}"}


def fsyncs(directory: Path, count: int = 200) -> list[float]:
    """Seconds that the disk takes to make a page durable: what no turn on SQLite can do without."""
    took = []
    with tempfile.TemporaryFile(dir=directory, buffering=0) as file:
        for _ in range(count):
            file.write(b"x" * 4096)
            began = time.perf_counter()
            os.fsync(file.fileno())
            took.append(time.perf_counter() - began)
    return took


def percentile(seconds: Sequence[float], share: float) -> float:
    """In milliseconds."""
    return round(sorted(seconds)[min(len(seconds) - 1, int(len(seconds) * share))] * 1000, 3)


async def measure(url: str, *, turns: int = 2000, stored: int = 0) -> dict[str, Any]:
    """Run it all against the store at `url`, which should be empty."""
    disk = fsyncs(Path(tempfile.gettempdir()))
    store = open_store(url)
    await store.start()
    try:
        await one_at_a_time(store, 200, 0, SIDE_BY_SIDE)
        gc.collect()
        gc.freeze()  # as `run` does
        alone = await one_at_a_time(store, turns, 1_000, SIDE_BY_SIDE)
        stop = asyncio.Event()
        watcher = asyncio.create_task(longest_block(stop))
        rate, crowd = await side_by_side(store, turns, 100_000)
        stop.set()
        found = {
            "store": url.partition(":")[0],
            "disk_fsync_p50_ms": percentile(disk, 0.5),
            "alone_p50_ms": percentile(alone, 0.5),
            "alone_p99_ms": percentile(alone, 0.99),
            "side_by_side_turns_per_second": round(rate),
            "side_by_side_p50_ms": percentile(crowd, 0.5),
            "side_by_side_p99_ms": percentile(crowd, 0.99),
            "event_loop_longest_block_ms": round(await watcher * 1000, 1),
        }
        return found | (await _with_many_stored(store, turns, stored, alone) if stored else {})
    finally:
        await store.close()


async def _with_many_stored(store: Store, turns: int, stored: int, alone: Sequence[float]) -> dict[str, Any]:
    await store.import_rows(stored_rows(stored))
    await one_at_a_time(store, 200, 300_000, stored)
    full = await one_at_a_time(store, turns, 400_000, stored)
    slower = percentile(full, 0.5) / percentile(alone, 0.5)
    return {"stored": stored, "stored_p50_ms": percentile(full, 0.5), "stored_slower_by": round(slower, 2)}


async def in_temporary_file(*, turns: int, stored: int = 0) -> dict[str, Any]:
    """SQLite, empty at first."""
    with tempfile.TemporaryDirectory() as directory:
        return await measure(f"sqlite:///{Path(directory) / 'bench.db'}", turns=turns, stored=stored)


def bench(console: Console, *, quick: bool = False) -> dict[str, Any]:
    """Print and return what a durable turn costs on SQLite here."""
    found = asyncio.run(in_temporary_file(turns=500 if quick else 2_000, stored=20_000 if quick else 1_000_000))
    show(found, console)
    return found


def show(found: dict[str, Any], console: Console) -> None:
    table = Table("", "", title=f"Durable turns ({found['store']})", title_justify="left", show_header=False)
    for name, value in found.items():
        if name != "store":
            table.add_row(name.replace("_", " "), f"{value:,}")
    console.print(table)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", default="", help="an empty database, to be filled")
    parser.add_argument("--turns", type=int, default=2000)
    parser.add_argument("--stored", type=int, default=0)
    options = parser.parse_args()
    if options.url:
        found = asyncio.run(measure(options.url, turns=options.turns, stored=options.stored))
    else:
        found = asyncio.run(in_temporary_file(turns=options.turns, stored=options.stored))
    show(found, Console())


if __name__ == "__main__":
    main()
