"""A recommendation, shared from the DM: a form asks where to, it is posted there once, and the DM says so."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest

from bot.errors import StoreUnavailable
from bot.messages import Place
from bot.replies import Choice, Choices, Reply, Text
from bot.store import MemoryStore
from bot.store.base import Delivery
from tests.slack.conftest import Running, Start
from tests.support.fake_slack import FakeSlack, Fault
from tests.support.slack_gate import Gate
from tests.support.slack_rules import walk
from tests.support.slack_words import Json, labels, words

PROJECT = "we are 3 developers at Zorbex, REST API on Postgres, no admin, async"
NOTE = "short form to pass on"
PREVIEW = "What others will see there:"


async def recommended(slack: FakeSlack, **more: Any) -> Json:
    """The result, in the DM."""
    await slack.say(PROJECT, channel="D1", **more)
    shown = (await slack.posted(channel="D1"))[0]
    for number in range(2, 20):
        if "Share" in labels(shown):
            return {**shown, "channel": "D1"}
        await slack.say("just tell me", channel="D1", **more)
        shown = (await slack.posted(number, channel="D1"))[-1]
    raise AssertionError(words(shown))


async def form(slack: FakeSlack) -> Json:
    """The form that *Share* below the result opens."""
    await slack.click(await recommended(slack), "Share")
    return await slack.formed()


def shared(slack: FakeSlack, channel: str = "C1") -> list[Json]:
    return [one for one in slack.posts(channel) if one.get("response_type") == "in_channel"]


async def told(slack: FakeSlack, sentence: str) -> Json:
    """The message in the DM that holds the sentence."""

    def found() -> Json | None:
        return next((one for one in slack.posts("D1") if sentence in words(one)), None)

    said: Json = await slack.until(found, sentence)
    return said


async def at_rest(bot: Running) -> None:
    async with asyncio.timeout(30):
        while len(bot.adapter._work):  # noqa: ASYNC110 - the end of its tasks tells nobody
            await asyncio.sleep(0.01)


# --- the form


async def test_the_button_opens_a_form_with_a_preview_and_says_nothing_in_the_dm(
    slack: FakeSlack, bot: Running
) -> None:
    result = await recommended(slack)
    before = len(slack.posts("D1"))
    pressed = await slack.click(result, "Share")
    view = await slack.formed()
    assert await slack.acked(pressed) is None
    (call,) = slack.called("views.open")
    assert call["trigger_id"] == pressed.envelope["payload"]["trigger_id"]
    assert (view["type"], view["title"]["text"], view["submit"]["text"]) == ("modal", "Share to a channel", "Share")
    where, *shown = view["blocks"]
    menu = where["element"]
    assert (where["type"], menu["type"], menu["response_url_enabled"]) == ("input", "conversations_select", True)
    assert menu["filter"] == {"include": ["public", "private"], "exclude_bot_users": True}
    assert not menu["default_to_current_conversation"]
    preview = words({"blocks": shown})
    assert preview.startswith(f"{PREVIEW}\n<@U1> shares a recommendation:\n")
    assert "FastAPI" in preview
    assert NOTE in preview
    assert len(view["private_metadata"]) < 100
    await at_rest(bot)
    assert len(slack.posts("D1")) == before


async def test_sent_in_it_is_posted_there_and_the_dm_says_where(slack: FakeSlack, bot: Running) -> None:
    slack.outside.add("C7")
    view = await form(slack)
    assert await slack.acked(await slack.submit(view, "C7")) is None
    said = await told(slack, "Shared in")
    assert said["text"] == "Shared in <#C7>."
    (post,) = shared(slack, "C7")
    assert words(post).startswith("<@U1> shares a recommendation:\n")
    assert post["text"].startswith("<@U1> shares a recommendation:\n")
    assert words(post) in words(view), "what is posted is what was shown before"
    assert NOTE not in words(post)
    assert labels(post) == []


async def test_the_persons_own_words_stay_in_the_dm(slack: FakeSlack, bot: Running) -> None:
    await slack.submit(await form(slack), "C1")
    await told(slack, "Shared in")
    (post,) = shared(slack)
    everything = str(post).casefold()
    assert not [word for word in ("zorbex", "3 developers", "we are") if word in everything]


async def test_from_a_thread_in_the_dm_it_goes_on_there(slack: FakeSlack, bot: Running) -> None:
    result = await recommended(slack, thread="1690000000.000001")
    await slack.click(result, "Share")
    await slack.submit(await slack.formed(), "C1")
    assert (await told(slack, "Shared in"))["thread_ts"] == "1690000000.000001"


async def test_an_open_question_is_not_posted_along(slack: FakeSlack, bot: Running) -> None:
    view = await form(slack)
    await slack.say("start again", channel="D1")
    await slack.say("yes", channel="D1")
    await told(slack, "What are you building?")
    await slack.submit(view, "C1")
    await told(slack, "Shared in")
    (post,) = shared(slack)
    assert words(post) in words(view)
    await slack.say("1", channel="D1")
    await told(slack, "Noted")


# --- without a form


async def test_in_words_it_is_shown_with_a_button_that_opens_the_form(slack: FakeSlack, bot: Running) -> None:
    await recommended(slack)
    await slack.say("share it", channel="D1")
    shown = await told(slack, NOTE)
    assert "FastAPI" in words(shown)
    assert labels(shown)[0] == "Share to a channel"
    assert slack.forms == []
    await slack.click({**shown, "channel": "D1"}, "Share to a channel")
    view = await slack.formed()
    await slack.submit(view, "C1")
    await told(slack, "Shared in")
    (post,) = shared(slack)
    assert words(post) in words(view)


@pytest.mark.parametrize("fault", [Fault("expired_trigger_id"), Fault(status=500), Fault("ratelimited", 429, 60)])
async def test_a_form_that_does_not_open_is_no_dead_end(slack: FakeSlack, bot: Running, fault: Fault) -> None:
    result = await recommended(slack)
    slack.fail("views.open", *[fault] * 5)
    await slack.click(result, "Share")
    assert "Share to a channel" in labels(await told(slack, NOTE))


async def test_a_click_from_before_a_restart_opens_no_form(slack: FakeSlack, bot: Running) -> None:
    await bot.adapter.send(delivery(created=time.time() - 60))
    assert slack.called("views.open") == []
    assert "Share to a channel" in labels(await told(slack, "Flask"))


# --- once


async def test_sent_in_twice_it_is_posted_once(slack: FakeSlack, bot: Running) -> None:
    view = await form(slack)
    for _ in range(3):
        await slack.acked(await slack.submit(view, "C1"))
    await told(slack, "Shared in")
    await at_rest(bot)
    assert len(shared(slack)) == 1
    assert str(slack.posts("D1")).count("Shared in") == 1


async def test_delivered_again_it_is_posted_once(slack: FakeSlack, bot: Running) -> None:
    view = await form(slack)
    slack.deaf = True
    sent = await slack.submit(view, "C1")
    await told(slack, "Shared in")
    slack.deaf = False
    assert sent in slack.sent.values()
    await slack.redeliver()
    await slack.acked(sent)
    await at_rest(bot)
    assert len(shared(slack)) == 1


async def test_a_dm_that_fails_after_the_post_does_not_repeat_it(slack: FakeSlack, start: Start) -> None:
    store = MemoryStore(deliver=True)
    first = await start(store)
    view = await form(slack)
    slack.fail("chat.postMessage", *[Fault("internal_error")] * 2)
    await slack.submit(view, "C1")
    await slack.until(lambda: not slack.faults["chat.postMessage"] or None, "the faults")
    await first.close()
    await store.hasten("slack")
    await start(store)
    await told(slack, "Shared in")
    assert len(shared(slack)) == 1


class Forgetful(MemoryStore):
    """Finds no database when something is to be kept, the first time."""

    kept_nothing = False

    async def keep(self, kind: str, name: str, value: str, *, seconds: float = 0.0) -> None:
        if not self.kept_nothing:
            self.kept_nothing = True
            raise StoreUnavailable("away")
        await super().keep(kind, name, value, seconds=seconds)


async def test_a_database_that_is_away_after_the_post_does_not_repeat_it(slack: FakeSlack, start: Start) -> None:
    await start(Forgetful(deliver=True))
    await slack.submit(await form(slack), "C1")
    await told(slack, "Shared in")
    assert len(shared(slack)) == 1


async def test_what_a_dead_process_left_is_posted_by_the_next(slack: FakeSlack, start: Start) -> None:
    store = MemoryStore(deliver=True)
    first = await start(store)
    view = await form(slack)
    slack.fail("respond", *[Fault(status=503)] * 3)
    await slack.submit(view, "C1")
    await slack.until(lambda: not slack.faults["respond"] or None, "the faults")
    await first.close()
    assert shared(slack) == []
    await start(store)
    await told(slack, "Shared in")
    assert len(shared(slack)) == 1


# --- when it does not work


@pytest.mark.parametrize("fault", [Fault("expired_url", 404), Fault("gone", 410), Fault("no_permission", 403)])
async def test_a_channel_that_does_not_take_it_is_told_with_the_text(
    slack: FakeSlack, bot: Running, fault: Fault
) -> None:
    view = await form(slack)
    slack.fail("respond", fault)
    await slack.submit(view, "C1")
    said = await told(slack, "I could not post it")
    assert "FastAPI" in words(said)
    assert "Share to a channel" in labels(said)
    assert slack.posts("C1") == []
    await slack.click({**said, "channel": "D1"}, "Share to a channel")
    again = await slack.formed(2)
    assert "could not" not in words(again)
    await slack.submit(again, "C1")
    await told(slack, "Shared in")
    assert len(shared(slack)) == 1


async def test_an_address_that_has_run_out_is_not_tried(slack: FakeSlack, bot: Running) -> None:
    address = {"to": "C1", "url": slack.url("C1"), "until": str(time.time() - 1)}
    await bot.adapter.send(delivery(address=address))
    await told(slack, "I could not post it")
    assert slack.called("respond") == []


async def test_blocks_that_are_refused_are_posted_as_text(slack: FakeSlack, bot: Running) -> None:
    view = await form(slack)
    slack.fail("respond", Fault("invalid_blocks", 400))
    await slack.submit(view, "C1")
    await told(slack, "Shared in")
    (post,) = shared(slack)
    assert "blocks" not in post
    assert post["text"].startswith("<@U1> shares a recommendation:\n\n")


async def test_without_a_database_the_form_stays_open_and_says_so(slack: FakeSlack, start: Start) -> None:
    gate = Gate()
    gate.open.set()
    await start(gate)
    view = await form(slack)
    gate.away = True
    answer = await slack.acked(await slack.submit(view, "C1"))
    (where,) = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    assert answer["response_action"] == "errors"
    assert "cannot be reached" in answer["errors"][where]
    gate.away = False
    await slack.submit(view, "C1")
    await told(slack, "Shared in")
    assert len(shared(slack)) == 1


async def test_somebody_elses_recommendation_cannot_be_shared(slack: FakeSlack, bot: Running) -> None:
    view = await form(slack)
    await slack.submit(view, "C1", user="U2")
    await slack.until(lambda: slack.posts("D2"), "the answer to the other")
    assert "no longer kept" in words(slack.posts("D2")[0])
    assert shared(slack) == []


async def test_what_was_erased_is_not_shared(slack: FakeSlack, bot: Running) -> None:
    view = await form(slack)
    await bot.store.forget("U1")
    await slack.submit(view, "C1")
    await told(slack, "no longer kept")
    assert shared(slack) == []


async def test_without_a_way_into_the_channel_it_is_shown_to_copy(slack: FakeSlack, bot: Running) -> None:
    view = await form(slack)
    await slack.acked(await slack.submit(view, "C1", response_urls=[]))
    await slack.until(lambda: [one for one in slack.posts("D1") if "Share to a channel" in labels(one)], "the text")
    assert slack.posts("C1") == []


# --- hostile text


HOSTILE = "**<!channel>** <@U2> &amp; <https://evil.example|*click*> @here `<#C2>`"


def delivery(user: str = "U1", address: dict[str, str] | None = None, created: float = 0.0) -> Delivery:
    """A recommendation of a framework with that name."""
    parts = (Text(f"Flask, or {HOSTILE}."), Text("said aside", aside=True), Choices((Choice("Press", "help"),)))
    place = Place("slack", user, "dm", "T1", address=address or {"trigger": "9.9"})
    return Delivery(7, place, "m", user, Reply("a1", parts, passes_on=True), created=created or time.time())


async def test_hostile_names_ping_nobody(slack: FakeSlack, bot: Running) -> None:
    """The fake refuses any mention but that of who shares."""
    await bot.adapter.send(delivery())
    view = await slack.formed()
    where = {"to": "C1", "url": slack.url("C1"), "until": str(time.time() + 100)}
    await bot.adapter.send(delivery(address=where))
    (post,) = shared(slack)
    assert "<!channel>" in words(post)
    assert "<!channel>" in words(view)
    assert "&lt;!channel&gt;" in post["text"]
    assert "<!" not in post["text"]
    assert [node["text"] for node in walk(post["blocks"]) if node.get("type") == "mrkdwn"] == [
        "<@U1> shares a recommendation:"
    ]
    assert "aside" not in str(post)


@pytest.mark.parametrize("user", ["U2> <!channel", "!channel", "U1|<!here>"])
async def test_a_name_that_is_none_of_slacks_mentions_nobody(slack: FakeSlack, bot: Running, user: str) -> None:
    where = {"to": "C1> <!here", "url": slack.url("C1"), "until": str(time.time() + 100)}
    await bot.adapter.send(delivery(user, where))
    (post,) = shared(slack)
    assert "<" not in post["text"]
    assert "<" not in slack.called("chat.postMessage")[-1]["text"]
