"""What a person sees on Discord: answers where they asked, once, and nobody pinged."""

from __future__ import annotations

from tests.support.discord_people import hidden, labels, text
from tests.support.discord_stage import stage


async def test_a_mention_is_answered_by_a_reply() -> None:
    async with stage() as on:
        asked = await on.person("ann").say("django or flask for auth?", on.channel)
        answer = (await on.answers(1, on.channel))[0]
        assert "Django" in text(answer)
        assert answer["message_reference"]["message_id"] == asked["id"]
        assert answer["allowed_mentions"]["parse"] == []


async def test_a_direct_message_is_answered() -> None:
    async with stage() as on:
        ann = on.person("ann")
        await ann.say("does flask have an orm?")
        assert "SQLAlchemy" in await on.answer(ann.dm)


async def test_a_command_is_answered_in_its_own_place() -> None:
    async with stage() as on:
        shown = await on.person("ann").command("compare", on.channel, first="Django", second="Flask", topic="Testing")
        await on.fake.until(lambda: shown.original and on.fake.messages[shown.original]["edited_timestamp"])
        assert "Django" in text(on.fake.messages[shown.original])
        assert not hidden(on.fake.messages[shown.original])


async def test_a_button_answers_below_and_leaves_the_earlier_answer_as_it_is() -> None:
    async with stage() as on:
        ann = on.person("ann")
        await ann.say("django or flask for auth?", on.channel)
        first = (await on.answers(1, on.channel))[0]
        before = text(first)
        assert "Show code" in labels(first)
        await on.restart()
        await ann.press(first, "Show code")
        second = (await on.answers(2, on.channel))[1]
        assert "```python" in text(second)
        assert text(first) == before
