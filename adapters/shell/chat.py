"""A conversation in the terminal, with history; choices are answered by number or by their words."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import uuid
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

from rich.console import Console

from adapters.shell.render import show
from bot.messages import Message, Place
from bot.replies import Reply

HISTORY = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "framework-bot" / "history"
PLACE = Place(platform="shell", channel="terminal")


async def chat(answer: Callable[[Message], Awaitable[Reply]]) -> int:
    """Read lines until Ctrl-D. The first reply is the help, so that a newcomer sees what to type."""
    console = Console()
    run = uuid.uuid4().hex[:8]
    with _history():
        show(await answer(Message(id=f"{run}-0", place=PLACE, user="you", press="help")), console)
        for number in itertools.count(1):
            line = await asyncio.to_thread(_read)
            if line is None:
                console.print()
                return 0
            if line.strip():
                message = Message(id=f"{run}-{number}", place=PLACE, user="you", text=line)
                show(await answer(message), console)
    return 0


def _read() -> str | None:
    try:
        return input("> ")
    except (EOFError, KeyboardInterrupt):
        return None


@contextlib.contextmanager
def _history() -> Iterator[None]:
    """Lines typed before, by the arrow keys, where the terminal library is there."""
    try:
        import readline
    except ImportError:
        yield
        return
    with contextlib.suppress(OSError):
        readline.read_history_file(HISTORY)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            HISTORY.parent.mkdir(parents=True, exist_ok=True)
            readline.set_history_length(500)
            readline.write_history_file(HISTORY)
