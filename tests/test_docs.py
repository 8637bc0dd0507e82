"""The documentation keeps up with the code: what there is is documented, and what is documented works."""

from __future__ import annotations

import argparse
import importlib.util
import inspect
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import msgspec
import pytest

from bot.__main__ import make_parser
from bot.knowledge import model
from bot.metrics import Metrics
from bot.settings import Settings
from tests.support.process import ROOT, environment

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
OPERATORS = (ROOT / "docs/operators.md").read_text(encoding="utf-8")
AUTHORS = (ROOT / "docs/authors.md").read_text(encoding="utf-8")
EVERYTHING = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)


# --- enumerated from the code


def verbs() -> dict[str, argparse.ArgumentParser]:
    actions = [action for action in make_parser()._actions if isinstance(action, argparse._SubParsersAction)]
    return dict(actions[0].choices)


@pytest.mark.parametrize("verb", verbs())
def test_every_verb_is_documented(verb: str) -> None:
    assert re.search(rf"(framework-bot |`){verb}\b", EVERYTHING)


@pytest.mark.parametrize(
    "option",
    sorted(
        {option for parser in verbs().values() for action in parser._actions for option in action.option_strings[-1:]}
    ),
)
def test_every_option_is_documented(option: str) -> None:
    assert option == "--help" or option in EVERYTHING


@pytest.mark.parametrize("name", [field.name.upper() for field in msgspec.structs.fields(Settings)])
def test_every_setting_is_documented(name: str) -> None:
    assert f"`{name}`" in OPERATORS


def test_no_setting_is_documented_that_is_none() -> None:
    known = {field.name.upper() for field in msgspec.structs.fields(Settings)}
    rows = re.findall(r"^\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) \|", OPERATORS, re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)} == known


def test_documented_defaults_are_the_defaults() -> None:
    for field in msgspec.structs.fields(Settings):
        row = re.search(rf"^\| `{field.name.upper()}` \| `([^`]*)` \|", OPERATORS, re.MULTILINE)
        if row and field.name != "log_format":
            assert row[1] == (str(field.default).lower() if isinstance(field.default, bool) else str(field.default))


def metrics() -> list[str]:
    return [family.name for family in Metrics().registry.collect() if family.name.startswith("framework_bot_")]


@pytest.mark.parametrize("name", metrics())
def test_every_metric_is_documented(name: str) -> None:
    assert re.search(rf"`{name}(_total)?[`{{]", OPERATORS)


def test_no_metric_is_documented_that_is_none() -> None:
    documented = {name.removesuffix("_total") for name in re.findall(r"`(framework_bot_\w+)", OPERATORS)}
    assert documented == set(metrics())


def entries() -> list[type[model.Entry]]:
    kinds = (kind for kind in vars(model).values() if inspect.isclass(kind) and issubclass(kind, model.Entry))
    return [kind for kind in kinds if kind not in (model.Entry, model.KnowledgeFile)]


def section(title: str) -> str:
    found = re.search(rf"^### {title}\n(.*?)(?=^#|\Z)", AUTHORS, re.MULTILINE | re.DOTALL)
    assert found, f"docs/authors.md has no section on {title}"
    return found[1]


@pytest.mark.parametrize("kind", entries(), ids=lambda kind: kind.__name__)
def test_every_yaml_field_is_documented(kind: type[model.Entry]) -> None:
    text = section(kind.__name__)
    for field in msgspec.structs.fields(kind):
        form = f"*`{field.encode_name}`*" if field.required else f"`{field.encode_name}`"
        assert form in text, form


def test_every_section_of_a_knowledge_file_is_documented() -> None:
    for field in msgspec.structs.fields(model.KnowledgeFile):
        assert f"`{field.encode_name}`" in AUTHORS


# --- links and the transcript


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


async def test_the_readme_opens_with_what_the_bot_says_today() -> None:
    """After a change of knowledge: python scripts/transcript.py"""
    transcript = script("transcript")
    page = (PAGES[0]).read_text(encoding="utf-8")
    assert page.startswith("# Framework Bot\n\n<!-- transcript -->\n")
    assert transcript.MARKED.search(page)[0] == await transcript.transcript()


# --- every command, from a fresh clone


def commands() -> Iterator[str]:
    """The lines of all `sh` blocks, once each."""
    blocks = re.findall(r"^```sh\n(.*?)^```", EVERYTHING, re.MULTILINE | re.DOTALL)
    lines = (line.strip() for block in blocks for line in block.replace("\\\n", " ").splitlines())
    return iter(dict.fromkeys(line for line in lines if line and not line.startswith("#")))


PLANNED = re.compile(r"^make (test|check|bench)\b")
"""What these would do is looked at, not done: they are this very test suite, or take minutes."""
SLOW = re.compile(r"framework-bot bench\b")


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a newcomer gets, with the packages of this checkout so that nothing has to be downloaded."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    folder = tmp_path_factory.mktemp("fresh") / "framework-bot"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True, timeout=120)
    venv = folder / ".venv"
    venv.mkdir()
    (venv / "bin").symlink_to(Path(sys.prefix) / "bin")
    for number, name in enumerate((".installed", ".installed-for-tests")):
        (venv / name).touch()
        os.utime(venv / name, (time.time() + 60 + number,) * 2)
    return folder


def shell(command: str, clone: Path) -> subprocess.Popen[str]:
    environ = environment(PYTHONPATH=str(clone), PATH=f"{Path(sys.prefix) / 'bin'}{os.pathsep}{os.environ['PATH']}")
    environ.pop("HOST")
    environ |= dict.fromkeys(("GITHUB_API_URL", "ENDOFLIFE_API_URL", "PYPISTATS_API_URL"), "http://127.0.0.1:1")
    return subprocess.Popen(
        ["sh", "-c", command],
        cwd=clone,
        env=environ,
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


@pytest.mark.timeout(300)
@pytest.mark.parametrize("command", list(commands()))
def test_every_command_in_the_documentation_works(command: str, clone: Path) -> None:
    if PLANNED.match(command):
        command = command.replace("make ", "make --dry-run ", 1)
    if SLOW.search(command):
        command = command.partition(" bench")[0] + " bench --help"
    if "framework-bot run" in command or command == "make run":
        return _starts(re.sub(r"\bPORT=\d+", "PORT=0", command), clone)
    process = shell(command, clone)
    output, _ = process.communicate(timeout=200)
    assert process.returncode == 0, output
    assert "Traceback" not in output
    return None


def _starts(command: str, clone: Path) -> None:
    process = shell(command, clone)
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if "web.listening" in line:
            break
    assert any("Open http://" in line for line in said), "".join(said)
    os.killpg(process.pid, 15)
    process.stdout.read()
    process.wait(60)
