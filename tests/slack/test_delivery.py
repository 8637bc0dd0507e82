"""Nothing acknowledged is lost, nothing is answered twice, and what Slack refuses is shown in another way."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest

from bot.messages import Message
from bot.store import MemoryStore
from tests.slack.conftest import Running, Start
from tests.support.fake_slack import FakeSlack, Fault
from tests.support.slack_gate import Gate
from tests.support.slack_people import BOT
from tests.support.slack_words import words

ASK = f"<@{BOT}> django or flask for auth?"


async def test_acknowledged_after_the_commit_and_not_before(slack: FakeSlack, start: Start) -> None:
    gate = Gate()
    await start(gate)
    asked = await slack.say(ASK)
    await asyncio.wait_for(gate.asked.wait(), 20)
    assert asked.acked_at is None
    gate.open.set()
    await slack.acked(asked)
    await slack.posted()


async def test_without_a_database_an_event_is_not_acknowledged_and_the_person_is_told(
    slack: FakeSlack, start: Start
) -> None:
    gate = Gate()
    gate.open.set()
    gate.away = True
    await start(gate)
    asked = await slack.say(ASK)
    (told,) = await slack.whispered()
    assert "cannot be reached" in told["text"]
    assert asked.acked_at is None
    gate.away = False
    assert await slack.redeliver() == 1
    await slack.acked(asked)
    assert "Flask-Login" in words((await slack.posted())[0])
    assert len(slack.ephemerals) == 1


async def test_without_a_database_a_command_gets_a_sentence(slack: FakeSlack, start: Start) -> None:
    gate = Gate()
    gate.away = True
    await start(gate)
    payload = await slack.acked(await slack.command("django or flask?"))
    assert payload["response_type"] == "ephemeral"
    assert "cannot be reached" in payload["text"]


async def test_an_error_nobody_foresaw_gets_a_sentence_and_no_trace(
    slack: FakeSlack, bot: Running, monkeypatch: Any
) -> None:
    async def broken(message: Message) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(bot.adapter._assistant, "handle", broken)
    payload = await slack.acked(await slack.command("django or flask?"))
    assert "Something broke" in payload["text"]
    assert "secret" not in str(payload)
    message = {"ts": "1.1", "channel": "C1"}
    await slack.acked(
        await slack.deliver(
            "interactive", slack.clicked(message, {}, {"type": "button", "action_id": "fw:0", "value": "help"})
        )
    )
    assert "Something broke" in (await slack.whispered())[0]["text"]


async def test_too_many_requests_are_waited_for(slack: FakeSlack, bot: Running) -> None:
    slack.fail("chat.postMessage", Fault("ratelimited", 429, retry_after=1))
    await slack.say(ASK)
    assert len(await slack.posted()) == 1
    assert len(slack.called("chat.postMessage")) == 2


@pytest.mark.parametrize("fault", [Fault(status=500), Fault(status=503), Fault("internal_error"), Fault(drop=True)])
async def test_passing_faults_are_ridden_out(slack: FakeSlack, bot: Running, fault: Fault) -> None:
    slack.fail("chat.postMessage", fault)
    await slack.say(ASK)
    assert len(await slack.posted()) == 1


@pytest.mark.parametrize("error", ["invalid_blocks", "msg_too_long", "msg_blocks_too_long", "invalid_arguments"])
async def test_refused_blocks_become_plain_text(slack: FakeSlack, bot: Running, error: str) -> None:
    slack.fail("chat.postMessage", Fault(error))
    await slack.say(ASK)
    first = (await slack.posted())[0]
    assert "blocks" not in first
    assert "Flask-Login" in first["text"]
    assert "Show code" in first["text"]


async def test_refused_by_the_response_url_becomes_plain_text(slack: FakeSlack, bot: Running) -> None:
    slack.fail("respond", Fault("invalid_blocks", 400))
    await slack.command("django or flask for auth?")
    (first, *_) = await slack.whispered()
    assert "blocks" not in first
    assert "Flask-Login" in first["text"]


async def test_what_was_sent_before_a_fault_is_not_sent_again(slack: FakeSlack, bot: Running) -> None:
    slack.fail("chat.postMessage", Fault("invalid_blocks"))
    await slack.say(ASK)
    first = await slack.posted()
    await slack.say(f"<@{BOT}> thanks", thread=first[0]["thread_ts"])
    await slack.until(lambda: any("welcome" in words(p) or "Glad" in words(p) for p in slack.posts()), "thanks")
    assert sum("Flask-Login" in p["text"] for p in slack.posts()) == 1


async def test_slack_away_and_back(slack: FakeSlack, bot: Running) -> None:
    asked = await slack.say(ASK)
    slack.down = True
    await slack.acked(asked)
    for socket in list(slack.sockets):
        await socket.close()
    await slack.until(lambda: not slack.sockets, "the end of the connection")
    slack.down = False
    await slack.posted()
    await slack.connected()
    await slack.say(f"<@{BOT}> thanks", thread=asked.envelope["ts"])
    assert len(await slack.posted(2)) == 2


async def test_a_refreshed_connection_loses_nothing(slack: FakeSlack, bot: Running) -> None:
    await slack.say("interview me", channel="D1")
    await slack.posted(channel="D1")
    before = slack.connections
    await slack.sockets[-1].send_json({"type": "disconnect", "reason": "refresh_requested"})
    await slack.until(lambda: slack.connections > before and len(slack.sockets) == 1, "a new connection")
    await slack.say("rest api", channel="D1")
    assert "REST API" in words((await slack.posted(2, channel="D1"))[1])


async def test_what_was_to_wait_is_sent_when_the_connection_stands_again(slack: FakeSlack, bot: Running) -> None:
    slack.fail("chat.postMessage", Fault("token_expired"))  # the next attempt would be in a minute
    await slack.say(ASK)
    await slack.until(lambda: slack.called("chat.postMessage"), "an attempt")
    slack.down = True
    for socket in list(slack.sockets):
        await socket.close()
    await becomes(bot, ready=False)
    slack.down = False
    assert len(await slack.posted()) == 1


async def test_closing_finishes_what_is_in_flight(slack: FakeSlack, start: Start) -> None:
    gate = Gate()
    running = await start(gate)
    asked = await slack.say(ASK)
    await asyncio.wait_for(gate.asked.wait(), 20)
    closing = asyncio.create_task(running.close())
    gate.open.set()
    await asyncio.wait_for(closing, 10)
    assert asked.acked_at is not None
    assert len(slack.posts()) == 1


async def test_what_was_committed_by_a_process_that_died_is_sent_by_the_next(slack: FakeSlack, start: Start) -> None:
    store = MemoryStore(deliver=True)
    first = await start(store)
    slack.fail("chat.postMessage", *[Fault("internal_error")] * 2)
    await slack.acked(await slack.say(ASK))
    await slack.until(lambda: slack.called("chat.postMessage"), "an attempt")
    await first.close()
    await start(store)
    assert len(await slack.posted()) == 1


async def test_answers_of_one_conversation_keep_their_order(slack: FakeSlack, bot: Running) -> None:
    slack.latency = 0.01
    asked = [
        await slack.say(f"<@{BOT}> {q}", thread="1690000000.000001") for q in ("hello", "django or flask?", "thanks")
    ]
    posts = await slack.posted(3)
    assert "Hello" in words(posts[0])
    assert "Django" in words(posts[1])
    for one in asked:
        await slack.acked(one)


async def test_neither_tokens_nor_words_are_logged(
    slack: FakeSlack, start: Start, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    bot = await start()
    await slack.say(f"<@{BOT}> my-secret-project: django or flask?")
    await slack.posted()
    slack.fail("chat.postMessage", Fault("invalid_blocks"))
    await slack.command("my-secret-project again")
    await slack.whispered()
    for socket in list(slack.sockets):
        await socket.close()
    await slack.until(lambda: slack.connections > 1, "a new connection")
    await bot.close()
    logged = caplog.text + "".join(capsys.readouterr())
    for secret in ("my-secret", "xoxb-", "xapp-", "secret-ticket"):
        assert secret not in logged, secret


async def becomes(bot: Running, *, ready: bool) -> None:
    async with asyncio.timeout(30):
        while bot.adapter.ready() is not ready:  # noqa: ASYNC110 - readiness is asked for, not told
            await asyncio.sleep(0.05)


async def test_readiness_follows_the_connection(slack: FakeSlack, bot: Running) -> None:
    await becomes(bot, ready=True)
    slack.down = True
    for socket in list(slack.sockets):
        await socket.close()
    await becomes(bot, ready=False)
    slack.down = False
    await becomes(bot, ready=True)
