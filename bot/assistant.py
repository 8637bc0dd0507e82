"""The turn: is it for us, what does it mean, what do we say, commit. The one place where all of it comes together."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from bot.addressee import Verdict, heard, judge
from bot.answers.compose import Composer
from bot.answers.draft import Draft
from bot.commands import (
    Advise,
    Command,
    Decline,
    Forget,
    InterviewStep,
    Keep,
    NotUnderstood,
    Share,
    SmallTalk,
    TellStored,
    Understanding,
    said,
)
from bot.effects import Decision, Effect
from bot.errors import StoreConflict
from bot.interview import respond as interview
from bot.interview.commands import NotUnderstood as AnswerNotUnderstood
from bot.moving import begins_in_public, moved
from bot.preferences import USUAL, Preferences
from bot.presses import value
from bot.replies import Choice, Choices, Part, Reply
from bot.respond import respond
from bot.settling import settled_as
from bot.understanding.understand import understander

if TYPE_CHECKING:
    from bot.conversation import Conversation
    from bot.knowledge.knowledge import Knowledge
    from bot.messages import Message
    from bot.ratelimit import RateLimit
    from bot.store.base import Store, Turn

LONGEST_MESSAGE = 12_000
ATTEMPTS = 5
_RATED = frozenset(("compare", "describe", "fact", "definition", "code_example", "extension_lookup", "recommend"))
_log = logging.getLogger(__name__)


class Assistant:
    """One knowledge, one store, any number of places. `handle` may be called from many tasks at once."""

    def __init__(self, knowledge: Knowledge, store: Store, limit: RateLimit | None = None) -> None:
        self.store = store
        self._limit = limit
        self.knowledge = knowledge
        self._understander = understander(knowledge)

    def use(self, knowledge: Knowledge) -> None:
        """Swap the knowledge (hot reload). Turns under way finish with the old one."""
        self._understander = understander(knowledge)
        self.knowledge = knowledge

    async def handle(self, message: Message) -> Reply:
        """The reply to a message, committed. One handled before gives `intent == "duplicate"` and no parts.

        Raises `StoreUnavailable` when the database cannot take it now: nothing is kept, and the message may come again.
        """
        message = _sound(message)
        for _ in range(ATTEMPTS - 1):
            with contextlib.suppress(StoreConflict):  # another process was quicker: the turn is run again
                return await self._turn(message)
        return await self._turn(message)

    async def conversation(self, message: Message) -> Conversation:
        """What is remembered where this would be said. Looking changes nothing."""
        async with self.store.turn(message) as turn:
            return turn.conversation

    async def _turn(self, message: Message) -> Reply:
        async with self.store.turn(message) as turn:
            if turn.earlier is not None:
                return Reply(id=turn.earlier.id, intent="duplicate")
            if _overheard(message, turn.conversation):
                return Reply()  # nothing is kept of what is said where the bot takes no part
            patience = self._limit.allow(message.user, time.monotonic()) if self._limit else "yes"
            if patience == "silent":
                return Reply()
            if patience == "tell":
                draft = self._just_say("slow-down", message, turn.conversation)
            else:
                draft = await self._draft(message, turn)
            turn.finish(draft.conversation, draft.reply, _signed(draft.effects, message))
        return draft.reply

    async def _draft(self, message: Message, turn: Turn) -> Draft:
        conversation = turn.conversation
        try:
            understood = self.understand(message, conversation)
            if isinstance(understood.command, TellStored):
                counts = await self.store.about(message.user)
                understood = msgspec.structs.replace(understood, command=TellStored(counts))
            if isinstance(understood.command, Share):
                shown = await self._answer(understood.command.answer or conversation.last_answer, message)
                understood = msgspec.structs.replace(understood, command=Share(shown=shown))
            draft = self.decide(understood, message, conversation, turn.preferences)
            return self._with_note(draft, "damaged") if turn.damaged else draft
        except Exception:  # noqa: BLE001 (whatever happens inside, the person gets an answer and keeps the state)
            reference = answer_id(message)
            _log.exception("turn.failed", extra={"reference": reference})
            compose = Composer(self.knowledge)
            compose.say("failed", reference=reference[:6])
            return Draft(compose.finish(intent="control", answered=False), conversation)

    async def _answer(self, answer: str, message: Message) -> Reply | None:
        """An earlier answer to the same person."""
        found = await self.store.answer(message.place.platform, answer)
        return found.reply if found is not None and found.user == message.user else None

    def _just_say(self, phrase: str, message: Message, conversation: Conversation) -> Draft:
        """One sentence that changes nothing."""
        compose = Composer(self.knowledge)
        compose.say(phrase)
        reply = compose.finish(intent="control", answered=False)
        return Draft(msgspec.structs.replace(reply, id=answer_id(message)), conversation)

    def understand(self, message: Message, conversation: Conversation) -> Understanding:
        """What the message asks of the bot; `Keep` when it is not for it."""
        verdict = self._verdict(message, conversation)
        if verdict in ("silent", "go_quiet"):
            return Understanding(Keep(announce=verdict == "go_quiet" and not conversation.told_quiet))
        understood = self._understander.understand(message, _as_before(message, conversation))
        if verdict == "maybe" and _makes_no_sense(understood.command):
            return Understanding(Keep())
        return understood

    def _verdict(self, message: Message, conversation: Conversation) -> Verdict:
        """Who thanks the bot is not talking with the others, so it need not say that it goes quiet."""
        verdict = judge(message, conversation)
        return "silent" if verdict == "go_quiet" and self._understander.thanked(message.text) else verdict

    def decide(
        self,
        understood: Understanding,
        message: Message,
        conversation: Conversation,
        preferences: Preferences = USUAL,
    ) -> Draft:
        """The pure part of a turn: reply, conversation after it, effects."""
        before = conversation
        conversation = heard(self._verdict(message, before), message, before)
        compose = Composer(self.knowledge)
        if not message.press and not message.text.strip() and not isinstance(understood.command, Keep):
            compose.say("empty", frameworks=compose.frameworks)
            draft = Draft(compose.finish(intent="control", answered=False), conversation)
        elif len(message.text) > LONGEST_MESSAGE:
            compose.say("too-long", limit=f"{LONGEST_MESSAGE:,}")
            draft = Draft(compose.finish(intent="control", answered=False), conversation)
        else:
            draft = respond(understood, message, _as_before(message, conversation), self.knowledge, preferences)
            draft = self._back_to_interview(understood, draft)
            if begins_in_public(message, conversation, draft):
                draft = moved(understood.command, message, conversation, draft, self.knowledge)
        if not draft.reply.silent:
            reply = msgspec.structs.replace(draft.reply, trace=understood.trace, command=said(understood))
            draft = draft._replace(reply=reply)
        return self._finished(draft, message, before, private=_private(understood, message, preferences))

    def _back_to_interview(self, understood: Understanding, draft: Draft) -> Draft:
        """After a digression the open question is asked again; nothing of the interview has changed. What others are to
        read holds no question.
        """
        session = draft.conversation.interview
        if session is None or isinstance(understood.command, InterviewStep | Advise | Keep | Forget | Share):
            return draft
        if session.state != "open" or not session.asked:
            return draft
        compose = Composer(self.knowledge)
        stored = isinstance(understood.command, TellStored)
        interview.remind(draft.conversation, self.knowledge, compose, stored=stored)
        added = compose.finish(intent="", answered=False).parts
        own = tuple(part for part in draft.reply.parts if stored or not isinstance(part, Choices))
        view = interview.view(draft.conversation, self.knowledge)
        return draft._replace(reply=msgspec.structs.replace(draft.reply, parts=(*own, *added), interview=view))

    def _finished(self, draft: Draft, message: Message, before: Conversation, *, private: bool) -> Draft:
        """The reply's id, feedback buttons, what it replaces; the conversation's people, choices and bookmarks."""
        reply, conversation = draft.reply, draft.conversation
        if reply.silent:
            return draft
        reply_id = answer_id(message)
        parts = reply.parts
        private = private and reply.audience == "here"
        if reply.answered and reply.intent in _RATED:
            parts = (*parts, self._share(reply_id)) if private else parts
            parts = (*parts, self._feedback(reply_id))
        reply = msgspec.structs.replace(reply, id=reply_id, parts=parts, replaces=message.edits)
        if private:
            reply = msgspec.structs.replace(reply, audience="only_you")
        named = message.edits or message.id
        opened_by = before.opened_by or (named if reply.audience == "here" else "")
        reply = msgspec.structs.replace(reply, opens=reply.audience == "here" and opened_by == named)
        words = settled_as(message, before, conversation, self.knowledge)
        if words and before.last_answer:
            reply = msgspec.structs.replace(reply, settles=before.last_answer, settled_as=words)
        shown = tuple((choice.label, choice.value) for choice in reply.choices)
        conversation = msgspec.structs.replace(
            conversation,
            choices=before.choices if reply.passes_on else shown,
            before=before.focus,
            interview_before=before.interview,
            last_message=named,
            last_answer=reply_id,
            opened_by=opened_by,
        )
        return draft._replace(reply=reply, conversation=conversation)

    def _feedback(self, reply_id: str) -> Part:
        compose = Composer(self.knowledge)
        useful = Choice(compose.phrase("choice-useful"), value("fb", "+", reply_id))
        useless = Choice(compose.phrase("choice-not-useful"), value("fb", "-", reply_id))
        return Choices((useful, useless), "feedback")

    def _share(self, reply_id: str) -> Part:
        return Choices((Choice(Composer(self.knowledge).phrase("choice-share"), value("share", reply_id)),))

    def _with_note(self, draft: Draft, phrase: str) -> Draft:
        compose = Composer(self.knowledge)
        compose.aside(phrase)
        note = compose.finish(intent="", answered=False).parts
        return draft._replace(reply=msgspec.structs.replace(draft.reply, parts=(*note, *draft.reply.parts)))


def _makes_no_sense(command: Command) -> bool:
    """To the bot, that is: what was not said to it is then left to the people."""
    if isinstance(command, InterviewStep):
        return isinstance(command.command, AnswerNotUnderstood)
    return isinstance(command, NotUnderstood | SmallTalk | Decline)


def _signed(effects: Iterable[Effect], message: Message) -> tuple[Effect, ...]:
    """A decision is somebody's; the pure part of the turn does not know whose."""
    return tuple(
        msgspec.structs.replace(effect, user=message.user) if isinstance(effect, Decision) else effect
        for effect in effects
    )


def _sound(message: Message) -> Message:
    """Half of a character (a lone surrogate) can be typed, but neither stored nor sent."""
    if message.text.isascii():
        return message
    return msgspec.structs.replace(message, text=message.text.encode("utf-8", "replace").decode())


def _private(understood: Understanding, message: Message, preferences: Preferences) -> bool:
    """Whether what is said here is for the person alone. An answer that is shared is for all, and so is going quiet."""
    if isinstance(understood.command, Share | Keep):
        return False
    return message.private or (preferences.private and message.place.kind != "dm")


def answer_id(message: Message) -> str:
    """Names the answer to a message: the same message always gets the same id."""
    return hashlib.blake2b(f"{message.place.key} {message.id}".encode(), digest_size=5).hexdigest()


def _overheard(message: Message, conversation: Conversation) -> bool:
    return not message.addressed and not message.press and not conversation.people


def _as_before(message: Message, conversation: Conversation) -> Conversation:
    """For an edited question: the conversation as it was when the question was first asked."""
    if not message.edits or message.edits != conversation.last_message:
        return conversation
    return msgspec.structs.replace(conversation, focus=conversation.before, interview=conversation.interview_before)
