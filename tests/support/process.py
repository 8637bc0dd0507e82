"""The bot as its users start it: a process of its own, in an empty directory, on a free port."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Self

START_SECONDS = 90
ROOT = Path(__file__).parent.parent.parent
UNSET = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "DISCORD_TOKEN", "WEB_TOKEN", "DATABASE_URL", "KNOWLEDGE_PATH")


def environment(**settings: str) -> dict[str, str]:
    """The variables of this process, without settings of the bot other than these."""
    clean = {name: value for name, value in os.environ.items() if name not in UNSET}
    return {**clean, "HOST": "127.0.0.1", "PORT": "0", "PYTHONPATH": str(ROOT), **settings}


def run(
    *arguments: str, folder: Path, seconds: float = START_SECONDS, **settings: str
) -> subprocess.CompletedProcess[str]:
    """One verb to its end."""
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment(**settings), text=True, capture_output=True, timeout=seconds, check=False
    )


class Bot:
    """A running bot. `lines`: what it has written to stderr so far."""

    def __init__(self, folder: Path, *arguments: str, **settings: str) -> None:
        self.folder, self._arguments, self._settings = folder, arguments, settings
        self.lines: list[str] = []
        self.address = ""

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Returns when the page can be opened."""
        command = [sys.executable, "-m", "bot", "run", *self._arguments]
        self.process = subprocess.Popen(
            command, cwd=self.folder, env=environment(**self._settings), stderr=subprocess.PIPE, text=True
        )
        self._seen = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.address = self.wait_for(r"Open (http://\S+)")[1]
        self.wait_for(r"web.listening")

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            with self._seen:
                self.lines.append(line.rstrip("\n"))
                self._seen.notify_all()
        with self._seen:
            self.lines.append("(ended)")
            self._seen.notify_all()

    def wait_for(self, pattern: str) -> re.Match[str]:
        """The first line so far, or from now on, in which the pattern is found."""
        found: list[re.Match[str]] = []

        def there() -> bool:
            found.extend(match for line in self.lines if (match := re.search(pattern, line)))
            return bool(found) or "(ended)" in self.lines

        with self._seen:
            self._seen.wait_for(there, START_SECONDS)
        assert found, "\n".join(self.lines)
        return found[0]

    def events(self, name: str) -> list[dict[str, Any]]:
        """The log's events of that name."""
        logged = [json.loads(line) for line in self.lines if line.startswith("{")]
        return [event for event in logged if event["event"] == name]

    def stop(self, *, kill: bool = False) -> int:
        """SIGTERM (or SIGKILL), and the exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL if kill else signal.SIGTERM)
        status = self.process.wait(START_SECONDS)
        self._reader.join(START_SECONDS)
        return status
