"""Files on disk to one validated `KnowledgeFile`. Reports every problem at once, with file and line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from bot.errors import KnowledgeError
from bot.knowledge import yamltext
from bot.knowledge.model import KnowledgeFile
from bot.knowledge.validate import problems

Origin = dict[yamltext.Path, tuple[str, int]]


class Loaded:
    """The merged file, still as plain data, with the place of every key."""

    def __init__(self) -> None:
        self.data: dict[str, Any] = {}
        self.origin: Origin = {}
        self.problems: list[tuple[str, int, str]] = []
        self.layers: dict[str, int] = {}
        """Section -> the number of the last layer that says something in it."""

    def last_layer(self, sections: Iterable[str]) -> int:
        """The last layer that says something in one of the sections; -1 when none does."""
        return max((self.layers.get(section, -1) for section in sections), default=-1)

    def where(self, path: yamltext.Path) -> tuple[str, int]:
        """File and line of a path, or of the nearest thing around it."""
        while path and path not in self.origin:
            path = path[:-1]
        return self.origin.get(path, ("", 0))

    def report(self, path: yamltext.Path, message: str) -> None:
        file, line = self.where(path)
        spot = ".".join(map(str, path))
        self.problems.append((file, line, f"{spot}: {message}" if spot else message))

    def lines(self) -> list[str]:
        return [f"{file}:{line}: {message}" for file, line, message in sorted(set(self.problems))]


def read(files: Sequence[Sequence[Path]]) -> Loaded:
    """All layers merged, and every problem of form found on the way."""
    loaded = Loaded()
    for number, layer in enumerate(files):
        seen: Origin = {}
        for path in layer:
            _read_file(path, loaded, seen)
        loaded.layers.update((str(spot[0]), number) for spot in seen)
    for spot, message in problems(loaded.data, KnowledgeFile):
        loaded.report(spot, message)
    return loaded


def _read_file(path: Path, loaded: Loaded, seen: Origin) -> None:
    name = _shown(path)
    try:
        data, lines = yamltext.parse(path.read_text(encoding="utf-8"))
    except yamltext.YamlProblem as problem:
        loaded.problems.append((name, problem.line, str(problem)))
    except (OSError, UnicodeDecodeError) as error:
        loaded.problems.append((name, 1, f"cannot be read: {error}; save it as UTF-8 text"))
    else:
        places = {spot: (name, line) for spot, line in lines.items()}
        _merge(loaded, data, (), places, seen)
        loaded.origin.update(places)


def _shown(path: Path) -> str:
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _merge(loaded: Loaded, data: dict[str, Any], path: yamltext.Path, lines: Origin, seen: Origin) -> None:
    """Mappings are merged key by key; anything else replaces a lower layer's, and twice in one layer is a duplicate."""
    target: Any = loaded.data
    for key in path:
        target = target[key]
    for key, value in data.items():
        spot = (*path, key)
        if isinstance(value, dict) and isinstance(target.get(key, {}), dict):
            target.setdefault(key, {})
            _merge(loaded, value, spot, lines, seen)
            continue
        if spot in seen:
            file, line = seen[spot]
            where, number = lines[spot]
            entry = ".".join(map(str, path)) or key
            loaded.problems.append(
                (where, number, f"duplicate id: {entry} already stands at {file}:{line}; rename one")
            )
            continue
        target[key] = value
        seen[spot] = lines[spot]


def convert(loaded: Loaded) -> KnowledgeFile:
    """The typed knowledge. Raises `KnowledgeError` with everything that was reported so far."""
    if loaded.problems:
        raise KnowledgeError(loaded.lines())
    return _known_better(msgspec.convert(loaded.data, KnowledgeFile))


def _known_better(file: KnowledgeFile) -> KnowledgeFile:
    """Whoever describes a framework that was only a name so far (`others`) need not take that entry away."""
    others = {name: entry for name, entry in file.others.items() if name not in file.frameworks}
    return msgspec.structs.replace(file, others=others)
