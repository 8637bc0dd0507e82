"""Keeps the parsed and indexed knowledge in a cache file, because reading YAML is most of the start-up time.

The cache is named after the contents of every file and of the code that made it, so it cannot be stale; where nothing
can be written it is simply made anew each time.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from bot.errors import KnowledgeError
from bot.knowledge import files as knowledge_files
from bot.knowledge.index import Index
from bot.knowledge.index import build as build_index
from bot.knowledge.lexicon import Lexicon, shortened
from bot.knowledge.lexicon import build as build_lexicon
from bot.knowledge.model import KnowledgeFile
from bot.knowledge.words import stem, words

if TYPE_CHECKING:
    from bot.knowledge.loader import Loaded

KEPT = 8
_TEACHING = ("questions", "vocabulary")
"""The sections that learning depends on most."""


class Weights(msgspec.Struct, frozen=True):
    """A learned table: trait of a message -> what it adds to each class, one byte each. Only differences in a row count."""

    classes: tuple[str, ...] = ()
    traits: dict[str, bytes] = {}


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
    paths = paths or [knowledge_files.shipped()]
    files = knowledge_files.layers(paths)
    version = _version(files)
    stored = _cache_folder() / f"{version}.compiled"
    try:
        made = msgspec.msgpack.decode(stored.read_bytes(), type=Compiled)
        with suppress(OSError):
            stored.touch()  # those that are used are kept
    except (OSError, msgspec.DecodeError):
        made = _made(paths, _checked(files))
        _keep(stored, msgspec.msgpack.encode(made))
    return made, version


def _made(paths: list[Path], loaded: Loaded) -> Compiled:
    """Learning takes seconds: a layer that teaches nothing takes over what those below it have learned."""
    from bot.knowledge import loader

    file = loader.convert(loaded)
    below = paths[: loaded.last_layer(_TEACHING) + 1]
    if below == paths or not file.questions:
        return compile_knowledge(file)
    return compile_knowledge(file, load(below)[0].learned)


def compile_knowledge(file: KnowledgeFile, learned: Learned | None = None) -> Compiled:
    """Index, lexicon and what is learned (unless it is given) of validated knowledge."""
    from bot.knowledge.knowledge import Knowledge, statements
    from bot.understanding.learned import learn

    everything = list(statements(file))
    stop = frozenset(stem(word) for word in stop_words(file))
    texts = (statement.claim.text for statement in everything)
    names = frozenset(stem(word) for entry in file.frameworks.values() for word in words(entry.name))
    made = Compiled(file, build_index(everything, stop, names, shortened(file)), build_lexicon(file, texts))
    learned = learned or learn(Knowledge(made, ""))
    return msgspec.structs.replace(made, file=msgspec.structs.replace(file, questions={}), learned=learned)


def stop_words(file: KnowledgeFile) -> Iterable[str]:
    return file.vocabulary.words.get("stop", ()) if file.vocabulary else []


def _checked(files: list[list[Path]]) -> Loaded:
    """The files as read. Raises `KnowledgeError` with everything that is wrong in them."""
    from bot.knowledge import loader
    from bot.knowledge.lint import lint

    loaded = loader.read(files)
    errors, _ = lint(loader.convert(loaded))
    for path, message in errors:
        loaded.report(path, message)
    if loaded.problems:
        raise KnowledgeError(loaded.lines())
    return loaded


def _version(layers: list[list[Path]]) -> str:
    parts = (*map(knowledge_files.fingerprint, layers), _code_version())
    return hashlib.blake2b(" ".join(parts).encode(), digest_size=12).hexdigest()


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
