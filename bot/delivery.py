"""From the outbox to the platform: what is committed is sent, in order per conversation, until it arrives."""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import TYPE_CHECKING

import structlog

from bot.errors import Forbidden, Refused, StoreError, TryAgain
from bot.store.base import LEASE

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from bot.adapter import Adapter
    from bot.messages import Message
    from bot.store.base import Delivery, Store

SEND_SECONDS = LEASE - 10  # shorter than the claim, or another process would send the same again
GIVE_UP_AFTER = 86_400.0
LONGEST_PAUSE = 300.0
MOST_SURPRISES = 8  # attempts with an error nobody foresaw: it is in the reply, and would hold up all after it
_log = structlog.get_logger(__name__)


class Deliverer:
    """Sends the replies of one platform.

    give_up_after: seconds after which a reply is too old to be of use. every: seconds between two looks for replies
    left over (another process died, the database was away). at_once: conversations served side by side.
    """

    def __init__(
        self,
        store: Store,
        adapter: Adapter,
        *,
        give_up_after: float = GIVE_UP_AFTER,
        every: float = 5.0,
        at_once: int = 20,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._store = store
        self._adapter = adapter
        self._give_up_after = give_up_after
        self._every = every
        self._at_once = at_once
        self._clock = clock
        self._unmarked: dict[int, tuple[Delivery, tuple[str, ...]]] = {}
        self._look = asyncio.Event()
        self._busy: set[asyncio.Task[int]] = set()
        self._watch: asyncio.Task[None] | None = None
        self._closing = False

    def start(self) -> None:
        """Look after replies left over until `close`; the first look is now."""
        self._look.set()
        self._watch = asyncio.create_task(self._keep_looking(), name=f"deliver-{self._adapter.name}")

    async def close(self, *, grace: float = 10.0) -> None:
        """Let what is being sent finish for so many seconds. The rest stays in the outbox."""
        self._closing = True
        if self._watch is not None:
            self._watch.cancel()
            await asyncio.gather(self._watch, return_exceptions=True)
        if self._busy:
            await asyncio.wait(self._busy, timeout=grace)
        for task in self._busy:
            task.cancel()
        await asyncio.gather(*self._busy, return_exceptions=True)
        with contextlib.suppress(StoreError):
            await self._mark_left_over()

    async def deliver(self, message: Message) -> None:
        """After a turn: send what waits in its conversation. Returns when it is sent, or somebody else is at it."""
        await self._guarded(self._deliver_conversation(message.place.key))

    async def drain(self) -> int:
        """Send whatever is due. How many were tried."""
        return await self._guarded(self._deliver_all())

    async def resume(self) -> int:
        """The platform is back: also what was to wait for its next attempt goes now. How many were tried."""
        return await self._guarded(self._hasten_all())

    async def _guarded(self, work: Coroutine[None, None, int]) -> int:
        """As a task `close` waits for, even if who asked is cancelled."""
        if self._closing:
            work.close()
            return 0
        task = asyncio.create_task(self._unless_away(work))
        self._busy.add(task)
        task.add_done_callback(self._busy.discard)
        return await asyncio.shield(task)

    async def _unless_away(self, work: Coroutine[None, None, int]) -> int:
        """A database that is away is no reason to fail: the reply is committed, the next look finds it."""
        try:
            return await work
        except StoreError as error:
            _log.warning("delivery.store_unavailable", platform=self._adapter.name, error=str(error))
            return 0

    async def _keep_looking(self) -> None:
        look = self.resume
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._look.wait(), self._every)
            self._look.clear()
            try:
                await look()
            except Exception:  # noqa: BLE001 - the watch must outlive whatever an adapter or a driver invents
                _log.exception("delivery.failed", platform=self._adapter.name)
            look = self.drain

    async def _hasten_all(self) -> int:
        await self._store.hasten(self._adapter.name)
        return await self._deliver_all()

    async def _deliver_conversation(self, key: str) -> int:
        tried = 0
        while claimed := await self._claim(key):
            await self._send(claimed[0])
            tried += 1
        return tried

    async def _deliver_all(self) -> int:
        """Of each conversation the first; then whatever that has made the first."""
        tried = 0
        while claimed := await self._claim(""):
            results = await asyncio.gather(*(self._send(delivery) for delivery in claimed), return_exceptions=True)
            for error in filter(None, results):
                raise error
            tried += len(claimed)
        return tried

    async def _claim(self, conversation: str) -> list[Delivery]:
        await self._mark_left_over()
        if self._closing:
            return []
        return await self._store.claim(self._adapter.name, conversation=conversation, limit=self._at_once)

    async def _send(self, delivery: Delivery) -> None:
        log = _log.bind(platform=self._adapter.name, delivery=delivery.id, message=delivery.message)
        if self._too_old(delivery):
            log.error("delivery.gave_up", reason="too old", attempts=delivery.attempts)
            await self._store.failed(delivery, "too old", retry_in=None)
            return
        try:
            async with asyncio.timeout(SEND_SECONDS):
                sent_as = await self._adapter.send(delivery)
        except Exception as error:  # noqa: BLE001 - whatever an adapter raises, the reply is kept
            await self._failed(delivery, error, log)
            return
        log.info("delivery.sent", attempts=delivery.attempts + 1, parts=len(sent_as))
        await self._mark(delivery, tuple(sent_as))

    async def _mark(self, delivery: Delivery, sent_as: tuple[str, ...]) -> None:
        """Remembered if the database is away: what was sent must be marked before anything is claimed again."""
        try:
            await self._store.sent(delivery, sent_as)
        except StoreError:
            self._unmarked[delivery.id] = (delivery, sent_as)
            raise

    async def _mark_left_over(self) -> None:
        for number, (delivery, sent_as) in list(self._unmarked.items()):
            await self._store.sent(delivery, sent_as)
            self._unmarked.pop(number, None)

    async def _failed(self, delivery: Delivery, error: Exception, log: structlog.stdlib.BoundLogger) -> None:
        pause = self._pause(delivery, error)
        # never the error's own words: a library may have put the text or a token into them
        name = type(error).__name__
        if pause is None:
            log.error("delivery.gave_up", reason=name, attempts=delivery.attempts + 1)
        else:
            log.warning("delivery.retry", reason=name, attempts=delivery.attempts + 1, seconds=pause)
            asyncio.get_running_loop().call_later(pause, self._look.set)
        await self._store.failed(delivery, name, retry_in=pause)

    def _pause(self, delivery: Delivery, error: Exception) -> float | None:
        """Seconds until the next attempt; None when there is no use in one."""
        growing = min(2.0**delivery.attempts, LONGEST_PAUSE)
        match error:
            case Refused() | Forbidden():
                return None
            case TryAgain():
                return max(error.after, growing)
            case TimeoutError() | OSError():
                return growing
            case _:
                return growing if delivery.attempts + 1 < MOST_SURPRISES else None

    def _too_old(self, delivery: Delivery) -> bool:
        return self._clock() - delivery.created > self._give_up_after
