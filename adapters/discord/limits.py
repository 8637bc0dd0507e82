"""Discord's limits in one place, and the last look at a payload before it leaves.

Lengths are counted in UTF-16 units: the documentation does not say, and that is the most cautious reading.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

CONTENT = 2_000
CARD_TEXT = 4_000
CARD_COMPONENTS = 40
ROWS = 5
BUTTONS = 5
OPTIONS = 25
LABEL = 80
OPTION = 100
CUSTOM_ID = 100
PLACEHOLDER = 150
MODAL_TITLE = 45
MODAL_LABEL = 45
RADIO_OPTIONS = 10
CHOICES = 25
NONCE = 25
THREAD_NAME = 100
FILE_BYTES = 8 * 1024 * 1024

ROW, BUTTON, SELECT, TEXT_INPUT = 1, 2, 3, 4
TEXT, FILE, CONTAINER, LABELLED, RADIO = 10, 13, 17, 18, 21

EPHEMERAL = 1 << 6
SUPPRESS_EMBEDS = 1 << 2
CARD = 1 << 15

Body = dict[str, Any]


def size(text: str) -> int:
    if text.isascii() or max(text) <= "\uffff":
        return len(text)
    return len(text) + sum(character > "\uffff" for character in text)


def head(text: str, limit: int) -> str:
    """The longest beginning that is not larger than the limit."""
    if size(text) <= limit:
        return text
    end = min(len(text), limit)
    while size(text[:end]) > limit:
        end -= 1
    return text[:end]


def cut(text: str, limit: int) -> str:
    """The text, ended by an ellipsis where it is too long."""
    return text if size(text) <= limit else head(text, limit - 1).rstrip() + "…"


def walk(components: list[Body]) -> Iterator[Body]:
    for component in components:
        yield component
        yield from walk(component.get("components", []))


def problems(body: Body) -> list[str]:
    """Why Discord would refuse this message; empty when it would not."""
    return [text for broken, text in _rules(body) if broken]


def _rules(body: Body) -> Iterator[tuple[bool, str]]:
    content, components = body.get("content") or "", body.get("components") or []
    everything = list(walk(components))
    ids = [component["custom_id"] for component in everything if "custom_id" in component]
    yield size(content) > CONTENT, "content is too long"
    yield not (content.strip() or components or body.get("attachments")), "the message is empty"
    yield len(set(ids)) < len(ids), "a custom_id occurs twice"
    yield any(not 0 < size(one) <= CUSTOM_ID for one in ids), "a custom_id is too long"
    if (body.get("flags") or 0) & CARD:
        yield bool(content), "a card has content"
        yield len(everything) > CARD_COMPONENTS, "a card has too many components"
        texts = [component["content"] for component in everything if component["type"] == TEXT]
        yield sum(map(size, texts)) > CARD_TEXT, "a card's text is too long"
        yield any(not text.strip() for text in texts), "a card has an empty text"
    else:
        yield len(components) > ROWS, "there are too many rows"
        yield any(component["type"] != ROW for component in components), "only rows go without a card"
    for component in everything:
        yield from _component(component)


def _component(component: Body) -> Iterator[tuple[bool, str]]:
    kind = component["type"]
    if kind == ROW:
        inside = component["components"]
        yield not 0 < len(inside) <= BUTTONS, "a row has too many buttons or none"
        yield len(inside) > 1 and any(one["type"] == SELECT for one in inside), "a menu shares its row"
    elif kind == BUTTON:
        yield not 0 < size(component.get("label", "").strip()) <= LABEL, "a button's label is too long or missing"
    elif kind == SELECT:
        options = component["options"]
        values = [option["value"] for option in options]
        yield not 0 < len(options) <= OPTIONS, "a menu has too many options or none"
        yield len(set(values)) < len(values), "an option occurs twice"
        texts = [*values, *(option["label"] for option in options)]
        yield any(not 0 < size(text.strip()) <= OPTION for text in texts), "an option is too long or empty"
        yield component.get("max_values", 1) > len(options), "a menu takes more than it has"
        yield size(component.get("placeholder", "")) > PLACEHOLDER, "a menu's placeholder is too long"
