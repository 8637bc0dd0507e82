"""Whether a message has answered the open question, and in which words: its buttons may then make room for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.interview.checklist import CHECKLIST
from bot.interview.model import Model

if TYPE_CHECKING:
    from bot.conversation import Answer, Conversation
    from bot.knowledge.knowledge import Knowledge
    from bot.messages import Message

_WORDS = 60


def settled_as(message: Message, before: Conversation, after: Conversation, knowledge: Knowledge) -> str:
    """Empty while the question asked last is still open."""
    was, now = before.interview, after.interview
    pressed = set(message.press.split("\n")) - {""}
    labels = [label for label, value in before.choices if value in pressed]
    if was is None or now is None or (was.session != now.session and not was.pending):
        return ""
    said = ", ".join(labels) or message.text[:_WORDS]
    if was.pending and not now.pending:
        return said
    if any(value.split(":")[2:3] in (["must"], ["tick"]) for value in pressed):
        return said
    if was.asked == CHECKLIST:
        listed = Model.of(knowledge.file).checklist.questions
        return said if any(a.question in listed and a not in was.answers for a in now.answers) else ""
    answer = next((answer for answer in now.answers if answer.question == was.asked), None)
    if was.asked and answer is not None and answer not in was.answers:
        return ", ".join(labels) or _words(answer, knowledge) or said
    return said if was.asked in set(now.skipped) - set(was.skipped) else ""


def _words(answer: Answer, knowledge: Knowledge) -> str:
    question = Model.of(knowledge.file).asked.get(answer.question)
    known = question.options if question is not None else {}
    return ", ".join(known[name].label for name in answer.options if name in known)
