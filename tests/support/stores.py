"""Stores to test with, a clock to set, and a bot so simple that its answers can be checked: it counts.

The conversation collects the ids of the messages it has seen, in order; the answer names the message and its number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

import bot.store.postgres  # noqa: F401 - imported on first use, which reads files, and the tests watch for that
import bot.store.sqlite  # noqa: F401
from bot.conversation import Conversation, Focus
from bot.errors import StoreConflict
from bot.messages import Message, Place
from bot.replies import Reply, Text
from bot.store import Delivery, Retention, Store, open_store
from tests.support import postgres

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from blockbuster import BlockBuster

    from bot.effects import Effect

RETENTION = Retention(messages=2 * 86_400, answers=30 * 86_400, conversations=90 * 86_400, notes=365 * 86_400)


class Clock:
    """2026-11-21 12:00 UTC until it is set forward."""

    def __init__(self) -> None:
        self.now = 1_795_262_400.0

    def __call__(self) -> float:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(autouse=True)
def no_blocking(_nothing_blocks: BlockBuster | None) -> None:
    """Two places that may: asyncpg looks for a password file, once per connection; migrations have their own thread."""
    for function in _nothing_blocks.functions.values() if _nothing_blocks else ():
        function.can_block_in("asyncpg/connect_utils.py", {"_parse_connect_dsn_and_args"})
        function.can_block_in("bot/store/migrate.py", {"upgrade"})


async def new_url(kind: str, directory: Path) -> str:
    """The URL of an empty database: `sqlite` or `postgresql`."""
    return f"sqlite:///{directory / 'bot.db'}" if kind == "sqlite" else await postgres.server().create()


def open_sql(url: str, **options: Any) -> Any:
    """A store whose insides the test looks into."""
    return open_store(url, **options)


@pytest.fixture(params=["sqlite", "postgresql"])
async def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return await new_url(request.param, tmp_path)


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
async def store(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> AsyncIterator[Store]:
    address = "memory:" if request.param == "memory" else await new_url(request.param, tmp_path)
    opened = open_store(address, retention=RETENTION, clock=clock)
    await opened.start()
    yield opened
    await opened.close()


def place(channel: str = "c1", **more: Any) -> Place:
    return Place(platform="test", workspace="w1", channel=channel, **more)


def message(number: str | int, channel: str = "c1", user: str = "ann", **more: Any) -> Message:
    return Message(id=str(number), place=place(channel), user=user, text="django or flask?", **more)


def seen(conversation: Conversation) -> tuple[str, ...]:
    return conversation.focus.words


def after(conversation: Conversation, asked: Message) -> Conversation:
    people = tuple(dict.fromkeys((*conversation.people, asked.user)))
    return msgspec.structs.replace(
        conversation, focus=Focus(words=(*seen(conversation), asked.id)), last_message=asked.id, people=people
    )


def reply_to(asked: Message, conversation: Conversation) -> Reply:
    text = Text(f"answer {len(seen(conversation)) + 1} to {asked.id}")
    return Reply(id=f"a-{asked.id}", parts=(text,), intent="fact", answered=True, replaces=asked.edits)


async def ask(store: Store, asked: Message, *effects: Effect, reply: Reply | None = None) -> Reply | None:
    """One turn; None when the message was answered before. Taken again when another process was quicker."""
    while True:
        try:
            async with store.turn(asked) as turn:
                if turn.earlier is not None:
                    return None
                said = reply or reply_to(asked, turn.conversation)
                turn.finish(after(turn.conversation, asked), said, effects)
        except StoreConflict:
            continue
        return said


async def known(store: Store, channel: str = "c1") -> Conversation:
    """The conversation as it is stored; looking changes nothing."""
    async with store.turn(message("look", channel)) as turn:
        return turn.conversation


async def send_all(store: Store, prefix: str = "p") -> list[Delivery]:
    """Claim and settle until nothing waits that is due."""
    done: list[Delivery] = []
    while claimed := await store.claim("test"):
        for delivery in claimed:
            await store.sent(delivery, [f"{prefix}-{delivery.message}"])
        done += claimed
    return done
