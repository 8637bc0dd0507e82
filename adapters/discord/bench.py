"""What the adapter stands: many people at once, every request to Discord taking 20 ms. No network, discord.py as it is."""

from __future__ import annotations

import asyncio
import itertools
import tempfile
import time
from typing import TYPE_CHECKING, Any

from rich.table import Table

from bot.adapter import Services
from bot.assistant import Assistant
from bot.bench.answers import questions
from bot.interview import buttons as interview
from bot.knowledge.knowledge import Knowledge
from bot.messages import Message, Place
from bot.ratelimit import RateLimit
from bot.settings import Settings
from bot.store import open_store

if TYPE_CHECKING:
    from rich.console import Console

    from adapters.discord.adapter import DiscordAdapter

PEOPLE, EACH = 60, 5
LATENCY = 0.02
_BOT = "9001"


class Requests:
    """Stands in for `HTTPClient.request`: answers after a while, and notes when what was asked for."""

    def __init__(self) -> None:
        self.seen: dict[str, list[float]] = {"callback": [], "original": [], "posted": []}
        self.by_token: dict[str, float] = {}
        self._ids = itertools.count(10**18)
        self._answered = asyncio.Condition()

    async def __call__(self, route: Any, **_: Any) -> dict[str, Any]:
        await asyncio.sleep(LATENCY)
        now = time.perf_counter()
        token = str(getattr(route, "webhook_token", "") or "")
        kind = "callback" if route.path.endswith("/callback") else "original" if token else "posted"
        began = self.by_token.get(token) if token else None
        self.seen[kind].append(now - began if began else 0.0)
        async with self._answered:
            self._answered.notify_all()
        return {"id": str(next(self._ids))}

    async def until(self, answers: int) -> None:
        async with self._answered:
            await self._answered.wait_for(lambda: len(self.seen["original"]) >= answers)


def bench(console: Console, *, quick: bool) -> dict[str, Any]:
    """Milliseconds from an interaction to its first response and to its answer; and messages answered per second."""
    rounds = 1 if quick else 5
    figures = asyncio.run(_measure(rounds))
    table = Table(title=f"Discord: {PEOPLE} people at once, {LATENCY * 1000:.0f} ms per request", title_justify="left")
    for name in figures:
        table.add_column(name, justify="right")
    table.add_row(*(f"{value:,}" for value in figures.values()))
    console.print(table)
    return figures


async def _measure(rounds: int) -> dict[str, Any]:
    from adapters.discord.adapter import DiscordAdapter

    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/bench.db")
        await store.start()
        knowledge = Knowledge.load()
        services = Services(Settings(discord_token="bench"), Assistant(knowledge, store), store)  # noqa: S106
        adapter = DiscordAdapter(services, limit=RateLimit(burst=0))
        await adapter.client._async_setup_hook()  # noqa: SLF001 - what logging in would do
        await adapter.handle(Message("warm", Place("bench", "c"), "u", press=interview.START))
        requests = Requests()
        adapter.client.http.request = requests  # type: ignore[method-assign]
        adapter.client._connection.application_id = int(_BOT)  # noqa: SLF001 - what READY would have set
        took = [await _round(adapter, requests, questions(knowledge), number) for number in range(rounds)]
        await adapter.deliverer.close()
        await store.close()
    count = rounds * PEOPLE * EACH
    return {
        "commands": count,
        "first response p50": _share(requests.seen["callback"], 0.5),
        "first response p99": _share(requests.seen["callback"], 0.99),
        "answer p50": _share(requests.seen["original"], 0.5),
        "answer p99": _share(requests.seen["original"], 0.99),
        "answers per second": round(count / sum(took)),
    }


async def _round(adapter: DiscordAdapter, requests: Requests, asked: list[str], number: int) -> float:
    """Everybody asks at once; until all is answered."""
    began = time.perf_counter()
    for person, turn in itertools.product(range(PEOPLE), range(EACH)):
        name = f"{number}-{person}-{turn}"
        text = asked[(person * EACH + turn) % len(asked)]
        requests.by_token[name] = time.perf_counter()
        adapter.client._connection.parse_interaction_create(_command(name, person, text))  # type: ignore[arg-type]  # noqa: SLF001
        await asyncio.sleep(0)  # as between two frames of the gateway
    wanted = (number + 1) * PEOPLE * EACH
    await requests.until(wanted)
    return time.perf_counter() - began


def _command(name: str, person: int, text: str) -> dict[str, Any]:
    number = "".join(f"{int(part) + 100}" for part in name.split("-"))
    option = {"name": "question", "type": 3, "value": text}
    return {
        "id": number,
        "application_id": _BOT,
        "type": 2,
        "token": name,
        "version": 1,
        "channel_id": str(5000 + person),
        "channel": {"id": str(5000 + person), "type": 1, "recipients": []},
        "user": {"id": str(7000 + person), "username": f"p{person}", "discriminator": "0", "avatar": None},
        "data": {
            "id": "1",
            "name": "framework",
            "type": 1,
            "options": [{"name": "ask", "type": 1, "options": [option]}],
        },
        "app_permissions": "0",
        "locale": "en-US",
        "entitlements": [],
        "authorizing_integration_owners": {"0": "0"},
        "context": 1,
        "attachment_size_limit": 1,
    }


def _share(took: list[float], share: float) -> float:
    ordered = sorted(took)
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000, 1)
