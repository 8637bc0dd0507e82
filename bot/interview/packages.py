"""A pasted requirements.txt or pyproject.toml: what its packages say about the project."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.interview.model import Model

_REQUIREMENT = re.compile(
    r"^\s*[\"']?([A-Za-z][A-Za-z0-9._-]*)(?:\[[^\]]*\])?\s*((?:[=<>~!]=?|===)\s*[\w.*,<>=!~ ]+)?\s*(?:;.*)?[\"']?,?\s*$"
)
_TOML = re.compile(r"^\s*([A-Za-z][A-Za-z0-9._-]*)\s*=\s*[\"'{]\^?[\d~>=*.]*", re.MULTILINE)
_HEADINGS = re.compile(r"^\s*\[(?:project|tool\.poetry|dependency-groups|build-system)[\w.-]*\]", re.MULTILINE)

Finding = tuple[str, tuple[str, ...], float, str]


def read(text: str, model: Model) -> list[Finding]:
    """(question, options, sure, package) for each fact that the packages give; nothing if it is no such list."""
    names = list(dict.fromkeys(_names(text)))
    found: dict[str, Finding] = {}
    for name in names:
        for question, option in _meanings(name, model):
            earlier = found.get(question)
            if earlier is None or earlier[1][0] in model.option(question, option).beats:
                found[question] = (question, (option,), 1.0, name)
    return [found[question] for question in model.questions if question in found]


def _names(text: str) -> Iterator[str]:
    lines = [line for line in text.splitlines() if line.strip() and not line.strip().startswith(("#", "-", "```"))]
    if _HEADINGS.search(text):
        quoted = re.findall(r"[\"']([A-Za-z][A-Za-z0-9._-]*)(?:\[[^\]]*\])?\s*(?:[=<>~!].*?)?[\"']", text)
        yield from (_canonical(name) for name in (*quoted, *_TOML.findall(text)))
        return
    parsed = [_REQUIREMENT.match(line) for line in lines]
    pinned = [match for match in parsed if match and match[2]]
    if len(lines) >= 2 and pinned and all(parsed):
        yield from (_canonical(match[1]) for match in parsed if match)


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _meanings(name: str, model: Model) -> Iterator[tuple[str, str]]:
    yield from (
        (q, o)
        for q, o in model.book.packages.get(name, {}).items()
        if q in model.asked and o in model.question(q).options
    )
    if "existing" in model.asked and name in model.frameworks:
        yield "existing", name
