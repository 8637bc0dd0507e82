"""Which topics a message is about: those it names, and those its words speak for."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from bot.commands import Subject
from bot.knowledge.knowledge import Knowledge
from bot.understanding.learned import GENERAL, wording
from bot.understanding.reading import Reading
from bot.understanding.regression import chances

MOST_TOPICS = 6
MOST_LIKELY = 5
SURELY = 0.1
"""Chance from which a topic is meant beside those that are named outright."""
PERHAPS = 0.03
"""The same where none is named."""
IN_GENERAL = 0.4
"""Chance from which a question is about no topic, though some of its words hint at one."""
BESIDE = 3
"""How many of the likeliest may join those that are named."""
_NAMING = ("topic", "term", "code", "purpose", "extension", "use_case")
"""What names a topic outright."""


class Topics:
    """Made once per knowledge object."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        lists = knowledge.file.vocabulary.words if knowledge.file.vocabulary else {}
        self._merits, self._faults = (frozenset(lists.get(name, ())) for name in ("merits", "faults"))

    def named(self, reading: Reading) -> tuple[str, ...]:
        """Topics named outright, then those that named things belong to; vague hints only when there is nothing else."""
        file = self._knowledge.file
        topics = dict.fromkeys(reading.named("topic"))
        implied = [topic for name in reading.named("extension") for topic in file.extensions[name].topics]
        implied += [file.purposes[name].topic for name in reading.named("purpose")]
        implied += [topic for name in reading.named("term") for topic in file.glossary[name].topics]
        if reading.named("use_case"):
            implied += ["use_cases", *self._within_projects(reading)]
        implied += [topic for name in reading.named("code") for topic in file.code[name].topics]
        topics.update(dict.fromkeys(implied))
        if not topics:
            topics.update(dict.fromkeys(reading.named("hint")))
        if len(topics) > 1:
            topics.pop(GENERAL, None)
        return tuple(topics)[:MOST_TOPICS]

    def _within_projects(self, reading: Reading) -> Iterator[str]:
        """Topics that a part of the name of a kind of project stands for: REST APIs in "JSON backend"."""
        for span in reading.spans:
            if any(meaning.kind == "use_case" for meaning in span.meanings):
                inner = self._knowledge.lexicon.find(list(reading.stems[span.start : span.end]))
                yield from (meaning.id for _, _, found in inner for meaning in found if meaning.kind == "topic")

    def inferred(self, subject: Subject, reading: Reading) -> Subject:
        """With the topics that the words speak for; where others are named outright, with the surest ones after them."""
        if "topics" in subject.carried:
            return subject
        outright = any(reading.named(kind) for kind in _NAMING)
        if outright and subject.carried:  # "and what about auth?" asks for just that
            return subject
        if not outright and subject.frameworks and self._asks_faults(reading):
            return msgspec.structs.replace(subject, words=(), topics=(GENERAL,))  # what else stands there names nothing
        chance = chances(self._knowledge.learned.topics, wording(reading))
        likely = self._likely(chance)
        if outright:
            found = [*subject.topics, *(topic for topic in likely[:BESIDE] if chance[topic] >= SURELY)]
        else:
            found = likely or ([] if chance.get(GENERAL, 0.0) >= IN_GENERAL else list(subject.topics))
        return msgspec.structs.replace(subject, topics=tuple(dict.fromkeys(found))[:MOST_TOPICS])

    def _likely(self, chance: dict[str, float]) -> list[str]:
        """The likeliest first. None when it is a question in general."""
        ranked = sorted(chance, key=lambda topic: (-chance[topic], topic))[:MOST_LIKELY]
        if not ranked or ranked[0] == GENERAL:
            return []
        known = self._knowledge.file.topics
        return [topic for topic in ranked if chance[topic] >= PERHAPS and topic in known and topic != GENERAL]

    def _asks_faults(self, reading: Reading) -> bool:
        """What speaks against it, and not what speaks for it as well."""
        said = frozenset(reading.words)
        return bool(said & self._faults) and not said & self._merits
