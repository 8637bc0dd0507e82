"""Values kept by name, the answers found again, decisions, and a workspace that leaves."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.effects import Decision, Feedback, Gap
from bot.messages import Message, Place
from tests.support.stores import Clock, ask, clock, known, message, no_blocking, store

if TYPE_CHECKING:
    from bot.store import Store

__all__ = ["clock", "no_blocking", "store"]  # fixtures


async def test_a_value_is_kept_replaced_and_dropped(store: Store) -> None:
    assert await store.kept("token", "T1") is None
    await store.keep("token", "T1", "a")
    await store.keep("token", "T1", "b")
    await store.keep("token", "T2", "c")
    await store.keep("state", "T1", "d")
    assert await store.kept("token", "T1") == "b"
    assert await store.kept("token", "T2") == "c"
    assert await store.drop("token", "T1")
    assert not await store.drop("token", "T1")
    assert await store.kept("token", "T1") is None
    assert await store.kept("token", "T2") == "c"


async def test_a_value_ends_with_its_time(store: Store, clock: Clock) -> None:
    await store.keep("state", "s", "x", seconds=600)
    clock.forward(599)
    assert await store.kept("state", "s") == "x"
    clock.forward(2)
    assert await store.kept("state", "s") is None
    assert not await store.drop("state", "s")
    await store.sweep()
    assert await store.kept("state", "s") is None


async def test_only_one_of_many_drops_it(store: Store) -> None:
    await store.keep("state", "s", "x")
    assert sorted(await asyncio.gather(*(store.drop("state", "s") for _ in range(5)))) == [False] * 4 + [True]


async def test_what_may_be_secret_is_not_exported(store: Store) -> None:
    await store.keep("token", "T1", "secret")
    await ask(store, message(1))
    rows = [row async for row in store.export()]
    assert "secret" not in str(rows)


async def test_an_answer_is_found_by_its_id(store: Store) -> None:
    await ask(store, message(1))
    found = await store.answer("test", "a-1")
    assert found is not None
    assert (found.message, found.reply.id) == ("1", "a-1")
    assert await store.answer("other", "a-1") is None
    assert await store.answer("test", "a-2") is None


async def test_decisions_newest_first(store: Store) -> None:
    await ask(store, message(1), Decision("ann", "django", "Use Django", "..."))
    await ask(store, message(2), Decision("ann", "flask", "Use Flask", "..."))
    assert await store.decisions("ann") == [{"title": "Use Flask", "pick": "flask", "date": "2026-11-21"}]
    assert [one["pick"] for one in await store.decisions("ann", 5)] == ["flask", "django"]
    assert await store.decisions("bob") == []


async def test_a_workspace_that_leaves_takes_everything_along(store: Store) -> None:
    await ask(store, message(1), Gap("x", "not_known"), Feedback("a-1", "ann", useful=False))
    other = Message(id="9", place=Place(platform="test", workspace="w2", channel="c1"), user="bob", text="?")
    await ask(store, other, Gap("y", "not_known"))
    assert await store.forget_workspace("test", "w1") > 0
    assert set((await store.about("ann")).values()) == {0}
    assert (await store.about("bob"))["gaps"] == 1
    assert await store.answer("test", "a-1") is None
    assert (await known(store)).people == ()
    assert await store.forget_workspace("test", "w1") == 0
