"""The conversation's promises, over random sequences of whatever a person may do."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import Assistant, MemoryStore, Message, Place
from bot.answers.compose import Composer
from bot.assistant import answer_id
from bot.conversation import Conversation, Interview
from bot.interview import buttons, flow, respond, understand
from bot.interview import commands as c
from bot.interview.engine import recommend
from bot.interview.model import Model
from bot.knowledge.knowledge import Knowledge
from bot.replies import CHOICE_VALUE_LIMIT, Choices, File, Reply

if TYPE_CHECKING:
    from bot.answers.draft import Draft


@cache
def knowledge() -> Knowledge:
    return Knowledge.load()


class Talk:
    """A conversation with the interview alone."""

    def __init__(self) -> None:
        self.conversation = Conversation()
        self.draft: Draft | None = None

    def do(self, command: Any) -> str:
        self.draft = respond.respond(command, self.conversation, knowledge(), Composer(knowledge()))
        labels = tuple((choice.label, choice.value) for choice in self.draft.reply.choices)
        self.conversation = msgspec.structs.replace(self.draft.conversation, choices=labels)
        return self.draft.reply.plain

    def say(self, text: str = "", press: str = "") -> str:
        found = understand.understand(text, press, self.conversation, knowledge())
        assert found is not None, f"nobody's business: {text!r} {press!r}"
        return self.do(found[0])

    def press(self, label: str) -> str:
        value = next(value for shown, value in self.conversation.choices if shown == label)
        return self.say(press=value)

    @property
    def state(self) -> Interview:
        assert self.conversation.interview is not None
        return self.conversation.interview

    @property
    def answers(self) -> dict[str, str]:
        return {answer.question: "+".join(answer.options) for answer in self.state.answers}

    @property
    def view(self) -> dict[str, Any]:
        found = respond.view(self.conversation, knowledge())
        assert found is not None
        return found


@pytest.fixture
def talk() -> Talk:
    started = Talk()
    started.do(c.Start())
    return started


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


TEXTS = st.sampled_from(
    [
        "an online shop", "postgres", "mongo", "team of 5", "no admin", "yes", "no", "2", "skip", "idk", "doesn't matter", "back", "undo",
        "why?", "what does that mean?", "repeat", "just tell me", "show my answers", "start over", "cancel", "resume", "keep going",
        "what if we used mongo?", "keep", "discard", "actually 12 devs", "we don't want Django", "django is allowed again", "shorter",
        "decision record", "share", "and second best?", "no, Flask is better", "forget the team", "does that change anything?", "both",
        "how many more questions?", "deal-breakers", "gibberish blah", "0 devs", "the second", "probably sqlite", "what if?",
    ]
)  # fmt: skip


@given(st.lists(st.one_of(TEXTS, st.integers(0, 11)), max_size=14))
@settings(max_examples=60, deadline=None)
def test_any_sequence_keeps_the_invariants(events: list[str | int]) -> None:
    """No error and no silence; one open question, a result or a close after each turn; undo walks back to the start."""
    talk = Talk()
    talk.do(c.Start())
    for event in events:
        if isinstance(event, int):
            if event >= len(talk.conversation.choices):
                continue
            found = understand.understand("", talk.conversation.choices[event][1], talk.conversation, knowledge())
        else:
            found = understand.understand(event, "", talk.conversation, knowledge())
        if found is None:
            continue
        before = talk.state
        text = talk.do(found[0])
        assert text.strip()
        assert "{" not in text
        _check(talk, before, found[0])
    again = msgspec.json.decode(msgspec.json.encode(talk.conversation), type=Conversation)
    assert again == talk.conversation
    for _ in range(60):
        if not talk.state.history:
            break
        talk.do(c.Back())
    assert not talk.state.answers
    assert not talk.state.skipped


def _check(talk: Talk, before: Interview, command: Any) -> None:
    state = talk.state
    assert talk.draft is not None
    questions = [part for part in talk.draft.reply.parts if isinstance(part, Choices) and part.kind == "question"]
    assert len(questions) <= 1
    assert state.state in ("done", "closed") or state.asked
    model = Model.of(knowledge().file)
    told = [answer.question for answer in state.answers]
    assert len(told) == len(set(told))
    if (
        state.state == "open"
        and not isinstance(command, c.AskAgain)
        and state.asked != before.asked
        and not isinstance(command, c.Back)
    ):
        assert state.asked not in {answer.question for answer in state.answers if len(answer.options) == 1}
    for _, value in talk.conversation.choices:
        assert len(value) <= CHOICE_VALUE_LIMIT
    if isinstance(command, c.WhatIf | c.WhyAsked | c.AskMeaning | c.Explain | c.ShowAnswers | c.Progress):
        assert (state.answers, state.excluded, state.skipped) == (before.answers, before.excluded, before.skipped)
    fresh = recommend(model, list(reversed(state.answers)), state.excluded, state.skipped)
    view = respond.view(talk.conversation, knowledge())
    if view is not None:
        assert [row["framework"] for row in view["ranking"]] == [name for name, _ in fresh.ranking]


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
