"""Keeps the parsed and indexed knowledge in a cache file, because reading YAML is most of the start-up time.

The cache is named after the contents of every file and of the code that made it, so it cannot be stale; where nothing
can be written it is simply made anew each time.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import msgspec

from bot.errors import KnowledgeError
from bot.knowledge import files as knowledge_files
from bot.knowledge.index import Index
from bot.knowledge.index import build as build_index
from bot.knowledge.lexicon import Lexicon
from bot.knowledge.lexicon import build as build_lexicon
from bot.knowledge.model import KnowledgeFile
from bot.knowledge.words import stem, words

KEPT = 8


class Weights(msgspec.Struct, frozen=True):
    """A learned table: trait of a message -> what it adds to each class, in hundredths. Only differences in a row count."""

    classes: tuple[str, ...] = ()
    traits: dict[str, list[int]] = {}


class Learned(msgspec.Struct, frozen=True):
    """What the example questions taught: to tell intents, and to tell topics."""

    intents: Weights = Weights()
    topics: Weights = Weights()


class Compiled(msgspec.Struct, frozen=True):
    """Everything that is worked out of the YAML once. The file comes without the examples that were learned from."""

    file: KnowledgeFile
    index: Index
    lexicon: Lexicon
    learned: Learned = Learned()


def load(paths: list[Path] | None) -> tuple[Compiled, str]:
    """The compiled knowledge of these paths (default: the shipped one), and its version. Raises `KnowledgeError`."""
    files = knowledge_files.layers(paths or [knowledge_files.shipped()])
    version = _version([path for layer in files for path in layer])
    stored = _cache_folder() / f"{version}.compiled"
    try:
        return msgspec.msgpack.decode(stored.read_bytes(), type=Compiled), version
    except (OSError, msgspec.DecodeError, msgspec.ValidationError):
        made = compile_knowledge(_checked(files))
        _keep(stored, msgspec.msgpack.encode(made))
        return made, version


def compile_knowledge(file: KnowledgeFile) -> Compiled:
    """Index, lexicon and learned weights of validated knowledge."""
    from bot.knowledge.knowledge import Knowledge, statements
    from bot.understanding.learned import learn

    everything = list(statements(file))
    stop = frozenset(stem(word) for word in stop_words(file))
    texts = (statement.claim.text for statement in everything)
    names = frozenset(stem(word) for entry in file.frameworks.values() for word in words(entry.name))
    made = Compiled(file, build_index(everything, stop, names), build_lexicon(file, texts))
    learned = learn(Knowledge(made, "")) if file.questions else Learned()
    return msgspec.structs.replace(made, file=msgspec.structs.replace(file, questions={}), learned=learned)


def stop_words(file: KnowledgeFile) -> Iterable[str]:
    return file.vocabulary.words.get("stop", []) if file.vocabulary else []


def _checked(files: list[list[Path]]) -> KnowledgeFile:
    from bot.knowledge import loader
    from bot.knowledge.lint import lint

    loaded = loader.read(files)
    file = loader.convert(loaded)
    errors, _ = lint(file)
    for path, message in errors:
        loaded.report(path, message)
    if loaded.problems:
        raise KnowledgeError(loaded.lines())
    return file


def _version(files: list[Path]) -> str:
    return hashlib.blake2b(
        f"{knowledge_files.fingerprint(files)} {_code_version()}".encode(), digest_size=12
    ).hexdigest()


@cache
def _code_version() -> str:
    """Changes with the modules that read the files and give the cache its shape: any of these two packages."""
    here = Path(__file__).parent
    return knowledge_files.fingerprint(sorted((*here.glob("*.py"), *(here.parent / "understanding").glob("*.py"))))


def _cache_folder() -> Path:
    """Where nobody has a home (a container with any user id), a place in which nothing can be kept."""
    try:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    except RuntimeError:
        base = os.devnull
    return Path(base) / "framework-bot"


def _keep(target: Path, data: bytes) -> None:
    """Write beside and rename, so that a reader never sees half a file; drop old ones."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as file:
            file.write(data)
        Path(file.name).replace(target)
        old = sorted(target.parent.glob("*.compiled"), key=lambda path: path.stat().st_mtime, reverse=True)[KEPT:]
        for path in old:
            path.unlink(missing_ok=True)
    except OSError:
        return
