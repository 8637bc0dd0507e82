"""Home tab, prompts, shortcuts, status, and the agent surface."""

from __future__ import annotations

import asyncio

from adapters.slack.status import Status
from tests.slack.conftest import Running
from tests.support.fake_slack import FakeSlack, Fault
from tests.support.slack_people import BOT
from tests.support.slack_words import Json, labels, words

HOME = {"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "home"}


async def home(slack: FakeSlack) -> Json:
    slack.views.clear()
    await slack.acked(await slack.deliver("events_api", slack.event(HOME)))
    await slack.until(lambda: "U1" in slack.views, "the Home tab")
    return slack.views["U1"]


async def test_the_home_tab_offers_prompts_the_interview_and_privacy(slack: FakeSlack, bot: Running) -> None:
    view = await home(slack)
    assert view["type"] == "home"
    assert {"Django or Flask for auth?", "Help me choose", "Forget me"} <= set(labels(view))
    assert "Privacy" in words(view)


async def test_a_prompt_is_answered_by_dm(slack: FakeSlack, bot: Running) -> None:
    await slack.click(await home(slack), "Django or Flask for auth?")
    assert "Flask-Login" in words((await slack.posted(channel="D1"))[0])


async def test_the_home_tab_resumes_the_interview_and_shows_the_decision(slack: FakeSlack, bot: Running) -> None:
    await slack.click(await home(slack), "Help me choose")
    await slack.posted(channel="D1")
    await slack.say("rest api, 3 developers, postgres", channel="D1")
    await slack.posted(2, channel="D1")
    await slack.click(await home(slack), "Resume")
    assert "REST API" in words((await slack.posted(3, channel="D1"))[2])
    await slack.say("just tell me", channel="D1")
    shown = {**(await slack.posted(4, channel="D1"))[3], "channel": "D1"}
    await slack.click(shown, "Decision record")
    await slack.until(lambda: slack.files and slack.files[0].get("channel"), "the file")
    assert "Your last decision" in words(await home(slack))


async def test_forgetting_is_asked_about_and_done(slack: FakeSlack, bot: Running) -> None:
    await slack.say("django or flask for auth?", channel="D1")
    await slack.posted(channel="D1")
    await slack.click(await home(slack), "Forget me")
    shown = {**(await slack.posted(2, channel="D1"))[1], "channel": "D1"}
    await slack.click(shown, "Forget me")
    await slack.posted(3, channel="D1")
    assert (await bot.store.about("U1"))["conversations"] == 0


async def test_the_messages_tab_gets_prompts_without_a_thread(slack: FakeSlack, bot: Running) -> None:
    await slack.acked(await slack.deliver("events_api", slack.event(HOME | {"tab": "messages"})))
    await slack.until(lambda: slack.called("assistant.threads.setSuggestedPrompts"), "prompts")
    (call,) = slack.called("assistant.threads.setSuggestedPrompts")
    assert (call["channel_id"], len(call["prompts"]), call.get("thread_ts")) == ("D1", 4, None)


async def test_a_home_tab_that_cannot_be_shown_disturbs_nothing(slack: FakeSlack, bot: Running) -> None:
    for method in ("views.publish", "assistant.threads.setSuggestedPrompts", "assistant.threads.setStatus"):
        slack.fail(method, *[Fault("unknown_method")] * 5)
    for tab in ("home", "messages"):
        await slack.acked(await slack.deliver("events_api", slack.event(HOME | {"tab": tab})))
    await slack.say("django or flask for auth?", channel="D1")
    assert len(await slack.posted(channel="D1")) == 1


async def test_the_global_shortcut_starts_the_interview(slack: FakeSlack, bot: Running) -> None:
    await slack.acked(await slack.shortcut("start_interview"))
    assert "What are you building?" in words((await slack.posted(channel="D1"))[0])


async def test_the_message_shortcut_answers_in_that_thread(slack: FakeSlack, bot: Running) -> None:
    asked = {"ts": "1690000000.000001", "user": "U2", "text": "django or flask for auth &amp; login?"}
    await slack.acked(await slack.shortcut("ask_about_message", message=asked))
    (post,) = await slack.posted()
    assert post["thread_ts"] == asked["ts"]
    assert "Flask-Login" in words(post)


async def test_the_message_shortcut_where_the_bot_is_not(slack: FakeSlack, bot: Running) -> None:
    slack.outside.add("C1")
    asked = {"ts": "1690000000.000001", "user": "U2", "text": "django or flask for auth?"}
    await slack.acked(await slack.shortcut("ask_about_message", message=asked))
    (told,) = await slack.whispered()
    assert "Flask-Login" in words(told)


async def test_a_slow_answer_shows_a_status_until_it_is_there(slack: FakeSlack, bot: Running) -> None:
    from bot.messages import Message, Place

    leave = asyncio.Event()
    status = Status(bot.adapter.workspaces, bot.adapter.phrase, slow=0.01)
    message = Message("C1:1.1", Place("slack", "C1", "thread", "T1", "1.1"), "U1", "x")
    watching = asyncio.create_task(status.watch(message, asyncio.create_task(leave.wait())))
    await slack.until(lambda: slack.called("assistant.threads.setStatus"), "a status")
    leave.set()
    await watching
    shown, taken = slack.called("assistant.threads.setStatus")
    assert (shown["thread_ts"], bool(shown["status"]), taken["status"]) == ("1.1", True, "")


async def test_stopping_drops_what_waits(slack: FakeSlack, bot: Running) -> None:
    slack.fail("chat.postMessage", *[Fault("internal_error")] * 2)
    await slack.acked(await slack.say("django or flask for auth?", channel="D1"))
    await slack.until(lambda: slack.called("chat.postMessage"), "an attempt")
    stop = {"type": "agent_session_stopped", "user": "U1", "channel": "D1", "thread_ts": "1.1"}
    await slack.acked(await slack.deliver("events_api", slack.event(stop)))
    await slack.until(lambda: slack.called("assistant.threads.setStatus"), "the end of the status")


async def test_what_the_bot_has_no_use_for_is_acknowledged(slack: FakeSlack, bot: Running) -> None:
    for event in ("app_context_changed", "team_join", "member_joined_channel"):
        await slack.acked(await slack.deliver("events_api", slack.event({"type": event, "user": BOT})))
    assert not slack.posts()


async def test_one_workspace_that_removes_the_app_is_forgotten(slack: FakeSlack, bot: Running) -> None:
    await slack.say("django or flask for auth?", channel="D1")
    await slack.posted(channel="D1")
    await slack.acked(await slack.deliver("events_api", slack.event({"type": "app_uninstalled"})))
    assert (await bot.store.about("U1"))["messages"] == 0
