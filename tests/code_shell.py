"""Runs examples that are shell commands, line by line as printed, in an empty directory or a small project.

Three things differ from a terminal: `pip install` only checks that the packages are installed here (no network), making a
virtual environment makes an empty one, and a server is started on a free port, asked for its first page and stopped.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

SERVER = re.compile(r"^(python manage\.py runserver|flask .*\brun\b|fastapi (dev|run)\b|gunicorn |uvicorn )")
LIMIT_SECONDS = 60
PRELUDE = r"""
set -eu
pip() {
  shift
  command python -c 'import importlib.metadata, re, sys
for wanted in sys.argv[1:]: importlib.metadata.distribution(re.split(r"[\[<>=]", wanted)[0])' "$@"
}
python() {
  if [ "$1 ${2-}" = "-m venv" ]; then mkdir -p "$3/bin"; touch "$3/bin/activate"; else command python "$@"; fi
}
serve() { command python -c "$SERVE" "$PORT" "$@"; }
"""
SERVE = """
import os, signal, subprocess, sys, time, urllib.error, urllib.request
port, *command = sys.argv[1:]
server = subprocess.Popen(command, start_new_session=True)
failed = "the server never answered"
for attempt in range(200):
    if server.poll() is not None:
        sys.exit("the server did not start")
    try:
        failed = urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).status >= 500
        break
    except urllib.error.HTTPError as error:
        failed = error.code >= 500
        break
    except OSError:
        time.sleep(0.1)
os.killpg(server.pid, signal.SIGTERM)
server.wait()
sys.exit(failed)
"""


def run(commands: str, directory: Path) -> subprocess.CompletedProcess[str]:
    """The commands' outcome; the first that fails ends them."""
    port = _free_port()
    script = PRELUDE + "\n".join(_on_port(line, port) for line in commands.splitlines())
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "SERVE": SERVE,
        "PORT": str(port),
        "PYTHONPATH": str(directory),
        "SECRET_KEY": "only for tests, long enough for HS256",
    }
    return subprocess.run(
        ["bash", "-c", script],
        cwd=directory,
        env=environment,
        check=False,
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=LIMIT_SECONDS,
    )


def _on_port(line: str, port: int) -> str:
    line = line.partition("  #")[0]
    if not SERVER.match(line):
        return line
    if re.search(r"\b(8000|5000)\b", line):
        return "serve " + re.sub(r"\b(8000|5000)\b", str(port), line)
    return f"serve {line} {port}" if "runserver" in line else f"serve {line} --port {port}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
