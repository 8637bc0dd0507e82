"""What there is to read and to press in a message of Slack's."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def buttons(message: Json) -> list[tuple[Json, Json]]:
    """Every button with its block; feedback's two as buttons of their own."""
    found = []
    for block in message.get("blocks", []):
        for element in block.get("elements", []):
            if element.get("type") == "button":
                found.append((block, element))
            if element.get("type") == "feedback_buttons":
                sides = (element["positive_button"], element["negative_button"])
                found += [
                    (block, {"type": "feedback_buttons", "action_id": element["action_id"], **side}) for side in sides
                ]
    return found


def button(message: Json, label: str) -> tuple[Json, Json]:
    for block, element in buttons(message):
        if element["text"]["text"] == label:
            return block, element
    raise AssertionError(f"no button {label!r}, only {labels(message)}")


def labels(message: Json) -> list[str]:
    return [element["text"]["text"] for _, element in buttons(message)]


def words(message: Json) -> str:
    """Everything that is to be read in it, blocks only."""
    return "\n".join(_words(block) for block in message.get("blocks", [])) or message.get("text", "")


def _words(node: Any) -> str:
    kind = node.get("type")
    if kind in ("text", "link", "mrkdwn", "plain_text"):
        return str(node.get("text", ""))
    if kind == "table":
        return "\n".join(f"| {' | '.join(_words(cell) for cell in row)} |" for row in node["rows"])
    if kind in ("actions", "context_actions"):
        return ""
    if "elements" not in node:
        return _words(node["text"]) if isinstance(node.get("text"), dict) else ""
    mark = "" if kind in ("rich_text_section", "rich_text_preformatted", "rich_text_quote") else "\n"
    return mark.join(_words(one) for one in node["elements"])
