"""How to go on in a thread: said once where the bot hears nothing there but mentions, and nowhere else."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.slack import PLATFORM
from adapters.slack.manifest import OPTIONAL, SCOPES
from adapters.slack.scopes import listed, needs_mention
from bot.settings import Settings
from bot.store import MemoryStore
from tests.slack.conftest import Running, Start
from tests.support.fake_slack import APP_TOKEN, BOT_TOKEN, FakeSlack, Fault
from tests.support.slack_door import Door, install, mention, of_team_2
from tests.support.slack_people import BOT
from tests.support.slack_words import Json, words

ASK = f"<@{BOT}> django or flask for auth?"
AGAIN = f"<@{BOT}> does fastapi have an orm?"
HOW = f"mention me: <@{BOT}>"
PEOPLES_THREAD = "1690000000.000001"


def says_how(post: Json) -> bool:
    """In the last block, and where it is read out."""
    below = [block for block in post.get("blocks", []) if block["type"] == "context" and HOW in str(block)]
    assert below in ([], post.get("blocks", [])[-1:]), "not below the answer"
    assert bool(below) == (HOW in post["text"]) or not post.get("blocks")
    return HOW in post["text"]


@pytest.fixture
def slack(slack: FakeSlack) -> FakeSlack:
    """A workspace that granted nothing optional."""
    slack.granted = SCOPES
    return slack


async def test_without_the_scopes_the_first_answer_in_a_thread_says_how_to_go_on(
    slack: FakeSlack, bot: Running
) -> None:
    asked = await slack.say(ASK)
    (first,) = await slack.posted()
    assert says_how(first)
    await slack.say(AGAIN, thread=asked.envelope["ts"])
    await slack.say(AGAIN, user="U2", thread=asked.envelope["ts"])
    posts = await slack.posted(3)
    assert [says_how(post) for post in posts] == [True, False, False]
    await slack.say(ASK)
    assert says_how((await slack.posted(4))[3]), "another thread"


async def test_also_when_the_bot_is_called_into_a_thread_of_people(slack: FakeSlack, bot: Running) -> None:
    await slack.say(ASK, thread=PEOPLES_THREAD)
    await slack.posted()
    await slack.say(AGAIN, thread=PEOPLES_THREAD)
    assert [says_how(post) for post in await slack.posted(2)] == [True, False]


async def test_also_when_it_is_asked_by_the_menu_of_a_message(slack: FakeSlack, bot: Running) -> None:
    said = {"ts": PEOPLES_THREAD, "user": "U2", "text": "django or flask for auth?"}
    await slack.shortcut("ask_about_message", message=said)
    assert says_how((await slack.posted())[0])


@pytest.mark.parametrize("granted", [(*SCOPES, *OPTIONAL), (*SCOPES, OPTIONAL[0]), (*SCOPES, OPTIONAL[1])])
async def test_with_a_scope_that_may_do_nothing_is_said(
    slack: FakeSlack, start: Start, granted: tuple[str, ...]
) -> None:
    slack.granted = granted
    await start()
    await slack.say(ASK)
    assert not says_how((await slack.posted())[0])


async def test_what_slack_does_not_say_is_not_guessed(slack: FakeSlack, start: Start) -> None:
    slack.listed = False
    await start()
    await slack.say(ASK)
    assert not says_how((await slack.posted())[0])


async def test_in_a_dm_nothing_is_said(slack: FakeSlack, bot: Running) -> None:
    await slack.say("django or flask for auth?", channel="D1")
    await slack.say("django or flask for auth?", channel="D1", thread="1700000000.000001")
    assert [says_how(post) for post in await slack.posted(2, channel="D1")] == [False, False]


async def test_what_only_one_person_sees_says_nothing_and_counts_as_no_answer(slack: FakeSlack, bot: Running) -> None:
    await slack.command("django or flask for auth?")
    await slack.whispered()
    await slack.say(f"<@{BOT}> what are my preferences?", thread=PEOPLES_THREAD)
    whispered = await slack.whispered(2)
    assert not any(HOW in str(one) for one in whispered)
    await slack.say(ASK, thread=PEOPLES_THREAD)
    assert says_how((await slack.posted())[0])


async def test_where_the_answer_cannot_be_shown_in_the_thread_nothing_is_said(slack: FakeSlack, bot: Running) -> None:
    slack.outside.add("C1")
    asked = await slack.say(ASK)
    assert not says_how((await slack.posted(channel="D1"))[0])
    edited = {"edited": {"user": "U1", "ts": "1700000500.000000"}, "ts": asked.envelope["ts"]}
    await slack.say(f"<@{BOT}> django or flask for caching?", **edited)
    await slack.until(lambda: "cach" in words(slack.posts("D1")[0]).lower(), "the update")
    assert not says_how(slack.posts("D1")[0])


async def test_it_stays_when_the_question_is_edited(slack: FakeSlack, bot: Running) -> None:
    asked = await slack.say(ASK, thread=PEOPLES_THREAD)
    await slack.posted()
    for number, topic in enumerate(("caching", "testing")):
        edited = {"edited": {"user": "U1", "ts": f"1700000500.00000{number}"}, "ts": asked.envelope["ts"]}
        await slack.say(f"<@{BOT}> django or flask for {topic}?", thread=PEOPLES_THREAD, **edited)
        await slack.until(lambda topic=topic: topic[:4] in words(slack.posts()[0]).lower(), "the update")
        assert says_how(slack.posts()[0])


async def test_refused_blocks_say_it_as_well(slack: FakeSlack, bot: Running) -> None:
    slack.fail("chat.postMessage", Fault("invalid_blocks"))
    await slack.say(ASK)
    await slack.until(lambda: any(HOW in post["text"] for post in slack.posts()), "the line")
    assert sum(HOW in post["text"] for post in slack.posts()) == 1
    assert HOW in slack.posts()[-1]["text"]


async def test_committed_by_a_process_that_died_it_is_still_said(slack: FakeSlack, start: Start) -> None:
    store = MemoryStore(deliver=True)
    first = await start(store)
    slack.fail("chat.postMessage", *[Fault("internal_error")] * 2)
    await slack.acked(await slack.say(ASK))
    await slack.until(lambda: slack.called("chat.postMessage"), "an attempt")
    await first.close()
    assert not slack.posts()
    await start(store)
    assert says_how((await slack.posted())[0])


async def test_scopes_granted_meanwhile_are_noticed(slack: FakeSlack, bot: Running) -> None:
    await slack.say(ASK)
    await slack.posted()
    slack.granted = (*SCOPES, *OPTIONAL)
    for number in (2, 3):
        await slack.say(ASK)
        await slack.posted(number)
    assert [says_how(post) for post in slack.posts()] == [True, True, False], "every answer of Slack's tells"


# --- several workspaces: what the installation says, until Slack's answers do


@pytest.mark.parametrize(("granted", "said"), [(SCOPES, True), ((*SCOPES, *OPTIONAL), False), ((), False)])
async def test_a_workspace_that_installed_it(
    slack: FakeSlack, many: tuple[Running, Door], granted: tuple[str, ...], said: bool
) -> None:
    slack.listed, slack.granted = False, granted
    await install(many[1])
    await many[1].post(of_team_2(mention(slack)))
    assert says_how((await slack.posted())[0]) is said


@pytest.mark.parametrize("listed", [True, False])
async def test_installed_again_with_the_scopes(slack: FakeSlack, many: tuple[Running, Door], listed: bool) -> None:
    _, door = many
    slack.listed = listed
    await install(door)
    await door.post(of_team_2(mention(slack)))
    await slack.posted()
    slack.granted = (*SCOPES, *OPTIONAL)
    await install(door)
    await door.post(of_team_2(mention(slack)))
    assert [says_how(post) for post in await slack.posted(2)] == [True, False]


# --- doctor


@pytest.mark.parametrize(
    ("optional", "says"),
    [
        ((), "without channels:history and groups:history follow-ups in threads need a mention; the first answer"),
        (("channels:history",), "without groups:history follow-ups in private channels need a mention"),
        (("groups:history",), "without channels:history follow-ups in public channels need a mention"),
        (OPTIONAL, "all granted"),
    ],
)
async def test_doctor_says_the_same(slack: FakeSlack, optional: tuple[str, ...], says: str) -> None:
    slack.granted = (*SCOPES, *optional)
    assert [one.ok for one in await scopes(slack) if one.how.startswith(says)] == [True]
    slack.listed = False
    assert await scopes(slack) == []


async def test_doctor_names_what_must_not_be_missing(slack: FakeSlack) -> None:
    slack.granted = SCOPES[1:]
    assert [(one.ok, SCOPES[0] in one.how) for one in await scopes(slack)] == [(False, True)]


async def scopes(slack: FakeSlack) -> list[Any]:
    settings = Settings(slack_bot_token=BOT_TOKEN, slack_app_token=APP_TOKEN, slack_api_url=slack.api_url)
    return [one for one in await PLATFORM.check(settings, online=True) if one.what == "Slack scopes"]


# --- which scope it takes


@pytest.mark.parametrize(
    ("channel", "granted", "needed"),
    [
        ("C1", ["chat:write"], True),
        ("C1", ["chat:write", "channels:history"], False),
        ("C1", ["chat:write", "groups:history"], False),  # it may be a private one
        ("G1", ["chat:write", "channels:history"], True),
        ("G1", ["chat:write", "groups:history"], False),
        ("G1", ["chat:write", "mpim:history"], False),
        ("D1", ["chat:write"], False),
        ("", ["chat:write"], False),
        ("C1", [], False),
    ],
)
def test_which_scope_it_takes(channel: str, granted: list[str], needed: bool) -> None:
    assert needs_mention(channel, granted) is needed


def test_the_header_is_read() -> None:
    assert listed("chat:write, commands,,im:history ") == ("chat:write", "commands", "im:history")
    assert listed("") == ()
