"""Which topics a question speaks of when its words name none: those of the claims in which the words stand."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping

from bot.knowledge.knowledge import Knowledge

SMOOTHING = 2.0
"""Claims added to every word, spread over the topics as all claims are: few claims prove little."""
SATISFIED = 3
"""Claims from which a word counts in full."""
HINT = 1.0
"""What a word that hints at a topic adds to it."""
LEAST = 2.0
"""Weight from which a topic is meant."""
SURE = 4.0
"""The same where other topics are named outright."""
SHARE = 0.4
"""A topic with less than this part of the first one's weight is not meant."""
MOST = 4


class Evidence:
    """Made once per knowledge object. A word speaks for the topics that are commoner among its claims than among all."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._index = knowledge.index
        self._topics = [knowledge.claims[claim_id].topics for claim_id in self._index.ids]
        counts = self._counts(range(len(self._topics)))
        total = sum(counts.values())
        self._usual = {topic: count / total for topic, count in counts.items()}
        self._lifts: dict[str, Mapping[str, float]] = {}

    def topics(self, stems: Iterable[str], hints: Iterable[str] = (), least: float = LEAST) -> tuple[str, ...]:
        """What the words and hints together speak for, the likeliest first. None when it is a question in general."""
        weights = defaultdict(float, dict.fromkeys(hints, HINT))
        for word in stems:
            for topic, lift in self._lift(word).items():
                weights[topic] += lift
        ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:MOST]
        if not ranked or ranked[0][0] == "general":
            return ()
        least = max(least, SHARE * ranked[0][1])
        return tuple(topic for topic, weight in ranked if weight >= least and topic != "general")

    def _lift(self, word: str) -> Mapping[str, float]:
        """Topic -> logarithm of how much commoner it is among the word's claims; kept for words of the knowledge."""
        lift = self._lifts.get(word)
        if lift is None:
            holders = {number for rows in self._index.postings.values() for number, _ in rows.get(word, ())}
            lift = self._weighed(self._counts(holders))
            if holders:
                self._lifts[word] = lift
        return lift

    def _counts(self, holders: Iterable[int]) -> dict[str, float]:
        """Claims per topic; one on several topics is shared among them."""
        counts: dict[str, float] = defaultdict(float)
        for topics in map(self._topics.__getitem__, holders):
            for topic in topics:
                counts[topic] += 1 / len(topics)
        return counts

    def _weighed(self, counts: Mapping[str, float]) -> Mapping[str, float]:
        total = sum(counts.values())
        full = min(1.0, total / SATISFIED)
        shares = {
            topic: (count / self._usual[topic] + SMOOTHING) / (total + SMOOTHING) for topic, count in counts.items()
        }
        return {topic: full * math.log(share) for topic, share in shares.items() if share > 1}
