"""What an operator watches, for Prometheus. Counts and durations; never who, never what was said."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

import structlog
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

from bot.assistant import Assistant, answer_id
from bot.effects import Feedback, Gap
from bot.errors import StoreError
from bot.preferences import USUAL

if TYPE_CHECKING:
    from collections.abc import Iterable, MutableMapping

    from bot.adapter import Adapter
    from bot.answers.draft import Draft
    from bot.commands import Understanding
    from bot.conversation import Conversation
    from bot.knowledge.knowledge import Knowledge
    from bot.messages import Message
    from bot.preferences import Preferences
    from bot.ratelimit import RateLimit
    from bot.replies import Reply
    from bot.store.base import Store

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
_log = structlog.get_logger(__name__)


class Metrics:
    """All metrics of one process; documented in docs/operators.md. platforms: the names whose log events are counted."""

    def __init__(self, platforms: Iterable[str] = ()) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]  # a second series per counter that says when it was made
        self._platforms = frozenset(platforms)
        self._met: set[str] = set()
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        prefix: Any = {"namespace": "framework_bot", "registry": registry}
        self.turns = Counter("turns", "Messages handled", ["platform", "intent", "outcome"], **prefix)
        self.seconds = Histogram("turn_seconds", "From message to commit", ["platform"], buckets=BUCKETS, **prefix)
        self.failures = Counter("turn_failures", "Turns the database refused", ["platform"], **prefix)
        self.gaps = Counter("gaps", "Questions written down as gaps", ["reason"], **prefix)
        self.feedback = Counter("feedback", "Buttons under answers", ["useful"], **prefix)
        self.waiting = Gauge("outbox_waiting", "Replies not yet sent", **prefix)
        self.oldest = Gauge("outbox_oldest_seconds", "Age of the oldest of them", **prefix)
        self.errors = Counter("platform_errors", "Warnings and errors of a platform", ["platform", "event"], **prefix)
        self.reconnects = Counter("platform_reconnects", "Connections made anew", ["platform"], **prefix)
        self.connected = Gauge("platform_connected", "1 while events arrive and replies leave", ["platform"], **prefix)
        self.database = Gauge("database_up", "1 while the database answers", **prefix)
        self.knowledge = Gauge("knowledge_claims", "Claims of the knowledge in use", ["version"], **prefix)
        self.reloads = Counter("knowledge_reloads", "Hot reloads", ["result"], **prefix)

    def count_event(self, _logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        """A structlog processor: what adapters and delivery tell the log is counted on the way."""
        name = str(event.get("event", ""))
        platform = str(event.get("platform") or name.partition(".")[0])
        if name in ("knowledge.reloaded", "knowledge.refused"):
            self.reloads.labels(name.partition(".")[2]).inc()
        if platform in self._platforms:
            if method in ("warning", "error", "exception", "critical"):
                self.errors.labels(platform, name).inc()
            if name.endswith(".connected") or event.get("connected") is True:
                self._count_connection(platform)
        return event

    def _count_connection(self, platform: str) -> None:
        """Every one after the first was made anew."""
        if platform in self._met:
            self.reconnects.labels(platform).inc()
        self._met.add(platform)

    async def text(self, store: Store, adapters: Iterable[Adapter], knowledge: Knowledge) -> bytes:
        """The page for Prometheus, with what has to be looked up at this moment."""
        try:
            waiting, oldest = await store.waiting()
            self.waiting.set(waiting)
            self.oldest.set(oldest)
            self.database.set(1)
        except StoreError:
            self.database.set(0)
        for adapter in adapters:
            self.connected.labels(adapter.name).set(adapter.ready())
        self.knowledge.clear()
        self.knowledge.labels(knowledge.version).set(len(knowledge.claims))
        return await asyncio.to_thread(generate_latest, self.registry)  # the process's own figures are read from files


class Measured(Assistant):
    """The assistant, with every turn counted, timed and logged."""

    def __init__(self, knowledge: Knowledge, store: Store, metrics: Metrics, limit: RateLimit | None = None) -> None:
        super().__init__(knowledge, store, limit)
        self.metrics = metrics

    async def handle(self, message: Message) -> Reply:
        platform, began = message.place.platform, time.perf_counter()
        with structlog.contextvars.bound_contextvars(turn=answer_id(message)):
            try:
                reply = await super().handle(message)
            except StoreError as error:
                self.metrics.failures.labels(platform).inc()
                _log.warning("turn.not_kept", platform=platform, reason=type(error).__name__)
                raise
            seconds = time.perf_counter() - began
            self.metrics.turns.labels(platform, reply.intent, outcome(reply)).inc()
            self.metrics.seconds.labels(platform).observe(seconds)
            kind, milliseconds = message.place.kind, round(seconds * 1000, 1)
            _log.info(
                "turn.done",
                platform=platform,
                place=kind,
                intent=reply.intent,
                answered=reply.answered,
                ms=milliseconds,
            )
        return reply

    def decide(
        self,
        understood: Understanding,
        message: Message,
        conversation: Conversation,
        preferences: Preferences = USUAL,
    ) -> Draft:
        draft = super().decide(understood, message, conversation, preferences)
        for effect in draft.effects:
            if isinstance(effect, Gap):
                self.metrics.gaps.labels(effect.reason).inc()
            elif isinstance(effect, Feedback):
                self.metrics.feedback.labels("yes" if effect.useful else "no").inc()
        return draft


def outcome(reply: Reply) -> str:
    """`answered` with substance, `abstained` where it had none, `none` where nothing was asked of it."""
    if reply.answered:
        return "answered"
    return "none" if reply.intent in ("silent", "duplicate", "control", "smalltalk") else "abstained"
