"""When it answers and when it is silent; threads, replies, and what it may never do."""

from __future__ import annotations

import asyncio

import discord
import pytest

from adapters.discord.client import NOBODY, intents
from tests.support.discord_people import labels, text
from tests.support.discord_stage import stage
from tests.support.discord_world import BOT, thread
from tests.support.fake_discord import Fault

QUESTION = "django or flask for auth?"


def test_three_unprivileged_intents_and_nobody_pinged() -> None:
    assert intents(content=False).value == 4609
    assert intents(content=True).message_content
    assert NOBODY.to_dict() == {"parse": [], "replied_user": True}


async def test_it_asks_for_the_privileged_intent_only_when_told_to() -> None:
    async with stage() as on:
        assert on.fake.intents == 4609
    async with stage(discord_message_content=True) as on:
        assert on.fake.intents == 4609 | (1 << 15)


async def test_silence_where_nobody_spoke_to_it() -> None:
    async with stage() as on:
        ann, bob = on.person("ann"), on.person("bob")
        bob.user["bot"] = True
        await ann.say("@everyone django or flask?", on.channel, mention=False)
        await ann.say("django or flask?", on.channel, mention=False)
        await bob.say(QUESTION, on.channel)
        await ann.say(QUESTION, on.channel, type=7)
        webhook = on.fake.store(
            on.channel, ann.user, {"content": f"<@{BOT}> {QUESTION}", "mentions": [on.fake.users[BOT]]}
        )
        await on.fake.dispatch("MESSAGE_CREATE", {**webhook, "webhook_id": "77"})
        await on.settle()
        assert on.fake.posted() == []


async def test_a_mention_of_somebody_else_first_is_for_them() -> None:
    async with stage(discord_message_content=True) as on:
        ann, bob = on.person("ann"), on.person("bob")
        number = on.fake.snowflake()
        on.fake.channels[number] = thread(number, on.channel, on.guild, "talk")
        await on.fake.dispatch("THREAD_CREATE", on.fake.channels[number])
        await ann.say(QUESTION, number)
        await on.answers(1, number)
        await ann.say(f"<@{bob.id}> django or flask?", number, mention=False, mentions=[bob.user])
        await on.settle()
        assert len(on.fake.posted(number)) == 1


async def test_in_a_thread_it_follows_up_with_one_person_and_goes_quiet_for_two() -> None:
    async with stage(discord_message_content=True) as on:
        ann, bob = on.person("ann"), on.person("bob")
        number = on.fake.snowflake()
        on.fake.channels[number] = thread(number, on.channel, on.guild, "talk")
        await on.fake.dispatch("THREAD_CREATE", on.fake.channels[number])
        await ann.say(QUESTION, number)
        await on.answers(1, number)
        await ann.say("and what about testing?", number, mention=False)
        assert "test" in (await on.answer(number, 1)).casefold()
        await bob.say("I do not agree", number, mention=False)
        assert "quiet" in await on.answer(number, 2)
        await ann.say("which one is faster?", number, mention=False)
        await on.settle()
        assert len(on.fake.posted(number)) == 3


async def test_a_reply_to_its_message_goes_on_with_that_conversation() -> None:
    async with stage() as on:
        ann, bob = on.person("ann"), on.person("bob")
        await ann.say(QUESTION, on.channel)
        first = (await on.answers(1, on.channel))[0]
        await on.settle()
        await bob.say("and what about testing?", on.channel, reply_to=first["id"])
        second = await on.answer(on.channel, 1)
        assert "test" in second.casefold()
        assert "Django" in second
        assert "Flask" in second


async def test_everybody_has_a_conversation_of_their_own_in_a_channel() -> None:
    async with stage() as on:
        ann, bob = on.person("ann"), on.person("bob")
        await ann.say(QUESTION, on.channel)
        await on.answers(1, on.channel)
        await bob.say("what about testing?", on.channel)
        await ann.say("what about testing?", on.channel)
        await on.answers(3, on.channel)
        await on.settle()
        by_question = {one["message_reference"]["message_id"]: text(one) for one in on.fake.posted(on.channel)}
        assert len(by_question) == 3


async def test_direct_messages_of_two_people_never_mix() -> None:
    async with stage() as on:
        ann, bob = on.person("ann"), on.person("bob")
        await asyncio.gather(ann.say("django or flask for auth?"), bob.say("does fastapi have an orm?"))
        assert "FastAPI" not in (await on.answer(ann.dm)).splitlines()[0]
        assert "FastAPI" in await on.answer(bob.dm)


async def test_a_bare_mention_is_answered_by_help() -> None:
    async with stage() as on:
        await on.person("ann").say("", on.channel)
        assert "compare" in await on.answer(on.channel)


async def test_a_mention_of_its_role_gets_a_hint() -> None:
    async with stage() as on:
        role = on.fake.guilds[on.guild]["roles"][1]["id"]
        await on.person("ann").say(f"<@&{role}> django?", on.channel, mention=False, mention_roles=[role])
        assert "by my own name" in await on.answer(on.channel)


async def test_no_thread_is_opened_unless_asked_for() -> None:
    async with stage() as on:
        ann = on.person("ann")
        await ann.say(QUESTION, on.channel)
        answer = (await on.answers(1, on.channel))[0]
        assert not any("/threads" in one.path for one in on.fake.requests)
        await ann.press(answer, "Continue in a thread")
        assert "go on" in await on.answer(answer["id"])
        await on.fake.until(lambda: "Continue in a thread" not in labels(answer))
        await ann.say("and what about testing?", answer["id"])
        inside = await on.answer(answer["id"], 1)
        assert "Django" in inside
        assert "test" in inside.casefold()


async def test_where_no_thread_can_be_opened_it_says_so() -> None:
    async with stage() as on:
        ann = on.person("ann")
        await ann.say(QUESTION, on.channel)
        answer = (await on.answers(1, on.channel))[0]
        on.fake.faults.append(Fault("POST", "/threads", status=403, code=50013))
        shown = await ann.press(answer, "Continue in a thread")
        await on.fake.until(lambda: shown.original)
        assert "could not open" in text(on.fake.messages[shown.original])


@pytest.mark.parametrize("typed", ["@everyone", "<@123456789012345678>", "@here"])
async def test_nobody_is_pinged_by_what_was_typed(typed: str) -> None:
    async with stage() as on:
        await on.person("ann").say(f"{typed} is django better than {typed}?", on.channel)
        await on.settle()
        for one in on.fake.posted():
            assert typed not in text(one)
            assert one["allowed_mentions"]["parse"] == []


async def test_the_answers_of_one_person_come_in_order() -> None:
    async with stage() as on:
        ann = on.person("ann")
        on.fake.latency = 0.01
        asked = [
            await ann.say(question, on.channel) for question in ("thanks", QUESTION, "hello", "does flask have an orm?")
        ]
        await on.answers(4, on.channel)
        order = [one["message_reference"]["message_id"] for one in on.fake.posted(on.channel)]
        assert order == [one["id"] for one in asked]


def test_what_the_adapter_relies_on_in_discord_py() -> None:
    """If one of these fails after an update, read its change log before going on."""
    assert discord.version_info[:2] == (2, 7)
    assert discord.http.Route.BASE.startswith("http")
    assert hasattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY")
    one, other = (discord.http.Route("POST", "/{webhook_token}", webhook_token=token) for token in "ab")
    assert one.major_parameters != other.major_parameters
