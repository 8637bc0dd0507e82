"""A turn on an open transaction: what is known before it, what it leaves behind. Synchronous; any SQL database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import Connection, bindparam, delete, exists, insert, literal, select, update

from bot.conversation import VERSION, Conversation
from bot.effects import Decision, Effect, Feedback, ForgetUser, Gap, SetPreferences
from bot.errors import StoreConflict
from bot.preferences import USUAL, Preferences
from bot.store import codec
from bot.store.dialects import add, insert_for
from bot.store.people import forget
from bot.store.tables import answers, conversations, damaged, decisions, feedback, gaps, people, preferences

if TYPE_CHECKING:
    from bot.messages import Message
    from bot.replies import Reply
    from bot.store.base import Retention


class Loaded(msgspec.Struct, frozen=True):
    """What is stored about a message's place and person. `revision` is 0 where there is no row; `known`: they took part."""

    earlier: str | None
    state: str | None
    version: int
    revision: int
    known: bool
    preferences: Preferences


class Finished(msgspec.Struct, frozen=True):
    """A turn to be written.

    changed: the conversation is not as it was loaded. aside: why what was loaded could not be read, empty if it could.
    """

    message: Message
    conversation: Conversation
    reply: Reply
    effects: tuple[Effect, ...]
    loaded: Loaded
    now: int
    retention: Retention
    deliver: bool
    changed: bool = True
    aside: str = ""

    @property
    def state(self) -> str:
        """Of the answer's row. Without an outbox whoever asked has it."""
        if self.reply.silent:
            return "silent"
        return "waiting" if self.deliver else "sent"

    @property
    def forgets(self) -> bool:
        return any(isinstance(effect, ForgetUser) for effect in self.effects)


_EARLIER = (
    select(answers.c.reply)
    .where(
        answers.c.platform == bindparam("platform"),
        answers.c.workspace == bindparam("workspace"),
        answers.c.message == bindparam("message"),
    )
    .scalar_subquery()
)
_KNOWN = exists().where(people.c.key == bindparam("key"), people.c.person == bindparam("person"))
_LOAD = (
    select(
        _EARLIER.label("earlier"),
        conversations.c.state,
        conversations.c.version,
        conversations.c.revision,
        _KNOWN,
        preferences.c.short,
        preferences.c.private,
    )
    .select_from(
        select(literal(1)).subquery()
        .outerjoin(conversations, conversations.c.key == bindparam("key"))
        .outerjoin(preferences, preferences.c.person == bindparam("person"))
    )
)  # fmt: skip
_SAVE = (
    update(conversations)
    .where(conversations.c.key == bindparam("at"), conversations.c.revision == bindparam("loaded"))
    .values({name: bindparam(name) for name in ("state", "version", "revision", "updated")})
)


def load(connection: Connection, message: Message) -> Loaded:
    place = message.place
    names = {
        "platform": place.platform,
        "workspace": place.workspace,
        "message": codec.clean(message.id),
        "key": codec.clean(place.key),
        "person": codec.clean(message.user),
    }
    earlier, state, version, revision, known, short, private = connection.execute(_LOAD, names).one()
    wanted = Preferences(short=bool(short), private=bool(private))
    return Loaded(earlier, state, version or VERSION, revision or 0, bool(known), wanted)


def commit(connection: Connection, turn: Finished) -> None:
    """Write it all. Raises `StoreConflict` when the place or the message is no longer as it was loaded."""
    if turn.forgets:
        _forget(connection, turn)
    elif turn.changed or not turn.reply.silent:  # what people say to each other leaves no trace but the message's id
        _save(connection, turn, turn.loaded.revision)
        if not (turn.loaded.known or turn.reply.silent):
            member = {"key": codec.clean(turn.message.place.key), "person": codec.clean(turn.message.user)}
            add(connection, people, member)
    if not add(connection, answers, _answer(turn)):
        raise StoreConflict(
            f"message {turn.message.id!r} was answered by another process meanwhile; run the turn again"
        )
    if turn.aside:
        _put_aside(connection, turn)
    for effect in turn.effects:
        _apply(connection, turn, effect)


