"""Shared fixtures. Every test runs under blockbuster: a call that blocks the event loop fails it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from blockbuster import BlockBuster, blockbuster_ctx

from bot.assistant import Assistant
from bot.knowledge.knowledge import Knowledge
from bot.store import MemoryStore

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
"""Evaluation sets and schemas, where the checkout has them beside it."""


@pytest.fixture(autouse=True)
def _nothing_blocks(request: pytest.FixtureRequest) -> Iterator[BlockBuster | None]:
    if "blocking" in request.keywords:
        yield None
        return
    with blockbuster_ctx("bot", excluded_modules=["bot.knowledge", "bot.cli"]) as blockbuster:
        yield blockbuster


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return Knowledge.load()


@pytest.fixture
def assistant(knowledge: Knowledge) -> Assistant:
    return Assistant(knowledge, MemoryStore())
