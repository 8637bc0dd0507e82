"""Every code example of the knowledge does what it says, on the framework it is for.

An example's `check` is Python that runs after it, with names that depend on its harness (see `code_examples.PRELUDES`):
`client` is the framework's own test client; `python` gives nothing; `shell` runs the commands first, then the check.
"""

from __future__ import annotations

import ast
import importlib.metadata
import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests import code_examples, code_shell
from tests.code_examples import Case

if TYPE_CHECKING:
    from collections.abc import Iterator

CASES = code_examples.cases()
RUNNER = Path(__file__).with_name("code_runner.py")
FRAMEWORKS = {"django", "flask", "fastapi"}


class Runner:
    """The process that forks a child for every check."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, RUNNER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def run(self, script: str, directory: Path) -> dict[str, Any]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"directory": str(directory), "script": script}) + "\n")
        self._process.stdin.flush()
        return dict(json.loads(self._process.stdout.readline()))

    def close(self) -> None:
        self._process.communicate(timeout=10)


@pytest.fixture(scope="session")
def runner() -> Iterator[Runner]:
    runner = Runner()
    yield runner
    runner.close()


@pytest.fixture(scope="session")
def fresh_django(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated project as `startproject` makes it."""
    directory = tmp_path_factory.mktemp("django")
    subprocess.run([sys.executable, "-m", "django", "startproject", "mysite", "."], cwd=directory, check=True)
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=directory, check=True)
    return directory


@pytest.mark.parametrize("case", CASES, ids=str)
def test_example_does_what_it_says(case: Case, runner: Runner, fresh_django: Path, tmp_path: Path) -> None:
    code_examples.lay_out(case, tmp_path, fresh_django)
    if case.harness == "shell":
        commands = code_shell.run(case.example.code, tmp_path)
        assert commands.returncode == 0, commands.stdout
    result = runner.run(case.script if case.harness != "shell" else case.example.check, tmp_path)
    assert not result["failed"], result["output"]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_example_is_short_and_safe(case: Case) -> None:
    code = case.example.code
    lines = code.splitlines()
    assert len([line for line in lines if line.strip()]) <= 35, "an example fits one screen"
    assert max(map(len, lines)) <= 96, "no line wraps"
    assert case.example.check or case.harness == "shell", "an example without a check may be wrong"
    for name, (text, _) in code_examples.files(case).items():
        if name.endswith(".py"):
            ast.parse(text)
    for line in lines:
        if re.search(r"debug\s*=\s*true|--debug\b", line, re.IGNORECASE):
            assert "development" in line, "debug mode is marked as for development only"


@pytest.mark.parametrize("case", CASES, ids=str)
def test_packages_are_installed_for_the_tests(case: Case) -> None:
    for package in case.example.packages:
        importlib.metadata.distribution(package.partition("[")[0])


def test_every_task_has_every_framework() -> None:
    frameworks = Counter(case.task for case in CASES)
    assert len(frameworks) >= 22
    assert {task: count for task, count in frameworks.items() if count != len(FRAMEWORKS)} == {}


class TestHarness:
    """The harness notices what it is there to notice."""

    def test_a_wrong_check_fails(self, runner: Runner, tmp_path: Path) -> None:
        result = runner.run("assert 1 == 2, 'no'", tmp_path)
        assert result["failed"]
        assert "AssertionError: no" in result["output"]

    def test_the_network_is_out_of_reach(self, runner: Runner, tmp_path: Path) -> None:
        result = runner.run("import socket; socket.create_connection(('192.0.2.1', 80), 1)", tmp_path)
        assert result["failed"]
        assert "without a network" in result["output"]

    def test_checks_do_not_see_each_other(self, runner: Runner, tmp_path: Path) -> None:
        assert not runner.run("import sys; sys.modules['left_behind'] = sys", tmp_path)["failed"]
        assert runner.run("import left_behind", tmp_path)["failed"]

    def test_a_failing_command_fails(self, tmp_path: Path) -> None:
        assert code_shell.run("false\necho never", tmp_path).returncode != 0

    def test_a_server_that_does_not_start_fails(self, tmp_path: Path) -> None:
        assert code_shell.run("uvicorn missing:app --port 8000", tmp_path).returncode != 0
