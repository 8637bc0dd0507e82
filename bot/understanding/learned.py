"""What the example questions teach: which traits of a message speak for which kind of question, and for which topics.

The weights are learned from `questions` in the knowledge when that is compiled; judging a message is adding up the
weights of its traits.
"""

from __future__ import annotations

from itertools import pairwise

from bot.knowledge.compiled import Learned, Weights
from bot.knowledge.knowledge import Knowledge
from bot.understanding.reading import Reader, Reading, cued
from bot.understanding.regression import Example, fit, lead

STRONGEST = 2.0
"""From which a sum of cues says no more."""
GENERAL = "general"
REFUSED = ("smalltalk", "off_topic", "how_to_out_of_scope")
"""What is not for the bot, and therefore about no topic."""


def learn(knowledge: Knowledge) -> Learned:
    """The weights by the example questions of the knowledge; none when it has none."""
    reader = Reader(knowledge)
    intents: list[Example] = []
    topics: list[Example] = []
    for intent, groups in sorted(knowledge.file.questions.items()):
        for example in (example for group in groups.values() for example in group):
            reading = reader.read(example.ask)
            intents.append((traits(reading), {intent: 1.0}))
            if intent not in REFUSED:
                about = example.about or [GENERAL]
                topics.append((wording(reading), dict.fromkeys(about, 1 / len(about))))
    return Learned(fit(intents), fit(topics))


def wording(reading: Reading) -> dict[str, float]:
    """The words of a message, pairs of words, and names."""
    found: dict[str, float] = {}
    for sequence in (reading.sequences.proper, reading.sequences.names):
        found.update(dict.fromkeys(sequence, 1.0))
        found.update(dict.fromkeys(map(" ".join, pairwise(sequence)), 1.0))
    found.update((f"{kind} {name}", 1.0) for kind, names in reading.names.items() for name in names)
    return found


def traits(reading: Reading) -> dict[str, float]:
    """The wording, and what else was noticed: features, the cues that spoke, and what these come to."""
    found = wording(reading)
    found.update(dict.fromkeys(sorted(reading.features), 1.0))
    found.update((f"{match.intent}.{match.group}", 1.0) for match in reading.cues)
    scores = reading.scores()
    found.update((f"={intent}", max(-1.0, min(STRONGEST, score))) for intent, score in scores.items())
    found[f">{cued(scores)}"] = 1.0
    return found


def speaking(weights: Weights, reading: Reading, intent: str) -> list[tuple[float, str]]:
    """The words and pairs of words that speak for an intent, and how much, the strongest first."""
    said = ((lead(weights, trait, intent), trait) for trait in wording(reading) if trait[0] not in "^<")
    return sorted((item for item in said if item[0] > 0), reverse=True)
