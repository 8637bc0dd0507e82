"""Answers that would be near misses: the claims found are on the framework and the topic, but say nothing of the thing asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.answers import steps
from bot.answers.compose import Composer
from bot.answers.rank import speaks_of
from bot.commands import Sought, Subject
from bot.knowledge.knowledge import Statement
from bot.knowledge.words import stem, stems
from bot.replies import Reply

FIRST = 2
"""Claims that an answer is read for; what comes later is by the way."""
NEAREST = 2
"""Claims that are told instead."""


def missing(subject: Subject, reply: Reply, compose: Composer) -> Sought | None:
    """What was asked for and the answer does not speak of, if there is such a thing."""
    if not reply.answered or subject.carried:
        return None
    told = _told(reply, compose)
    names = [name for name in subject.extensions if name in compose.knowledge.file.extensions]
    if names and told and told[0].claim.kind == "figure" and not speaks_of(told[0], names):
        return Sought(compose.knowledge.name(names[0]), ())  # the figure is its framework's
    if not subject.sought:
        return None
    words = {stem(word) for statement in told for word in _words(statement)}
    text = " ".join(statement.claim.text for statement in told)
    gone = (item for item in subject.sought if not any(meant in words or meant in text for meant in item.meant))
    return next(gone, None)


def nearest(sought: Sought, subject: Subject, reply: Reply, compose: Composer) -> Reply:
    """That it is not known, and what is known next to it."""
    knowledge = compose.knowledge
    told = _told(reply, compose)
    if sought.near in knowledge.file.topics:
        near = [claim for name in subject.frameworks for claim in list(knowledge.cell(sought.near, name).claims)[:1]]
        told = [knowledge.claims[claim] for claim in near] or told
    named = any(sought.said.casefold() in statement.claim.text.casefold() for statement in told[:NEAREST])
    compose.say("not-known-but" if named else "not-known-nearest", said=sought.said)
    compose.claims(told[:NEAREST])
    topics = tuple(dict.fromkeys(filter(None, (sought.near, *reply.topics))))
    compose.choices(steps.topic_choices(compose, topics[:2], subject.frameworks))
    return compose.finish(intent=reply.intent, answered=False, frameworks=reply.frameworks, topics=reply.topics)


def _told(reply: Reply, compose: Composer) -> Sequence[Statement]:
    return [compose.knowledge.claims[claim] for claim in reply.claims[:FIRST]]


def _words(statement: Statement) -> Iterable[str]:
    yield from stems(statement.claim.text)
    for phrase in statement.claim.asks:
        yield from stems(phrase)
