"""YAML text to plain data, remembering on which line every key stands.

Stricter than YAML: no anchors or aliases (a file of them can grow without end), no duplicate keys, and only `true` and
`false` are booleans, so that `answer: no` stays a word.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import yaml

Path = tuple[str | int, ...]
Lines = dict[Path, int]
MAX_BYTES = 2_000_000
MAX_DEPTH = 30

_SCALARS = {
    "tag:yaml.org,2002:null": lambda _: None,
    "tag:yaml.org,2002:bool": lambda text: text.lower() == "true",
    "tag:yaml.org,2002:int": lambda text: int(text.replace("_", ""), 0),
    "tag:yaml.org,2002:float": lambda text: float(text.replace("_", "")),
    "tag:yaml.org,2002:timestamp": dt.date.fromisoformat,
}


class _Loader(yaml.CSafeLoader):
    """The C loader with YAML 1.2's idea of a boolean and without octal, sexagesimal and date-time surprises."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 (PyYAML declares it so)


def _resolver(tag: str, pattern: str, first: str) -> None:
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), list(first))


_resolver("null", r"^(?:~|null|)$", "~n")
_resolver("bool", r"^(?:true|false)$", "tf")
_resolver("int", r"^[-+]?(?:0|[1-9][0-9_]*)$", "-+0123456789")
_resolver("float", r"^[-+]?[0-9][0-9_]*\.[0-9]+$", "-+0123456789")
_resolver("timestamp", r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "0123456789")


class YamlProblem(Exception):
    """One thing wrong with a file's YAML, with its line."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def parse(text: str) -> tuple[dict[str, Any], Lines]:
    """The file's mapping, and for the path of every key and list item the line it stands on (from 1)."""
    if len(text.encode()) > MAX_BYTES:
        raise YamlProblem(1, f"the file is larger than {MAX_BYTES // 1_000_000} MB; split it into several")
    loader = _Loader(text)
    lines: Lines = {}
    try:
        _refuse_aliases(text)
        node = loader.get_single_node()
        if node is None:
            raise YamlProblem(1, "the file holds nothing; fill it or remove it")
        data = _build(node, (), lines)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise YamlProblem(line, _mend(str(error.problem or error.context), text, line)) from None
    except yaml.YAMLError as error:
        raise YamlProblem(1, f"not readable as YAML: {error}") from None
    finally:
        loader.dispose()
    if not isinstance(data, dict):
        raise YamlProblem(1, "the file must be a mapping of sections (sources, topics, frameworks, ...)")
    return data, lines


def _refuse_aliases(text: str) -> None:
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            mark = event.start_mark
            raise YamlProblem(
                mark.line + 1 if mark else 1, "anchors and aliases (& and *) are not allowed; write it out"
            )


def _mend(problem: str, text: str, line: int) -> str:
    lines = text.splitlines()
    if line <= len(lines) and "\t" in lines[line - 1]:
        return f"{problem}; the line has a tab: indent with spaces"
    return f"{problem}; check the indentation, and put text with ': ' or '#' in quotes"


def _build(node: yaml.Node, path: Path, lines: Lines) -> Any:
    line = node.start_mark.line + 1
    lines.setdefault(path, line)
    if len(path) > MAX_DEPTH:
        raise YamlProblem(line, f"nested deeper than {MAX_DEPTH} levels")
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node, line)
    if isinstance(node, yaml.SequenceNode):
        return [_build(child, (*path, index), lines) for index, child in enumerate(node.value)]
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key, key_line = str(key_node.value), key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            raise YamlProblem(key_line, "a key must be a word")
        if key in result:
            first = lines[(*path, key)]
            raise YamlProblem(key_line, f"duplicate id '{key}' (first on line {first}); rename or remove one")
        lines[(*path, key)] = key_line
        result[key] = _build(value_node, (*path, key), lines)
    return result


def _scalar(node: yaml.ScalarNode, line: int) -> Any:
    try:
        return _SCALARS.get(node.tag, str)(node.value)
    except ValueError as error:
        raise YamlProblem(line, f"cannot read {node.value!r}: {error}") from None
