"""What is not for the bot, and why; and what only sounds as if it were not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from bot.understanding.reading import Reading

Refusal = Literal["off_topic", "how_to_out_of_scope", "courses", "hosting", "injection", "task", "own_matter"]

_NARROW: tuple[Refusal, ...] = ("task", "own_matter", "courses", "hosting")
"""Groups of cues that have words of refusal of their own."""
_OWN_CODE = frozenset(("#trouble", "#codelike", "#api_names", "#long"))


def refusal(intent: str, reading: Reading) -> Refusal:
    """Why it is not for the bot, as narrowly as the words say."""
    groups = {match.group for match in reading.cues if match.weight > 0}
    if "injection" in groups:
        return "injection"
    if intent == "off_topic":
        return "off_topic"
    return next((why for why in _NARROW if why in groups), "how_to_out_of_scope")


class Scope:
    """By the vocabulary's words for trouble with one's own code, and for what one does to code and data."""

    def __init__(self, lists: Mapping[str, Sequence[str]]) -> None:
        self._troubles = frozenset(lists.get("troubles", ()))
        self._chores = frozenset(lists.get("chores", ()))

    def plainly_asked(self, reading: Reading) -> bool:
        """ "How should I structure my Flask project?": what "my" is said of is a topic, and nothing is wrong with it."""
        features = reading.features
        if not {"#fw1", "#asked", "#brief"} <= features or features & _OWN_CODE or "#loose2" in features:
            return False
        if {"#api_hints", "#loose1"} <= features or not any(map(reading.named, ("topic", "term", "purpose"))):
            return False
        named = {number for span in reading.spans for number in range(span.start, span.end)}
        chores = (number for number, word in enumerate(reading.words) if word in self._chores)
        troubled = self._troubles.intersection(match.group for match in reading.cues)
        return not troubled and named.issuperset(chores)
