"""Which framework for what: the verdict on a kind of project or a topic, before the interview asks about this one."""

from __future__ import annotations

import msgspec

from bot.answers import steps
from bot.answers.compose import Composer
from bot.answers.questions import fitting, for_project, house, notes
from bot.answers.rank import STRONG, rank, spread
from bot.commands import Subject
from bot.knowledge.knowledge import Statement

ROOM = 650


def advise(subject: Subject, compose: Composer) -> None:
    """Adds what is known about the case in general; nothing when the question names no case."""
    knowledge = compose.knowledge
    known = [name for name in subject.frameworks if name in knowledge.file.frameworks]
    frameworks = known or list(steps.main_frameworks(knowledge))
    if not for_project(compose, subject):
        if len(known) > 1 and not subject.topics:  # "Django or Flask, which should I take?"
            subject = msgspec.structs.replace(subject, topics=("general",))
        _topic_verdict(subject, frameworks, compose)
    told = fitting(_statements(subject, frameworks, compose), compose.room(ROOM))
    compose.claims(told)
    notes(compose, told)
    house(compose, subject.topics, known)


def _topic_verdict(subject: Subject, frameworks: list[str], compose: Composer) -> None:
    for topic in subject.topics[:1]:
        verdict = compose.knowledge.verdict(topic, frameworks)
        if verdict is not None:
            compose.text(f"{verdict.text} {compose.cite(*verdict.rests_on)}")


def _statements(subject: Subject, frameworks: list[str], compose: Composer) -> list[Statement]:
    """What answers the words of the question first, then one statement of each framework."""
    ranked = rank(compose.knowledge, subject, frameworks)
    lead = [item.statement for item in ranked[:2] if item.lexical >= STRONG / 2]
    each = spread(ranked, frameworks, 1) if subject.use_cases or subject.topics else []
    return list(dict.fromkeys([*lead, *each]))
