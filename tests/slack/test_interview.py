"""The interview in a DM: how it gets there, buttons, words, several at once, stale and double clicks."""

from __future__ import annotations

from tests.slack.conftest import Running
from tests.support.fake_slack import FakeSlack, Fault
from tests.support.slack_people import BOT
from tests.support.slack_words import button, labels, words


async def dm(slack: FakeSlack, number: int = 1) -> dict:
    return (await slack.posted(number, channel="D1"))[number - 1]


async def test_from_a_mention_it_moves_to_the_dm(slack: FakeSlack, bot: Running) -> None:
    asked = await slack.say(f"<@{BOT}> interview me")
    first = await dm(slack)
    assert "What are you building?" in words(first)
    (note,) = await slack.posted()
    assert note["thread_ts"] == asked.envelope["ts"]
    assert "direct message" in words(note)


async def test_a_described_project_takes_its_facts_along(slack: FakeSlack, bot: Running) -> None:
    await slack.say(f"<@{BOT}> we are 3 developers building a REST API on Postgres")
    first = await dm(slack)
    assert "PostgreSQL" in words(first)


async def test_a_button_answers_and_the_question_shows_the_choice(slack: FakeSlack, bot: Running) -> None:
    await slack.say("interview me", channel="D1")
    first = await dm(slack)
    await slack.click({**first, "channel": "D1"}, "REST API")
    second = await dm(slack, 2)
    assert "REST API" in words(second)
    await slack.until(lambda: "You chose: REST API" in words(slack.posts("D1")[0]), "the settled question")
    assert "REST API" not in labels(slack.posts("D1")[0])


async def test_words_answer_as_a_button_does(slack: FakeSlack, bot: Running) -> None:
    await slack.say("interview me", channel="D1")
    await dm(slack)
    await slack.say("rest api", channel="D1")
    spoken = await dm(slack, 2)
    await slack.say("interview me", channel="D2", user="U2")
    other = (await slack.posted(1, channel="D2"))[0]
    await slack.click({**other, "channel": "D2"}, "REST API", user="U2")
    pressed = (await slack.posted(2, channel="D2"))[1]
    assert words(spoken).replace("D1", "") == words(pressed).replace("D2", "")
    await slack.until(lambda: "You chose: REST API" in words(slack.posts("D1")[0]), "the settled question")


async def test_a_double_click_is_one_step(slack: FakeSlack, bot: Running) -> None:
    await slack.say("interview me", channel="D1")
    first = {**await dm(slack), "channel": "D1"}
    block, element = button(first, "REST API")
    for at in ("1700000100.000100", "1700000100.400000"):
        await slack.deliver("interactive", slack.clicked(first, block, element, action_ts=at))
    await dm(slack, 2)
    await slack.say("thanks", channel="D1")
    assert len(await slack.posted(3, channel="D1")) == 3


async def test_a_button_of_an_earlier_question_is_harmless(slack: FakeSlack, bot: Running) -> None:
    await slack.say("interview me", channel="D1")
    first = {**await dm(slack), "channel": "D1"}
    await slack.click(first, "REST API")
    await dm(slack, 2)
    await slack.acked(await slack.click(first, "Online shop"))
    assert len(await slack.posted(3, channel="D1")) == 3


async def test_a_button_of_an_earlier_deploy_is_acknowledged_and_explained(slack: FakeSlack, bot: Running) -> None:
    message = {"ts": "1.1", "channel": "C1"}
    gone = {"type": "button", "action_id": "old-thing", "value": "x"}
    await slack.acked(await slack.deliver("interactive", slack.clicked(message, {}, gone)))
    (told,) = await slack.whispered()
    assert "earlier version" in told["text"]


async def test_a_closed_dm_is_explained_where_the_person_is(slack: FakeSlack, bot: Running) -> None:
    slack.fail("conversations.open", Fault("cannot_dm_bot"))
    await slack.say(f"<@{BOT}> interview me")
    (told,) = await slack.whispered()
    assert "cannot write to you" in told["text"]
    assert not slack.posts("C1")


async def test_a_closed_messages_tab_is_explained_too(slack: FakeSlack, bot: Running) -> None:
    slack.fail("chat.postMessage", Fault("messages_tab_disabled"))
    await slack.command("recommend")
    (told,) = await slack.whispered()
    assert "cannot write to you" in told["text"]


async def test_deal_breakers_are_chosen_together(slack: FakeSlack, bot: Running) -> None:
    await slack.say("interview me", channel="D1")
    await dm(slack)
    await slack.say("deal breakers", channel="D1")
    shown = {**await dm(slack, 2), "channel": "D1"}
    block = next(b for b in shown["blocks"] if any(e["type"] == "multi_static_select" for e in b.get("elements", [])))
    menu, done = block["elements"]
    await slack.acked(await slack.deliver("interactive", slack.clicked(shown, block, menu | {"value": None})))
    chosen = {"values": {block["block_id"]: {menu["action_id"]: {"selected_options": menu["options"][:1]}}}}
    await slack.deliver("interactive", slack.clicked(shown, block, done, state=chosen))
    third = await dm(slack, 3)
    assert "Noted" in words(third)
    nothing = {"values": {block["block_id"]: {menu["action_id"]: {"selected_options": []}}}}
    await slack.deliver("interactive", slack.clicked(shown, block, done, state=nothing))
    assert "Choose at least one" in (await dm(slack, 4))["text"]


async def test_a_thread_in_the_dm_is_the_same_conversation(slack: FakeSlack, bot: Running) -> None:
    await slack.say("interview me", channel="D1")
    await dm(slack)
    await slack.say("rest api", channel="D1", thread="1700000000.000050")
    second = await dm(slack, 2)
    assert second["thread_ts"] == "1700000000.000050"
    assert "REST API" in words(second)


async def test_the_decision_record_is_a_file(slack: FakeSlack, bot: Running) -> None:
    await slack.say("we are 3 developers, REST API on Postgres, no admin, async, just tell me", channel="D1")
    shown = {**await dm(slack), "channel": "D1"}
    while "Decision record" not in labels(shown):
        await slack.say("just tell me", channel="D1")
        shown = {**await dm(slack, 2), "channel": "D1"}
    await slack.click(shown, "Decision record")
    await slack.until(lambda: slack.files and slack.files[0].get("channel"), "the file")
    assert slack.files[0]["channel"] == "D1"
    assert "Decision Outcome" in slack.files[0]["content"]
