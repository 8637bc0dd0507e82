"""The rules that keep the code livable, enumerated from the code itself."""

from __future__ import annotations

import ast
import inspect
import types
import typing
from pathlib import Path

import pytest

import adapters
import bot
from bot import commands, replies
from bot.settings import Settings
from tests.conftest import ROOT

CORE = sorted((ROOT / "bot").rglob("*.py"))
ADAPTERS = sorted((ROOT / "adapters").rglob("*.py"))
COMPOSITION = {ROOT / "bot/__main__.py", ROOT / "bot/settings.py"}
"""The only files of the core that may say a platform's name."""
CLI = ROOT / "bot/cli"
LONGEST = 420


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def test_the_core_imports_no_adapter() -> None:
    """Only the command line, which puts everything together, may."""
    guilty = [
        str(path.relative_to(ROOT))
        for path in CORE
        if not path.is_relative_to(CLI) and any(name.split(".")[0] == "adapters" for name in imports(path))
    ]
    assert guilty == []


def test_only_the_command_line_knows_the_command_line() -> None:
    guilty = [
        str(path.relative_to(ROOT))
        for path in CORE + ADAPTERS
        if not path.is_relative_to(CLI) and any(name.startswith("bot.cli") for name in imports(path))
    ]
    assert guilty == []


def test_the_core_says_no_platforms_name() -> None:
    names = ("slack", "discord")
    guilty = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in CORE
        if path not in COMPOSITION
        for name in names
        if name in path.read_text().lower()
    ]
    assert guilty == []


@pytest.mark.parametrize("platform", ["slack_bolt", "slack_sdk", "discord", "starlette", "sqlalchemy", "aiohttp"])
def test_asking_loads_no_platform_and_no_database(platform: str) -> None:
    """`import bot` and one question stay light."""
    import subprocess
    import sys

    code = (
        "import asyncio, sys; from bot import *;"
        "a = Assistant(Knowledge.load(), MemoryStore());"
        "asyncio.run(a.handle(Message(id='1', place=Place('shell', 'c'), user='u', text='does flask have an orm?')));"
        f"sys.exit({platform!r} in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_adapters_hold_no_sentences() -> None:
    """What people read comes from knowledge: no string literal of an adapter is a sentence, but for docstrings, logs
    and errors for the operator.
    """
    guilty = []
    for path in ADAPTERS:
        if path.name == "__init__.py":  # how to connect, and what `doctor` finds: for the operator
            continue
        tree = ast.parse(path.read_text())
        allowed = _operator_strings(tree)
        guilty.extend(
            f"{path.relative_to(ROOT)}:{node.lineno}: {node.value[:60]!r}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in allowed
            and _sentence(node.value)
        )
    assert guilty == []


def _operator_strings(tree: ast.AST) -> set[int]:
    """Docstrings, arguments of raised errors, of prints, logs, and of what `doctor` reports."""
    found: set[int] = set()
    speaking = {
        "Finding",
        "Connection",
        "print",
        "SettingsError",
        "BotError",
        "Refused",
        "Forbidden",
        "TryAgain",
        "add_argument",
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef | ast.Expr):
            found.update(
                id(child.value)
                for child in ast.walk(node)
                if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
            )
        if isinstance(node, ast.Raise):
            found.update(id(child) for child in ast.walk(node) if isinstance(child, ast.Constant))
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in speaking:
            found.update(id(child) for child in ast.walk(node) if isinstance(child, ast.Constant))
    return found


def _sentence(text: str) -> bool:
    words = text.split()
    return (
        len(words) >= 4
        and text[:1].isupper()
        and text.rstrip()[-1:] in ".!?"
        and all(mark not in text for mark in "{}<>=")
    )


def test_files_are_short() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in CORE + ADAPTERS
        if (count := len(path.read_text().splitlines())) > LONGEST
    }
    assert long == {}


def test_every_command_has_a_handler() -> None:
    source = (ROOT / "bot/respond.py").read_text()
    missing = [
        command.__name__
        for command in typing.get_args(commands.Command)
        if f"{command.__name__}()" not in source and f"{command.__name__})" not in source
    ]
    assert [name for name in missing if name != "InterviewStep"] == []


def test_every_part_is_rendered_by_every_adapter() -> None:
    parts = {part.__name__ for part in typing.get_args(replies.Part)}
    for adapter in ("shell", *adapters.NAMES):
        sources = " ".join(
            path.read_text() for path in (ROOT / "adapters" / adapter).rglob("*") if path.suffix in (".py", ".js")
        )
        missing = {part for part in parts if part not in sources and f'"{part.lower()}"' not in sources}
        assert missing == set(), adapter


def test_every_setting_is_in_the_example_file() -> None:
    example = (ROOT / ".env.example").read_text()
    missing = [name.upper() for name in inspect.get_annotations(Settings) if f"{name.upper()}=" not in example]
    assert missing == []


def test_the_public_names_are_there() -> None:
    assert all(isinstance(getattr(bot, name), type | types.FunctionType) for name in bot.__all__)


def test_no_name_is_defined_twice_in_a_package() -> None:
    """One noun, one home: no two modules of one package define a public class or function of the same name."""
    homes: dict[tuple[Path, str], list[str]] = {}
    for path in CORE + ADAPTERS:
        if path.parent == CLI:  # every verb has its `run`
            continue
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes.setdefault((path.parent, node.name), []).append(path.name)
    assert {name: files for name, files in homes.items() if len(files) > 1} == {}
