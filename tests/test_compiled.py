"""The compiled form of the knowledge: never stale, never in the way."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from bot.errors import KnowledgeError
from bot.knowledge import compiled, phrases
from bot.knowledge.knowledge import Knowledge

SMALL = """\
sources:
  page: {title: A page, label: A page, date: 2026-01-01, kind: documentation}
topics:
  database:
    name: Databases
    asks: [database]
    cells:
      flask:
        stance: 0
        claims:
          flask-orm: {text: Flask has no ORM., sources: [page], asks: [orm]}
frameworks:
  flask:
    name: Flask
    asks: [flask]
    what:
      flask-what: {text: Flask is small., sources: [page]}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small knowledge, and a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(phrases, "missing", lambda _: [])
    (tmp_path / "knowledge").mkdir()
    (tmp_path / "knowledge" / "all.yaml").write_text(SMALL)
    return tmp_path / "knowledge"


def cached(folder: Path) -> list[Path]:
    return list((folder.parent / "cache" / "framework-bot").glob("*.compiled"))


def text(folder: Path) -> str:
    return Knowledge.load([folder]).claims["flask-orm"].claim.text


def test_the_second_time_is_read_from_the_cache(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Knowledge.load([folder])
    assert len(cached(folder)) == 1
    monkeypatch.setattr(compiled, "compile_knowledge", lambda _: pytest.fail("compiled anew"))
    second = Knowledge.load([folder])
    assert second.version == first.version
    assert second.file == first.file
    assert second.index == first.index
    assert second.lexicon == first.lexicon


def test_a_changed_file_is_never_served_from_the_cache(folder: Path) -> None:
    assert text(folder) == "Flask has no ORM."
    file = folder / "all.yaml"
    before = file.stat()
    file.write_text(SMALL.replace("has no ORM", "ha5 no ORM"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_size == before.st_size
    assert text(folder) == "Flask ha5 no ORM."


def test_a_new_and_a_removed_file_count_too(folder: Path) -> None:
    more = folder / "more.yaml"
    Knowledge.load([folder])
    more.write_text("house_rules:\n  rule: {text: We use Flask., sources: [page], kind: house}\n")
    assert "rule" in Knowledge.load([folder]).claims
    more.unlink()
    assert "rule" not in Knowledge.load([folder]).claims


def test_changed_code_makes_the_cache_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Knowledge.load([folder]).version
    monkeypatch.setattr(compiled, "_code_version", lambda: "of another release")
    assert Knowledge.load([folder]).version != first
    assert len(cached(folder)) == 2


def test_every_module_that_reads_knowledge_counts_as_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not a list that somebody has to keep: all modules of the package."""
    package = tmp_path / "knowledge"
    shutil.copytree(Path(compiled.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(compiled, "__file__", str(package / "compiled.py"))
    seen = set()
    for module in sorted(package.glob("*.py")):
        seen.add(compiled._code_version.__wrapped__())
        module.write_text(module.read_text() + "\n# another release\n")
    seen.add(compiled._code_version.__wrapped__())
    assert len(seen) == len(list(package.glob("*.py"))) + 1


@pytest.mark.parametrize("damage", [b"", b"\x00\x01\x02", b"not msgpack at all", b"\x93\x01\x02\x03", b"\x80"])
def test_a_damaged_cache_is_ignored_and_replaced(folder: Path, damage: bytes) -> None:
    Knowledge.load([folder])
    (file,) = cached(folder)
    whole = file.read_bytes()
    file.write_bytes(damage)
    assert text(folder) == "Flask has no ORM."
    assert file.read_bytes() == whole


def test_half_a_cache_is_ignored(folder: Path) -> None:
    Knowledge.load([folder])
    (file,) = cached(folder)
    file.write_bytes(file.read_bytes()[:-20])
    assert text(folder) == "Flask has no ORM."


def test_a_folder_in_the_caches_place_is_ignored(folder: Path) -> None:
    Knowledge.load([folder])
    (file,) = cached(folder)
    file.unlink()
    file.mkdir()
    assert text(folder) == "Flask has no ORM."


def test_without_a_place_to_write_it_works_all_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file where the folder should be: nothing can be made there, not even by root."""
    blocked = folder.parent / "file"
    blocked.write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    assert text(folder) == "Flask has no ORM."


def test_a_read_only_cache_is_still_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Knowledge.load([folder])
    monkeypatch.setattr(compiled, "_keep", lambda *_: pytest.fail("written to a read-only folder"))
    assert text(folder) == "Flask has no ORM."


def test_without_a_home_it_works_all_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(Path, "home", staticmethod(nobody))
    assert text(folder) == "Flask has no ORM."


def test_wrong_knowledge_is_never_cached(folder: Path) -> None:
    (folder / "all.yaml").write_text(SMALL.replace("sources: [page], asks", "sources: [pages], asks"))
    for _ in range(2):
        with pytest.raises(KnowledgeError, match="unknown source 'pages'"):
            Knowledge.load([folder])
    assert cached(folder) == []


def test_old_caches_are_dropped(folder: Path) -> None:
    for number in range(compiled.KEPT + 3):
        (folder / "all.yaml").write_text(SMALL.replace("has no ORM", f"has no ORM ({number})"))
        Knowledge.load([folder])
        for age, file in enumerate(sorted(cached(folder), key=lambda path: path.stat().st_mtime, reverse=True)):
            os.utime(file, (time.time() - 60 * age, time.time() - 60 * age))
    assert len(cached(folder)) == compiled.KEPT
    assert text(folder) == f"Flask has no ORM ({compiled.KEPT + 2})."
