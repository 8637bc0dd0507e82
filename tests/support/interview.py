"""A conversation with the interview alone."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from bot.answers.compose import Composer
from bot.conversation import Conversation, Interview
from bot.interview import commands as c
from bot.interview import respond, understand
from bot.knowledge.knowledge import Knowledge

if TYPE_CHECKING:
    from bot.answers.draft import Draft


@cache
def knowledge() -> Knowledge:
    return Knowledge.load()


class Talk:
    """A conversation with the interview alone."""

    def __init__(self) -> None:
        self.conversation = Conversation()
        self.draft: Draft | None = None

    def do(self, command: Any) -> str:
        self.draft = respond.respond(command, self.conversation, knowledge(), Composer(knowledge()))
        labels = tuple((choice.label, choice.value) for choice in self.draft.reply.choices)
        self.conversation = msgspec.structs.replace(self.draft.conversation, choices=labels)
        return self.draft.reply.plain

    def say(self, text: str = "", press: str = "") -> str:
        found = understand.understand(text, press, self.conversation, knowledge())
        assert found is not None, f"nobody's business: {text!r} {press!r}"
        return self.do(found[0])

    def press(self, label: str) -> str:
        value = next(value for shown, value in self.conversation.choices if shown == label)
        return self.say(press=value)

    @property
    def state(self) -> Interview:
        assert self.conversation.interview is not None
        return self.conversation.interview

    @property
    def answers(self) -> dict[str, str]:
        return {answer.question: "+".join(answer.options) for answer in self.state.answers}

    @property
    def view(self) -> dict[str, Any]:
        found = respond.view(self.conversation, knowledge())
        assert found is not None
        return found


@pytest.fixture
def talk() -> Talk:
    started = Talk()
    started.do(c.Start())
    return started
