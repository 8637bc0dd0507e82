"""What is in flight: owned, awaited, and finished before the adapter ends."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any, TypeVar

import structlog

if TYPE_CHECKING:
    from collections.abc import Coroutine

PATIENCE = 1.0
Result = TypeVar("Result")
_log = structlog.get_logger(__name__)


class Work:
    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def __len__(self) -> int:
        return len(self._tasks)

    def spawn(self, work: Coroutine[Any, Any, Any], name: str) -> asyncio.Task[Any]:
        """Start it as a task of its own; a failure is logged, never lost."""
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("slack.task_failed", task=task.get_name(), error=type(error).__name__)

    async def finish(self, seconds: float) -> None:
        """Wait so long for what is under way, also for what that begins; then cancel the rest."""
        deadline = asyncio.get_running_loop().time() + seconds
        while self._tasks and (left := deadline - asyncio.get_running_loop().time()) > 0:
            await asyncio.wait(set(self._tasks), timeout=left)
        rest = set(self._tasks)
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)


class Rush:
    """Slack waits a few seconds for an acknowledgement, people longer for an answer: while many ask at once, the turns
    that Slack waits for go before the deliveries.

    patience: seconds a delivery waits at most.
    """

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._turns = 0
        self._calm = asyncio.Event()
        self._calm.set()

    async def first(self, turn: asyncio.Task[Result]) -> Result:
        """The turn's result. It goes on if who waits for it is cancelled."""
        self._turns += 1
        self._calm.clear()
        try:
            return await asyncio.shield(turn)
        finally:
            self._turns -= 1
            if not self._turns:
                self._calm.set()

    async def over(self) -> None:
        if not self._calm.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._calm.wait(), self._patience)
