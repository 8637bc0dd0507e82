"""An interview is between two: begun in public, it moves to the person's own conversation, where the platform has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from bot.answers import advice, steps
from bot.answers.compose import Composer
from bot.commands import Advise

if TYPE_CHECKING:
    from bot.answers.draft import Draft
    from bot.commands import Command
    from bot.conversation import Conversation
    from bot.knowledge.knowledge import Knowledge
    from bot.messages import Message
    from bot.replies import Reply


def begins_in_public(message: Message, before: Conversation, draft: Draft) -> bool:
    begun = before.interview is None and draft.conversation.interview is not None
    return message.has_dm and message.place.kind != "dm" and begun


def moved(command: Command, message: Message, before: Conversation, draft: Draft, knowledge: Knowledge) -> Draft:
    """General advice stays where it was asked for, with a button; everything else goes on in the DM."""
    conversation = msgspec.structs.replace(draft.conversation, interview=before.interview)
    if isinstance(command, Advise) and (command.subject.frameworks or not command.own):
        reply = _advice(command, draft.reply, knowledge)
        if reply is not None:
            return draft._replace(reply=reply, conversation=conversation)
    compose = Composer(knowledge)
    compose.say("moved-to-dm")
    reply = msgspec.structs.replace(
        compose.finish(intent=draft.reply.intent, answered=True, audience="dm"),
        forward=message.press,
        forward_text="" if message.press else message.text,
    )
    return draft._replace(reply=reply, conversation=conversation)


def _advice(command: Advise, begun: Reply, knowledge: Knowledge) -> Reply | None:
    compose = Composer(knowledge)
    advice.advise(command.subject, compose)
    if not compose.length:
        return None
    compose.choices([steps.choose(compose)])
    return compose.finish(intent=begun.intent, answered=True, frameworks=begun.frameworks, topics=begun.topics)
