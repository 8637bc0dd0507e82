"""/framework: private, works where the bot is not, and can be shown to all."""

from __future__ import annotations

import pytest

from tests.slack.conftest import Running
from tests.support.fake_slack import FakeSlack, Fault
from tests.support.slack_words import labels, words


async def test_a_question_is_answered_to_the_person_alone(slack: FakeSlack, bot: Running) -> None:
    slack.outside.add("C1")
    sent = await slack.command("compare django flask auth")
    assert await slack.acked(sent) is None
    (answer,) = await slack.whispered()
    assert answer["response_type"] == "ephemeral"
    assert "Flask-Login" in words(answer)
    assert "Show to channel" in labels(answer)
    assert not slack.posts()


@pytest.mark.parametrize("text", ["", "help", "ask", "compare"])
async def test_help_has_buttons(slack: FakeSlack, bot: Running, text: str) -> None:
    await slack.command(text)
    (answer,) = await slack.whispered()
    assert "Help me choose" in labels(answer)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ask does flask have an orm?", "No"),
        ("does flask have an orm?", "No"),
        ("sources", "sources"),
        ("forget me", "Are you sure"),
        ("qwertz uiop", "outside what I know"),
    ],
)
async def test_subcommands(slack: FakeSlack, bot: Running, text: str, expected: str) -> None:
    await slack.command(text)
    (answer,) = await slack.whispered()
    assert expected in words(answer)


async def test_recommend_goes_on_in_the_dm(slack: FakeSlack, bot: Running) -> None:
    await slack.command("recommend")
    (question,) = await slack.posted(channel="D1")
    assert "What are you building?" in words(question)
    (note,) = await slack.whispered()
    assert "direct message" in words(note)


async def test_in_the_dm_it_answers_there(slack: FakeSlack, bot: Running) -> None:
    await slack.command("django or flask for auth?", channel="D1")
    (answer,) = await slack.posted(channel="D1")
    assert "Flask-Login" in words(answer)


async def test_shown_to_the_channel_where_the_bot_is_not(slack: FakeSlack, bot: Running) -> None:
    slack.outside.add("C1")
    await slack.command("django or flask for auth?")
    (answer,) = await slack.whispered()
    await slack.click(answer, "Show to channel")
    (shown,) = await slack.posted()
    assert shown["response_type"] == "in_channel"
    assert "Flask-Login" in words(shown)
    assert "Show code" not in labels(shown)


async def test_a_used_up_response_url_is_replaced(slack: FakeSlack, bot: Running) -> None:
    slack.fail("respond", Fault("expired_url", 404))
    await slack.command("django or flask for auth?")
    (answer,) = await slack.whispered()
    assert (answer["channel"], answer["user"]) == ("C1", "U1")
    assert "Flask-Login" in words(answer)


async def test_with_no_way_into_the_channel_the_answer_comes_by_dm(slack: FakeSlack, bot: Running) -> None:
    slack.outside.add("C1")
    slack.fail("respond", Fault("expired_url", 404))
    await slack.command("django or flask for auth?")
    (answer,) = await slack.posted(channel="D1")
    assert "Flask-Login" in words(answer)


async def test_a_follow_up_by_button_stays_private(slack: FakeSlack, bot: Running) -> None:
    await slack.command("django or flask for auth?")
    (answer,) = await slack.whispered()
    await slack.click(answer, "And FastAPI?")
    second = (await slack.whispered(2))[1]
    assert "FastAPI" in words(second)
    assert not slack.posts()


async def test_two_people_in_one_channel_have_their_own_talk(slack: FakeSlack, bot: Running) -> None:
    await slack.command("django or flask for auth?", user="U1")
    await slack.whispered(1)
    await slack.command("why?", user="U2")
    other = (await slack.whispered(2))[1]
    assert "have not" in words(other)


async def test_feedback_asks_why_and_says_thanks(slack: FakeSlack, bot: Running) -> None:
    await slack.command("django or flask for auth?")
    (answer,) = await slack.whispered()
    await slack.click(answer, "Not useful")
    asked = (await slack.whispered(2))[1]
    assert "What was wrong" in words(asked)
    await slack.click(asked, "It is outdated")
    assert "Thank you" in words((await slack.whispered(3))[2])
    assert (await bot.store.about("U1"))["feedback"] == 1
