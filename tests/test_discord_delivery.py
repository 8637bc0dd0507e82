"""What was committed arrives: once, in order, somewhere the person can see it, whatever Discord does meanwhile."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

import bot.store.sqlite  # noqa: F401 - imported on first use, which reads files
from bot.errors import SettingsError, StoreUnavailable
from bot.store import open_store
from tests.support.discord_people import hidden, labels, text
from tests.support.discord_stage import Stage, stage
from tests.support.discord_world import thread
from tests.support.fake_discord import Fault

QUESTION = "django or flask for auth?"


async def test_every_part_has_a_nonce_of_its_own() -> None:
    async with stage() as on:
        await on.person("ann").say(QUESTION, on.channel)
        await on.answers(1, on.channel)
        sent = [one.body for one in on.fake.requests if one.path.endswith("/messages") and one.method == "POST"]
        assert all(one["enforce_nonce"] and 0 < len(one["nonce"]) <= 25 for one in sent)
        assert len({one["nonce"] for one in sent}) == len(sent)


async def test_an_answer_lost_on_its_way_back_is_not_posted_twice() -> None:
    async with stage() as on:
        on.fake.faults.append(Fault("POST", r"/channels/\d+/messages", status=502, lost=True))
        await on.person("ann").say(QUESTION, on.channel)
        await on.settle()
        assert len(on.fake.posted(on.channel)) == 1
        assert await on.store.waiting() == (0, 0.0)


async def test_a_rate_limit_is_waited_for() -> None:
    async with stage() as on:
        on.fake.faults.append(Fault("POST", r"/messages", status=429, extra={"retry_after": 0.05, "global": False}))
        await on.person("ann").say(QUESTION, on.channel)
        assert "Django" in await on.answer(on.channel)


async def test_a_long_rate_limit_is_left_to_the_outbox() -> None:
    async with stage() as on:
        on.fake.faults.append(Fault("POST", r"/messages", status=429, extra={"retry_after": 90.0, "global": False}))
        await on.person("ann").say(QUESTION, on.channel)
        await on.settle()
        assert on.fake.posted(on.channel) == []
        assert (await on.store.waiting())[0] == 1


async def test_the_answer_to_a_deleted_question_is_posted_all_the_same() -> None:
    async with stage() as on:
        asked = await on.person("ann").say(QUESTION, on.channel)
        del on.fake.messages[asked["id"]]
        answer = (await on.answers(1, on.channel))[0]
        assert answer["message_reference"]["fail_if_not_exists"] is False


async def test_where_the_bot_may_not_write_the_person_is_told_privately() -> None:
    async with stage() as on:
        on.fake.faults.append(Fault("POST", rf"/channels/{on.channel}/messages", status=403, code=50013, times=9))
        ann = on.person("ann")
        await ann.say(QUESTION, on.channel)
        told = await on.answer(ann.dm)
        assert on.channel in told
        assert "Django" in told


async def test_where_nothing_can_be_said_at_all_it_gives_up() -> None:
    async with stage() as on:
        on.fake.faults.append(Fault("POST", rf"/channels/{on.channel}/messages", status=403, code=50013, times=9))
        ann = on.person("ann")
        on.fake.closed_dms.add("ann")
        await ann.say(QUESTION, on.channel)
        await on.settle()
        assert await on.store.waiting() == (0, 0.0)


async def test_an_archived_thread_is_opened_again() -> None:
    async with stage() as on:
        number = on.fake.snowflake()
        on.fake.channels[number] = thread(number, on.channel, on.guild, "old", archived=True)
        await on.fake.dispatch("THREAD_CREATE", on.fake.channels[number])
        await on.person("ann").say(QUESTION, number)
        assert "Django" in await on.answer(number)


async def test_layout_that_is_refused_becomes_plain_text() -> None:
    async with stage() as on:
        on.fake.faults.append(Fault("POST", r"/messages", status=400, code=50035))
        await on.person("ann").say(QUESTION, on.channel)
        answer = (await on.answers(1, on.channel))[0]
        assert "Django" in text(answer)
        assert labels(answer) == []


async def test_an_edited_question_changes_the_answer() -> None:
    async with stage() as on:
        ann = on.person("ann")
        asked = await ann.say("django or flask for auth?", on.channel)
        await on.answers(1, on.channel)
        await ann.edit(asked, "django or flask for testing?")
        answer = on.fake.posted(on.channel)[0]
        await on.fake.until(lambda: answer["edited_timestamp"])
        await on.settle()
        assert "test" in text(answer).casefold()
        assert len(on.fake.posted(on.channel)) == 1


async def test_an_edit_after_the_answer_was_deleted_is_answered_anew() -> None:
    async with stage() as on:
        ann = on.person("ann")
        asked = await ann.say("django or flask for auth?", on.channel)
        first = (await on.answers(1, on.channel))[0]
        await on.settle()
        del on.fake.messages[first["id"]]
        await ann.edit(asked, "django or flask for testing?")
        assert "test" in (await on.answer(on.channel)).casefold()


async def test_a_short_answer_takes_the_place_of_a_card() -> None:
    async with stage() as on:
        ann = on.person("ann")
        asked = await ann.say("compare django flask fastapi", on.channel)
        answer = (await on.answers(1, on.channel))[0]
        assert answer["flags"] & (1 << 15)
        await on.settle()
        await ann.edit(asked, "thanks")
        await on.fake.until(lambda: answer["edited_timestamp"])
        await on.settle()
        assert len(on.fake.posted(on.channel)) == 1
        assert "Django" not in text(answer)


async def test_what_resume_delivers_again_is_answered_once() -> None:
    async with stage() as on:
        await on.person("ann").say(QUESTION, on.channel)
        await on.answers(1, on.channel)
        await on.fake.replay(1)
        await on.person("bob").say("does flask have an orm?", on.channel)
        await on.answers(2, on.channel)
        await on.settle()
        assert len(on.fake.posted(on.channel)) == 2


@pytest.mark.parametrize("how", ["drop", "reconnect", "invalid"])
async def test_a_broken_connection_loses_nothing(how: str) -> None:
    async with stage() as on:
        ann = on.person("ann")
        await ann.say(QUESTION, on.channel)
        await on.answers(1, on.channel)
        before = on.fake.identifies + on.fake.resumes
        if how == "drop":
            await on.fake.drop()
        else:
            await on.fake.order(7 if how == "reconnect" else 9, None if how == "reconnect" else False)
        await on.fake.until(lambda: on.fake.identifies + on.fake.resumes > before, polled=True)
        await ann.say("does flask have an orm?", on.channel)
        assert "SQLAlchemy" in await on.answer(on.channel, 1)


async def test_what_was_said_while_it_was_away_is_answered_after_a_restart() -> None:
    async with stage() as on:
        ann, bob = on.person("ann"), on.person("bob")
        await ann.say(QUESTION, on.channel)
        await bob.say("hello")
        await on.answers(1, on.channel)
        await on.answers(1, bob.dm)
        await on.stop()
        await ann.say("does flask have an orm?", on.channel)
        await bob.say("which one is faster?")
        await bob.say("lunch, ann?", on.channel, mention=False)
        await on.start()
        await on.answers(2, bob.dm)
        assert "SQLAlchemy" in await on.answer(on.channel, 1)
        await on.restart()
        await on.settle()
        assert len(on.fake.posted(on.channel)) == 2
        assert len(on.fake.posted(bob.dm)) == 2


async def test_what_was_committed_before_a_crash_is_sent_after_it(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'bot.db'}")
    await store.start()
    async with stage(store) as on:
        on.dies_before_sending()
        await on.person("ann").say(QUESTION, on.channel)
        await on.settle()
        await on.restart()
        assert "Django" in await on.answer(on.channel)
    await store.close()


async def test_a_command_committed_before_a_restart_is_finished_after_it() -> None:
    async with stage() as on:
        on.dies_before_sending()
        shown = await on.person("ann").command("ask", on.channel, question=QUESTION)
        await on.settle()
        await on.restart()
        await on.fake.until(lambda: "Django" in text(on.fake.messages[shown.original]))


async def test_after_its_token_has_expired_a_command_is_answered_by_direct_message() -> None:
    async with stage() as on:
        ann = on.person("ann")
        on.dies_before_sending()
        shown = await ann.command("ask", on.channel, question=QUESTION)
        await on.settle()
        await on.stop()
        shown.expired = True
        await on.start()
        assert "Django" in await on.answer(ann.dm)


async def test_a_command_that_came_too_late_is_answered_by_direct_message() -> None:
    async with stage() as on:
        ann = on.person("ann")
        on.fake.faults.append(Fault("POST", "/callback", status=404, code=10062))
        await ann.command("ask", on.channel, question=QUESTION)
        assert "Django" in await on.answer(ann.dm)


async def test_a_sign_of_life_whose_answer_is_lost_counts() -> None:
    async with stage() as on:
        on.fake.faults.append(Fault("POST", "/callback", status=502, lost=True))
        shown = await on.person("ann").command("ask", on.channel, question=QUESTION)
        await on.fake.until(lambda: shown.original and "Django" in text(on.fake.messages[shown.original]))
        assert len(on.fake.posted()) == 1


async def test_without_a_database_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    async with stage() as on:

        async def away(*_: object) -> None:
            raise StoreUnavailable("away")

        monkeypatch.setattr(on.assistant, "handle", away)
        ann = on.person("ann")
        await ann.say(QUESTION, on.channel)
        assert "try again" in await on.answer(on.channel)
        shown = await ann.command("ask", on.channel, question=QUESTION)
        await on.fake.until(lambda: shown.original and "try again" in text(on.fake.messages[shown.original]))


async def test_without_a_database_a_reply_whose_conversation_cannot_be_found_is_told_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with stage() as on:

        async def away(*_: object) -> None:
            raise StoreUnavailable("away")

        ann = on.person("ann")
        await ann.say(QUESTION, on.channel)
        answer = (await on.answers(1, on.channel))[0]
        monkeypatch.setattr(on.store, "answer_at", away)
        await ann.say("and fastapi?", on.channel, reply_to=answer["id"])
        assert "try again" in await on.answer(on.channel, 1)


def held_up(on: Stage, monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """From now on turns wait for this."""
    gate, handle = asyncio.Event(), on.assistant.handle

    async def slowly(message: object) -> object:
        await gate.wait()
        return await handle(message)  # type: ignore[arg-type]

    monkeypatch.setattr(on.assistant, "handle", slowly)
    return gate


async def test_a_press_whose_sign_of_life_came_too_late_is_answered_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with stage() as on:
        ann = on.person("ann")
        await ann.say(QUESTION, on.channel)
        answer = (await on.answers(1, on.channel))[0]
        gate = held_up(on, monkeypatch)
        late = Fault("POST", "/callback", status=404, code=10062)
        on.fake.faults.append(late)
        await ann.press(answer, "Show code")
        await on.fake.until(lambda: not late.times, polled=True)
        gate.set()
        await on.settle()
        assert "```python" in text(on.fake.posted(on.channel)[1])


async def test_a_slow_database_keeps_a_press_alive(monkeypatch: pytest.MonkeyPatch) -> None:
    async with stage() as on:
        ann = on.person("ann")
        await ann.say(QUESTION, on.channel)
        answer = (await on.answers(1, on.channel))[0]
        gate = held_up(on, monkeypatch)
        shown = await ann.press(answer, "Show code")
        await on.fake.until(lambda: shown.response)
        gate.set()
        assert "```python" in await on.answer(on.channel, 1)


async def test_a_refused_token_is_said_plainly() -> None:
    on = Stage(discord_api_url="unused")
    await on.fake.start()
    on.settings = type(on.settings)(discord_token="wrong")
    with pytest.raises(SettingsError, match="DISCORD_TOKEN"):
        await on.start()
    await on.fake.stop()


async def test_private_answers_stay_private_where_direct_messages_are_closed() -> None:
    async with stage() as on:
        on.fake.closed_dms.add("ann")
        await on.person("ann").say("forget me", on.channel)
        told = (await on.answers(1, on.channel))[0]
        assert "between you and me" in text(told)
        assert not hidden(told)
