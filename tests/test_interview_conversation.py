"""What the interview understands, notes, asks again and takes back."""

from __future__ import annotations

import msgspec
import pytest

from bot import Assistant, MemoryStore, Message, Place
from bot.answers.compose import Composer
from bot.assistant import answer_id
from bot.interview import buttons, flow, respond, understand
from bot.interview import commands as c
from bot.interview.model import Model
from bot.replies import CHOICE_VALUE_LIMIT, Reply
from tests.support.interview import Talk, knowledge, talk

__all__ = ["talk"]  # fixture


def test_full_brief_is_noted_and_never_asked_again(talk: Talk) -> None:
    text = talk.say("we're 3 devs, REST API on Postgres, no admin, ship in 2 weeks")
    assert "team of 3" in text
    assert talk.answers == {
        "team": "solo_or_small",
        "app_type": "api_backend",
        "database": "relational_simple",
        "admin": "no",
        "deadline": "weeks",
    }
    for _ in range(12):
        if talk.state.state == "done":
            break
        assert talk.state.asked not in {"team", "app_type", "database", "admin", "deadline"}
        talk.say("not sure")
    assert talk.state.state == "done"


def test_button_and_words_are_the_same(talk: Talk) -> None:
    other = Talk()
    other.do(c.Start())
    talk.press("Online shop")
    other.say("an online shop")
    assert talk.answers == other.answers
    assert talk.state.asked == other.state.asked


def test_every_option_by_button_number_and_words() -> None:
    model = Model.of(knowledge().file)
    for name, question in model.asked.items():
        for option in question.options:
            pressed = Talk()
            pressed.do(c.Start())
            pressed.do(c.AskAgain(name, all_options=True))
            press = buttons.option(pressed.state, name, option)
            assert len(press) <= CHOICE_VALUE_LIMIT
            labels = [value for _, value in pressed.conversation.choices]
            number = labels.index(press) + 1
            by_number = Talk()
            by_number.conversation = pressed.conversation
            pressed.say(press=press)
            assert pressed.answers[name] == option
            if not question.numbers:
                by_number.say(str(number))
                assert by_number.answers == pressed.answers


def test_label_words_mean_the_option() -> None:
    model = Model.of(knowledge().file)
    for name, question in model.asked.items():
        for option, entry in question.options.items():
            spoken = Talk()
            spoken.do(c.Start())
            spoken.do(c.AskAgain(name, all_options=True))
            spoken.say(entry.label)
            assert option in spoken.answers[name].split("+"), (name, entry.label, spoken.answers)


def test_back_takes_back_one_turn_with_all_its_facts(talk: Talk) -> None:
    before = talk.state
    talk.say("an online shop on Postgres for 4 people")
    assert len(talk.answers) >= 3
    assert "Taken back" in talk.say("back")
    assert msgspec.structs.replace(talk.state, history=()) == msgspec.structs.replace(before, history=())
    assert "Nothing to undo" in talk.say("undo")


def test_correction_shows_old_and_new(talk: Talk) -> None:
    talk.say("a booking system on Postgres with accounts")
    text = talk.say("actually we use Mongo")
    assert "PostgreSQL → MongoDB" in text
    assert talk.answers["database"] == "nosql"


def test_skip_is_not_indifference(talk: Talk) -> None:
    asked = talk.state.asked
    talk.say("skip")
    assert asked in talk.state.skipped
    assert asked not in talk.answers
    second = talk.state.asked
    assert second != asked
    talk.say("skip")
    second = talk.state.asked
    talk.say("doesn't matter")
    assert talk.answers[second] == "any"


def test_why_means_repeat_leave_the_question_open(talk: Talk) -> None:
    talk.say("an internal tool")
    asked, answers = talk.state.asked, talk.answers
    question = Model.of(knowledge().file).question(asked)
    assert question.why in talk.say("why?")
    assert question.means in talk.say("what does that mean?")
    assert question.ask in talk.say("repeat")
    assert (talk.state.asked, talk.answers) == (asked, answers)


def test_ladder_never_repeats_itself(talk: Talk) -> None:
    asked = talk.state.asked
    said = [talk.do(c.NotUnderstood()) for _ in range(3)]
    assert len(set(said)) == 3
    assert asked in talk.state.skipped
    assert talk.state.asked != asked


