"""Many people at once: each question answered once, in order, nobody's with somebody else's."""

from __future__ import annotations

import asyncio
from collections import defaultdict

from tests.support.discord_people import Person, text
from tests.support.discord_stage import Stage, stage

PEOPLE, EACH = 60, 5
QUESTIONS = (
    "django or flask for auth?",
    "does flask have an orm?",
    "thanks",
    "which one is faster?",
    "show me a login page in flask",
)


async def test_three_hundred_questions_of_sixty_people() -> None:
    async with stage() as on:
        on.fake.latency = 0.02
        people = [on.person(f"p{number}") for number in range(PEOPLE)]
        mentions, direct, commands = people[:20], people[20:40], people[40:]
        await asyncio.gather(
            *(_write(on, person, on.channel) for person in mentions),
            *(_write(on, person, "") for person in direct),
            *(_use(on, person) for person in commands),
        )
        await on.settle()
        assert len(on.fake.posted()) == PEOPLE * EACH
        assert await on.store.waiting() == (0, 0.0)
        _in_order(on, mentions)
        for person in direct:
            assert len(on.fake.posted(person.dm)) == EACH
        for shown in on.fake.interactions.values():
            assert shown.response == 5
            assert text(on.fake.messages[shown.original])


async def _write(on: Stage, person: Person, place: str) -> None:
    for question in QUESTIONS:
        await person.say(question, place)


async def _use(on: Stage, person: Person) -> None:
    for question in QUESTIONS:
        await person.command("ask", on.channel, question=question)


def _in_order(on: Stage, people: list[Person]) -> None:
    asked = defaultdict(list)
    for message in on.fake.messages.values():
        asked[message["author"]["id"]].append(message["id"])
    answered = [
        one["message_reference"]["message_id"] for one in on.fake.posted(on.channel) if "message_reference" in one
    ]
    for person in people:
        assert [one for one in answered if one in asked[person.id]] == asked[person.id]
