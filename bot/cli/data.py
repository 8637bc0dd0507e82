"""What the verbs that work on stored data share: each opens the store of the settings and closes it again."""

from __future__ import annotations

import asyncio
import sys
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from bot import logs
from bot import settings as configuration
from bot.errors import SettingsError
from bot.store import open_store

if TYPE_CHECKING:
    import argparse
    from collections.abc import AsyncIterator, Callable, Coroutine, Iterator

    from bot.settings import Settings
    from bot.store import Store


def run(work: Callable[[Settings, argparse.Namespace], Coroutine[Any, Any, int]], options: argparse.Namespace) -> int:
    """The exit status of a verb's work."""
    configured = configuration.read()
    logs.configure(configured)
    return asyncio.run(work(configured, options))


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Store]:
    store = open_store(settings.database_url)
    try:
        await store.start()
        yield store
    finally:
        await store.close()


@contextmanager
def text_file(name: str, mode: str) -> Iterator[IO[str]]:
    """The file, or standard input or output for `-`."""
    if name == "-":
        yield sys.stdout if mode == "w" else sys.stdin
        return
    try:
        with Path(name).open(mode, encoding="utf-8") as file:
            yield file
    except OSError as error:
        raise SettingsError(f"{name} cannot be {'written' if mode == 'w' else 'read'}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{name} is no UTF-8 text. Use what `export` wrote.") from error
