"""Every problem of some files of knowledge, as lines for their authors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.knowledge import files, loader
from bot.knowledge.lint import claims_of, lint

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def examine(paths: Sequence[Path]) -> tuple[list[str], list[str], int]:
    """(errors, warnings, number of claims) of these layers, each line as file:line: message."""
    loaded = loader.read(files.layers(paths))
    if loaded.problems:
        return loaded.lines(), [], 0
    file = loader.convert(loaded)
    found, hints = lint(file)
    for path, message in found:
        loaded.report(path, message)
    errors = loaded.lines()
    loaded.problems = []
    for path, message in hints:
        loaded.report(path, message)
    return errors, loaded.lines(), sum(1 for _ in claims_of(file))
