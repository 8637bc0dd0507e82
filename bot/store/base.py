"""The store's contract. One turn is one transaction; what is committed is delivered; nothing is answered twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from bot.preferences import USUAL

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from contextlib import AbstractAsyncContextManager

    from bot.conversation import Conversation
    from bot.effects import Effect
    from bot.messages import Message, Place
    from bot.preferences import Preferences
    from bot.replies import Reply

LEASE = 60.0  # seconds after which a claim counts as left behind by a dead process
DAY = 86_400.0


class Turn:
    """One message being answered, inside the store's transaction. Leave the block without `finish` and nothing is kept.

    earlier: the reply already given to this message id; then the block must not call `finish`.
    conversation: as loaded (a fresh one when nothing is stored).
    damaged: the stored state could not be read; `conversation` is fresh, and `finish` puts the old state aside.
    preferences: of the person whose message it is.
    """

    def __init__(
        self,
        conversation: Conversation,
        *,
        earlier: Reply | None = None,
        damaged: bool = False,
        preferences: Preferences = USUAL,
    ) -> None:
        self.conversation = conversation
        self.earlier = earlier
        self.damaged = damaged
        self.preferences = preferences
        self.reply: Reply | None = None
        self.effects: tuple[Effect, ...] = ()

    def finish(self, conversation: Conversation, reply: Reply, effects: Sequence[Effect] = ()) -> None:
        """Save this when the block ends: state, reply (into the outbox unless silent) and effects, all or nothing."""
        self.conversation, self.reply, self.effects = conversation, reply, tuple(effects)


class Delivery(msgspec.Struct, frozen=True):
    """A committed reply that has to reach its place.

    id: the outbox row. message: the id of the message it answers. attempts: how often sending failed so far.
    sent_as: the platform's ids of the messages it became (empty before it is sent), needed to edit or to delete them.
    earlier: for a reply that replaces another (`Reply.replaces`), the platform's ids of what it replaces.
    created: when it was committed, in seconds since 1970.
    """

    id: int
    place: Place
    message: str
    user: str
    reply: Reply
    attempts: int = 0
    sent_as: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    created: float = 0.0


class Retention(msgspec.Struct, frozen=True):
    """Seconds after which `Store.sweep` deletes.

    messages: ids of messages without an answer (a platform may deliver twice within a day). answers: replies and where
    they were sent. conversations: since the last message in it; also state put aside. notes: gaps and feedback, and
    preferences of people who take part in no conversation any more.
    """

    messages: float = 2 * DAY
    answers: float = 30 * DAY
    conversations: float = 90 * DAY
    notes: float = 365 * DAY

    @classmethod
    def of_days(cls, days: float) -> Retention:
        """Conversations so long, and answers no longer; yet both as long as a message may come twice."""
        usual, wanted = cls(), max(days * DAY, cls().messages)
        return cls(conversations=wanted, answers=min(usual.answers, wanted))


class Store(Protocol):
    """Every store passes `tests/test_store.py`. Raises `StoreUnavailable` when the database cannot be used now."""

    async def start(self) -> None:
        """Connect and bring the schema up to date."""

    async def close(self) -> None: ...

    def turn(self, message: Message) -> AbstractAsyncContextManager[Turn]:
        """Lock the conversation (in this process and all others), deduplicate, load; commit on leaving the block.

        Messages of one conversation are taken in the order in which they asked. Raises `StoreConflict` on leaving when
        another process changed the conversation meanwhile: nothing was kept, run the turn again.
        """

    async def claim(self, platform: str, *, conversation: str = "", limit: int = 20) -> list[Delivery]:
        """Take replies that wait to be sent: of each conversation the oldest, so that order is kept; oldest first.

        With `conversation` (a place's key), only its own. A claim not settled within `LEASE` seconds (its
        process died) can be claimed again.
        """

    async def sent(self, delivery: Delivery, sent_as: Sequence[str]) -> None: ...

    async def failed(self, delivery: Delivery, error: str, *, retry_in: float | None) -> None:
        """Try again in so many seconds, or give up (None)."""

    async def hasten(self, platform: str) -> None:
        """What waits there for its next attempt may be claimed at once. What somebody has claimed stays theirs."""

    async def answer_at(self, platform: str, sent_as: str) -> Delivery | None:
        """The reply that became this platform message: how a reply to the bot's message finds its conversation."""

    async def answer(self, platform: str, answer: str) -> Delivery | None:
        """The newest reply with this id (`Reply.id`)."""

    async def recent(self, platform: str, *, since: float, limit: int = 200) -> list[Delivery]:
        """The newest reply of each conversation, of those since then (seconds since 1970), newest first: where to look
        for what was said while the bot was away.
        """

    async def waiting(self) -> tuple[int, float]:
        """How many replies wait, and the age in seconds of the oldest."""

    async def about(self, user: str) -> dict[str, int]:
        """What is kept about a person: `conversations`, `messages`, `gaps`, `feedback`, `decisions`, `preferences` -> how
        many.
        """

    async def forget(self, user: str) -> int:
        """Erase everything about a person, conversations in which only they took part included; how many rows went."""

    async def forget_workspace(self, platform: str, workspace: str) -> int:
        """Erase everything of a workspace that has removed the bot; how many rows went."""

    async def decisions(self, user: str, limit: int = 1) -> list[dict[str, Any]]:
        """A person's decision records, newest first: `title`, `pick`, `date`."""

    async def keep(self, kind: str, name: str, value: str, *, seconds: float = 0.0) -> None:
        """Keep a value under a name, in place of the one there; for so many seconds, or for good."""

    async def kept(self, kind: str, name: str) -> str | None: ...

    async def drop(self, kind: str, name: str) -> bool:
        """Whether it was there; of several who drop it at once only one is told so."""

    async def gaps(self, limit: int = 100) -> list[dict[str, Any]]:
        """Unanswered questions and negative feedback, grouped, most frequent first.

        Each has `text`, `reason`, `count`, `last` (ISO date).
        """

    async def usage(self, days: int = 30) -> list[dict[str, Any]]:
        """Messages per `day` (ISO), `platform`, `intent` and `answered`: their `count`. Oldest day first."""

    async def sweep(self) -> int:
        """Delete what is past its retention; how many rows went."""

    async def ping(self) -> None:
        """Raise `StoreUnavailable` unless the database answers and can be written."""

    def export(self) -> AsyncIterator[dict[str, Any]]:
        """Every row of every table, as JSON objects with a `table` key."""

    async def import_rows(self, rows: AsyncIterator[dict[str, Any]]) -> int:
        """Take over what `export` gave; rows that are there already stay as they are. How many rows came in.

        Raises `StoreError` where numbers of the rows stand for others here; what came before them has been taken over.
        """
