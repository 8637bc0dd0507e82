"""Facts in free text: what is read, what is denied, and what is no fact at all."""

from __future__ import annotations

import pytest

from bot.interview.facts import is_project_description, read_facts
from bot.interview.model import Model
from bot.knowledge.knowledge import Knowledge


@pytest.fixture(scope="module")
def model() -> Model:
    return Model.of(Knowledge.load().file)


def facts(text: str, model: Model, asked: str = "") -> dict[str, str]:
    return {fact.question: "+".join(fact.options) for fact in read_facts(text, model, asked=asked).facts}


TOLD = [
    ("Four of us write a JSON API over MariaDB, nobody needs an admin panel, launch in three weeks",
     {"team": "solo_or_small", "app_type": "api_backend", "database": "relational_simple", "deadline": "weeks"}),
    ("It's a web shop with many related tables and a back office for staff", {"app_type": "ecommerce", "database": "relational_complex"}),
    ("Team of 14, health data, must last for 8 years", {"team": "large_or_changing", "lifetime": "long"}),
    ("we have 6 days left", {"deadline": "days"}),
    ("no hurry at all, there is no deadline", {"deadline": "later"}),
    ("my wife and I", {"team": "solo_or_small"}),
    ("No admin or user accounts", {"admin": "no", "auth": "none"}),
    ("no forms but login", {"forms": "few", "auth": "accounts"}),
    ("An admin panel would be nice", {"admin": "nice"}),
    ("the admin panel isn't needed", {"admin": "no"}),
    ("not only a REST API but websockets too", {"app_type": "api_backend", "concurrency": "high"}),
    ("SQLAlchemy on Postgres", {"database": "own_orm"}),
    ("both Postgres and Mongo", {"database": "relational_simple+nosql"}),
    ("Sorry, not Postgres, MongoDB", {"database": "nosql"}),
    ("actually DynamoDB", {"database": "nosql"}),
    ("we know Flask and Django", {"background": "django+flask"}),
    ("we already have a Django monolith in production", {"existing": "django"}),
    ("users log in through our SSO", {"auth": "tokens"}),
    ("microservises on lambda with websokets", {"app_type": "microservice", "footprint": "tight", "concurrency": "high"}),
    ("around 8000 requests per second", {"traffic": "high"}),
    ("hospital software for 30 internal users", {"traffic": "normal"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TOLD, ids=[text[:40] for text, _ in TOLD])
def test_read(text: str, expected: dict[str, str], model: Model) -> None:
    found = facts(text, model)
    assert {name: found.get(name) for name in expected} == expected


NOTHING = [
    "does flask have an orm?",
    "django vs flask for auth?",
    "Is FastAPI faster than Django with websockets?",
    "Django has an admin panel and an ORM",
    "how do I add login to my view?",
    "what's a blueprint",
    "we need to rest",
    "I have 10 years of experience with life",
    "we're 2 weeks in",
    "hello there",
    "thanks",
    "why do you ask?",
    "which of them scales better?",
    "I like turtles",
]


@pytest.mark.parametrize("text", NOTHING)
def test_no_fact(text: str, model: Model) -> None:
    found = {name: option for name, option in facts(text, model).items() if name != "experience"}
    assert found == {}


def test_exact_set_of_a_full_brief(model: Model) -> None:
    found = facts("we're 3 devs, REST API on Postgres, no admin, ship in 2 weeks", model)
    assert found == {
        "team": "solo_or_small", "app_type": "api_backend", "database": "relational_simple", "admin": "no", "deadline": "weeks",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "text", "option"),
    [
        ("admin", "yes", "must"), ("admin", "nope", "no"), ("admin", "nice to have", "nice"), ("team", "5", "solo_or_small"),
        ("team", "about 20", "large_or_changing"), ("deadline", "two weeks", "weeks"), ("database", "documents", "nosql"),
        ("size", "rather small", "small"), ("background", "flask", "flask"), ("i18n", "no", "no"), ("experience", "mixed", "mixed"),
    ],
)  # fmt: skip
def test_bare_answer(asked: str, text: str, option: str, model: Model) -> None:
    assert facts(text, model, asked).get(asked) == option


def test_a_hedge_is_half_an_answer(model: Model) -> None:
    (fact,) = read_facts("probably Postgres", model).facts
    assert fact.sure == model.setting("hedge", 0.65)
    assert fact.value == "PostgreSQL"


def test_frameworks_ruled_out_and_let_back_in(model: Model) -> None:
    assert read_facts("we don't want Django", model).excluded == ("django",)
    assert read_facts("anything but flask", model).excluded == ("flask",)
    assert read_facts("django is allowed again", model).allowed == ("django",)
    assert read_facts("why not django?", model).excluded == ()
    assert read_facts("we don't know Django", model).excluded == ()


def test_impossible_numbers_are_named(model: Model) -> None:
    found = read_facts("0 devs", model)
    assert not found
    assert found.impossible[0][0] == "team"


def test_requirements_txt(model: Model) -> None:
    text = "flask==3.1.0\npsycopg2-binary>=2.9\nSQLAlchemy==2.0.30\nflask-login==0.6.3\n"
    found = read_facts(text, model)
    assert found.pasted
    assert {fact.question: fact.options[0] for fact in found.facts} == {
        "existing": "flask",
        "database": "own_orm",
        "auth": "accounts",
    }


def test_pyproject(model: Model) -> None:
    text = '[project]\nname = "x"\ndependencies = [\n  "fastapi>=0.120",\n  "motor>=3",\n]\n'
    found = {fact.question: fact.options[0] for fact in read_facts(text, model).facts}
    assert found["existing"] == "fastapi"
    assert found["database"] == "nosql"


DESCRIBED = [
    ("we're 3 devs, REST API on Postgres, no admin, ship in 2 weeks", True),
    ("I'm building a booking system with accounts", True),
    ("A brochure site with a contact form, small.", True),
    ("does flask have an orm?", False),
    ("django vs flask for auth?", False),
    ("our flask app crashes when users log in", False),
    ("which is faster for a REST API, flask or fastapi?", False),
    ("hello", False),
]


@pytest.mark.parametrize(("text", "expected"), DESCRIBED, ids=[text[:40] for text, _ in DESCRIBED])
def test_project_or_question(text: str, expected: bool, model: Model) -> None:
    assert is_project_description(text, read_facts(text, model)) is expected
