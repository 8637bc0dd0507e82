"""What responding to a command yields."""

from __future__ import annotations

from typing import NamedTuple

from bot.conversation import Conversation
from bot.effects import Effect
from bot.replies import Reply


class Draft(NamedTuple):
    """The reply, the conversation after it, and what else the turn leaves behind."""

    reply: Reply
    conversation: Conversation
    effects: tuple[Effect, ...] = ()
