"""500 questions of 100 people at once, over Socket Mode, to a bot on SQLite; Slack's API takes 20 ms a call.

Slack is played by another process, which takes the times. Twice: everybody asks the next question as soon as the last
is answered; and all 500 arrive in one go.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.table import Table

from bot.adapter import Services
from bot.assistant import Assistant
from bot.knowledge.knowledge import Knowledge
from bot.settings import Settings
from bot.store import open_store

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from rich.console import Console

PEOPLE = 100
LATENCY = 0.02
LIMIT = 300.0  # seconds
QUESTIONS = (
    "django or flask for auth?", "does fastapi have an orm?", "compare flask and fastapi on testing",
    "how popular is django?", "show me a login page in flask",
)  # fmt: skip


def bench(console: Console, *, quick: bool) -> dict[str, Any]:
    """Figures, and a table of them. quick: 20 people."""
    people = 20 if quick else PEOPLE
    figures = {name: _measured(people, burst=burst) for name, burst in (("one_by_one", False), ("in_one_go", True))}
    _show(console, figures)
    return figures


def _measured(people: int, *, burst: bool) -> dict[str, Any]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    crowd = context.Process(target=_crowd, args=(theirs, people, burst), daemon=True)
    crowd.start()
    try:
        return asyncio.run(_answer(ours))
    finally:
        crowd.terminate()
        crowd.join()


def _show(console: Console, figures: dict[str, dict[str, Any]]) -> None:
    table = Table("Slack", *(name.replace("_", " ") for name in figures))
    for row in next(iter(figures.values())):
        table.add_row(row.replace("_", " "), *(str(column[row]) for column in figures.values()))
    console.print(table)


async def _answer(crowd: Connection) -> dict[str, Any]:
    from adapters.slack.adapter import SlackAdapter  # imports the SDK

    url = await asyncio.to_thread(crowd.recv)
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'bench.db'}")
        await store.start()
        assistant = Assistant(Knowledge.load(), store)
        settings = Settings(slack_bot_token="xoxb-bench", slack_app_token="xapp-bench", slack_api_url=url)  # noqa: S106
        adapter = SlackAdapter(Services(settings, assistant, store))
        running = asyncio.create_task(adapter.run())
        figures: dict[str, Any] = await asyncio.to_thread(crowd.recv)
        await adapter.close()
        await running
        await store.close()
    return figures


def _crowd(pipe: Connection, people: int, burst: bool) -> None:
    asyncio.run(_Crowd(people, burst=burst).run(pipe))


class _Crowd:
    """Slack with people in it: each asks all questions in a thread of their own."""

    def __init__(self, people: int, *, burst: bool) -> None:
        self._people = people
        self._burst = burst
        self._socket: Any = None
        self._sent: dict[str, float] = {}
        self._acked: dict[str, float] = {}
        self._answers: dict[str, list[str]] = defaultdict(list)
        self._count = people * len(QUESTIONS)
        self._done = asyncio.Event()
        self._began = 0.0
        self._port = 0

    async def run(self, pipe: Connection) -> None:
        from aiohttp import web

        app = web.Application()
        app.router.add_post("/api/{method}", self._api)
        app.router.add_get("/link", self._link)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self._port = runner.addresses[0][1]
        pipe.send(f"http://127.0.0.1:{self._port}/api/")
        await asyncio.wait_for(self._done.wait(), LIMIT)
        pipe.send(self._figures(time.perf_counter() - self._began))
        await asyncio.sleep(LIMIT)  # until it is terminated: the bot is still saying goodbye

    async def _api(self, request: Any) -> Any:
        from aiohttp import web

        method, body = request.match_info["method"], await request.text()
        await asyncio.sleep(LATENCY)
        if method == "auth.test":
            return web.json_response({"ok": True, "team_id": "T1", "user_id": "UBOT", "bot_id": "BBOT"})
        if method == "apps.connections.open":
            return web.json_response({"ok": True, "url": f"ws://127.0.0.1:{self._port}/link"})
        if method == "chat.postMessage":
            await self._answered(json.loads(body))
        return web.json_response({"ok": True, "channel": "C1", "ts": f"{time.time():.6f}"})

    async def _link(self, request: Any) -> Any:
        from aiohttp import web

        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1})
        self._socket = socket
        asking = asyncio.create_task(self._begin())
        async for frame in socket:
            name = json.loads(frame.data).get("envelope_id", "") if isinstance(frame.data, str) else ""
            if name in self._sent:
                self._acked.setdefault(name, time.perf_counter() - self._sent[name])
                self._check_done()
        asking.cancel()
        return socket

    async def _begin(self) -> None:
        self._began = time.perf_counter()
        for number in range(len(QUESTIONS) if self._burst else 1):
            for person in range(self._people):
                await self._ask(person, number)

    async def _ask(self, person: int, number: int) -> None:
        name = f"{person}-{number}"
        self._sent[name] = time.perf_counter()
        await self._socket.send_json(_envelope(name, person, number, QUESTIONS[number]))

    async def _answered(self, said: dict[str, Any]) -> None:
        thread = said["thread_ts"]
        self._answers[thread].append(said["text"][:80])
        number = len(self._answers[thread])
        if not self._burst and number < len(QUESTIONS):
            await self._ask(int(thread.partition(".")[0][5:]), number)
        self._check_done()

    def _check_done(self) -> None:
        answered = sum(map(len, self._answers.values()))
        if len(self._acked) == self._count and answered >= self._count:
            self._done.set()

    def _figures(self, seconds: float) -> dict[str, Any]:
        acks = sorted(self._acked.values())
        heads = {tuple(answers) for answers in self._answers.values()}
        return {
            "people": self._people,
            "questions": self._count,
            "answers": sum(map(len, self._answers.values())),
            "in_order_and_once": len(heads) == 1 and len(set(next(iter(heads)))) == len(QUESTIONS),
            "ack_p50_seconds": round(acks[len(acks) // 2], 3),
            "ack_p99_seconds": round(acks[int(len(acks) * 0.99)], 3),
            "ack_max_seconds": round(acks[-1], 3),
            "all_answered_seconds": round(seconds, 2),
        }


def _envelope(name: str, person: int, number: int, text: str) -> dict[str, Any]:
    event = {
        "type": "app_mention",
        "user": f"U{person}",
        "text": f"<@UBOT> {text}",
        "ts": f"17000{person:05}.{number:06}",
        "thread_ts": f"16000{person:05}.000000",
        "channel": "C1",
    }
    payload = {"type": "event_callback", "team_id": "T1", "event_id": f"Ev{name}", "event": event}
    return {"envelope_id": name, "type": "events_api", "payload": payload, "accepts_response_payload": False}
