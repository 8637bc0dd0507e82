"""What every store must do, asked of each of them: memory, SQLite, PostgreSQL."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from typing import Any

import msgspec
import pytest
from support.stores import (
    Clock,
    after,
    ask,
    clock,
    known,
    message,
    new_url,
    no_blocking,
    place,
    reply_to,
    seen,
    send_all,
    store,
)

from bot.conversation import Answer, Conversation, Interview
from bot.effects import Decision, Feedback, ForgetUser, Gap
from bot.errors import SettingsError
from bot.messages import Place
from bot.replies import Choice, Choices, Code, File, Reply, SourceLine, Sources, Table, Text
from bot.store import Store, open_store

__all__ = ["clock", "no_blocking", "store"]  # fixtures

DAY = 86_400.0
SILENT = Reply()


# turns


async def test_a_first_message_finds_a_fresh_conversation(store: Store) -> None:
    async with store.turn(message(1)) as turn:
        assert turn.conversation == Conversation()
        assert turn.earlier is None
        assert not turn.damaged


async def test_state_is_there_for_the_next_message(store: Store) -> None:
    await ask(store, message(1))
    await ask(store, message(2))
    assert seen(await known(store)) == ("1", "2")


async def test_rich_state_and_replies_come_back_as_they_were(store: Store) -> None:
    answer = Answer("team", ("small", "large"), 0.65, "pressed", "5 – 10 people 🙂")
    state = Conversation(
        interview=Interview("s1", (answer,), history=(Interview("s1"),)), choices=(("Why?", "why|x"),), greeted=True
    )
    parts = (
        Text("**Flask** “ünïcode”"),
        Table(("", "Django"), (("ORM", "yes"),)),
        Code("print(1)"),
        Choices((Choice("Why?", "why", "primary"),), "question", "Well?"),
        Sources((SourceLine("¹", "s", "T", "L", "2024-01-01", "https://e.example"),)),
        File("adr.md", "# x"),
    )
    reply = Reply(id="r", parts=parts, intent="compare", interview={"question": None, "answers": {"team": "small"}})
    async with store.turn(message(1)) as turn:
        turn.finish(state, reply)
    async with store.turn(message(1)) as turn:
        assert turn.conversation == state
        assert turn.earlier == reply


async def test_a_message_is_answered_once(store: Store) -> None:
    first = await ask(store, message(1))
    async with store.turn(message(1)) as turn:
        assert turn.earlier == first
    assert await ask(store, message(1)) is None
    assert seen(await known(store)) == ("1",)
    assert (await store.waiting())[0] in (0, 1)


async def test_a_silent_turn_is_remembered_but_not_sent(store: Store) -> None:
    await ask(store, message(1), reply=SILENT)
    async with store.turn(message(1)) as turn:
        assert turn.earlier == SILENT
    assert await store.claim("test") == []
    assert await store.waiting() == (0, 0.0)


async def test_the_same_id_elsewhere_is_another_message(store: Store) -> None:
    await ask(store, message(1))
    other = msgspec.structs.replace(message(1), place=Place(platform="test", workspace="w2", channel="c1"))
    assert await ask(store, other) is not None
    third = msgspec.structs.replace(message(1), place=Place(platform="other", workspace="w1", channel="c1"))
    assert await ask(store, third) is not None


async def test_leaving_without_finish_keeps_nothing(store: Store) -> None:
    async with store.turn(message(1)):
        pass
    async with store.turn(message(1)) as turn:
        assert turn.earlier is None
        assert turn.conversation == Conversation()


async def test_an_error_in_the_turn_keeps_nothing_and_frees_the_conversation(store: Store) -> None:
    with pytest.raises(RuntimeError, match="broken"):  # noqa: PT012
        async with store.turn(message(1)) as turn:
            turn.finish(after(turn.conversation, message(1)), reply_to(message(1), turn.conversation), [])
            raise RuntimeError("broken")
    await ask(store, message(2))
    assert seen(await known(store)) == ("2",)
    assert len(await send_all(store)) == 1


async def test_a_cancelled_turn_keeps_nothing_and_frees_the_conversation(store: Store) -> None:
    inside = asyncio.Event()

    async def stuck() -> None:
        async with store.turn(message(1)):
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(stuck())
    await inside.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await ask(store, message(2))
    assert seen(await known(store)) == ("2",)


async def test_turns_of_one_conversation_do_not_overlap_and_keep_their_order(store: Store) -> None:
    inside = 0

    async def turn_of(number: int) -> None:
        nonlocal inside
        asked = message(number)
        async with store.turn(asked) as turn:
            inside += 1
            assert inside == 1
            await asyncio.sleep(0)
            turn.finish(after(turn.conversation, asked), reply_to(asked, turn.conversation))
            inside -= 1

    await asyncio.gather(*(turn_of(number) for number in range(20)))
    assert seen(await known(store)) == tuple(str(number) for number in range(20))


async def test_a_slow_conversation_holds_up_no_other(store: Store) -> None:
    release, inside = asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        asked = message("slow", "slow")
        async with store.turn(asked) as turn:
            inside.set()
            await release.wait()
            turn.finish(after(turn.conversation, asked), reply_to(asked, turn.conversation))

    task = asyncio.create_task(slow())
    await inside.wait()
    await asyncio.gather(*(ask(store, message(f"m{number}", f"c{number}")) for number in range(30)))
    assert not task.done()
    release.set()
    await task
    assert seen(await known(store, "slow")) == ("slow",)


async def test_a_turn_may_ask_the_store_besides(store: Store) -> None:
    async with store.turn(message(1)) as turn:
        assert (await store.about("ann"))["conversations"] == 0
        turn.finish(Conversation(), SILENT)


async def test_text_that_no_database_takes_is_cleaned(store: Store) -> None:
    await ask(store, message("a\0b"), Gap("nul\0 and half \ud800 a character", "not_understood"))
    assert await ask(store, message("a\0b")) is None
    assert (await store.gaps())[0]["count"] == 1


# the outbox


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
    assert [row.message for row in await store.claim("test", message="2")] == ["2"]
    assert [row.message for row in await store.claim("test", conversation=place("c1").key)] == ["1"]
    assert [row.message for row in await store.claim("test", limit=1)] == ["0"]


async def test_a_message_is_not_claimed_past_an_older_one_of_its_conversation(store: Store) -> None:
    await ask(store, message(1))
    await ask(store, message(2))
    assert await store.claim("test", message="2") == []


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


# what is kept about a person


async def test_about_counts_what_is_kept(store: Store) -> None:
    await ask(store, message(1), Gap("?", "not_known"), Decision("ann", "flask", "Use Flask", "# ADR"))
    await ask(store, message(2), Feedback("a-1", "ann", useful=True))
    assert await store.about("ann") == {"conversations": 1, "messages": 2, "gaps": 1, "feedback": 1, "decisions": 1}
    assert set((await store.about("bob")).values()) == {0}


async def test_forgetting_leaves_nothing_of_the_person(store: Store) -> None:
    await ask(store, message(1), Gap("?", "not_known"), Decision("ann", "flask", "Use Flask", "# ADR"))
    await ask(store, message(2), Feedback("a-1", "ann", useful=False))
    assert await store.forget("ann") > 0
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
    assert await store.about("bob") == {"conversations": 1, "messages": 1, "gaps": 1, "feedback": 0, "decisions": 0}


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


async def test_answers_go_after_a_month_unless_they_still_wait(store: Store, clock: Clock) -> None:
    await ask(store, message(1))
    await send_all(store)
    await ask(store, message(2))
    clock.forward(31 * DAY)
    await store.sweep()
    assert await store.answer_at("test", "p-1") is None
    assert [row.message for row in await send_all(store)] == ["2"]


async def test_idle_conversations_go_after_three_months(store: Store, clock: Clock) -> None:
    await ask(store, message(1, "idle"), reply=SILENT)
    await ask(store, message(2, "busy"), reply=SILENT)
    clock.forward(89 * DAY)
    await ask(store, message(3, "busy"), reply=SILENT)
    clock.forward(2 * DAY)
    await store.sweep()
    assert await known(store, "idle") == Conversation()
    assert seen(await known(store, "busy")) == ("2", "3")
    assert (await store.about("ann"))["conversations"] == 1


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


# moving house


async def test_what_is_exported_can_be_imported(store: Store, clock: Clock) -> None:
    await ask(store, message(1))
    await ask(store, message(2, user="bob"))
    rows = [row async for row in store.export()]
    assert msgspec.json.decode(msgspec.json.encode(rows)) == rows
    other = open_store("memory:", clock=clock)
    assert await other.import_rows(_each(rows, "conversations", "people")) == 3
    assert await known(other) == await known(store)
    assert await store.import_rows(_each(rows)) == 0


async def _each(rows: list[dict[str, Any]], *tables: str) -> Any:
    for row in rows:
        if not tables or row["table"] in tables:
            yield row


async def test_everything_moves_between_databases_and_numbers_go_on(tmp_path: Any, clock: Clock) -> None:
    old = open_store(await new_url("sqlite", tmp_path), clock=clock)
    new = open_store(await new_url("postgresql", tmp_path), clock=clock)
    await asyncio.gather(old.start(), new.start())
    for number in range(3):
        await ask(old, message(number), Gap("?", "not_known"), Decision("ann", "flask", "t", "r"))
    await send_all(old)
    await ask(old, message("last"))
    rows = [row async for row in old.export()]
    assert await new.import_rows(_each(rows)) == len(rows)
    assert [row async for row in new.export()] == rows
    await ask(new, message("next"), Gap("?", "not_known"))
    assert [row.message for row in await send_all(new)] == ["last", "next"]
    await asyncio.gather(old.close(), new.close())


# the rest


async def test_ping_passes_when_all_is_well(store: Store) -> None:
    await store.ping()
    await ask(store, message(1))


def test_an_unknown_database_is_refused_with_what_to_write_instead() -> None:
    with pytest.raises(SettingsError, match="postgresql://"):
        open_store("mysql://localhost/bot")


def test_importing_the_bot_imports_no_database() -> None:
    code = "import sys, bot, bot.store, bot.delivery; bot.MemoryStore; print('sqlalchemy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
