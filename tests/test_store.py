"""What every store must do, asked of each of them: memory, SQLite, PostgreSQL."""

from __future__ import annotations

import asyncio
import subprocess
import sys

import msgspec
import pytest

from bot.conversation import Answer, Conversation, Interview
from bot.effects import Gap, SetPreferences
from bot.errors import SettingsError
from bot.messages import Place
from bot.preferences import Preferences
from bot.replies import Choice, Choices, Code, File, Reply, SourceLine, Sources, Table, Text
from bot.store import Store, open_store
from tests.support.stores import (
    after,
    ask,
    clock,
    known,
    message,
    no_blocking,
    reply_to,
    seen,
    send_all,
    store,
)

__all__ = ["clock", "no_blocking", "store"]  # fixtures

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
        interview=Interview("s1", (answer,), history=(Interview("s1"),)), choices=(("Why?", "why|x"),), quiet=True
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


async def test_what_people_say_to_each_other_leaves_only_its_id(store: Store) -> None:
    async with store.turn(message(1, user="bob")) as turn:
        turn.finish(turn.conversation, SILENT)
    assert [row async for row in store.export() if row["table"] in ("conversations", "people")] == []
    assert await ask(store, message(1, user="bob")) is None
    await ask(store, message(2))
    async with store.turn(message(3, user="bob")) as turn:
        turn.finish(turn.conversation, SILENT)
    assert (await store.about("bob"))["conversations"] == 0
    assert seen(await known(store)) == ("2",)


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
    there = message("c", "c\0", "u\0")
    await ask(store, there, SetPreferences(there.user, Preferences(short=True)))
    assert await ask(store, there) is None
    assert (await store.about(there.user))["preferences"] == 1
    assert (await store.gaps())[0]["count"] == 1


# the rest


async def test_ping_passes_when_all_is_well(store: Store) -> None:
    await store.ping()
    await ask(store, message(1))


def test_an_unknown_database_is_refused_with_what_to_write_instead() -> None:
    with pytest.raises(SettingsError, match="postgresql://"):
        open_store("mysql://localhost/bot")


@pytest.mark.parametrize("address", ["sqlite", "postgresql://bot:secret@host:port/bot", "postgresql:bot"])
def test_an_address_that_is_none_is_told_without_its_password(address: str) -> None:
    with pytest.raises(SettingsError, match="cannot be read as an address") as told:
        open_store(address)
    assert "secret" not in str(told.value)


def test_importing_the_bot_imports_no_database() -> None:
    code = "import sys, bot, bot.store, bot.delivery; bot.MemoryStore; print('sqlalchemy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
