"""Forms: a question with a place for one's own words. Read from what was sent off, so they survive a restart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adapters.discord import ids, limits
from adapters.discord.limits import Body, head
from adapters.discord.render import label
from bot.replies import Choices, Text

if TYPE_CHECKING:
    from bot.replies import Reply

REASON, WORDS = "reason", "words"
LONGEST_WORDS = 300


def form(reply: Reply, pressed: str, words: str) -> Body:
    """The reply's first question as a form. pressed: the value of the control that led to it, for free words alone."""
    title = next((part.markdown for part in reply.parts if isinstance(part, Text)), "")
    asked = next(part for part in reply.parts if isinstance(part, Choices) and part.kind == "question")
    by_value = {head(choice.value, limits.OPTION): choice for choice in asked.choices}
    options = [
        {"label": label(choice.label, value, limits.OPTION), "value": value}
        for value, choice in by_value.items()
        if value.strip()
    ][: limits.RADIO_OPTIONS]
    parts = []
    if len(options) > 1:
        parts.append(
            _labelled(title, words, {"type": limits.RADIO, "custom_id": REASON, "options": options, "required": False})
        )
    own = {"type": limits.TEXT_INPUT, "custom_id": WORDS, "style": 2, "required": False, "max_length": LONGEST_WORDS}
    parts.append(_labelled(words, words, own))
    return {
        "custom_id": ids.custom_id("m", pressed),
        "title": label(title, words, limits.MODAL_TITLE),
        "components": parts,
    }


def _labelled(text: str, otherwise: str, component: Body) -> Body:
    return {"type": limits.LABELLED, "label": label(text, otherwise, limits.MODAL_LABEL), "component": component}


def read(components: list[Any]) -> tuple[str, str]:
    """The reason chosen and the words written, either of them empty."""
    found = {}
    for component in components:
        inside: Body = component.get("component") or next(iter(component.get("components") or ()), {})
        found[inside.get("custom_id")] = inside.get("value") or ""
    return found.get(REASON, ""), found.get(WORDS, "").strip()
