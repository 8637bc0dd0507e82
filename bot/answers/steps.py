"""What one could ask next: two or three buttons that make sense after an answer."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.compose import Composer
from bot.interview import buttons as interview
from bot.knowledge.knowledge import Knowledge
from bot.presses import value
from bot.replies import Choice

MOST = 3


def main_frameworks(knowledge: Knowledge) -> tuple[str, ...]:
    """The frameworks that are meant when none is named."""
    best = min((entry.rank for entry in knowledge.file.frameworks.values()), default=0)
    return tuple(name for name, entry in knowledge.file.frameworks.items() if entry.rank == best)


def after_question(compose: Composer, frameworks: Sequence[str], topics: Sequence[str], *, more: bool) -> list[Choice]:
    """Show more, show code, compare with the one not named, help me choose."""
    knowledge = compose.knowledge
    choices = []
    if more:
        choices.append(Choice(compose.phrase("choice-more"), value("more")))
    if topics and knowledge.file.topics[topics[0]].code:
        choices.append(Choice(compose.phrase("choice-code"), value("code", frameworks, "", topics[:1])))
    missing = [name for name in main_frameworks(knowledge) if name not in frameworks]
    if missing and frameworks:
        label = compose.phrase("choice-and", framework=knowledge.name(missing[0]))
        choices.append(Choice(label, value("compare", (*frameworks, missing[0]), topics)))
    elif len(frameworks) != 1:
        choices.append(choose(compose))
    return choices[:MOST]


def choose(compose: Composer) -> Choice:
    return Choice(compose.phrase("choice-recommend"), interview.START)


def topic_choices(compose: Composer, topics: Sequence[str], frameworks: Sequence[str]) -> list[Choice]:
    """Comparisons the bot can offer instead."""
    names = tuple(frameworks) or main_frameworks(compose.knowledge)
    return [
        Choice(compose.knowledge.file.topics[topic].name[:40], value("compare", names, (topic,)))
        for topic in topics[:MOST]
    ]
