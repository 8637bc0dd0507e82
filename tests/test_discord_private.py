"""What only one person sees: the interview where direct messages are closed, and private answers to a press."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.messages import Message
from bot.replies import Choice, Choices, Reply, Text
from tests.support.discord_people import Person, hidden, labels, text
from tests.support.discord_stage import Stage, newest, stage
from tests.support.fake_discord import Fault


def slowly(on: Stage, monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """From now on turns end when the event is set."""
    gate, handle = asyncio.Event(), on.assistant.handle

    async def wait(message: Message) -> Reply:
        await gate.wait()
        return await handle(message)

    monkeypatch.setattr(on.assistant, "handle", wait)
    return gate


async def sent(on: Stage) -> None:
    """Until nothing waits in the outbox, however often it takes."""
    await on.settle()
    async with asyncio.timeout(20):
        while (await on.store.waiting())[0]:  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def asked_in_private(on: Stage) -> tuple[Person, dict[str, Any]]:
    """Who has closed their direct messages, and the interview's first question to them."""
    on.fake.closed_dms.add("ann")
    ann = on.person("ann")
    shown = await ann.command("recommend", on.channel)
    await on.fake.until(lambda: shown.original and "What are you building?" in text(on.fake.messages[shown.original]))
    return ann, on.fake.messages[shown.original]


async def test_where_direct_messages_are_closed_it_goes_on_in_private() -> None:
    async with stage() as on:
        ann, question = await asked_in_private(on)
        assert hidden(question)
        assert "closed" in text(question)
        await ann.press(question, "REST API")
        await on.fake.until(lambda: "What are you building?" not in text(question))
        assert labels(question)
        await on.restart()
        before = text(question)
        await ann.press(question, labels(question)[0])
        await on.fake.until(lambda: text(question) != before)
        assert on.fake.posted(ann.dm) == []


PROJECT = "which framework should I take for a REST API with 3 developers?"


@pytest.mark.parametrize("opening", [False, True])
async def test_a_mention_with_messages_closed_says_how_to_go_on(opening: bool) -> None:
    async with stage() as on:
        on.fake.closed_dms.add("ann")
        ann = on.person("ann")
        if opening:  # the channel to them cannot even be opened
            on.fake.faults.append(Fault("POST", "/users/@me/channels", status=403, code=50007))
        asked = await ann.say(PROJECT, on.channel)
        told = await newest(on, on.channel, 1)
        assert told["message_reference"]["message_id"] == asked["id"]
        assert f"</framework recommend:{on.fake.commands[0]['id']}>" in text(told)
        assert "closed" in text(told)
        assert labels(told) == []


async def test_a_mention_with_messages_closed_is_answered_so_at_the_second_attempt_too() -> None:
    async with stage() as on:
        on.fake.closed_dms.add("ann")
        on.fake.faults.append(Fault("POST", rf"/channels/{on.channel}/messages", status=503))
        await on.person("ann").say(PROJECT, on.channel)
        assert "closed" in text(await newest(on, on.channel, 1))


async def test_messages_opened_too_fast_are_opened_later() -> None:
    async with stage() as on:
        ann = on.person("ann")
        on.fake.faults.append(Fault("POST", "/users/@me/channels", status=403, code=40003))
        await ann.say(PROJECT, on.channel)
        assert labels(await newest(on, ann.dm, 1))
        on.fake.faults.append(Fault("POST", "/users/@me/channels", status=403, code=40003))
        shown = await ann.command("recommend", on.channel)
        await on.fake.until(lambda: shown.original and "try again" in text(on.fake.messages[shown.original]))


async def test_with_messages_opened_the_same_interview_goes_on_there() -> None:
    async with stage() as on:
        on.fake.closed_dms.add("ann")
        ann = on.person("ann")
        await ann.say(PROJECT, on.channel)
        await newest(on, on.channel, 1)
        await on.settle()
        on.fake.closed_dms.clear()
        await ann.say("help me choose a framework", on.channel)
        question = await newest(on, ann.dm, 1)
        assert "team of 3" in text(question)
        assert "direct message" in text(await newest(on, on.channel, 2))
        await on.settle()
        await ann.press(question, "Resume")
        assert "Back to:" in text(await newest(on, ann.dm, 2))


async def test_the_command_goes_on_with_what_a_mention_began() -> None:
    async with stage() as on:
        on.fake.closed_dms.add("ann")
        ann = on.person("ann")
        await ann.say(PROJECT, on.channel)
        await newest(on, on.channel, 1)
        await on.settle()
        shown = await ann.command("recommend", on.channel)
        await on.fake.until(lambda: shown.original and "team of 3" in text(on.fake.messages[shown.original]))
        question = on.fake.messages[shown.original]
        assert hidden(question)
        await on.settle()
        await ann.press(question, "Resume")
        await on.fake.until(lambda: "Back to:" in text(question))


