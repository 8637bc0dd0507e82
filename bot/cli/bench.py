"""`bench`: latency of answers, durable turns, and the interview against simulated users. JSON and a table."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec
from rich.console import Console
from rich.table import Table

import adapters
from bot import logs, settings
from bot.bench import answers
from bot.bench.measure import Timing, calibrate
from bot.knowledge.knowledge import Knowledge


def run(options: argparse.Namespace) -> int:
    logs.only_warnings()
    knowledge = Knowledge.load(settings.read().knowledge_paths)
    console = Console()
    figures: dict[str, Any] = {}
    if not options.interview:
        figures["answers"] = _answers(knowledge, console, quick=options.quick)
        figures.update(_others(console, quick=options.quick))
    figures.update(_interview(knowledge, console, quick=options.quick))
    if options.json:
        Path(options.json).write_bytes(msgspec.json.format(msgspec.json.encode(figures), indent=1))
    return 0


def _answers(knowledge: Knowledge, console: Console, *, quick: bool) -> dict[str, Any]:
    unit = calibrate()
    rounds = 1 if quick else 5
    timings = [asyncio.run(answers.in_process(knowledge, unit, rounds))]
    timings.append(asyncio.run(answers.many_conversations(knowledge, unit, 1_000 if quick else 10_000)))
    large = answers.enlarged(knowledge, 10 if quick else answers.COPIES)
    name = f"answer with {len(large.file.frameworks)} frameworks"
    timings.append(asyncio.run(answers.in_process(large, unit, 1, name)))
    process, memory = answers.whole_process(unit, 3 if quick else 7)
    show("Answers (milliseconds)", [*timings, process], console)
    console.print(f"calibration loop {unit:.2f} ms · ask peaks at {memory} MB")
    return {"calibration_ms": unit, "timings": [*timings, process], "ask_memory_mb": memory}


def show(title: str, timings: list[Timing], console: Console) -> None:
    table = Table(title=title, title_justify="left")
    for column in ("", "count", "p50", "p90", "p99", "× loop"):
        table.add_column(column, justify="left" if not column else "right")
    for row in timings:
        table.add_row(
            row.name, f"{row.count:,}", f"{row.p50:.3f}", f"{row.p90:.3f}", f"{row.p99:.3f}", f"{row.ratio:.3f}"
        )
    console.print(table)


def _others(console: Console, *, quick: bool) -> dict[str, Any]:
    """The store's, and that of every adapter that has one."""
    from bot.bench import store

    benches: dict[str, Callable[..., Any]] = {"store": store.bench}
    for name in adapters.NAMES:
        if find_spec(f"adapters.{name}.bench"):
            benches[name] = import_module(f"adapters.{name}.bench").bench
    return {name: bench(console, quick=quick) for name, bench in benches.items()}


def _interview(knowledge: Knowledge, console: Console, *, quick: bool) -> dict[str, Any]:
    from bot.bench import interview

    return {"interview": interview.bench(knowledge, console, quick=quick)}
