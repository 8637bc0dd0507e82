"""The list of needs: several questions in one, by ticks, by numbers and in words, and what is left out."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.assistant import Assistant
from bot.interview.checklist import CHECKLIST
from bot.interview.engine import recommend, stand
from bot.interview.model import Model
from bot.knowledge.knowledge import Knowledge
from bot.messages import Message, Place
from bot.replies import Choices, Reply
from bot.store import MemoryStore


@cache
def knowledge() -> Knowledge:
    return Knowledge.load()


def model() -> Model:
    return Model.of(knowledge().file)


class Person:
    def __init__(self) -> None:
        self._assistant = Assistant(knowledge(), MemoryStore())
        self._said = 0

    async def say(self, text: str = "", press: str = "") -> Reply:
        self._said += 1
        place = Place("test", "list", kind="dm")
        return await self._assistant.handle(Message(str(self._said), place, "ann", text, press=press))


async def listed(kind: str = "an online shop") -> tuple[Person, Reply]:
    ann = Person()
    await ann.say("start")
    reply = await ann.say(kind)
    assert reply.interview is not None
    assert reply.interview["question"]["id"] == CHECKLIST
    return ann, reply


def noted(reply: Reply) -> dict[str, str]:
    assert reply.interview is not None
    answers: dict[str, str] = reply.interview["answers"]
    return answers


def values(reply: Reply, *labels: str) -> str:
    return "\n".join(choice.value for choice in reply.choices if choice.label in labels)


async def test_ticks_and_numbers_say_the_same() -> None:
    ann, reply = await listed()
    ticked = await ann.say(press=values(reply, "Admin panel", "HTML pages"))
    bob, reply = await listed()
    labels = [choice.label for choice in reply.choices]
    numbers = " and ".join(str(labels.index(label) + 1) for label in ("Admin panel", "HTML pages"))
    assert noted(await bob.say(numbers)) == noted(ticked)
    assert noted(ticked)["pages"] == "many+few"
    assert noted(ticked)["forms"] == "few"


async def test_words_say_nothing_of_the_rest() -> None:
    ann, _ = await listed()
    reply = await ann.say("an admin panel, logins")
    assert noted(reply) == {"app_type": "ecommerce", "admin": "must", "auth": "accounts"}
    assert reply.interview is not None
    assert (reply.interview["question"] or {}).get("id") != CHECKLIST


async def test_two_of_one_question_both_hold() -> None:
    ann, _ = await listed("a REST API")
    assert noted(await ann.say("accounts and api tokens"))["auth"] == "accounts+tokens"


@pytest.mark.parametrize("said", ["none of these", "nothing", "no"])
async def test_none_is_an_answer(said: str) -> None:
    ann, _ = await listed()
    answers = noted(await ann.say(said))
    assert {answers[name] for name in ("admin", "auth", "api_docs", "ml")} == {"no", "none"}


async def test_what_is_not_known_of_one_leaves_the_others_in_the_list() -> None:
    ann, _ = await listed()
    reply = await ann.say("not sure whether we need an admin panel")
    assert reply.interview is not None
    assert reply.interview["question"]["id"] == CHECKLIST
    labels = [choice.label for choice in reply.choices]
    assert "Admin panel" not in labels
    assert "User accounts" in labels


async def test_boxes_of_another_interview_are_stale() -> None:
    ann, _ = await listed()
    before = noted(await ann.say("repeat"))
    reply = await ann.say(press="iv:99:tick:admin\niv:99:tick:forms")
    assert "earlier question" in reply.plain
    assert noted(reply) == before


async def test_choices_are_numbered_through() -> None:
    _, reply = await listed()
    lists = [part for part in reply.parts if isinstance(part, Choices) and part.kind in ("several", "question")]
    assert [part.kind for part in lists] == ["several", "question"]
    assert f"[{len(lists[0].choices) + 1} None of these]" in reply.plain


@given(st.sets(st.sampled_from(sorted(model().checklist.boxes))))
@settings(max_examples=60, deadline=None)
def test_ticks_answer_every_question_of_the_list_once(names: set[str]) -> None:
    boxes = model().checklist
    ticked = boxes.ticked(names)
    rest = boxes.unticked(set(boxes.questions) - {answer.question for answer in ticked})
    answers = [*ticked, *rest]
    assert sorted(answer.question for answer in answers) == sorted(boxes.questions)
    assert all(model().knows(answer) for answer in answers)
    assert recommend(model(), answers).next_question() != CHECKLIST
    assert stand(model(), answers).pick == stand(model(), answers[::-1]).pick


def test_the_list_comes_after_the_first_answer_and_not_when_it_was_left_open() -> None:
    assert recommend(model(), ()).next_question() != CHECKLIST
    assert recommend(model(), (), (), ["app_type"]).next_question() == CHECKLIST
    assert recommend(model(), (), (), ["app_type", CHECKLIST]).next_question() != CHECKLIST
