"""How much one person may ask: a bucket of tokens that fills steadily. Kept in memory; a restart is a fresh start."""

from __future__ import annotations

from typing import Literal

Verdict = Literal["yes", "tell", "silent"]
MOST_PEOPLE = 10_000


class RateLimit:
    """`burst` messages at once, then `per_minute`. Both 0 or less: no limit."""

    def __init__(self, *, burst: int = 20, per_minute: float = 20.0) -> None:
        self._burst = float(burst)
        self._per_second = per_minute / 60
        self._buckets: dict[str, tuple[float, float, bool]] = {}

    def allow(self, user: str, now: float) -> Verdict:
        """Whether to answer: `tell` the person once that it was too much, then `silent` until there is a token again.

        now: seconds on any clock that does not go back.
        """
        if self._burst <= 0 or self._per_second <= 0:
            return "yes"
        tokens, told = self._filled(user, now)
        if tokens >= 1:
            self._keep(user, tokens - 1, now, told=False)
            return "yes"
        self._keep(user, tokens, now, told=True)
        return "silent" if told else "tell"

    def _filled(self, user: str, now: float) -> tuple[float, bool]:
        tokens, at, told = self._buckets.pop(user, (self._burst, now, False))
        return min(self._burst, tokens + max(0.0, now - at) * self._per_second), told

    def _keep(self, user: str, tokens: float, now: float, *, told: bool) -> None:
        self._buckets[user] = (tokens, now, told)  # newest last: `_filled` took the old entry out
        if len(self._buckets) > MOST_PEOPLE:
            del self._buckets[next(iter(self._buckets))]
