"""In a channel: mentions, threads, edits."""

from __future__ import annotations

from tests.slack.conftest import Running
from tests.support.fake_slack import FakeSlack
from tests.support.slack_people import BOT
from tests.support.slack_words import labels, words

ASK = f"<@{BOT}> django or flask for auth?"


async def test_a_mention_is_answered_in_its_thread(slack: FakeSlack, bot: Running) -> None:
    asked = await slack.say(ASK)
    posts = await slack.posted()
    assert await slack.acked(asked) is None
    assert [post["thread_ts"] for post in posts] == [asked.envelope["ts"]]
    assert "Flask-Login" in words(posts[0])
    assert "Show code" in labels(posts[0])
    assert posts[0]["unfurl_links"] is False


async def test_in_a_thread_the_answer_stays_there(slack: FakeSlack, bot: Running) -> None:
    await slack.say(ASK, thread="1690000000.000001")
    posts = await slack.posted(thread="1690000000.000001")
    assert len(posts) == 1


async def test_a_mention_and_its_twin_message_get_one_answer(slack: FakeSlack, bot: Running) -> None:
    first = await slack.say(ASK)
    twin = await slack.say(ASK, type="message", channel_type="channel", ts=first.envelope["ts"])
    await slack.acked(first)
    await slack.acked(twin)
    await slack.say(f"<@{BOT}> thanks", thread=first.envelope["ts"])
    assert len(await slack.posted(2)) == 2


async def test_the_same_event_twice_is_answered_once(slack: FakeSlack, bot: Running) -> None:
    first = await slack.say(ASK)
    await slack.posted()
    again = await slack.deliver("events_api", first.envelope["payload"], retry_attempt=1, retry_reason="timeout")
    await slack.acked(again)
    await slack.say(f"<@{BOT}> thanks", thread=first.envelope["ts"])
    assert len(await slack.posted(2)) == 2


async def test_a_retry_of_what_never_arrived_is_answered(slack: FakeSlack, bot: Running) -> None:
    event = {"type": "app_mention", "user": "U1", "text": ASK, "ts": "1700000001.000001", "channel": "C1"}
    await slack.deliver("events_api", slack.event(event), retry_attempt=2, retry_reason="timeout")
    assert len(await slack.posted()) == 1


async def test_an_edited_question_updates_its_answer(slack: FakeSlack, bot: Running) -> None:
    asked = await slack.say(ASK)
    (before,) = await slack.posted()
    assert "Flask-Login" in words(before)
    edited = {"edited": {"user": "U1", "ts": "1700000500.000000"}, "ts": asked.envelope["ts"]}
    await slack.say(f"<@{BOT}> django or flask for caching?", **edited)
    await slack.until(lambda: "cach" in words(slack.posts()[0]).lower() and len(slack.posts()) == 1, "the update")
    assert slack.called("chat.update")


async def test_an_edit_seen_as_a_changed_message_is_the_same_edit(slack: FakeSlack, bot: Running) -> None:
    asked = await slack.say(ASK)
    await slack.posted()
    ts, edited = asked.envelope["ts"], {"user": "U1", "ts": "1700000500.000000"}
    now = {
        "type": "message",
        "user": "U1",
        "text": f"<@{BOT}> django or flask for caching?",
        "ts": ts,
        "edited": edited,
    }
    await slack.say("", subtype="message_changed", message=now, previous_message={"text": ASK}, hidden=True)
    await slack.until(lambda: len(slack.called("chat.update")) == 1, "the update")
    twin = await slack.say(now["text"], ts=ts, edited=edited)
    await slack.acked(twin)
    assert len(slack.posts()) == 1


async def test_what_is_no_persons_new_message_is_ignored(slack: FakeSlack, bot: Running) -> None:
    changed = {"user": "U1", "text": ASK, "ts": "1700000001.000001"}
    ignored = [
        await slack.say(ASK, bot_id="BOTHER", user="UOTHER"),
        await slack.say(ASK, bot_id="BBOT", user=BOT),
        await slack.say("joined", subtype="channel_join"),
        await slack.say("", subtype="message_deleted", hidden=True),
        await slack.say("", subtype="message_changed", hidden=True, message=changed, previous_message=changed),
        await slack.say("django or flask?"),
        await slack.say("django or flask?", thread="1690000000.000009"),
    ]
    for one in ignored:
        await slack.acked(one)
    assert not slack.posts()
    assert set((await bot.store.about("U1")).values()) == {0}


async def test_follow_ups_in_its_thread_need_no_mention_until_people_talk(slack: FakeSlack, bot: Running) -> None:
    asked = await slack.say(ASK)
    thread = asked.envelope["ts"]
    await slack.posted(1)
    await slack.say("and what about caching?", thread=thread)
    assert "cach" in words((await slack.posted(2))[1]).lower()
    await slack.acked(await slack.say("<@U2> what do you think?", thread=thread))
    await slack.say("I like flask", user="U2", thread=thread)
    quiet = (await slack.posted(3))[2]
    assert "quiet" in words(quiet)
    await slack.acked(await slack.say("django then?", thread=thread))
    await slack.say(f"<@{BOT}> django or fastapi for an API?", thread=thread)
    assert len(await slack.posted(4)) == 4


async def test_an_empty_mention_gets_help(slack: FakeSlack, bot: Running) -> None:
    await slack.say(f"<@{BOT}>")
    (post,) = await slack.posted()
    assert "Help me choose" in labels(post)


async def test_where_it_may_not_write_the_answer_goes_to_the_person(slack: FakeSlack, bot: Running) -> None:
    slack.outside.add("C1")
    await slack.say(ASK)
    (post,) = await slack.posted(channel="D1")
    assert "Flask-Login" in words(post)
