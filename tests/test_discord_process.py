"""The bot as a process: it stops gracefully, and what it had taken in survives being killed."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import sys
from pathlib import Path

import pytest

from tests.support.discord_gateway import TOKEN
from tests.support.discord_people import Person, text
from tests.support.fake_discord import FakeDiscord, Fault

QUESTION = "django or flask for auth?"


async def started(fake: FakeDiscord, directory: Path, **more: str) -> asyncio.subprocess.Process:
    environment = {
        **os.environ,
        "DISCORD_TOKEN": TOKEN,
        "DISCORD_API_URL": fake.url,
        "DATABASE_URL": f"sqlite:///{directory / 'bot.db'}",
        "LOG_FORMAT": "json",
        **more,
    }
    before = fake.identifies
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", "--only", "discord", env=environment, stderr=asyncio.subprocess.PIPE
    )
    await fake.until(lambda: fake.identifies > before and fake._sockets, 60.0, polled=True)
    return process


async def ended(process: asyncio.subprocess.Process) -> str:
    async with asyncio.timeout(30):
        _, errors = await process.communicate()
    return errors.decode()


@pytest.fixture
async def fake() -> object:
    made = FakeDiscord()
    await made.start()
    yield made
    await made.stop()


async def test_sigterm_finishes_what_is_in_flight(fake: FakeDiscord, tmp_path: Path) -> None:
    channel = fake.channel(fake.guild())
    process = await started(fake, tmp_path)
    fake.latency = 0.2
    people = [Person(fake, f"p{number}") for number in range(10)]
    for person in people:
        await person.say(QUESTION, channel)
    await fake.heard()
    process.send_signal(signal.SIGTERM)
    errors = await ended(process)
    assert process.returncode == 0, errors
    assert len(fake.posted(channel)) == len(people)
    assert "Traceback" not in errors
    assert TOKEN not in errors
    assert "auth" not in errors


async def test_kill_9_costs_no_answer(fake: FakeDiscord, tmp_path: Path) -> None:
    channel = fake.channel(fake.guild())
    process = await started(fake, tmp_path)
    ann = Person(fake, "ann")
    fake.faults.append(Fault("POST", "/messages", status=503))
    shown = await ann.command("ask", channel, question=QUESTION)
    await fake.until(lambda: shown.original and text(fake.messages[shown.original]))
    await ann.say("does flask have an orm?", channel)
    await fake.until(lambda: any(one.path.endswith("/messages") for one in fake.requests))
    process.kill()
    await ended(process)
    assert len(fake.posted(channel)) == 1
    with sqlite3.connect(tmp_path / "bot.db") as database:  # the dead process's claim has run out
        database.execute("UPDATE answers SET due = 0 WHERE state = 'waiting'")
    again = await started(fake, tmp_path)
    await fake.until(lambda: len(fake.posted(channel)) == 2, 90.0)
    again.send_signal(signal.SIGTERM)
    await ended(again)
    assert again.returncode == 0
    assert "SQLAlchemy" in text(fake.posted(channel)[1])


async def test_a_wrong_token_is_one_clear_line(fake: FakeDiscord, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "DISCORD_TOKEN": "wrong",
        "DISCORD_API_URL": fake.url,
        "DATABASE_URL": f"sqlite:///{tmp_path / 'bot.db'}",
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", "--only", "discord", env=environment, stderr=asyncio.subprocess.PIPE
    )
    errors = await ended(process)
    assert process.returncode == 1
    assert "DISCORD_TOKEN was refused" in errors
    assert "Traceback" not in errors
