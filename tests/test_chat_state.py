"""`chat --json --state`: conversations kept between runs, and a database that is away for a moment."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import subprocess
import sys
from typing import IO, TYPE_CHECKING, Any

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Run:
    """One run of the program."""

    def __init__(self, said: IO[str], heard: IO[str]) -> None:
        self._said, self._heard = said, heard

    def say(self, line: str | dict[str, str]) -> dict[str, Any]:
        self._said.write((line if isinstance(line, str) else json.dumps(line)) + "\n")
        self._said.flush()
        reply: dict[str, Any] = json.loads(self._heard.readline())
        return reply


@contextlib.contextmanager
def running(database: Path) -> Iterator[Run]:
    command = (sys.executable, "-m", "bot", "chat", "--json", "--state", f"sqlite:///{database}")
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True, cwd=ROOT) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield Run(process.stdin, process.stdout)
        process.stdin.close()
        assert process.wait(20) == 0


def test_a_second_run_goes_on_where_the_first_ended(tmp_path: Path) -> None:
    with running(tmp_path / "bot.db") as run:
        assert run.say("django or flask for auth?")["intent"] == "compare"
        assert run.say({"id": "m1", "text": "keep answers short"})["intent"] == "control"
    with running(tmp_path / "bot.db") as run:
        again = run.say("and fastapi?")
        assert (again["id"], again["intent"], len(again["frameworks"])) == ("line-1", "compare", 3)
        assert run.say({"id": "m1", "text": "keep answers short"})["intent"] == "duplicate"
        assert "kept short" in run.say("what are my preferences")["text"]
        edited = run.say({"edits": "line-1", "text": "and testing?"})
        assert "testing" in edited["topics"]


def test_a_database_that_is_away_is_told_and_does_not_end_the_talk(tmp_path: Path) -> None:
    with running(tmp_path / "bot.db") as run:
        assert run.say("hello")["intent"] == "smalltalk"
        with contextlib.closing(sqlite3.connect(tmp_path / "bot.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            away = run.say({"id": "m2", "text": "django or flask for auth?"})
            assert "cannot be reached right now" in away["text"]
            other.execute("ROLLBACK")
        assert run.say({"id": "m2", "text": "django or flask for auth?"})["intent"] == "compare"
