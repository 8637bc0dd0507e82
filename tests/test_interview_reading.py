"""What a message says of a project: what "no" reaches, opinions beside facts, words that fit several things."""

from __future__ import annotations

from functools import cache

import pytest

from bot.conversation import Conversation, Interview
from bot.interview import commands as c
from bot.interview import understand
from bot.interview.facts import asks_choice, read_facts
from bot.interview.model import Model
from bot.knowledge.knowledge import Knowledge


@cache
def knowledge() -> Knowledge:
    return Knowledge.load()


def told(text: str) -> dict[str, str]:
    found = read_facts(text, Model.of(knowledge().file))
    return {fact.question: "+".join(fact.options) for fact in found.facts}


DENIED = [
    ("no admin, forms or users", {"admin": "no", "forms": "few", "auth": "none"}),
    ("without admin, auth, or forms", {"admin": "no", "forms": "few", "auth": "none"}),
    ("no need for an admin panel, users or forms but we need i18n", {"admin": "no", "auth": "none", "forms": "few", "i18n": "yes"}),
    ("not needed: admin, forms", {"admin": "no", "forms": "few"}),
    ("admin, forms and websockets are not needed", {"admin": "no", "forms": "few", "concurrency": "normal"}),
    ("neither admin nor forms", {"admin": "no", "forms": "few"}),
    ("an internal tool without any admin stuff", {"admin": "no", "app_type": "internal_tool"}),
    ("no admin or forms, Postgres", {"admin": "no", "forms": "few", "database": "relational_simple"}),
    ("we don't need auth, it sits behind okta", {"auth": "tokens"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), DENIED)
def test_what_no_reaches(text: str, expected: dict[str, str]) -> None:
    assert told(text) == expected


KEPT = [
    (
        "we're 3 devs, REST API on Postgres, no admin, ship in 2 weeks",
        {
            "admin": "no",
            "database": "relational_simple",
            "team": "solo_or_small",
            "app_type": "api_backend",
            "deadline": "weeks",
        },
    ),
    ("no admin, Postgres or MySQL", {"admin": "no", "database": "relational_simple"}),
    ("no admin panel, REST API, Mongo", {"admin": "no", "database": "nosql", "app_type": "api_backend"}),
    ("no admin and no forms, but users yes", {"admin": "no", "auth": "accounts"}),
    ("no admin, 3 devs or 4", {"admin": "no", "team": "solo_or_small"}),
]


@pytest.mark.parametrize(("text", "expected"), KEPT)
def test_what_no_does_not_reach(text: str, expected: dict[str, str]) -> None:
    assert expected.items() <= told(text).items()


def test_what_may_be_meant_either_way_is_not_noted() -> None:
    assert told("no admin, forms and users") == {"admin": "no"}


def meant(text: str, asked: str = "database", state: str = "open") -> c.InterviewCommand:
    session = Interview("1", asked=asked, state=state)  # type: ignore[arg-type]
    found = understand.understand(text, "", Conversation(interview=session), knowledge())
    assert found is not None, text
    return found[0]


@pytest.mark.parametrize(
    ("text", "framework", "topic", "noted"),
    [
        ("Flask is too slow for us, we need 5k rps", "flask", "performance", "traffic"),
        ("Django feels bloated, we are only two people", "django", "philosophy", "team"),
        ("fastapi seems immature and we will maintain it for ten years", "fastapi", "maintenance", "lifetime"),
    ],
)
def test_an_opinion_beside_a_fact(text: str, framework: str, topic: str, noted: str) -> None:
    remark = meant(text)
    assert isinstance(remark, c.Remark)
    assert (remark.framework, remark.topic) == (framework, topic)
    assert [fact.question for fact in remark.facts.facts] == [noted]


@pytest.mark.parametrize(
    "text", ["we know Flask and use Postgres", "no Django please, an online shop", "team of 3, Mongo"]
)
def test_facts_without_an_opinion_are_noted_at_once(text: str) -> None:
    assert isinstance(meant(text), c.GiveFacts)


@pytest.mark.parametrize("text", ["the big one", "large", "standard", "long"])
def test_words_that_fit_other_questions_are_asked_back(text: str) -> None:
    assert isinstance(meant(text), c.MeantWhich)


@pytest.mark.parametrize(("text", "command"), [("help", c.HelpMe), ("this is stupid", c.Grumble), ("bye", c.Close),
    ("Ich verstehe das nicht", c.OtherLanguage), ("help me choose", c.Start), ("but why", c.WhyAsked),
    ("what do you mean with that", c.AskMeaning), ("maybe", c.Skip)])  # fmt: skip
def test_said_while_a_question_is_open(text: str, command: type) -> None:
    assert isinstance(meant(text), command)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("and with Mongo?", c.WhatIf),
        ("what if the team knew flask", c.WhatIf),
        ("Flask vs Django", c.CompareWith),
        ("done", c.Close),
    ],
)
def test_said_after_the_result(text: str, command: type) -> None:
    assert isinstance(meant(text, asked="", state="done"), command)


def test_asking_what_to_take() -> None:
    assert asks_choice("we have till christmas. what should we take?", Model.of(knowledge().file))
    assert not asks_choice("what should I check in my settings?", Model.of(knowledge().file))
