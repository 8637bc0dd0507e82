"""What the playground stands: many open pages, and messages at a steady rate whether or not answers keep up."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import tempfile
import time
from typing import TYPE_CHECKING, Any

import aiohttp
import msgspec
from rich.table import Table

from bot.bench.answers import questions
from bot.knowledge.knowledge import Knowledge

if TYPE_CHECKING:
    from rich.console import Console

PAGES = 200
PER_SECOND = 50


def bench(console: Console, *, quick: bool) -> dict[str, Any]:
    """A bot of its own in another process, with SQLite; milliseconds from request to reply, as a page sees them."""
    with tempfile.TemporaryDirectory() as folder:
        server, address = _start(folder)
        try:
            figures = asyncio.run(_drive(address, questions(Knowledge.load()), seconds=4 if quick else 20))
        finally:
            server.terminate()
            server.wait()
    table = Table(title=f"Playground: {PAGES} open pages, {PER_SECOND} messages/s (milliseconds)", title_justify="left")
    for name in figures:
        table.add_column(name, justify="right")
    table.add_row(*(f"{value:,}" for value in figures.values()))
    console.print(table)
    return figures


def _start(folder: str) -> tuple[subprocess.Popen[str], str]:
    """The process and the address it prints."""
    environ = {
        **os.environ,
        "PORT": "0",
        "HOST": "127.0.0.1",
        "WEB_TOKEN": "",
        "DATABASE_URL": "",
        "LOG_LEVEL": "warning",
    }
    command = [sys.executable, "-m", "bot", "run", "--only", "web"]
    server = subprocess.Popen(command, cwd=folder, env=environ, stderr=subprocess.PIPE, text=True)  # noqa: S603
    assert server.stderr is not None
    for line in server.stderr:
        if found := re.search(r"Open (http://\S+)", line):
            return server, found[1]
    raise RuntimeError("the bot did not start")


async def _drive(address: str, asked: list[str], *, seconds: int) -> dict[str, Any]:
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(address, connector=connector) as session:
        pages = [await session.get("/api/events") for _ in range(PAGES)]
        await _ask(session, 0, 0, asked[0])  # the first loads what is loaded lazily
        took = await _steadily(session, seconds * PER_SECOND, asked)
        for page in pages:
            page.close()
    ordered = sorted(took)
    points = {name: ordered[min(len(ordered) - 1, int(len(ordered) * share))] for name, share in _SHARES}
    return {"messages": len(took), **{name: round(value * 1000, 1) for name, value in points.items()}}


_SHARES = (("p50", 0.5), ("p90", 0.9), ("p95", 0.95), ("p99", 0.99))


async def _steadily(session: aiohttp.ClientSession, count: int, asked: list[str]) -> list[float]:
    """Each message at its own moment: a slow answer does not hold back the next question."""
    began = time.perf_counter()
    tasks = []
    for number in range(count):
        await asyncio.sleep(max(0.0, began + number / PER_SECOND - time.perf_counter()))
        text = asked[number * 7 % len(asked)]
        tasks.append(asyncio.create_task(_ask(session, number % PAGES, number + 1, text)))
    return await asyncio.gather(*tasks)


async def _ask(session: aiohttp.ClientSession, page: int, number: int, text: str) -> float:
    said = {"id": f"m{number}", "conversation": f"page-{page}", "user": f"user-{page}", "text": text}
    headers = {"Content-Type": "application/json"}
    began = time.perf_counter()
    async with session.post("/api/messages", data=msgspec.json.encode(said), headers=headers) as response:
        await response.read()
        response.raise_for_status()
    return time.perf_counter() - began
