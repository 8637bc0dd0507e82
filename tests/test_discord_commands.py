"""`/framework`, the menu of a message, and what is told privately."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.discord.commands import same
from adapters.discord.suggest import frameworks, topics
from tests.support.discord_people import hidden, labels, text
from tests.support.discord_stage import Stage, shipped, stage
from tests.support.discord_world import Json, Shown


async def shown_at(on: Stage, shown: Shown) -> Json:
    """What a command has come to show."""
    await on.fake.until(lambda: shown.original and on.fake.messages[shown.original]["edited_timestamp"])
    return on.fake.messages[shown.original]


async def test_commands_are_described_work_everywhere_and_are_sent_only_when_they_changed() -> None:
    async with stage() as on:
        group = next(command for command in on.fake.commands if command["name"] == "framework")
        assert [option["name"] for option in group["options"]] == [
            "ask",
            "recommend",
            "compare",
            "help",
            "sources",
            "forget-me",
        ]
        described = [*group["options"], *(inner for option in group["options"] for inner in option["options"])]
        assert all(len(option["description"]) > 3 for option in described)
        assert group["contexts"] == [0, 1, 2]
        assert group["integration_types"] == [0, 1]
        await on.restart()
        assert sum(one.method == "PUT" for one in on.fake.requests) == 1
        on.fake.commands[0]["description"] = "old"
        await on.restart()
        assert sum(one.method == "PUT" for one in on.fake.requests) == 2


def test_what_discord_adds_to_a_command_is_no_change() -> None:
    wanted: Any = [{"name": "a", "options": [{"name": "x", "required": False}], "nsfw": False}]
    there: Any = [{"id": "1", "version": "2", "name": "a", "options": [{"name": "x"}]}]
    assert same(wanted, there)
    assert not same(wanted, [{"name": "a", "options": [{"name": "y"}]}])
    assert not same(wanted, [*there, {"name": "b"}])


async def test_a_private_question_is_shown_to_one_person() -> None:
    async with stage() as on:
        shown = await on.person("ann").command("ask", on.channel, question="does flask have an orm?", private=True)
        answer = await shown_at(on, shown)
        assert hidden(answer)
        assert "SQLAlchemy" in text(answer)


async def test_a_private_answer_can_be_shown_to_the_channel() -> None:
    async with stage() as on:
        ann = on.person("ann")
        answer = await shown_at(
            on, await ann.command("ask", on.channel, question="does flask have an orm?", private=True)
        )
        await ann.press(answer, "Show to channel")
        shared = (await on.answers(2, on.channel))[1]
        assert not hidden(shared)
        assert "SQLAlchemy" in text(shared)


async def test_a_question_for_one_person_alone_is_not_shown_where_others_see() -> None:
    async with stage() as on:
        ann = on.person("ann")
        shown = await ann.command("ask", on.channel, question="forget me")
        assert "alone" in text(await shown_at(on, shown))
        assert "erases" in await on.answer(ann.dm)


@pytest.mark.parametrize(("command", "words"), [("help", "compare"), ("sources", "sources"), ("forget-me", "erases")])
async def test_the_other_commands(command: str, words: str) -> None:
    async with stage() as on:
        answer = await shown_at(on, await on.person("ann").command(command, on.channel))
        assert hidden(answer)
        assert words in text(answer).casefold()


async def test_forgetting_is_asked_once_more_and_done() -> None:
    async with stage() as on:
        ann = on.person("ann")
        answer = await shown_at(on, await ann.command("forget-me", on.channel))
        await ann.press(answer, "Forget me")
        await on.settle()
        assert "erased" in "".join(text(one) for one in on.fake.posted(on.channel))


async def test_commands_work_in_direct_messages() -> None:
    async with stage() as on:
        ann = on.person("ann")
        answer = await shown_at(on, await ann.command("ask", question="does flask have an orm?"))
        assert answer["channel_id"] == ann.dm
        assert "SQLAlchemy" in text(answer)


async def test_brought_along_by_a_person_it_speaks_through_the_interaction_alone() -> None:
    async with stage() as on:
        ann = on.person("ann")
        answer = await shown_at(
            on, await ann.command("ask", on.channel, guest=True, question="django or flask for auth?")
        )
        assert "Django" in text(answer)
        assert "Continue in a thread" not in labels(answer)
        posts = [one for one in on.fake.requests if one.method == "POST" and "/channels/" in one.path]
        assert posts == []


async def test_a_message_can_be_asked_about() -> None:
    async with stage() as on:
        message = await on.person("bob").say("django or flask for auth?", on.channel, mention=False)
        answer = await shown_at(on, await on.person("ann").ask_about(message))
        assert hidden(answer)
        assert "Django" in text(answer)


async def test_options_are_completed_in_spite_of_typing_errors() -> None:
    async with stage() as on:
        shown = await on.person("ann").complete("compare", "first", "dajngo", on.channel)
        await on.fake.until(lambda: shown.choices is not None)
        assert shown.choices
        assert shown.choices[0]["name"] == "Django"


def test_suggestions() -> None:
    assert frameworks(shipped(), "fl")[0] == "Flask"
    assert frameworks(shipped(), "fatsapi")[0] == "FastAPI"
    assert len(frameworks(shipped(), "")) >= 3
    assert len(topics(shipped(), "")) == 25
    assert "Authentication" in topics(shipped(), "auth")[0]
    assert frameworks(shipped(), "zzzzqqqq") == []


async def test_other_words_than_suggested_are_taken_as_they_are() -> None:
    async with stage() as on:
        shown = await on.person("ann").command("compare", on.channel, first="dajngo", second="flsk")
        assert "Django" in text(await shown_at(on, shown))


async def test_a_command_that_is_no_more_gets_an_answer() -> None:
    async with stage() as on:
        ann = on.person("ann")
        data = {"id": "1", "name": "gone", "type": 1, "options": []}
        shown = await ann._interact(2, data, on.channel)
        await on.fake.until(lambda: shown.original)
        assert hidden(on.fake.messages[shown.original])


async def test_too_many_questions_are_slowed_down_politely() -> None:
    async with stage() as on:
        ann = on.person("ann")
        for _ in range(25):
            await ann.say("thanks")
        await on.settle()
        answers = [text(one) for one in on.fake.posted(ann.dm)]
        assert len(answers) == 21
        assert "minute" in answers[-1]
