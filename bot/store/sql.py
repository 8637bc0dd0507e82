"""The store on SQL: every method is one or a few functions run in a transaction of the database it was given."""

from __future__ import annotations

import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import msgspec
import structlog

from bot.conversation import Conversation
from bot.replies import Reply
from bot.store import codec, kept, outbox, people, reports, retention, turns
from bot.store.base import DAY, Delivery, Retention, Turn
from bot.store.database import Database, check_writable
from bot.store.locks import KeyedLocks

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from bot.messages import Message

_log = structlog.get_logger(__name__)


class SqlStore:
    """deliver: replies go through the outbox. clock: seconds since 1970; tests set it."""

    def __init__(
        self,
        database: Database,
        *,
        deliver: bool = True,
        retention: Retention | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._database = database
        self._deliver = deliver
        self._retention = retention or Retention()
        self._clock = clock
        self._locks = KeyedLocks()

    async def start(self) -> None:
        await self._database.open()

    async def close(self) -> None:
        await self._database.close()

    @asynccontextmanager
    async def turn(self, message: Message) -> AsyncIterator[Turn]:
        key = codec.clean(message.place.key)
        async with self._locks.hold(key), self._database.turn(key) as run:
            loaded = await run(turns.load, message)
            conversation, problem = self._conversation(loaded, key)
            earlier = None if loaded.earlier is None else codec.load_reply(loaded.earlier) or Reply()
            turn = Turn(conversation, earlier=earlier, damaged=bool(problem), preferences=loaded.preferences)
            yield turn
            if turn.reply is not None and earlier is None:
                changed = bool(problem) or turn.conversation != conversation
                finished = self._finished(message, turn, turn.reply, loaded)
                await run(turns.commit, msgspec.structs.replace(finished, changed=changed, aside=problem))

    def _conversation(self, loaded: turns.Loaded, key: str) -> tuple[Conversation, str]:
        if loaded.state is None:
            return Conversation(), ""
        try:
            return codec.load_conversation(loaded.state, loaded.version), ""
        except codec.Damaged as damage:
            _log.warning("store.damaged", conversation=key, problem=str(damage))
            return Conversation(), str(damage)

    def _finished(self, message: Message, turn: Turn, reply: Reply, loaded: turns.Loaded) -> turns.Finished:
        return turns.Finished(
            message=message,
            conversation=turn.conversation,
            reply=reply,
            effects=turn.effects,
            loaded=loaded,
            now=self._now(),
            retention=self._retention,
            deliver=self._deliver,
        )

    async def claim(self, platform: str, *, conversation: str = "", limit: int = 20) -> list[Delivery]:
        wanted = outbox.Wanted(platform, conversation, limit)
        return await self._database.run(outbox.claim, wanted, self._now())

    async def sent(self, delivery: Delivery, sent_as: Sequence[str]) -> None:
        await self._database.run(outbox.mark_sent, delivery, tuple(sent_as))

    async def failed(self, delivery: Delivery, error: str, *, retry_in: float | None) -> None:
        due = None if retry_in is None else self._now(retry_in)
        await self._database.run(outbox.mark_failed, delivery, error, due)

    async def hasten(self, platform: str) -> None:
        await self._database.run(outbox.hasten, platform, self._now())

    async def answer_at(self, platform: str, sent_as: str) -> Delivery | None:
        return await self._database.run(outbox.answer_at, platform, sent_as)

    async def answer(self, platform: str, answer: str) -> Delivery | None:
        return await self._database.run(outbox.answer, platform, answer)

    async def recent(self, platform: str, *, since: float, limit: int = 200) -> list[Delivery]:
        return await self._database.run(outbox.recent, platform, codec.milliseconds(since), limit)

    async def waiting(self) -> tuple[int, float]:
        number, oldest = await self._database.run(outbox.waiting)
        return number, (self._now() - oldest) / 1000 if number else 0.0

    async def about(self, user: str) -> dict[str, int]:
        return await self._database.run(people.about, codec.clean(user))

    async def forget(self, user: str) -> int:
        return await self._database.run(people.forget, codec.clean(user))

    async def forget_workspace(self, platform: str, workspace: str) -> int:
        return await self._database.run(people.forget_workspace, platform, workspace)

    async def decisions(self, user: str, limit: int = 1) -> list[dict[str, Any]]:
        return await self._database.run(people.decisions_of, codec.clean(user), limit)

    async def keep(self, kind: str, name: str, value: str, *, seconds: float = 0.0) -> None:
        expires = self._now(seconds) if seconds else kept.NEVER
        await self._database.run(kept.keep, kind, codec.clean(name), codec.clean(value), expires)

    async def kept(self, kind: str, name: str) -> str | None:
        return await self._database.run(kept.find, kind, codec.clean(name), self._now())

    async def drop(self, kind: str, name: str) -> bool:
        return await self._database.run(kept.drop, kind, codec.clean(name), self._now())

    async def gaps(self, limit: int = 100) -> list[dict[str, Any]]:
        return await self._database.run(reports.grouped_gaps, limit)

    async def usage(self, days: int = 30) -> list[dict[str, Any]]:
        return await self._database.run(retention.used, self._now(-days * DAY))

    async def sweep(self) -> int:
        keep = self._retention
        gone = await self._repeat(retention.expire_answers, self._now())
        gone += await self._repeat(retention.expire_conversations, self._now(-keep.conversations))
        gone += await self._database.run(retention.expire_notes, self._now(-keep.notes))
        gone += await self._database.run(retention.expire_damaged, self._now(-keep.conversations))
        gone += await self._database.run(kept.expire, self._now())
        _log.info("store.swept", rows=gone)
        return gone

    async def _repeat(self, work: Callable[..., int], *args: Any) -> int:
        """Until a transaction deletes less than a full chunk; turns go on between them."""
        total = 0
        while True:
            gone = await self._database.run(work, *args)
            total += gone
            if gone < retention.CHUNK:
                return total

    async def ping(self) -> None:
        await self._database.run(check_writable)

    async def export(self) -> AsyncIterator[dict[str, Any]]:
        for table in reports.TABLES:
            after = None
            while rows := await self._database.run(reports.page, table, after):
                for row in rows:
                    yield {"table": table, **row}
                after = reports.key_of(table, rows[-1])

    async def import_rows(self, rows: AsyncIterator[dict[str, Any]]) -> int:
        total = 0
        page: list[dict[str, Any]] = []
        async for row in rows:
            page.append(row)
            if len(page) == reports.PAGE:
                total += await self._database.run(reports.take_over, page)
                page = []
        total += await self._database.run(reports.take_over, page)
        await self._database.run(reports.count_on)
        return total

    def _now(self, later: float = 0.0) -> int:
        return codec.milliseconds(self._clock() + later)
