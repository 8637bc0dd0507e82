"""Forms: a question with a place for one's own words. Read from what was sent off, so they survive a restart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adapters.discord import ids, limits
from adapters.discord.limits import Body, cut
from bot.replies import Choices, Text

if TYPE_CHECKING:
    from bot.replies import Reply

REASON, WORDS = "reason", "words"
LONGEST_WORDS = 300


def form(reply: Reply, pressed: str, words: str) -> Body:
    """The reply's first question as a form. pressed: the value of the control that led to it, for free words alone."""
    title = next((part.markdown for part in reply.parts if isinstance(part, Text)), words)
    asked = next(part for part in reply.parts if isinstance(part, Choices) and part.kind == "question")
    options = [
        {"label": cut(choice.label, limits.OPTION), "value": choice.value}
        for choice in asked.choices[: limits.RADIO_OPTIONS]
    ]
    reasons = {"type": limits.RADIO, "custom_id": REASON, "options": options, "required": False}
    own = {"type": limits.TEXT_INPUT, "custom_id": WORDS, "style": 2, "required": False, "max_length": LONGEST_WORDS}
    return {
        "custom_id": ids.custom_id("m", pressed),
        "title": cut(title.replace("**", ""), limits.MODAL_TITLE),
        "components": [_labelled(title, reasons), _labelled(words, own)],
    }


def _labelled(label: str, component: Body) -> Body:
    return {"type": limits.LABELLED, "label": cut(label.replace("**", ""), limits.MODAL_LABEL), "component": component}


def read(components: list[Any]) -> tuple[str, str]:
    """The reason chosen and the words written, either of them empty."""
    found = {}
    for component in components:
        inside = component.get("component") or next(iter(component.get("components") or ()), {})
        found[inside.get("custom_id")] = inside.get("value") or ""
    return found.get(REASON, ""), found.get(WORDS, "").strip()
