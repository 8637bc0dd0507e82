"""`kill -9` at any instant costs no answer and no state. Real processes, real databases.

FRAMEWORK_BOT_KILLS=30 is the long form; the suite kills a few times only.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import random
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from bot.store import open_store
from tests.support.stores import known, message, new_url, no_blocking, seen

if TYPE_CHECKING:
    from bot.messages import Message

__all__ = ["no_blocking"]  # fixture

KILLS = int(os.environ.get("FRAMEWORK_BOT_KILLS", "4"))
MESSAGES, PEOPLE = 300, 40
WORKER = Path(__file__).parent / "support" / "worker.py"
IN_FLIGHT = 12


def stream(count: int, people: int) -> list[Message]:
    """Messages of many people taking turns, each in a conversation of their own."""
    order = random.Random(7)  # noqa: S311
    asked = [order.randrange(people) for _ in range(count)]
    return [message(f"m{number:03}", f"c{person}", f"u{person}") for number, person in enumerate(asked)]


class Worker:
    """A bot process."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def start(cls, url: str, platform: Path, generation: int = 0) -> Worker:
        pipe = asyncio.subprocess.PIPE
        command = (sys.executable, str(WORKER), url, str(platform), str(generation * 61))
        environment = {**os.environ, "PYTHONPATH": str(WORKER.parents[2])}
        errors = asyncio.subprocess.DEVNULL if generation else None
        return cls(
            await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, stderr=errors, env=environment)
        )

    def tell(self, message: Message) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(msgspec.json.encode(message) + b"\n")

    async def acknowledged(self) -> str:
        """The id of the next message it has committed; empty when it has ended."""
        assert self._process.stdout is not None
        while line := await self._process.stdout.readline():
            if line.startswith(b"ack "):
                return line.split()[1].decode()
        return ""

    async def kill(self) -> set[str]:
        """The end, and what it had acknowledged that nobody had read yet."""
        self._process.kill()
        late = set()
        while name := await self.acknowledged():
            late.add(name)
        await self._process.wait()
        return late

    async def finish(self) -> set[str]:
        assert self._process.stdin is not None
        self._process.stdin.close()
        late = set()
        while name := await self.acknowledged():
            late.add(name)
        assert await self._process.wait() == 0
        return late


async def deliver_until_killed(worker: Worker, waiting: list[Message], commits: int) -> set[str]:
    """As a platform does: a few messages in flight, the next when one is acknowledged; then pull the plug."""
    done: set[str] = set()
    coming = iter(waiting)
    for asked in itertools.islice(coming, IN_FLIGHT):
        worker.tell(asked)
    while len(done) < commits and (name := await worker.acknowledged()):
        done.add(name)
        if following := next(coming, None):
            worker.tell(following)
    await asyncio.sleep(random.random() * 0.004)  # noqa: S311 - not to wait for anything: to hit any instant
    return done | await worker.kill()


async def run_with_kills(url: str, platform: Path, asked: list[Message], kills: int) -> None:
    acknowledged: set[str] = set()
    for generation in range(kills):
        waiting = [one for one in asked if one.id not in acknowledged]
        worker = await Worker.start(url, platform, generation)
        if generation % 6 == 5:  # while it starts
            await asyncio.sleep(random.random() * 0.8)  # noqa: S311
            acknowledged |= await worker.kill()
            continue
        share = max(1, 2 * len(waiting) // (kills - generation + 1))
        acknowledged |= await deliver_until_killed(worker, waiting, random.randrange(share))  # noqa: S311
    last = await Worker.start(url, platform, kills)
    for one in asked:
        if one.id not in acknowledged:
            last.tell(one)
    acknowledged |= await last.finish()
    assert acknowledged == {one.id for one in asked}


def sent_lines(platform: Path) -> list[dict[str, Any]]:
    """What arrived; a line cut short by the kill never did."""
    return [msgspec.json.decode(line) for line in platform.read_bytes().split(b"\n") if line.endswith(b"}")]


def without_marks(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The messages that arrived; none came again after it had been marked as sent."""
    marked: set[str] = set()
    for line in lines:
        assert line.get("message") not in marked
        marked.add(line.get("marked", ""))
    return [line for line in lines if "message" in line]


async def check(url: str, platform: Path, asked: list[Message]) -> int:
    """Every message answered, with the right state, in order; how many answers came twice."""
    talks: dict[str, list[str]] = {}
    for one in asked:
        talks.setdefault(one.place.channel, []).append(one.id)
    lines = without_marks(sent_lines(platform))
    first = {line["message"]: line for line in reversed(lines)}
    arrived: dict[str, list[str]] = {}
    for line in lines:
        assert line["text"] == first[line["message"]]["text"]
        order = arrived.setdefault(line["channel"], [])
        if line["message"] not in order:
            order.append(line["message"])
    assert arrived == talks
    for ids in talks.values():
        assert [first[name]["text"] for name in ids] == [f"answer {n} to {name}" for n, name in enumerate(ids, 1)]
    store = open_store(url)
    await store.start()
    for channel, ids in talks.items():
        assert seen(await known(store, channel)) == tuple(ids)
    assert await store.waiting() == (0, 0.0)
    await store.close()
    return sum(times - 1 for times in Counter(line["message"] for line in lines).values())


@pytest.mark.timeout(60 + 5 * KILLS)
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_killed_at_any_instant_nothing_is_lost(kind: str, tmp_path: Path) -> None:
    url, platform = await new_url(kind, tmp_path), tmp_path / "platform"
    asked = stream(MESSAGES, PEOPLE)
    await run_with_kills(url, platform, asked, KILLS)
    twice = await check(url, platform, asked)
    print(f"{kind}: {KILLS} kills, {MESSAGES} messages, all answered, {twice} sent twice")
    assert twice <= KILLS * PEOPLE  # at most what each conversation had between sent and marked


async def test_two_processes_share_the_work_without_double_answers(tmp_path: Path) -> None:
    url, platform = await new_url("postgresql", tmp_path), tmp_path / "platform"
    asked = stream(500, PEOPLE)
    workers = await asyncio.gather(*(Worker.start(url, platform) for _ in range(2)))
    for one in asked:
        for worker in workers:
            worker.tell(one)
    finished = await asyncio.gather(*(worker.finish() for worker in workers))
    assert all(names == {one.id for one in asked} for names in finished)
    assert await check(url, platform, asked) == 0
