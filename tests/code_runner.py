"""Runs checks of code examples, each in a process of its own. A script: one JSON job per line in, one result per line out.

A job is {"directory": where the example's files lie, "script": Python to run there}; a result is {"failed": bool,
"output": text}. The frameworks are imported once and every job is a fork of that, which saves a second per example.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import socket
import sys
import traceback
from pathlib import Path
from typing import Any, NoReturn

LIMIT_SECONDS = 30
# What nearly every job imports. Nothing of it may start a thread or read settings.
PRELOADED = (
    "django.contrib.auth.hashers",
    "django.core.management",
    "django.db.models",
    "django.test",
    "fastapi.testclient",
    "flask_login",
    "flask_sqlalchemy",
    "flask_wtf",
    "sqlmodel",
)
ENVIRONMENT = {"SECRET_KEY": "only for tests, long enough for HS256"}
LOCAL = {"127.0.0.1", "::1", "localhost"}


def main() -> None:
    _preload()
    for line in sys.stdin:
        print(json.dumps(_run(json.loads(line))), flush=True)


def _preload() -> None:
    for name in PRELOADED:
        importlib.import_module(name)


def _run(job: dict[str, str]) -> dict[str, Any]:
    output = Path(job["directory"], "output.txt")
    child = os.fork()
    if not child:
        _child(job, output)
    _, status = os.waitpid(child, 0)
    return {"failed": status != 0, "output": output.read_text(errors="replace")}


def _child(job: dict[str, str], output: Path) -> NoReturn:
    failed = 1
    try:
        signal.alarm(LIMIT_SECONDS)
        _redirect(output)
        _stay_offline()
        os.environ.update(ENVIRONMENT)
        os.chdir(job["directory"])
        sys.path.insert(0, job["directory"])
        exec(compile(job["script"], "check.py", "exec"), {"__name__": "check"})
        failed = 0
    except BaseException:  # noqa: BLE001 (a failing check may also be a SystemExit or a KeyboardInterrupt)
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(failed)


def _redirect(output: Path) -> None:
    target = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(target, 1)
    os.dup2(target, 2)


def _stay_offline() -> None:
    connect = socket.socket.connect

    def local_only(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in LOCAL:
            raise OSError(f"examples run without a network; this one wanted {address}")
        connect(self, address)

    socket.socket.connect = local_only  # type: ignore[method-assign]


if __name__ == "__main__":
    main()
