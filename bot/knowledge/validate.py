"""Plain data against the types of `model.py`, reporting every problem with its path instead of only the first."""

from __future__ import annotations

import types
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import msgspec

from bot.knowledge.yamltext import Path

Problem = tuple[Path, str]


def problems(data: Any, kind: Any, path: Path = ()) -> Iterator[Problem]:
    """Every place where `data` is not of the type `kind`, as (path, what is wrong and how to mend it)."""
    try:
        msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        inner = list(_inside(data, kind, path))
        yield from inner or [(path, _mend(str(error), data))]


def _inside(data: Any, kind: Any, path: Path) -> Iterator[Problem]:
    if get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        options = [option for option in arguments if option is not type(None)]
        if len(options) == 1:
            yield from _inside(data, options[0], path)
    elif origin is dict and isinstance(data, dict):
        for key, value in data.items():
            yield from problems(key, arguments[0], (*path, key))
            yield from problems(value, arguments[1], (*path, key))
    elif origin is list and isinstance(data, list):
        for index, value in enumerate(data):
            yield from problems(value, arguments[0], (*path, index))
    elif isinstance(kind, type) and issubclass(kind, msgspec.Struct) and isinstance(data, dict):
        yield from _struct(data, kind, path)


def _struct(data: dict[str, Any], kind: type[msgspec.Struct], path: Path) -> Iterator[Problem]:
    hints = _hints(kind)
    for field in msgspec.structs.fields(kind):
        if field.encode_name in data:
            yield from problems(data[field.encode_name], hints[field.name], (*path, field.encode_name))
        elif field.required:
            yield path, f"'{field.encode_name}' is missing; add it"
    for key in data:
        if key not in hints:
            close = get_close_matches(key, hints, n=1)
            mend = f"did you mean '{close[0]}'?" if close else "known keys: " + ", ".join(sorted(hints))
            yield (*path, key), f"unknown key '{key}'; {mend}"


@cache
def _hints(kind: type[msgspec.Struct]) -> dict[str, Any]:
    return get_type_hints(kind, include_extras=True)


def _mend(message: str, data: Any) -> str:
    message = message.partition(" - at ")[0].replace("`", "'")
    if "Expected 'str'" in message and isinstance(data, int | float):
        return f'{message}; put it in quotes: "{data}"'
    if "matching regex" in message:
        return f"'{data}' cannot be an id; use lower-case letters, digits, '-', '_' and '.'"
    if "RFC3339" in message:
        return f"'{data}' is no date; write it as 2026-11-21"
    if data is None:
        return f"{message}; the value is empty"
    return message
