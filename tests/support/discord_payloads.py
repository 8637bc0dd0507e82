"""Whether Discord would take a payload: its own published schema (a part of it, see tests/payloads/discord), and the
documented limits that the schema leaves out.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

PAYLOADS = Path(__file__).parents[1] / "payloads" / "discord"
CARD = 1 << 15
Json = Any

_KINDS = (
    (r"POST /channels/\d+/messages", "message"),
    (r"PATCH /channels/\d+/messages/\d+", "edit"),
    (r"POST /interactions/\d+/[^/]+/callback", "callback"),
    (r"PATCH /webhooks/\d+/[^/]+/messages/@original", "edit_original"),
    (r"POST /webhooks/\d+/[^/]+", "follow_up"),
    (r"PUT /applications/\d+/commands", "commands"),
    (r"POST /channels/\d+/messages/\d+/threads", "thread"),
)
_CALLBACKS = {
    4: "callback_message",
    5: "callback_message",
    6: "callback_update",
    7: "callback_update",
    8: "callback_choices",
    9: "callback_form",
}


def refusals(method: str, path: str, body: Json, has_files: bool = False) -> list[str]:
    """Why it would be refused, one line each."""
    kind = next((kind for pattern, kind in _KINDS if re.fullmatch(pattern, f"{method} {path}")), "")
    if not kind:
        return []
    name = _CALLBACKS[body["type"]] if kind == "callback" else kind
    found = [
        f"{'.'.join(map(str, error.absolute_path))}: {error.message[:160]}"
        for error in validator(name).iter_errors(_as_strings(body))
    ]
    return found or [text for broken, text in _limits(kind, body, has_files) if broken]


@functools.cache
def validator(name: str) -> Draft202012Validator:
    schema = json.loads((PAYLOADS / "schema.json").read_text(encoding="utf-8"))
    return Draft202012Validator({**schema, "$ref": schema["x-bodies"][name]})


def _as_strings(body: Json, key: str = "") -> Json:
    """Discord takes ids as numbers too, where its schema says text."""
    if isinstance(body, dict):
        return {name: _as_strings(value, name) for name, value in body.items()}
    if isinstance(body, list):
        if key == "attachments":
            return [{**item, "id": str(item["id"])} for item in body]
        return [_as_strings(item, key) for item in body]
    return str(body) if isinstance(body, int) and key.endswith("_id") else body


def _limits(kind: str, body: Json, has_files: bool) -> Iterator[tuple[bool, str]]:
    if kind == "commands":
        for command in body:
            yield _command_size(command) > 8000, "a command is larger than 8000"
            yield command.get("type", 1) == 1 and not command.get("description"), "a command lacks its description"
    elif kind == "callback" and body["type"] in (4, 7):
        yield from _message(body.get("data") or {}, new=body["type"] == 4, has_files=has_files)
    elif kind == "callback" and body["type"] == 5:
        yield bool(((body.get("data") or {}).get("flags") or 0) & ~64), "only hiding can be chosen when deferring"
    elif kind == "callback" and body["type"] == 9:
        yield not 1 <= len(body["data"]["components"]) <= 5, "a form has one to five parts"
    elif kind in ("message", "edit", "edit_original", "follow_up"):
        yield from _message(body, new=kind in ("message", "follow_up"), has_files=has_files)


def _message(body: Json, *, new: bool, has_files: bool) -> Iterator[tuple[bool, str]]:
    content, components = body.get("content") or "", body.get("components") or []
    everything = list(walk(components))
    yield _units(content) > 2000, "content is longer than 2000"
    yield new and not (content.strip() or components or has_files), "an empty message"
    ids = [one["custom_id"] for one in everything if one.get("custom_id")]
    yield len(ids) != len(set(ids)), "a custom_id twice"
    yield len(body.get("nonce") or "") > 25, "a nonce longer than 25"
    mentions = body.get("allowed_mentions")
    yield new and mentions is None, "mentions are not locked"
    yield (
        bool(mentions and (mentions.get("parse") or mentions.get("users") or mentions.get("roles"))),
        "somebody may be pinged",
    )
    if (body.get("flags") or 0) & CARD:
        yield bool(content), "a card with content"
        yield len(everything) > 40, "more than 40 components"
        yield (
            sum(_units(one["content"]) for one in everything if one["type"] == 10) > 4000,
            "a card's text is longer than 4000",
        )
    else:
        yield len(components) > 5, "more than five rows"
        yield any(one["type"] != 1 for one in components), "something else than rows without a card"
    for one in everything:
        yield from _component(one)


def _component(one: Json) -> Iterator[tuple[bool, str]]:
    if one["type"] == 1:
        kinds = [inside["type"] for inside in one["components"]]
        yield len(kinds) > 1 and 3 in kinds, "a menu beside something else"
    elif one["type"] == 2:
        yield not (one.get("label") or "").strip(), "a button without a label"
        yield (one["style"] == 5) != bool(one.get("url")), "a link without its address"
    elif one["type"] == 3:
        values = [option["value"] for option in one["options"]]
        yield len(values) != len(set(values)), "an option twice"
        yield one.get("max_values", 1) > len(values), "more to choose than there is"


def walk(components: list[Json]) -> Iterator[Json]:
    for component in components:
        yield component
        yield from walk(component.get("components") or [])


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _command_size(node: Json) -> int:
    own = len(node["name"]) + len(node.get("description") or "")
    return own + sum(_command_size(option) for option in node.get("options") or [])