async def test_commands_without_an_id_are_named_plainly() -> None:
    on = Stage()
    await on.fake.start()
    on.fake.faults.append(Fault("GET", r"/applications/\d+/commands", status=403))
    on.fake.closed_dms.add("ann")
    try:
        await on.start()
        await on.person("ann").say(PROJECT, on.channel)
        assert "`/framework recommend`" in text(await newest(on, on.channel, 1))
    finally:
        await on.stop()
        await on.fake.stop()


async def test_in_private_it_goes_to_the_result_and_on_in_the_same_message() -> None:
    async with stage() as on:
        ann, question = await asked_in_private(on)
        for _ in range(30):
            await on.settle()
            if "Decision record" in labels(question):
                break
            await ann.press(question, labels(question)[0])
        assert "Decision record" in labels(question)
        assert await on.store.waiting() == (0, 0.0)
        assert len(on.fake.posted(on.channel)) == 1


@pytest.mark.parametrize("dismissed", [False, True])
async def test_a_slow_answer_in_private_takes_the_questions_place(
    dismissed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with stage() as on:
        ann, question = await asked_in_private(on)
        await on.settle()
        gate = slowly(on, monkeypatch)
        on.fake.faults.append(Fault("PATCH", "@original", status=503, lost=True))
        pressed = await ann.press(question, "REST API")
        await on.fake.until(lambda: pressed.response)
        if dismissed:
            del on.fake.messages[question["id"]]
        gate.set()
        await sent(on)
        (shown_now,) = on.fake.posted(on.channel)
        assert "What are you building?" not in text(shown_now)
        assert labels(shown_now)
        assert hidden(shown_now)


async def test_in_private_a_long_answer_and_then_a_short_one_take_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    async with stage() as on:
        ann, question = await asked_in_private(on)
        said = iter(("long " * 600, "short"))

        async def handle(message: Message) -> Reply:
            asked = Choices((Choice("Yes", "iv:1:yes"), Choice("No", "iv:1:no")), "question")
            parts = (Text(next(said)), asked)
            async with on.store.turn(message) as turn:
                reply = Reply(id=message.id, parts=parts, intent="recommend", audience="only_you")
                turn.finish(turn.conversation, reply)
            return reply

        monkeypatch.setattr(on.assistant, "handle", handle)
        await ann.press(question, "REST API")
        await on.fake.until(lambda: "long long" in text(question))
        assert "What are you building?" not in text(question)
        await on.settle()
        await ann.press(question, "Yes")
        await on.fake.until(lambda: "short" in text(question))
        assert "long" not in text(question)
        assert hidden(question)


@pytest.mark.parametrize("lost", [True, False])
async def test_a_private_answer_is_shown_once_whether_or_not_its_receipt_is_lost(lost: bool) -> None:
    async with stage() as on:
        ann = on.person("ann")
        await ann.say("does flask have an orm?", on.channel)
        answer = await newest(on, on.channel, 1)
        await on.settle()
        on.fake.faults.append(Fault("POST", "/callback", status=503, times=1, lost=lost))
        shown = await ann.press(answer, "Useful")
        await sent(on)
        told = [*on.fake.posted(on.channel)[1:], *on.fake.posted(ann.dm)]
        assert len(told) == 1
        assert bool(shown.original) == lost
        assert hidden(told[0]) == lost


async def test_a_slow_private_answer_is_never_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is a message after the sign of life, and nobody can look whether that had arrived."""
    async with stage() as on:
        ann = on.person("ann")
        await ann.say("does flask have an orm?", on.channel)
        answer = await newest(on, on.channel, 1)
        await on.settle()
        gate = slowly(on, monkeypatch)
        on.fake.faults.append(Fault("POST", r"/webhooks/\d+/[^/]+$", status=503))
        pressed = await ann.press(answer, "Useful")
        await on.fake.until(lambda: pressed.response)
        gate.set()
        await sent(on)
        told = on.fake.posted(on.channel)[1:]
        assert [hidden(one) for one in told] == [True]


async def test_a_layout_that_is_refused_in_private_becomes_plain_text() -> None:
    async with stage() as on:
        ann, question = await asked_in_private(on)
        on.fake.faults.append(Fault("POST", "/callback", status=400, code=50035))
        await ann.press(question, "REST API")
        await on.fake.until(lambda: "What are you building?" not in text(question))
        assert "REST API" in text(question)
        await sent(on)
