"""`gaps`: prints unanswered questions as a YAML stub."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from bot.cli import data

if TYPE_CHECKING:
    import argparse

    from bot.settings import Settings


def run(options: argparse.Namespace) -> int:
    return data.run(gaps, options)


async def gaps(settings: Settings, options: argparse.Namespace) -> int:
    async with data.opened(settings) as store:
        found = await store.gaps(options.limit)
        used = await store.usage(30)
    print(stub(found, used), end="")
    return 0


def stub(found: list[dict[str, Any]], used: list[dict[str, Any]]) -> str:
    """YAML to paste into knowledge: a claim to fill in for each open question, the rest as comments."""
    questions = [gap for gap in found if gap["reason"] in ("not_known", "not_understood")]
    beyond = [gap for gap in found if gap["reason"] == "out_of_scope"]
    disliked = [gap for gap in found if gap not in questions and gap not in beyond]
    lines = [*_head(used), *_comments("Taken as out of scope:", beyond), *_comments("Not useful:", disliked)]
    if questions:
        lines += ["# Fill in text and sources, and move each claim to its topic and framework.", *_claims(questions)]
    return "\n".join(lines) + "\n"


def _head(used: list[dict[str, Any]]) -> list[str]:
    asked = sum(row["count"] for row in used if row["intent"] != "silent")
    answered = sum(row["count"] for row in used if row["answered"])
    return [f"# {asked} messages in 30 days, {answered} answered from knowledge."]


def _comments(title: str, rows: list[dict[str, Any]]) -> list[str]:
    lines = [
        f"#   {row['count']} times: {_one_line(row['text'])} ({_one_line(row['reason'])}), last {row['last']}"
        for row in rows
    ]
    return [f"# {title}", *lines] if rows else []


def _claims(rows: list[dict[str, Any]]) -> list[str]:
    lines = ["topics:", "  general:", "    cells:", "      general:", "        claims:"]
    for number, row in enumerate(rows, 1):
        lines += [
            f"          {_claim_id(row['text'], number)}:  # {row['count']} times, last {row['last']}, {row['reason']}",
            '            text: ""',
            "            sources: []",
            f"            asks: [{json.dumps(_one_line(row['text']).lower(), ensure_ascii=False)}]",
        ]
    return lines


def _claim_id(text: str, number: int) -> str:
    words = re.findall(r"[a-z0-9]+", text.lower())
    return "-".join(["gap", str(number), *words[:6]])


def _one_line(text: str) -> str:
    """A comment must not end early, whatever a person wrote."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
