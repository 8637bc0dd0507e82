"""A reply as the JSON that the page builds its elements from: pure, and free of HTML."""

from __future__ import annotations

from typing import Any

from adapters.web import markdown
from adapters.web.highlight import runs
from bot.replies import Choices, Code, File, Part, Reply, Sources, Table, Text


def render(reply: Reply) -> dict[str, Any]:
    """Everything the page needs of a reply; `plain` is what its copy button takes and what a screen reader can fall back on."""
    marks = {line.mark: line.id for line in reply.sources}
    return {
        "id": reply.id,
        "intent": reply.intent,
        "answered": reply.answered,
        "audience": reply.audience,
        "forward": reply.forward,
        "forward_text": reply.forward_text,
        "replaces": reply.replaces,
        "settles": reply.settles,
        "settled_as": reply.settled_as,
        "parts": [_part(part, marks) for part in reply.parts],
        "plain": reply.plain,
    }


def _part(part: Part, marks: dict[str, str]) -> dict[str, Any]:
    match part:
        case Text():
            return {"kind": "text", "blocks": markdown.blocks(part.markdown, marks)}
        case Table():
            columns = [markdown.inline(column, marks) for column in part.columns]
            rows = [[markdown.inline(cell, marks) for cell in row] for row in part.rows]
            return {"kind": "table", "columns": columns, "rows": rows}
        case Code():
            return {
                "kind": "code",
                "title": markdown.inline(part.title, marks),
                "runs": runs(part.text.rstrip() + "\n", part.language),
            }
        case Choices():
            choices = [{"label": c.label, "value": c.value, "style": c.style} for c in part.choices]
            return {"kind": "choices", "sort": part.kind, "prompt": part.prompt, "choices": choices}
        case Sources():
            return {"kind": "sources", "lines": [_source(line) for line in part.lines]}
        case File():
            return {"kind": "file", "name": part.name, "text": part.text, "mime": part.mime}


def _source(line: Any) -> dict[str, str]:
    return {
        "mark": line.mark,
        "title": line.title,
        "label": line.label,
        "as_of": line.as_of,
        "url": markdown.address(line.url),
    }
