"""In a channel: mentions, threads, edits."""

from __future__ import annotations

from tests.slack.conftest import Running
from tests.support.fake_slack import BOT, FakeSlack, labels, words

ASK = f"<@{BOT}> django or flask for auth?"


async def test_a_mention_is_answered_in_its_thread(slack: FakeSlack, bot: Running) -> None:
    asked = await slack.say(ASK)
    posts = await slack.posted()
    assert await slack.acked(asked) is None
    assert [post["thread_ts"] for post in posts] == [asked.envelope["ts"]]
    assert "Flask-Login" in words(posts[0])
    assert "Show code" in labels(posts[0])
    assert posts[0]["unfurl_links"] is False
