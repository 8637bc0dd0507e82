"""Which files the knowledge consists of. Light: asking needs this, but not the YAML parser."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.errors import KnowledgeError

_PACKAGED = Path(__file__).parent.parent / "_knowledge"
_CHECKOUT = Path(__file__).parent.parent.parent / "knowledge"


def shipped() -> Path:
    """The knowledge that comes with the bot: inside the installed package, or beside it in a checkout."""
    return _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT


def layers(paths: Sequence[Path]) -> list[list[Path]]:
    """The YAML files of each path, a folder's in order of name. The first layer is the base, later ones lie over it."""
    result = []
    for path in paths:
        if path.is_dir():
            result.append(sorted(path.rglob("*.yaml")))
        elif path.is_file():
            result.append([path])
        else:
            raise KnowledgeError([f"{path}: there is no such file or folder; check KNOWLEDGE_PATH"])
    return result


def fingerprint(files: Iterable[Path]) -> str:
    """Names and contents, wherever the files lie: what the compiled form is kept under, so that it is never stale."""
    digest = hashlib.blake2b(digest_size=16)
    for path in files:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
