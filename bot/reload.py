"""Watches the knowledge's files: saved and right, it is used at once; saved and wrong, the old one stays and says why."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import msgspec
import structlog
from watchfiles import Change, DefaultFilter, awatch

from bot.errors import BotError, KnowledgeError
from bot.knowledge.check import examine
from bot.knowledge.knowledge import Knowledge

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from bot.assistant import Assistant

_log = structlog.get_logger(__name__)


class State(msgspec.Struct, frozen=True):
    """What came of the last look. number counts looks; version is that of the knowledge in use; problems are the lines
    of what was refused (then the version is the old one); warnings those of what was taken.
    """

    number: int
    version: str
    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


class YamlOnly(DefaultFilter):
    def __call__(self, change: Change, path: str) -> bool:
        return path.endswith((".yaml", ".yml")) and super().__call__(change, path)


class Reload:
    """paths: gives the layers of knowledge as they are now (an overlay may come and go)."""

    def __init__(self, assistant: Assistant, paths: Callable[[], Sequence[Path]]) -> None:
        self._assistant = assistant
        self._paths = paths
        self._changed = asyncio.Condition()
        self.state = State(0, assistant.knowledge.version)

    async def run(self) -> None:
        """Until cancelled. A folder that cannot be watched is told once; the bot runs on without hot reload."""
        watched = {path if path.is_dir() else path.parent for path in self._paths() if path.exists()}
        try:
            async for _ in awatch(*watched, watch_filter=YamlOnly(), debounce=400, step=50):
                await self.look()
        except (OSError, RuntimeError) as error:
            _log.warning("knowledge.not_watched", reason=type(error).__name__)

    async def look(self) -> State:
        """Read the files now, and use them if they are right."""
        number = self.state.number + 1
        knowledge, problems, warnings = await asyncio.to_thread(self._read)
        if knowledge is None:
            state = State(number, self.state.version, tuple(problems))
            _log.warning("knowledge.refused", problems=len(problems), version=state.version)
        else:
            self._assistant.use(knowledge)
            state = State(number, knowledge.version, (), tuple(warnings))
            _log.info("knowledge.reloaded", version=state.version, claims=len(knowledge.claims))
        async with self._changed:
            self.state = state
            self._changed.notify_all()
        return state

    async def next(self, seen: int) -> State:
        """The state after the look of that number, as soon as there is one."""
        async with self._changed:
            await self._changed.wait_for(lambda: self.state.number > seen)
        return self.state

    def _read(self) -> tuple[Knowledge | None, list[str], list[str]]:
        try:
            problems, warnings, _ = examine(self._paths())
            if problems:
                return None, problems, []
            return Knowledge.load(self._paths()), [], warnings
        except KnowledgeError as error:
            return None, error.problems, []
        except BotError as error:
            return None, [str(error)], []
