"""The outbox of every store: what waits, who may send it, what it became."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from bot.replies import Reply
from tests.support.stores import (
    Clock,
    ask,
    clock,
    message,
    no_blocking,
    place,
    send_all,
    store,
)

if TYPE_CHECKING:
    from bot.store import Store

__all__ = ["clock", "no_blocking", "store"]  # fixtures


async def test_a_reply_waits_until_it_is_sent(store: Store, clock: Clock) -> None:
    asked = message(1)
    said = await ask(store, asked)
    clock.forward(3)
    assert await store.waiting() == (1, 3.0)
    (delivery,) = await store.claim("test")
    assert (delivery.message, delivery.user, delivery.place, delivery.reply) == ("1", "ann", asked.place, said)
    assert delivery.created == clock() - 3
    await store.sent(delivery, ["p1", "p2"])
    assert await store.waiting() == (0, 0.0)
    assert await store.claim("test") == []


async def test_the_address_of_the_place_is_kept_for_delivery(store: Store) -> None:
    address = {"token": "t", "expires": "1"}
    await ask(store, msgspec.structs.replace(message(1), place=place(address=address)))
    (delivery,) = await store.claim("test")
    assert delivery.place.address == address


async def test_only_the_platforms_own_replies_are_claimed(store: Store) -> None:
    await ask(store, message(1))
    assert await store.claim("other") == []
    assert len(await store.claim("test")) == 1


async def test_what_waits_for_its_next_attempt_can_be_hastened(store: Store) -> None:
    for number in (1, 2):
        await ask(store, message(number, f"c{number}"))
    first, second = await store.claim("test")
    await store.failed(first, "away", retry_in=300)
    await store.hasten("other")
    assert await store.claim("test") == []
    await store.hasten("test")
    assert [again.id for again in await store.claim("test")] == [first.id], "what is claimed stays so"
    await store.hasten("test")
    assert await store.claim("test") == [], "also after an attempt that failed"
    await store.failed(second, "gone", retry_in=None)
    await store.hasten("test")
    assert await store.claim("test") == []


async def test_what_is_claimed_is_nobody_elses_until_the_lease_ends(store: Store, clock: Clock) -> None:
    await ask(store, message(1))
    assert len(await store.claim("test")) == 1
    clock.forward(59)
    assert await store.claim("test") == []
    clock.forward(2)
    assert len(await store.claim("test")) == 1


async def test_of_a_conversation_only_the_oldest_reply_can_be_claimed(store: Store) -> None:
    for number in range(3):
        await ask(store, message(number))
        await ask(store, message(f"other-{number}", "c2"))
    claimed = await store.claim("test")
    assert [delivery.message for delivery in claimed] == ["0", "other-0"]
    assert await store.claim("test") == []
    await store.sent(claimed[0], ["p"])
    assert [delivery.message for delivery in await store.claim("test")] == ["1"]


async def test_claims_can_be_narrowed(store: Store) -> None:
    for number in range(3):
        await ask(store, message(number, f"c{number}"))
    assert [row.message for row in await store.claim("test", conversation=place("c1").key)] == ["1"]
    assert [row.message for row in await store.claim("test", limit=1)] == ["0"]


async def test_a_failed_reply_is_tried_again_later(store: Store, clock: Clock) -> None:
    await ask(store, message(1))
    (delivery,) = await store.claim("test")
    await store.failed(delivery, "TryAgain", retry_in=10)
    assert await store.claim("test") == []
    clock.forward(10)
    (delivery,) = await store.claim("test")
    assert delivery.attempts == 1


async def test_giving_up_lets_the_next_reply_pass(store: Store) -> None:
    await ask(store, message(1))
    await ask(store, message(2))
    (delivery,) = await store.claim("test")
    await store.failed(delivery, "Forbidden", retry_in=None)
    assert [row.message for row in await store.claim("test")] == ["2"]
    assert (await store.waiting())[0] == 1


async def test_a_reply_is_found_by_each_of_the_platforms_messages(store: Store) -> None:
    said = await ask(store, message(1))
    (delivery,) = await store.claim("test")
    assert await store.answer_at("test", "p2") is None
    await store.sent(delivery, ["p1", "p2"])
    for name in ("p1", "p2"):
        found = await store.answer_at("test", name)
        assert found is not None
        assert (found.reply, found.place.key, found.sent_as) == (said, place().key, ("p1", "p2"))
    assert await store.answer_at("other", "p1") is None


async def test_an_edited_question_knows_what_its_answer_became(store: Store) -> None:
    await ask(store, message(1))
    await send_all(store)
    await ask(store, message("edit-1", edits="1"))
    (delivery,) = await store.claim("test")
    assert delivery.earlier == ("p-1",)
    await store.sent(delivery, ["p-1", "p-new"])
    await ask(store, message("edit-2", edits="1"))
    (delivery,) = await store.claim("test")
    assert delivery.earlier == ("p-1", "p-new")
    await store.sent(delivery, ["p-1", "p-new"])
    found = await store.answer_at("test", "p-1")
    assert found is not None
    assert found.message == "edit-2"


async def test_an_edit_of_what_was_never_answered_has_nothing_earlier(store: Store) -> None:
    await ask(store, message("edit-1", edits="1"))
    (delivery,) = await store.claim("test")
    assert delivery.earlier == ()


async def test_a_reply_is_found_by_its_id(store: Store) -> None:
    said = await ask(store, message(1))
    found = await store.answer("test", "a-1")
    assert found is not None
    assert (found.reply, found.message, found.place.key) == (said, "1", place().key)
    assert await store.answer("other", "a-1") is None
    assert await store.answer("test", "a-2") is None


async def test_the_newest_reply_of_each_conversation_is_recent(store: Store, clock: Clock) -> None:
    await ask(store, message("old", "c0"))
    clock.forward(100)
    since = clock()
    for number in range(4):
        await ask(store, message(number, f"c{number % 2}"))
    await ask(store, message("silent", "c1"), reply=Reply())
    await ask(store, message("alone", "c9"), reply=Reply())
    assert [row.message for row in await store.recent("test", since=since)] == ["3", "2"]
    assert [row.message for row in await store.recent("test", since=since, limit=1)] == ["3"]
    assert await store.recent("other", since=since) == []
    clock.forward(1)
    assert await store.recent("test", since=clock()) == []
