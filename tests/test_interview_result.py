"""The result of the interview, and what can be asked about it."""

from __future__ import annotations

import pytest

from bot.interview.engine import recommend
from bot.interview.model import Model
from bot.replies import File
from tests.support.interview import Talk, knowledge, talk

__all__ = ["talk"]  # fixture


def test_just_tell_me_gives_a_result_whatever_is_known(talk: Talk) -> None:
    text = talk.say("just tell me")
    assert talk.view["pick"]
    assert talk.view["outcome"] == "too_little"
    assert talk.view["question"] is None
    assert "little evidence" in text


def test_result_has_reasons_sources_and_next_steps(talk: Talk) -> None:
    talk.say("an online shop with an admin panel on Postgres for 9 developers")
    text = talk.say("just tell me") if talk.state.state == "open" else talk.draft.reply.plain  # type: ignore[union-attr]
    assert talk.view["pick"] == "django"
    assert "you need an admin panel" in text
    assert "It would be" in text
    assert "Runner-up" in text
    assert talk.draft is not None
    assert talk.draft.reply.sources
    assert [label for label, _ in talk.conversation.choices][:2] == ["Why", "What if…"]


@pytest.fixture
def done(talk: Talk) -> Talk:
    talk.say("a REST API on Postgres for 3 devs, no admin")
    talk.say("just tell me")
    assert talk.state.state == "done"
    return talk


def test_what_if_changes_nothing_until_it_is_kept(done: Talk) -> None:
    before, view = done.answers, done.view
    text = done.say("what if we needed an admin panel?")
    assert "admin panel" in text
    assert done.answers == before
    assert done.view == view
    done.say("discard")
    assert done.answers == before
    done.say("what if we needed an admin panel?")
    done.press("Keep this change")
    assert done.answers == {**before, "admin": "must"}
    done.say("undo")
    assert done.answers == before


def test_what_ifs_do_not_pile_up(done: Talk) -> None:
    done.say("what if we used MongoDB?")
    done.say("what if we needed an admin panel?")
    done.press("Keep this change")
    assert done.answers["database"] == "relational_simple"


def test_explained_lines_add_up(done: Talk) -> None:
    text = done.press("Why")
    numbers = [
        line.split("|")[2].split()[0].strip("*")
        for line in text.splitlines()
        if line.startswith("| ") and "+" in line or "| -" in line and "---" not in line
    ]
    values = [float(number) for number in numbers if number.lstrip("+-").replace(".", "").isdigit()]
    assert sum(values[:-1]) == pytest.approx(values[-1], abs=0.06)


def test_runner_up_compare_disagree_shorter(done: Talk) -> None:
    second = knowledge().name(recommend(Model.of(knowledge().file), done.state.answers).runner_up)
    assert second in done.say("and second best?")
    assert second in done.say("compare with " + second)
    assert "What speaks for Django" in done.say("no, Django is better")
    short = done.say("shorter")
    assert len(short) < 400


def test_decision_record_is_the_same_for_the_same_answers(done: Talk) -> None:
    done.press("Decision record")
    assert done.draft is not None
    (file,) = [part for part in done.draft.reply.parts if isinstance(part, File)]
    for heading in (
        "# Use",
        "## Context and Problem Statement",
        "## Decision Drivers",
        "## Considered Options",
        "## Decision Outcome",
        "## More Information",
    ):
        assert heading in file.text
    assert "status: proposed" in file.text
    done.say("decision record")
    (again,) = [part for part in done.draft.reply.parts if isinstance(part, File)]
    assert again == file
    assert done.draft.effects


def test_keep_going_offers_what_was_skipped(talk: Talk) -> None:
    talk.say("skip")
    talk.say("a prototype")
    talk.say("just tell me")
    talk.say("keep going")
    assert talk.state.state == "open"
    assert talk.state.thorough
