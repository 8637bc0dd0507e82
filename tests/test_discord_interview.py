"""The interview by direct message, and what is pressed in it."""

from __future__ import annotations

from adapters.discord import address as addresses
from adapters.discord.address import Address
from bot.messages import Message
from bot.replies import Choice, Choices, Reply, Text
from tests.support.discord_people import Person, hidden, labels, text
from tests.support.discord_stage import Stage, newest, stage
from tests.support.discord_world import Json


async def finish(on: Stage, ann: Person) -> Json:
    """Answer whatever is asked by its first button until there is a result."""
    for _ in range(30):
        await on.settle()
        last = on.fake.posted(ann.dm)[-1]
        if "Decision record" in labels(last):
            return last
        before = len(on.fake.posted(ann.dm))
        await ann.press(last, labels(last)[0])
        await on.answers(before + 1, ann.dm)
    raise AssertionError("no result")


async def test_the_command_moves_to_direct_messages_and_says_so() -> None:
    async with stage() as on:
        ann = on.person("ann")
        shown = await ann.command("recommend", on.channel)
        question = await newest(on, ann.dm, 1)
        assert "What are you building?" in text(question)
        await on.fake.until(lambda: shown.original and "direct message" in text(on.fake.messages[shown.original]))
        told = on.fake.messages[shown.original]
        assert hidden(told)
        assert told["components"][0]["components"][0]["url"].endswith(f"/{ann.dm}/{question['id']}")


async def test_the_button_in_a_channel_moves_there_too() -> None:
    async with stage() as on:
        ann = on.person("ann")
        await ann.say("compare django flask fastapi", on.channel)
        answer = await newest(on, on.channel, 1)
        await ann.press(answer, "Help me choose")
        assert "What are you building?" in text(await newest(on, ann.dm, 1))


async def test_pressing_settles_the_question_and_asks_the_next() -> None:
    async with stage() as on:
        ann = on.person("ann")
        await ann.command("recommend", on.channel)
        first = await newest(on, ann.dm, 1)
        await ann.press(first, "REST API")
        second = await newest(on, ann.dm, 2)
        await on.fake.until(lambda: "✓ REST API" in text(first))
        assert "REST API" not in labels(first)
        assert labels(second)


async def test_words_numbers_and_buttons_mix_and_survive_restarts() -> None:
    async with stage() as on:
        ann = on.person("ann")
        await ann.command("recommend", on.channel, project="we are 3 developers building a REST API")
        await newest(on, ann.dm, 1)
        await on.restart()
        await ann.say("1")
        second = await newest(on, ann.dm, 2)
        await on.restart()
        await ann.press(second, labels(second)[0])
        third = await newest(on, ann.dm, 3)
        await ann.say("back")
        await newest(on, ann.dm, 4)
        assert text(third)


async def test_what_is_answered_in_words_loses_its_buttons_too() -> None:
    async with stage() as on:
        ann = on.person("ann")
        await ann.command("recommend", on.channel)
        first = await newest(on, ann.dm, 1)
        await on.settle()
        await ann.say("a REST API")
        await newest(on, ann.dm, 2)
        await on.fake.until(lambda: "✓" in text(first))
        assert "REST API" not in labels(first)


async def test_to_the_result_and_its_decision_record() -> None:
    async with stage() as on:
        ann = on.person("ann")
        await ann.command("recommend", on.channel)
        await newest(on, ann.dm, 1)
        result = await finish(on, ann)
        before = len(on.fake.posted(ann.dm))
        await ann.press(result, "Decision record")
        record = (await on.answers(before + 1, ann.dm))[before]
        name, content = next(iter(record["files"].items()))
        assert name.endswith(".md")
        assert "\n# " in f"\n{content}"


async def test_other_peoples_presses_are_refused_politely() -> None:
    async with stage() as on:
        ann, bob = on.person("ann"), on.person("bob")
        place = addresses.at(addresses.in_channel(on.guild, on.channel, ann.id), Address(on.channel))
        message = Message("1", place, ann.id)
        async with on.store.turn(message) as turn:
            asked = Choices((Choice("Yes", "iv:1:yes"), Choice("No", "iv:1:no")), "question")
            turn.finish(turn.conversation, Reply(id="a1", parts=(Text("Sure?"), asked), intent="answer"))
        await on.adapter.deliverer.deliver(message)
        question = await newest(on, on.channel, 1)
        before = text(question)
        shown = await bob.press(question, labels(question)[0])
        await on.fake.until(lambda: shown.original)
        assert hidden(on.fake.messages[shown.original])
        assert "somebody else" in text(on.fake.messages[shown.original])
        assert text(question) == before


async def test_two_presses_at_once_count_as_one() -> None:
    async with stage() as on:
        ann = on.person("ann")
        await ann.command("recommend", on.channel)
        question = await newest(on, ann.dm, 1)
        on.fake.latency = 0.05
        shown = [await ann.press(question, "REST API") for _ in range(3)]
        await on.fake.until(lambda: all(one.response for one in shown))
        await on.settle()
        assert len(on.fake.posted(ann.dm)) == 2


async def test_deal_breakers_are_chosen_together() -> None:
    async with stage() as on:
        ann = on.person("ann")
        await ann.say("what are my deal-breakers?")
        await on.settle()
        menus = [
            row["components"][0]
            for message in on.fake.posted(ann.dm)
            for row in message["components"]
            if row["type"] == 1 and row["components"][0]["type"] == 3
        ]
        for menu in menus:
            assert menu["max_values"] == len(menu["options"])


async def test_controls_from_another_age_get_an_answer() -> None:
    async with stage() as on:
        ann = on.person("ann")
        await ann.say("does flask have an orm?", on.channel)
        answer = await newest(on, on.channel, 1)
        for control in ("v0:old:button", "f1q:iv:99:a:gone:gone", "f1n:nonsense"):
            answer["components"][0]["components"][0]["custom_id"] = control
            shown = await ann.press_id(answer, control)
            await on.fake.until(lambda shown=shown: shown.response)
        await on.settle()


async def test_an_old_form_gets_an_answer() -> None:
    async with stage() as on:
        ann = on.person("ann")
        data = {"custom_id": "form-of-another-version", "components": []}
        shown = await ann._interact(5, data, on.channel)
        await on.fake.until(lambda: shown.original)
        assert hidden(on.fake.messages[shown.original])


async def test_a_thumbs_down_asks_why_in_a_form() -> None:
    async with stage() as on:
        ann = on.person("ann")
        await ann.say("does flask have an orm?", on.channel)
        answer = await newest(on, on.channel, 1)
        shown = await ann.press(answer, "Not useful")
        await on.fake.until(lambda: shown.modal)
        await on.settle()
        assert await on.store.waiting() == (0, 0.0)
        await on.restart()
        reasons = shown.modal["components"][0]["component"]["options"]
        thanked = await ann.send_off(shown, reasons[1]["value"], "the version is from 2023")
        await on.fake.until(lambda: thanked.original)
        assert hidden(on.fake.messages[thanked.original])
        gaps = await on.store.gaps()
        assert gaps[0]["reason"] == "outdated: the version is from 2023"


async def test_a_thumbs_up_is_thanked_for_privately() -> None:
    async with stage() as on:
        ann = on.person("ann")
        await ann.say("does flask have an orm?", on.channel)
        shown = await ann.press(await newest(on, on.channel, 1), "Useful")
        await on.fake.until(lambda: shown.original)
        assert hidden(on.fake.messages[shown.original])
