"""Facts in free text: what is read, what is denied, and what is no fact at all."""

from __future__ import annotations

from itertools import permutations

import pytest

from bot.conversation import Answer
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
    ("nobody on the team knows Django", {"background": "fastapi+flask+express+none"}),
    ("we never used Django, Flask or FastAPI", {"background": "none"}),
    ("we don't know Flask but know Django", {"background": "django"}),
    ("an internal tool for 30 people, 2 devs", {"team": "solo_or_small", "traffic": "normal", "app_type": "internal_tool"}),
    ("a blog for 3 people", {"team": "solo_or_small", "traffic": None}),
    ("5 devs, 2 of them senior", {"team": "solo_or_small"}),
    ("5 backend devs, 3 frontend devs", {"team": "large_or_changing"}),
    ("5 backend and 3 frontend people", {"team": "large_or_changing", "app_type": None}),
    ("we were 12 but now 3", {"team": "solo_or_small"}),
    ("we lost one dev", {"team": None}),
    ("actually we're 9 now", {"team": "large_or_changing"}),
    ("none of us has used Django", {"background": "fastapi+flask+express+none"}),
    ("our customers are 40 people", {"team": None, "traffic": "normal"}),
    ("a tool for 200 employees and 12 members of staff", {"team": None, "traffic": "normal"}),
    ("built by 5 people", {"team": "solo_or_small"}),
    ("12 devs, no wait, 3", {"team": "solo_or_small"}),
    ("we hated Django", {"background": None}),
    ("don't know if we need an admin panel", {"admin": None}),
    ("I don't know what websockets are", {"concurrency": None}),
    ("no admin, hmm actually yes", {"admin": "must"}),
    ("admin panel ... wait, no, not needed", {"admin": "no"}),
    ("not many users, maybe 50", {"traffic": "normal", "auth": None}),
    ("500 req per second maybe", {"traffic": "high"}),
    ("a REST API that also needs web pages", {"app_type": "api_backend"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TOLD, ids=[text[:40] for text, _ in TOLD])
def test_read(text: str, expected: dict[str, str], model: Model) -> None:
    found = facts(text, model)
    assert {name: found.get(name) for name in expected} == expected


AFTER = [
    ("no, 5", {"team": "team of 4"}, {"team": "solo_or_small"}),
    ("no, 12", {"team": "team of 4"}, {"team": "large_or_changing"}),
    ("12, dave joined", {"team": "team of 4"}, {"team": "large_or_changing"}),
    ("we hired 6 devs", {"team": "team of 4"}, {"team": "large_or_changing"}),
    ("no, 5", {}, {}),
    ("no i said 12", {"team": "team of 4"}, {"team": "large_or_changing"}),
    ("1, definitely", {"team": "team of 4"}, {}),
    ("it should also have a mobile app", {"app_type": "ecommerce"}, {"api": "side"}),
    ("it should also have a mobile app", {}, {"app_type": "api_backend"}),
    ("also a blog", {"app_type": "ecommerce"}, {"app_type": "content_site+ecommerce"}),
    ("actually a blog", {"app_type": "ecommerce"}, {"app_type": "content_site"}),
    ("also an admin panel", {"admin": "no"}, {"admin": "must"}),
    ("nobody knows Django", {"background": "django"}, {"background": "fastapi+flask+express+none"}),
    ("nobody knows Django", {"background": "flask"}, {}),
    ("without the senior", {"experience": "new_to_web+senior"}, {"experience": "new_to_web"}),
    ("the senior might leave", {"experience": "new_to_web+senior"}, {}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "before", "expected"), AFTER, ids=[f"{text} after {told}" for text, told, _ in AFTER])
def test_read_beside_what_was_told(text: str, before: dict[str, str], expected: dict[str, str], model: Model) -> None:
    told = {}
    for question, said in before.items():
        counted = said.startswith("team of")
        told[question] = Answer(
            question, ("solo_or_small",) if counted else tuple(said.split("+")), value=said if counted else ""
        )
    found = read_facts(text, model, told=told)
    assert {fact.question: "+".join(fact.options) for fact in found.facts} == expected


def test_what_nobody_knows_adds_up_in_any_order(model: Model) -> None:
    ends = set()
    for names in permutations(["Django", "Flask", "FastAPI"]):
        told: dict[str, Answer] = {}
        for name in names:
            told |= {
                fact.question: fact.answer() for fact in read_facts(f"nobody knows {name}", model, told=told).facts
            }
        ends.add(told["background"].options)
    assert ends == {("none",)}


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
    assert read_facts("we have no Django experience", model).excluded == ()
    assert read_facts("we know Django but not Flask", model).excluded == ()
    assert read_facts("our boss says no to FastAPI", model).excluded == ("fastapi",)
    assert read_facts("i'm against Django", model).excluded == ("django",)


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
    assert is_project_description(text, read_facts(text, model), model) is expected


@pytest.mark.parametrize(
    ("text", "team"),
    [
        ("We're 4 devs, mostly PHP people but two of us did some scripting", "team of 4"),
        ("we are 6 people, 2 of them frontend", "team of 6"),
        ("3 of us in Berlin and 2 of us in Paris", "team of 5"),
        ("the back office is used all day by 50 people", ""),
        ("50 people use the admin every day", ""),
        ("built by 3 people", "team of 3"),
        ("a few data scientists", "team of a few"),
    ],
)
def test_who_builds_it_is_told_from_who_uses_it(text: str, team: str, model: Model) -> None:
    assert [f.value for f in read_facts(text, model).facts if f.question == "team"] == [team] * bool(team)


def test_a_few_beside_a_counted_team_are_some_of_it(model: Model) -> None:
    told = {"team": Answer("team", ("solo_or_small",), value="team of 6")}
    assert [f for f in read_facts("a few data scientists", model, told=told).facts if f.question == "team"] == []


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("we're kicking off a new project next month", ""),
        ("the project starts in 3 weeks", ""),
        ("we begin in two weeks and must launch in 3 months", "first release in 3 months"),
        ("launch next month", "first release in a month"),
        ("4 devs, 3 months", "first release in 3 months"),
    ],
)
def test_when_work_begins_is_no_deadline(text: str, deadline: str, model: Model) -> None:
    found = [f.value for f in read_facts(text, model).facts if f.question == "deadline"]
    assert found == [deadline] * bool(deadline)