def _forget(connection: Connection, turn: Finished) -> None:
    """Erase first, so that the goodbye itself can be delivered; a place shared with others keeps the new state."""
    for effect in turn.effects:
        if isinstance(effect, ForgetUser):
            forget(connection, codec.clean(effect.user))
    left = load(connection, turn.message)
    if left.revision:
        talking = tuple(person for person in turn.conversation.people if person != turn.message.user)
        nobody = msgspec.structs.replace(turn.conversation, people=talking)
        _save(connection, msgspec.structs.replace(turn, conversation=nobody), left.revision)


def _save(connection: Connection, turn: Finished, revision: int) -> None:
    key = codec.clean(turn.message.place.key)
    row = {
        "state": codec.dump(turn.conversation),
        "version": VERSION,
        "revision": revision + 1,
        "updated": turn.now,
    }
    if revision:
        saved = connection.execute(_SAVE, {**row, "at": key, "loaded": revision}).rowcount == 1
    else:
        saved = add(connection, conversations, {**row, "key": key})
    if not saved:
        raise StoreConflict(f"conversation {key!r} was changed by another process meanwhile; run the turn again")


def _answer(turn: Finished) -> dict[str, Any]:
    message, reply = turn.message, turn.reply
    brief = reply.silent or turn.forgets
    keep = turn.retention.messages if brief else turn.retention.answers
    return {
        "platform": message.place.platform,
        "workspace": message.place.workspace,
        "message": codec.clean(message.id),
        "conversation": codec.clean(message.place.key),
        "person": codec.clean(message.user),
        "answer": codec.clean(reply.id),
        "intent": reply.intent,
        "answered": reply.answered,
        "place": codec.dump(message.place),
        "reply": codec.dump(reply),
        "replaces": codec.clean(reply.replaces),
        "state": turn.state,
        "created": turn.now,
        "due": turn.now,
        "expires": turn.now + codec.milliseconds(keep),
        "attempts": 0,
        "error": "",
        "sent_as": "[]",
    }


def _put_aside(connection: Connection, turn: Finished) -> None:
    row = {
        "key": codec.clean(turn.message.place.key),
        "state": turn.loaded.state,
        "version": turn.loaded.version,
        "problem": turn.aside,
        "created": turn.now,
    }
    connection.execute(insert(damaged), row)


def _apply(connection: Connection, turn: Finished, effect: Effect) -> None:
    platform, person = turn.message.place.platform, codec.clean(turn.message.user)
    match effect:
        case Gap():
            row = {"platform": platform, "person": person, "text": codec.clean(effect.text)[:300]}
            connection.execute(insert(gaps), {**row, "reason": effect.reason, "created": turn.now})
        case Feedback():
            _keep_feedback(connection, effect, platform, turn.now)
        case Decision():
            row = {name: codec.clean(getattr(effect, name)) for name in ("pick", "title", "record")}
            row |= {"person": codec.clean(effect.user), "conversation": codec.clean(turn.message.place.key)}
            connection.execute(insert(decisions), {**row, "created": turn.now})
        case SetPreferences():
            _keep_preferences(connection, effect, turn.now)
        case ForgetUser():
            pass  # done before anything was written


def _keep_feedback(connection: Connection, effect: Feedback, platform: str, now: int) -> None:
    about = select(answers.c.reply).where(answers.c.answer == codec.clean(effect.answer)).limit(1)
    shown = connection.execute(about).scalar()
    reply = codec.load_reply(shown) if shown else None
    row = {
        "answer": codec.clean(effect.answer),
        "person": codec.clean(effect.user),
        "platform": platform,
        "useful": effect.useful,
        "reason": codec.clean(effect.reason)[:300],
        "subject": codec.subject(reply) if reply else "",
        "created": now,
    }
    statement = insert_for(connection, feedback)
    new = statement.excluded
    last = {"useful": new.useful, "reason": new.reason, "created": new.created}
    connection.execute(statement.on_conflict_do_update(index_elements=["answer", "person"], set_=last), row)


def _keep_preferences(connection: Connection, effect: SetPreferences, now: int) -> None:
    person = codec.clean(effect.user)
    connection.execute(delete(preferences).where(preferences.c.person == person))
    if effect.preferences != USUAL:
        wanted = {"short": effect.preferences.short, "private": effect.preferences.private}
        connection.execute(insert(preferences), {"person": person, **wanted, "created": now})
