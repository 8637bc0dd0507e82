"""The bot as a process of its own: killed at any instant, or asked to end."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.support.fake_slack import APP_TOKEN, BOT_TOKEN, FakeSlack
from tests.support.process import ROOT, environment
from tests.support.slack_people import BOT, Sent

QUESTIONS = ("django or flask for auth?", "does flask have an orm?", "is fastapi fast?", "what is an ORM?")


async def bot(slack: FakeSlack, folder: Path) -> asyncio.subprocess.Process:
    before = slack.connections
    settings = {
        "SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN, "SLACK_API_URL": slack.api_url,
        "DATABASE_URL": f"sqlite:///{folder / 'bot.db'}",
    }  # fmt: skip
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", "--only", "slack",
        cwd=folder, env=environment(**settings, PYTHONPATH=str(ROOT)), stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    await slack.until(lambda: slack.connections > before, "the bot", seconds=90)
    return process


async def ask(slack: FakeSlack, count: int) -> list[Sent]:
    return [await slack.say(f"<@{BOT}> {QUESTIONS[n % len(QUESTIONS)]}", user=f"U{n}") for n in range(count)]


def acknowledged(asked: list[Sent]) -> int:
    return sum(one.acked_at is not None for one in asked)


def answered(slack: FakeSlack) -> Counter[str]:
    return Counter(post["thread_ts"] for post in slack.posts())


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_killed_again_and_again_it_answers_everything(slack: FakeSlack, tmp_path: Path) -> None:
    slack.latency = 0.02
    asked: list[Sent] = []
    kills = 4
    for number in range(kills):
        process = await bot(slack, tmp_path)
        await slack.redeliver()
        asked += await ask(slack, 12)
        some = 12 * number + 3 * number + 1
        await slack.until(lambda some=some, asked=asked: acknowledged(asked) >= some, "acknowledgements")
        process.kill()
        await process.communicate()
        await slack.until(lambda: not slack.sockets, "the end of the connection")
    process = await bot(slack, tmp_path)
    await slack.redeliver()
    wanted = {one.envelope["ts"] for one in asked}
    # what the dead process had claimed is free again after a minute
    await slack.until(lambda: wanted <= set(answered(slack)), "every answer", seconds=150)
    process.terminate()
    await process.communicate()
    counts = answered(slack)
    assert set(counts) == wanted
    assert sum(counts.values()) - len(wanted) <= kills * 12
    assert process.returncode == 0


@pytest.mark.slow
@pytest.mark.timeout(120)
async def test_asked_to_end_it_finishes_what_is_in_flight(slack: FakeSlack, tmp_path: Path) -> None:
    slack.latency = 0.05
    process = await bot(slack, tmp_path)
    asked = await ask(slack, 20)
    await slack.until(lambda: any(one.acked_at for one in asked), "an acknowledgement")
    clock = asyncio.get_running_loop().time
    began = clock()
    process.send_signal(signal.SIGTERM)
    errors: Any = (await asyncio.wait_for(process.communicate(), 30))[1]
    assert process.returncode == 0, errors.decode()[-2_000:]
    assert clock() - began < 10
    acknowledged = {one.envelope["ts"] for one in asked if one.acked_at is not None}
    assert acknowledged <= set(answered(slack))
    assert max(answered(slack).values()) == 1
