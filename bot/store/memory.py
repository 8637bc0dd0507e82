"""The store for tests, embedding and `ask`: one process, nothing kept."""

from __future__ import annotations

import asyncio
from collections import Counter, OrderedDict
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import msgspec

from bot.conversation import Conversation
from bot.effects import Effect, Feedback, ForgetUser, Gap
from bot.store.base import Delivery, Turn

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from bot.messages import Message, Place
    from bot.replies import Reply

REMEMBERED_MESSAGES = 10_000


class MemoryStore:
    """`deliver`: keep replies in an outbox for an adapter to claim; without it `Assistant.handle` returns them only."""

    def __init__(self, *, deliver: bool = False) -> None:
        self._deliver = deliver
        self._conversations: dict[str, Conversation] = {}
        self._owners: dict[str, set[str]] = {}
        self._replies: OrderedDict[tuple[str, str, str], Reply] = OrderedDict()
        self._locks: dict[str, asyncio.Lock] = {}
        self._outbox: dict[int, Delivery] = {}
        self._sent: dict[int, Delivery] = {}
        self._claimed: set[int] = set()
        self.effects: list[tuple[str, Effect]] = []

    async def start(self) -> None:
        pass

    async def close(self) -> None:
        pass

    @asynccontextmanager
    async def turn(self, message: Message) -> AsyncIterator[Turn]:
        key = message.place.key
        lock = self._locks.setdefault(key, asyncio.Lock())
        async with lock:
            identity = (message.place.platform, message.place.workspace, message.id)
            turn = Turn(self._conversations.get(key) or Conversation(), earlier=self._replies.get(identity))
            yield turn
            if turn.reply is not None:
                self._commit(message, identity, turn.reply, turn)
        if not lock.locked():
            self._locks.pop(key, None)

    def _commit(self, message: Message, identity: tuple[str, str, str], reply: Reply, turn: Turn) -> None:
        key = message.place.key
        self._conversations[key] = turn.conversation
        self._owners.setdefault(key, set()).add(message.user)
        self._replies[identity] = reply
        if len(self._replies) > REMEMBERED_MESSAGES:
            self._replies.popitem(last=False)
        for effect in turn.effects:
            if isinstance(effect, ForgetUser):
                self._forget(effect.user)
            else:
                self.effects.append((message.user, effect))
        if self._deliver and not reply.silent:
            number = len(self._outbox) + len(self._sent) + 1
            earlier = self._sent_for(message.place, reply.replaces) if reply.replaces else ()
            self._outbox[number] = Delivery(number, message.place, message.id, message.user, reply, earlier=earlier)

    def _sent_for(self, place: Place, message: str) -> tuple[str, ...]:
        rows = [row for row in self._sent.values() if row.message == message and row.place.platform == place.platform]
        return rows[-1].sent_as if rows else ()

    async def claim(self, platform: str, *, message: str = "", limit: int = 20) -> list[Delivery]:
        waiting = [
            row
            for number, row in self._outbox.items()
            if row.place.platform == platform and number not in self._claimed and message in ("", row.message)
        ][:limit]
        self._claimed.update(row.id for row in waiting)
        return waiting

    async def sent(self, delivery: Delivery, sent_as: Sequence[str]) -> None:
        self._outbox.pop(delivery.id, None)
        self._claimed.discard(delivery.id)
        self._sent[delivery.id] = msgspec.structs.replace(delivery, sent_as=tuple(sent_as))

    async def failed(self, delivery: Delivery, error: str, *, retry_in: float | None) -> None:  # noqa: ARG002
        self._claimed.discard(delivery.id)
        if retry_in is None:
            self._outbox.pop(delivery.id, None)
        else:
            self._outbox[delivery.id] = msgspec.structs.replace(delivery, attempts=delivery.attempts + 1)

    async def answer_at(self, platform: str, sent_as: str) -> Delivery | None:
        rows = (row for row in self._sent.values() if row.place.platform == platform and sent_as in row.sent_as)
        return next(rows, None)

    async def waiting(self) -> tuple[int, float]:
        return len(self._outbox), 0.0

    async def about(self, user: str) -> dict[str, int]:
        talks = sum(user in owners for owners in self._owners.values())
        kinds = Counter(type(effect).__name__.lower() for owner, effect in self.effects if owner == user)
        return {"conversations": talks, **kinds}

    async def forget(self, user: str) -> int:
        return self._forget(user)

    def _forget(self, user: str) -> int:
        keys = [key for key, owners in self._owners.items() if user in owners]
        for key in keys:
            self._conversations.pop(key, None)
            self._owners[key].discard(user)
        kept = [pair for pair in self.effects if pair[0] != user]
        gone = len(keys) + len(self.effects) - len(kept)
        self.effects = kept
        return gone

    async def gaps(self, limit: int = 100) -> list[dict[str, Any]]:
        counts: Counter[tuple[str, str]] = Counter()
        for _, effect in self.effects:
            if isinstance(effect, Gap):
                counts[effect.text, effect.reason] += 1
            elif isinstance(effect, Feedback) and not effect.useful:
                counts[effect.answer, effect.reason or "not_useful"] += 1
        return [{"text": text, "reason": why, "count": count} for (text, why), count in counts.most_common(limit)]

    async def sweep(self) -> int:
        return 0

    async def ping(self) -> None:
        pass

    async def export(self) -> AsyncIterator[dict[str, Any]]:
        for key, conversation in self._conversations.items():
            yield {"table": "conversations", "key": key, "state": msgspec.to_builtins(conversation)}

    async def import_rows(self, rows: AsyncIterator[dict[str, Any]]) -> int:
        count = 0
        async for row in rows:
            if row["table"] == "conversations":
                self._conversations[row["key"]] = msgspec.convert(row["state"], Conversation)
                count += 1
        return count