def test_reminder_changes_nothing(talk: Talk) -> None:
    talk.say("an internal tool")
    before = talk.conversation
    compose = Composer(knowledge())
    respond.remind(before, knowledge(), compose)
    assert Model.of(knowledge().file).question(talk.state.asked).ask in compose.finish(intent="", answered=False).plain
    assert talk.conversation == before


GENERAL = [
    "is flask faster than django?",
    "what's an orm?",
    "does fastapi have an admin?",
    "Django vs Flask for auth?",
    "who made Flask?",
]


@pytest.mark.parametrize("text", GENERAL)
def test_general_questions_are_left_to_others(text: str, talk: Talk) -> None:
    talk.say("an internal tool")
    assert understand.understand(text, "", talk.conversation, knowledge()) is None


def test_cancel_and_resume(talk: Talk) -> None:
    talk.say("an online shop on Postgres for 4 people")
    if talk.state.state == "open":
        assert "Stop here?" in talk.say("cancel")
        talk.say("yes")
    assert talk.state.state == "closed"
    assert respond.view(talk.conversation, knowledge()) is None
    assert "Welcome back" in talk.say("resume")
    assert talk.answers


def test_restart_asks_first_and_can_be_taken_back(talk: Talk) -> None:
    talk.say("an online shop")
    talk.say("start over")
    assert talk.answers
    talk.say("yes")
    assert not talk.answers
    talk.say("back")
    assert talk.answers == {"app_type": "ecommerce"}


def test_old_buttons(talk: Talk) -> None:
    old = buttons.option(talk.state, "app_type", "ecommerce")
    talk.say(press=old)
    talk.say(press=buttons.option(talk.state, "app_type", "prototype"))
    assert talk.answers["app_type"] == "prototype"
    assert "earlier question" in talk.say(press="iv:99:a:app_type:ecommerce")
    assert "earlier question" in talk.say(press="iv:1:a:gone:gone")
    assert talk.answers["app_type"] == "prototype"


def test_excluded_frameworks(talk: Talk) -> None:
    talk.say("an online shop, but we don't want Django")
    assert talk.state.excluded == ("django",)
    talk.say("just tell me")
    assert talk.view["pick"] != "django"
    talk.say("django is allowed again")
    assert not talk.state.excluded


def test_forget_a_fact(talk: Talk) -> None:
    talk.say("a social network, first release in 3 months")
    assert "deadline" in talk.answers
    talk.say("forget the deadline")
    assert "deadline" not in talk.answers


def test_impossible_number(talk: Talk) -> None:
    text = talk.say("0 devs")
    assert "cannot be" in text
    assert "team" not in talk.answers


def test_show_answers_lists_them_with_change_buttons(talk: Talk) -> None:
    talk.say("a social network for 3 people")
    text = talk.say("show my answers")
    assert "social network" in text
    assert "you said" in text
    talk.press("Change Project")
    talk.press("Prototype or MVP")
    assert talk.answers["app_type"] == "prototype"


def test_pasted_requirements(talk: Talk) -> None:
    text = talk.say("flask==3.1.0\nsqlalchemy==2.0.30\n")
    assert "Read from the list of packages" in text
    assert talk.answers == {"existing": "flask", "database": "own_orm"}


async def test_an_error_inside_costs_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """The person hears that it failed, with a reference; the state is the one before the turn."""
    assistant = Assistant(knowledge(), MemoryStore())
    place = Place(platform="shell", channel="c1", kind="dm")

    async def say(number: int, text: str) -> Reply:
        return await assistant.handle(Message(id=str(number), place=place, user="ann", text=text))

    before = (await say(1, "we are 3 developers building an online shop on Postgres")).interview
    assert before is not None

    def broken(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(flow, "apply", broken)
        failed = await say(2, "no admin panel")
    assert not failed.answered
    assert answer_id(Message(id="2", place=place, user="ann"))[:6] in failed.plain
    after = (await say(3, "show my answers")).interview
    assert after is not None
    assert after["answers"] == before["answers"]
    again = (await say(4, "no admin panel")).interview
    assert again is not None
    assert again["answers"] == {**before["answers"], "admin": "no"}
