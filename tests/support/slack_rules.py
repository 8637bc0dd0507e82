"""Whether Slack would take a payload: the documented limits, and the published schemas where the checkout has them."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SCHEMAS = Path(__file__).parents[3] / "shared" / "schemas"
POSTS = ("chat.postMessage", "chat.update", "chat.postEphemeral", "respond")
_TEXTS = {"button": 75, "header": 150}
_SHARER = re.compile(r"^<@U\w+> shares ")
"""The one mention of a person there may be: who shares a recommendation."""


def problems(method: str, payload: dict[str, Any]) -> list[str]:
    """Empty when it would be taken."""
    if method.startswith("views."):
        view = payload.get("view") or {}
        return [*_view(view), *_blocks(view.get("blocks", []), str(view.get("type")))]
    if method not in POSTS:
        return []
    found = []
    text, blocks = payload.get("text") or "", payload.get("blocks") or []
    if not text and not blocks:
        found.append("no_text")
    if blocks and not text.strip():
        found.append("blocks without top-level text")
    if len(text) > 4_000:
        found.append(f"text of {len(text)}")
    if re.search(r"<!(channel|here|everyone|subteam)|<@(?!UBOT>)", _SHARER.sub("", text)):
        found.append("somebody is pinged")
    return found + _blocks(blocks, "message")


def _view(view: dict[str, Any]) -> Iterator[str]:
    if view.get("type") != "modal":
        return
    for name in ("title", "submit", "close"):
        if not 1 <= len(view.get(name, {}).get("text", "")) <= 24:
            yield f"{name} of the form"
    if len(view.get("private_metadata", "")) > 3_000 or not 1 <= len(view.get("callback_id", "")) <= 255:
        yield "names of the form"


def _blocks(blocks: list[dict[str, Any]], surface: str) -> list[str]:
    most = 50 if surface == "message" else 100
    found = [f"{len(blocks)} blocks"] if len(blocks) > most else []
    names = [block["block_id"] for block in blocks if block.get("block_id")]
    if len(names) != len(set(names)):
        found.append("block_id twice")
    if surface == "message" and sum(block["type"] in ("table", "data_table") for block in blocks) > 1:
        found.append("more than one table")
    if characters(blocks) > 13_000:
        found.append(f"{characters(blocks)} characters in blocks")
    for block in blocks:
        found += _one(block)
    return found + by_schema(blocks)


def _one(block: dict[str, Any]) -> Iterator[str]:
    kind, elements = block["type"], block.get("elements", [])
    if len(block.get("block_id", "")) > 255:
        yield "block_id too long"
    if kind == "actions" and not 1 <= len(elements) <= 25:
        yield f"{len(elements)} elements in actions"
    if kind == "context" and not 1 <= len(elements) <= 10:
        yield f"{len(elements)} elements in context"
    actions = [element["action_id"] for element in elements if isinstance(element, dict) and "action_id" in element]
    if len(actions) != len(set(actions)):
        yield "action_id twice"
    if kind == "table":
        yield from _table(block)
    for node in walk(block):
        yield from _node(node)


def _table(block: dict[str, Any]) -> Iterator[str]:
    rows = block["rows"]
    if not 1 <= len(rows) <= 100 or any(not 1 <= len(row) <= 20 for row in rows):
        yield "table too large"
    if characters(rows) > 10_000:
        yield "table of too many characters"
    if any(not characters(cell) for row in rows for cell in row):
        yield "empty cell"


def _node(node: dict[str, Any]) -> Iterator[str]:
    kind, text = node.get("type"), node.get("text")
    if kind == "mrkdwn" and not 1 <= len(text) <= 3_000:
        yield f"mrkdwn of {len(text)}"
    if kind == "mrkdwn" and re.search(r"<(?!@UBOT>)[!@#]", _SHARER.sub("", text)):
        yield "somebody is pinged"
    if kind in ("user", "usergroup", "broadcast"):
        yield "somebody is pinged"
    if kind == "text" and not text:
        yield "empty text element"
    if kind == "button" and not 1 <= len(text["text"]) <= 75:
        yield "label too long"
    if kind == "button" and len(node.get("value", "")) > 2_000:
        yield "value too long"
    if kind == "multi_static_select" and not 1 <= len(node["options"]) <= 100:
        yield "options"
    if "options" in node and any(len(o["value"]) > 150 or len(o["text"]["text"]) > 75 for o in node["options"]):
        yield "option too long"


def characters(node: Any) -> int:
    return sum(len(one["text"]) for one in walk(node) if isinstance(one.get("text"), str))


def walk(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        node = list(node.values())
    if isinstance(node, list):
        for one in node:
            yield from walk(one)


def by_schema(blocks: list[dict[str, Any]]) -> list[str]:
    validator = _validator()
    if validator is None or not blocks:
        return []
    return [
        f"{'/'.join(map(str, error.absolute_path))}: {error.message[:160]}" for error in validator.iter_errors(blocks)
    ]


@functools.cache
def _validator() -> Any:
    file = SCHEMAS / "slack-block-kit.tightknit.schema.json"
    if not file.exists():
        return None
    from jsonschema import Draft202012Validator

    return Draft202012Validator(json.loads(file.read_text()))
