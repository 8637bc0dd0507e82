"""What every store keeps about people, for how long, and how it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.conversation import Conversation
from bot.effects import Decision, Feedback, ForgetUser, Gap, SetPreferences
from bot.preferences import USUAL, Preferences
from bot.replies import Reply, Text
from bot.store import Retention
from tests.support.stores import (
    Clock,
    ask,
    clock,
    known,
    message,
    no_blocking,
    place,
    seen,
    send_all,
    store,
)

if TYPE_CHECKING:
    from bot.store import Store

__all__ = ["clock", "no_blocking", "store"]  # fixtures

DAY = 86_400.0
SILENT = Reply()
SHORT = Preferences(short=True)


# what a turn leaves behind


async def test_gaps_are_grouped_most_frequent_first(store: Store, clock: Clock) -> None:
    await ask(store, message(1), Gap("does bottle scale", "not_known"))
    clock.forward(DAY)
    await ask(store, message(2, user="bob"), Gap("does bottle scale", "not_known"))
    await ask(store, message(3), Gap("x" * 500, "not_understood"))
    first, second = await store.gaps()
    assert first == {"text": "does bottle scale", "reason": "not_known", "count": 2, "last": "2026-11-22"}
    assert second["text"] == "x" * 300
    assert len(await store.gaps(limit=1)) == 1


async def test_the_last_feedback_of_a_person_counts(store: Store) -> None:
    await ask(store, message(1))
    await ask(store, message(2), Feedback("a-1", "ann", useful=False, reason="outdated"))
    await ask(store, message(3), Feedback("a-1", "ann", useful=True))
    assert await store.gaps() == []
    await ask(store, message(4, user="bob"), Feedback("a-1", "bob", useful=False))
    assert (await store.about("ann"))["feedback"] == 1
    (gap,) = await store.gaps()
    assert (gap["text"], gap["reason"], gap["count"]) == ("fact", "not_useful", 1)


async def test_negative_feedback_says_what_the_answer_was_about(store: Store) -> None:
    reply = Reply(id="r1", parts=(Text("x"),), intent="compare", frameworks=("django", "flask"), topics=("auth",))
    await ask(store, message(1), reply=reply)
    await ask(store, message(2), Feedback("r1", "ann", useful=False, reason="wrong"))
    await ask(store, message(3), Feedback("unknown", "ann", useful=False, reason="wrong"))
    assert {gap["text"] for gap in await store.gaps()} == {"compare django flask auth", "unknown"}


async def test_messages_are_counted_without_their_words(store: Store, clock: Clock) -> None:
    await ask(store, message(1))
    await ask(store, message(2), reply=SILENT)
    clock.forward(DAY)
    await ask(store, message(3))
    answered = {"platform": "test", "intent": "fact", "answered": True, "count": 1}
    silent = {"day": "2026-11-21", "platform": "test", "intent": "silent", "answered": False, "count": 1}
    assert await store.usage() == [{"day": "2026-11-21"} | answered, silent, {"day": "2026-11-22"} | answered]
    clock.forward(40 * DAY)
    assert await store.usage() == []
    assert len(await store.usage(days=60)) == 3


async def test_counts_survive_the_sweep(store: Store, clock: Clock) -> None:
    await ask(store, message(1))
    await ask(store, message(2))
    await send_all(store)
    clock.forward(31 * DAY)
    assert await store.sweep() == 2
    await ask(store, message(3))
    assert [(row["day"], row["count"]) for row in await store.usage(days=60)] == [("2026-11-21", 2), ("2026-12-22", 1)]


# preferences


async def preferred(store: Store, user: str = "ann", channel: str = "elsewhere") -> Preferences:
    async with store.turn(message("look", channel, user)) as turn:
        return turn.preferences


async def test_preferences_are_a_persons_and_hold_everywhere(store: Store) -> None:
    assert await preferred(store) == USUAL
    await ask(store, message(1), SetPreferences("ann", SHORT))
    assert await preferred(store) == SHORT
    assert await preferred(store, "bob", "c1") == USUAL
    both = Preferences(short=True, private=True)
    await ask(store, message(2), SetPreferences("ann", both))
    assert await preferred(store) == both


async def test_preferences_reset_leave_nothing(store: Store) -> None:
    await ask(store, message(1), SetPreferences("ann", SHORT))
    await ask(store, message(2), SetPreferences("ann", USUAL))
    assert (await store.about("ann"))["preferences"] == 0
    assert await preferred(store) == USUAL


async def test_preferences_are_kept_with_the_turn_or_not_at_all(store: Store) -> None:
    with pytest.raises(RuntimeError, match="broken"):  # noqa: PT012
        async with store.turn(message(1)) as turn:
            turn.finish(Conversation(), SILENT, [SetPreferences("ann", SHORT)])
            raise RuntimeError("broken")
    assert await preferred(store) == USUAL


async def test_preferences_move_house(store: Store) -> None:
    await ask(store, message(1), SetPreferences("ann", SHORT))
    rows = [row async for row in store.export() if row["table"] == "preferences"]

    async def given() -> Any:
        for row in rows:
            yield row

    await store.forget("ann")
    assert await store.import_rows(given()) == 1
    assert await preferred(store) == SHORT
    assert await store.import_rows(given()) == 0


async def test_preferences_go_a_year_after_the_persons_last_conversation(store: Store, clock: Clock) -> None:
    await ask(store, message(1), SetPreferences("ann", SHORT))
    await ask(store, message(2, "c2", "bob"), SetPreferences("bob", SHORT))
    clock.forward(300 * DAY)
    await ask(store, message(3))
    clock.forward(66 * DAY)
    await store.sweep()
    assert await preferred(store) == SHORT
    assert await preferred(store, "bob") == USUAL


# what is kept about a person


async def test_about_counts_what_is_kept(store: Store) -> None:
    await ask(store, message(1), Gap("?", "not_known"), Decision("ann", "flask", "Use Flask", "# ADR"))
    await ask(store, message(2), Feedback("a-1", "ann", useful=True), SetPreferences("ann", SHORT))
    kinds = {"conversations": 1, "messages": 2, "gaps": 1, "feedback": 1, "decisions": 1, "preferences": 1}
    assert await store.about("ann") == kinds
    assert set((await store.about("bob")).values()) == {0}


async def test_forgetting_leaves_nothing_of_the_person(store: Store) -> None:
    await ask(store, message(1), Gap("?", "not_known"), Decision("ann", "flask", "Use Flask", "# ADR"))
    await ask(store, message(2), Feedback("a-1", "ann", useful=False), SetPreferences("ann", SHORT))
    assert await store.forget("ann") > 0
    assert await preferred(store) == USUAL
    assert set((await store.about("ann")).values()) == {0}
    assert await known(store) == Conversation()
    assert await store.gaps() == []
    assert await store.claim("test") == []
    left = [row async for row in store.export() if row["table"] != "usage"]
    assert "ann" not in str(left)
    assert await store.forget("ann") == 0


async def test_forgetting_leaves_what_is_of_others(store: Store) -> None:
    await ask(store, message(1, "shared"))
    await ask(store, message(2, "shared", "bob"), Gap("bob's", "not_known"))
    await ask(store, message(3, "mine"))
    await store.forget("ann")
    shared = await known(store, "shared")
    assert seen(shared) == ("1", "2")
    assert shared.people == ("bob",)
    assert await known(store, "mine") == Conversation()
    kinds = {"conversations": 1, "messages": 1, "gaps": 1, "feedback": 0, "decisions": 0, "preferences": 0}
    assert await store.about("bob") == kinds


async def test_forget_me_in_chat_still_says_goodbye(store: Store, clock: Clock) -> None:
    await ask(store, message(1))
    await send_all(store)
    await ask(store, message(2), ForgetUser("ann"))
    assert await known(store) == Conversation()
    about = await store.about("ann")
    assert about["conversations"] == 0
    assert about["messages"] == 1  # so that the platform's second delivery is not taken for a new request
    assert [row.message for row in await send_all(store)] == ["2"]
    clock.forward(3 * DAY)
    await store.sweep()
    assert set((await store.about("ann")).values()) == {0}


async def test_forget_me_among_others_leaves_them_the_conversation(store: Store) -> None:
    await ask(store, message(1))
    await ask(store, message(2, user="bob"))
    await ask(store, message(3), ForgetUser("ann"))
    assert (await known(store)).people == ("bob",)
    assert (await store.about("bob"))["conversations"] == 1


async def test_marking_a_forgotten_reply_as_sent_is_no_error(store: Store) -> None:
    await ask(store, message(1))
    (delivery,) = await store.claim("test")
    await store.forget("ann")
    await store.sent(delivery, ["p1"])
    await store.failed(delivery, "late", retry_in=1)
    assert await store.answer_at("test", "p1") is None


# retention


async def test_ids_of_messages_are_kept_longer_than_a_day(store: Store, clock: Clock) -> None:
    await ask(store, message(1), reply=SILENT)
    clock.forward(1.9 * DAY)
    await store.sweep()
    assert await ask(store, message(1)) is None
    clock.forward(0.2 * DAY)
    assert await store.sweep() == 1
    assert await ask(store, message(1)) is not None


async def test_answers_go_after_a_month_also_those_that_no_adapter_ever_sent(store: Store, clock: Clock) -> None:
    await ask(store, message(1))
    await send_all(store)
    clock.forward(2 * DAY)
    await ask(store, message(2))
    clock.forward(29 * DAY)
    await store.sweep()
    assert await store.answer_at("test", "p-1") is None
    assert (await store.waiting())[0] == 1
    clock.forward(2 * DAY)
    await store.sweep()
    assert (await store.waiting())[0] == 0
    assert await store.claim("test") == []


async def test_idle_conversations_go_after_three_months(store: Store, clock: Clock) -> None:
    await ask(store, message(1, "idle"), reply=SILENT)
    await ask(store, message(2, "busy"), reply=SILENT)
    clock.forward(89 * DAY)
    await ask(store, message(3, "busy"), reply=SILENT)
    clock.forward(2 * DAY)
    await store.sweep()
    assert await known(store, "idle") == Conversation()
    assert seen(await known(store, "busy")) == ("2", "3")
    left = [row["key"] async for row in store.export() if row["table"] == "conversations"]
    assert left == [place("busy").key]


def test_a_short_retention_is_one_of_answers_too() -> None:
    assert Retention.of_days(7) == Retention(conversations=7 * DAY, answers=7 * DAY)
    assert Retention.of_days(90) == Retention()
    assert Retention.of_days(0).answers == Retention().messages  # or a second delivery would be a new message


async def test_gaps_and_feedback_go_after_a_year_decisions_stay(store: Store, clock: Clock) -> None:
    effects = (Gap("?", "not_known"), Feedback("x", "ann", useful=False), Decision("ann", "flask", "t", "r"))
    await ask(store, message(1), *effects)
    clock.forward(366 * DAY)
    await store.sweep()
    about = await store.about("ann")
    assert (about["gaps"], about["feedback"], about["decisions"]) == (0, 0, 1)


async def test_a_sweep_goes_on_until_all_is_gone(store: Store, clock: Clock) -> None:
    async def many() -> Any:
        for number in range(1200):
            row = {"key": f"k{number}", "state": "{}", "version": 1, "revision": 1, "updated": 0}
            yield {"table": "conversations", **row}

    await store.import_rows(many())
    assert await store.sweep() >= 1200
