"""The store for tests, embedding and `ask`: one process, nothing kept. It needs no database and imports none."""

from __future__ import annotations

import itertools
import time
from collections import Counter, OrderedDict
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import msgspec

from bot.conversation import VERSION, Conversation
from bot.effects import Decision, Effect, Feedback, ForgetUser, Gap, SetPreferences
from bot.preferences import USUAL, Preferences
from bot.store import codec
from bot.store.base import DAY, LEASE, Delivery, Retention, Turn
from bot.store.locks import KeyedLocks

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from bot.messages import Message
    from bot.replies import Reply

REMEMBERED_MESSAGES = 10_000
Identity = tuple[str, str, str]


class _Row(msgspec.Struct):
    """A handled message. `state` as in the tables: silent, waiting, sent, gave_up."""

    delivery: Delivery
    state: str
    due: float
    expires: float
    claimed: bool = False


class _Note(msgspec.Struct, frozen=True):
    person: str
    effect: Gap | Feedback | Decision
    subject: str
    created: float


class MemoryStore:
    """deliver: keep replies in an outbox for an adapter to claim; without it `Assistant.handle` returns them only.

    clock: seconds since 1970; tests set it.
    """

    def __init__(
        self, *, deliver: bool = False, retention: Retention | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        self._deliver = deliver
        self._retention = retention or Retention()
        self._clock = clock
        self._locks = KeyedLocks()
        self._numbers = itertools.count(1)
        self._conversations: dict[str, tuple[Conversation, float]] = {}
        self._people: dict[str, set[str]] = {}
        self._rows: OrderedDict[Identity, _Row] = OrderedDict()
        self._queues: dict[str, list[_Row]] = {}
        self._preferences: dict[str, tuple[Preferences, float]] = {}
        self._sent: dict[tuple[str, str], Identity] = {}
        self._notes: list[_Note] = []
        self._values: dict[tuple[str, str], tuple[str, float]] = {}
        self._usage: Counter[tuple[str, str, str, bool]] = Counter()

    @property
    def effects(self) -> list[tuple[str, Effect]]:
        """Who caused which effect, in order."""
        return [(note.person, note.effect) for note in self._notes]

    async def start(self) -> None:
        pass

    async def close(self) -> None:
        pass

    @asynccontextmanager
    async def turn(self, message: Message) -> AsyncIterator[Turn]:
        key = message.place.key
        async with self._locks.hold(key):
            row = self._rows.get(_identity(message))
            conversation, _ = self._conversations.get(key, (Conversation(), 0.0))
            wanted, _ = self._preferences.get(message.user, (USUAL, 0.0))
            turn = Turn(conversation, earlier=row.delivery.reply if row else None, preferences=wanted)
            yield turn
            if turn.reply is not None and row is None:
                self._commit(message, turn, turn.reply, changed=turn.conversation != conversation)

    def _commit(self, message: Message, turn: Turn, reply: Reply, *, changed: bool) -> None:
        key, now = message.place.key, self._clock()
        leaving = [effect.user for effect in turn.effects if isinstance(effect, ForgetUser)]
        for user in leaving:
            self._forget(user)
        talking = tuple(person for person in turn.conversation.people if person not in leaving)
        if (changed or not reply.silent) and (not leaving or key in self._conversations):
            self._conversations[key] = (msgspec.structs.replace(turn.conversation, people=talking), now)
        if message.user not in leaving and not reply.silent:
            self._people.setdefault(key, set()).add(message.user)
        self._keep_answer(message, reply, brief=reply.silent or bool(leaving))
        for effect in turn.effects:
            self._apply(message.user, effect)

    def _keep_answer(self, message: Message, reply: Reply, *, brief: bool) -> None:
        now = self._clock()
        keep = self._retention.messages if brief else self._retention.answers
        delivery = Delivery(next(self._numbers), message.place, message.id, message.user, reply, created=now)
        to_send = self._deliver and not reply.silent
        row = _Row(delivery, "silent" if reply.silent else "waiting" if to_send else "sent", now, now + keep)
        self._rows[_identity(message)] = row
        self._usage[_date(now), message.place.platform, reply.intent, reply.answered] += 1
        if to_send:
            self._queues.setdefault(message.place.key, []).append(row)
        oldest = next(iter(self._rows))
        if len(self._rows) > REMEMBERED_MESSAGES and not self._queued(self._rows[oldest]):
            self._drop_answers([oldest])

    def _apply(self, person: str, effect: Effect) -> None:
        match effect:
            case Gap() | Feedback() | Decision():
                self._note(person, effect)
            case SetPreferences():
                self._preferences.pop(effect.user, None)
                if effect.preferences != USUAL:
                    self._preferences[effect.user] = effect.preferences, self._clock()
            case ForgetUser():
                pass  # done before anything was kept

    def _note(self, person: str, effect: Gap | Feedback | Decision) -> None:
        subject = ""
        if isinstance(effect, Feedback):
            same = (effect.answer, effect.user)
            self._notes = [note for note in self._notes if _answer_and_person(note.effect) != same]
            replies = (row.delivery.reply for row in self._rows.values())
            subject = next((codec.subject(reply) for reply in replies if reply.id == effect.answer), "")
        self._notes.append(_Note(person, effect, subject, self._clock()))

    async def claim(self, platform: str, *, conversation: str = "", limit: int = 20) -> list[Delivery]:
        now = self._clock()
        first = [queue[0] for queue in self._queues.values()]
        taken = [
            row
            for row in sorted(first, key=lambda row: row.delivery.id)
            if row.delivery.place.platform == platform
            and row.due <= now
            and conversation in ("", row.delivery.place.key)
        ][:limit]
        for row in taken:
            row.due, row.claimed = now + LEASE, True
        return [self._with_earlier(row.delivery) for row in taken]

    def _with_earlier(self, delivery: Delivery) -> Delivery:
        """An edit may itself have been edited: the newest that was sent, for the question or in its place."""
        replaced, place = delivery.reply.replaces, delivery.place
        if not replaced:
            return delivery
        shown = [
            row.delivery.sent_as
            for row in self._rows.values()
            if row.state == "sent"
            and (row.delivery.place.platform, row.delivery.place.workspace) == (place.platform, place.workspace)
            and replaced in (row.delivery.message, row.delivery.reply.replaces)
        ]
        return msgspec.structs.replace(delivery, earlier=shown[-1] if shown else ())

    async def sent(self, delivery: Delivery, sent_as: Sequence[str]) -> None:
        row = self._settled(delivery)
        if row is None:
            return
        row.state = "sent"
        row.delivery = msgspec.structs.replace(row.delivery, sent_as=tuple(sent_as))
        for name in sent_as:
            self._sent[delivery.place.platform, name] = _identity(delivery)

    async def failed(self, delivery: Delivery, error: str, *, retry_in: float | None) -> None:  # noqa: ARG002
        row = self._rows.get(_identity(delivery))
        if row is None or row.state != "waiting":
            return
        row.delivery = msgspec.structs.replace(row.delivery, attempts=delivery.attempts + 1)
        if retry_in is None:
            self._settled(delivery)
            row.state = "gave_up"
        else:
            row.due, row.claimed = self._clock() + retry_in, False

    async def hasten(self, platform: str) -> None:
        for queue in self._queues.values():
            for row in queue:
                if row.delivery.place.platform == platform and not row.claimed:
                    row.due = min(row.due, self._clock())

    def _settled(self, delivery: Delivery) -> _Row | None:
        """The row, out of its queue."""
        key = delivery.place.key
        left = [row for row in self._queues.pop(key, []) if row.delivery.id != delivery.id]
        if left:
            self._queues[key] = left
        return self._rows.get(_identity(delivery))

    async def answer_at(self, platform: str, sent_as: str) -> Delivery | None:
        identity = self._sent.get((platform, sent_as))
        row = self._rows.get(identity) if identity else None
        return row.delivery if row else None

    async def answer(self, platform: str, answer: str) -> Delivery | None:
        rows = (row.delivery for row in reversed(self._rows.values()))
        return next((one for one in rows if one.reply.id == answer and one.place.platform == platform), None)

    async def recent(self, platform: str, *, since: float, limit: int = 200) -> list[Delivery]:
        found: dict[str, Delivery] = {}
        for row in reversed(self._rows.values()):
            place = row.delivery.place
            if place.platform == platform and row.state != "silent" and row.delivery.created >= since:
                found.setdefault(place.key, row.delivery)
        return list(found.values())[:limit]

    async def waiting(self) -> tuple[int, float]:
        rows = [row.delivery.created for queue in self._queues.values() for row in queue]
        return len(rows), self._clock() - min(rows) if rows else 0.0

    async def about(self, user: str) -> dict[str, int]:
        kinds = Counter(type(note.effect) for note in self._notes if note.person == user)
        return {
            "conversations": sum(user in people for people in self._people.values()),
            "messages": sum(row.delivery.user == user for row in self._rows.values()),
            "gaps": kinds[Gap],
            "feedback": kinds[Feedback],
            "decisions": kinds[Decision],
            "preferences": int(user in self._preferences),
        }

    async def forget(self, user: str) -> int:
        return self._forget(user)

    def _forget(self, user: str) -> int:
        before = self._size()
        for key in [key for key, people in self._people.items() if user in people]:
            self._people[key].discard(user)
            if not self._people[key]:
                self._drop_conversation(key)
            elif key in self._conversations:
                state, updated = self._conversations[key]
                talking = tuple(person for person in state.people if person != user)
                self._conversations[key] = (msgspec.structs.replace(state, people=talking), updated)
        self._drop_answers([identity for identity, row in self._rows.items() if row.delivery.user == user])
        self._notes = [note for note in self._notes if note.person != user]
        self._preferences.pop(user, None)
        return before - self._size()

    def _size(self) -> int:
        members = sum(len(people) for people in self._people.values())
        return len(self._conversations) + members + len(self._rows) + len(self._notes) + len(self._preferences)

    def _drop_conversation(self, key: str) -> None:
        self._conversations.pop(key, None)
        self._people.pop(key, None)

    def _drop_answers(self, identities: Sequence[Identity]) -> None:
        for identity in identities:
            delivery = self._rows[identity].delivery
            self._settled(delivery)
            del self._rows[identity]
            for name in delivery.sent_as:
                if self._sent.get((delivery.place.platform, name)) == identity:
                    del self._sent[delivery.place.platform, name]

    async def forget_workspace(self, platform: str, workspace: str) -> int:
        before, prefix = self._size(), f"{platform}/{workspace}/"
        here = {person for key, people in self._people.items() if key.startswith(prefix) for person in people}
        for key in [key for key in self._conversations if key.startswith(prefix)]:
            self._drop_conversation(key)
        self._drop_answers([identity for identity in self._rows if identity[:2] == (platform, workspace)])
        here -= {person for people in self._people.values() for person in people}
        self._notes = [note for note in self._notes if note.person not in here]
        for person in here:
            self._preferences.pop(person, None)
        return before - self._size()

    async def decisions(self, user: str, limit: int = 1) -> list[dict[str, Any]]:
        mine = [note for note in reversed(self._notes) if note.person == user and isinstance(note.effect, Decision)]
        return [{"title": n.effect.title, "pick": n.effect.pick, "date": _date(n.created)} for n in mine[:limit]]  # type: ignore[union-attr]

    async def keep(self, kind: str, name: str, value: str, *, seconds: float = 0.0) -> None:
        self._values[kind, name] = value, self._clock() + seconds if seconds else float("inf")

    async def kept(self, kind: str, name: str) -> str | None:
        value, until = self._values.get((kind, name), ("", 0.0))
        return value if until >= self._clock() else None

    async def drop(self, kind: str, name: str) -> bool:
        _, until = self._values.pop((kind, name), ("", 0.0))
        return until >= self._clock()

    async def gaps(self, limit: int = 100) -> list[dict[str, Any]]:
        counts: Counter[tuple[str, str]] = Counter()
        last: dict[tuple[str, str], float] = {}
        for note in self._notes:
            if key := _gap(note):
                counts[key] += 1
                last[key] = note.created
        ordered = sorted(counts, key=lambda key: (-counts[key], -last[key], key[0]))[:limit]
        return [
            {"text": key[0], "reason": key[1], "count": counts[key], "last": _date(last[key])} for key in ordered
        ]  # fmt: skip

    async def usage(self, days: int = 30) -> list[dict[str, Any]]:
        since = _date(self._clock() - days * DAY)
        names = ("day", "platform", "intent", "answered")
        counted = sorted((key, count) for key, count in self._usage.items() if key[0] >= since)
        return [dict(zip(names, key, strict=True)) | {"count": count} for key, count in counted]

    async def sweep(self) -> int:
        now, keep, before = self._clock(), self._retention, self._size()
        self._drop_answers([identity for identity, row in self._rows.items() if row.expires < now])
        for key in [key for key, (_, updated) in self._conversations.items() if updated < now - keep.conversations]:
            self._drop_conversation(key)
        self._notes = [
            note for note in self._notes if isinstance(note.effect, Decision) or note.created >= now - keep.notes
        ]  # fmt: skip
        here = {person for people in self._people.values() for person in people}
        for person, (_, since) in list(self._preferences.items()):
            if since < now - keep.notes and person not in here:
                del self._preferences[person]
        return before - self._size()

    def _queued(self, row: _Row) -> bool:
        return any(waiting is row for waiting in self._queues.get(row.delivery.place.key, ()))

    async def ping(self) -> None:
        pass

    async def export(self) -> AsyncIterator[dict[str, Any]]:
        """Conversations, who took part and preferences, in the form of the SQL stores; the rest is not worth keeping."""
        for key, (state, updated) in list(self._conversations.items()):
            row = {"key": key, "state": codec.dump(state), "version": VERSION, "revision": 1}
            yield {"table": "conversations", **row, "updated": codec.milliseconds(updated)}
        for key, people in list(self._people.items()):
            for person in sorted(people):
                yield {"table": "people", "key": key, "person": person}
        for person, (wanted, since) in list(self._preferences.items()):
            row = {"person": person, "short": wanted.short, "private": wanted.private}
            yield {"table": "preferences", **row, "created": codec.milliseconds(since)}

    async def import_rows(self, rows: AsyncIterator[dict[str, Any]]) -> int:
        count = 0
        async for row in rows:
            if row["table"] == "conversations" and row["key"] not in self._conversations:
                state = codec.load_conversation(row["state"], row["version"])
                self._conversations[row["key"]] = (state, row["updated"] / 1000)
                count += 1
            elif row["table"] == "people" and row["person"] not in self._people.get(row["key"], ()):
                self._people.setdefault(row["key"], set()).add(row["person"])
                count += 1
            elif row["table"] == "preferences" and row["person"] not in self._preferences:
                wanted = Preferences(short=row["short"], private=row["private"])
                self._preferences[row["person"]] = wanted, row["created"] / 1000
                count += 1
        return count


def _identity(what: Message | Delivery) -> Identity:
    message = what.message if isinstance(what, Delivery) else what.id
    return what.place.platform, what.place.workspace, message


def _answer_and_person(effect: Effect) -> tuple[str, str] | None:
    return (effect.answer, effect.user) if isinstance(effect, Feedback) else None


def _gap(note: _Note) -> tuple[str, str] | None:
    match note.effect:
        case Gap():
            return note.effect.text[:300], note.effect.reason
        case Feedback(useful=False):
            return note.subject or note.effect.answer, note.effect.reason or "not_useful"
        case _:
            return None


def _date(seconds: float) -> str:
    return codec.iso_day(int(seconds // DAY))
