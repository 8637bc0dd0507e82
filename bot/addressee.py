"""Whether a message is for the bot. The same rule everywhere: answer when spoken to, follow up with one person, and be
silent when people talk to each other.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from bot.conversation import Conversation
from bot.messages import Message

Verdict = Literal["answer", "maybe", "silent", "go_quiet"]
PEOPLE_REMEMBERED = 6
_MENTION = re.compile(r"^\s*@([\w.-]+)[,:]?\s*")
_BOT_NAMES = frozenset(("bot", "framework-bot", "frameworkbot", "framework"))


def judge(message: Message, conversation: Conversation) -> Verdict:
    """`maybe`: a follow-up without a mention by the one person it talks with: answer if it makes sense.

    `go_quiet`: somebody else joins without speaking to the bot: it says that it goes quiet, if it has not said so before.
    """
    if message.press or (message.addressed and not message.to_others):
        return "answer"
    if message.to_others or message.place.kind == "channel" or conversation.quiet or not conversation.people:
        return "silent"
    if message.user == conversation.people[-1]:
        return "maybe"
    return "go_quiet"


def heard(verdict: Verdict, message: Message, conversation: Conversation) -> Conversation:
    """The conversation with who takes part, and whether it has gone quiet."""
    change = msgspec.structs.replace
    if verdict == "go_quiet":
        return change(conversation, quiet=True, told_quiet=True)
    if verdict != "answer":
        return conversation
    people = (*(user for user in conversation.people if user != message.user), message.user)
    return change(conversation, quiet=False, people=people[-PEOPLE_REMEMBERED:])


def mentions(text: str, *, addressed: bool) -> tuple[str, bool, bool]:
    """(text without the bot's mention, addressed to the bot, addressed to somebody else), where mentions are typed words."""
    found = _MENTION.match(text)
    if found is None:
        return text, addressed, False
    if found[1].lower() in _BOT_NAMES:
        return text[found.end() :], True, False
    return text, False, True
