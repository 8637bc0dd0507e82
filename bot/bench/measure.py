"""Timing, percentiles, and a calibration loop so that figures from different machines can be compared."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Sequence

import msgspec


class Timing(msgspec.Struct, frozen=True):
    """Milliseconds. ratio: the median in units of the calibration loop on the same machine at the same time."""

    name: str
    count: int
    p50: float
    p90: float
    p99: float
    ratio: float


def calibrate() -> float:
    """Milliseconds that 20,000 rounds of plain Python take (dictionary, string, arithmetic); the best of seven."""
    best = float("inf")
    for _ in range(7):
        start = time.perf_counter()
        table: dict[str, int] = {}
        for number in range(20_000):
            key = str(number % 97)
            table[key] = table.get(key, 0) + number
        best = min(best, time.perf_counter() - start)
    return best * 1000


def summary(name: str, seconds: Sequence[float], unit: float) -> Timing:
    """Percentiles of the durations; `unit` is what `calibrate` gave."""
    ordered = sorted(value * 1000 for value in seconds)
    p50, p90, p99 = (ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.5, 0.9, 0.99))
    return Timing(name, len(ordered), round(p50, 4), round(p90, 4), round(p99, 4), round(p50 / unit, 4))


async def time_each(calls: Sequence[Callable[[], Awaitable[object]]]) -> list[float]:
    durations = []
    for call in calls:
        start = time.perf_counter()
        await call()
        durations.append(time.perf_counter() - start)
    return durations
