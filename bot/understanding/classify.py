"""Which kind of message it is, how sure that is, and by which words."""

from __future__ import annotations

from bot.commands import Form
from bot.knowledge.compiled import Weights
from bot.understanding.learned import REFUSED, speaking, traits
from bot.understanding.reading import HOLDS, Reading, cued
from bot.understanding.regression import chances

FIXED = ("control", "smalltalk")
FIRM = 3.0
"""The weight of a single cue that decides, whatever the rest of the words taught."""

DOUBT = 0.38
"""Chance of all these together from which a message is not for the bot: a wrong answer costs more than a question back."""
DOUBT_TALKED = 0.58
"""The same in a talk about frameworks, where a question need not name them again."""
DOUBT_PLAIN = 0.46
"""The same for what is plainly on a framework."""
CERTAIN = 0.6
"""Chance below which a message is not called off topic or small talk, unless a cue says so, but not understood."""
_OWN = frozenset(("#i", "#we", "#trouble", "#codelike", "#other"))
_KINDS = {"hint": "perhaps topic", "code": "example", "other": "other name", "use_case": "project"}
"""How kinds of names are called where people read them."""
SHOWN = 3
"""Words that a trace names of those that were learned."""
_LEADS = frozenset("so and but wait ok okay well hey hi hello btw by the way just then or also now actually".split())


def classify(reading: Reading, weights: Weights, *, talked: bool = False) -> tuple[str, float, tuple[str, ...]]:
    """(intent, how sure, what made it so). The intent is "" when nothing holds. talked: about frameworks, before this.

    Commands and courtesies are fixed wordings; the rest is weighed by what the example questions taught, if there are
    any: the cues are some of the traits in that.
    """
    scores = reading.scores()
    hinted = cued(scores)
    firm = any(match.intent == hinted and match.weight >= FIRM for match in reading.cues)
    if hinted in FIXED or firm or not weights.classes:
        sure = min(1.0, scores[hinted] / (HOLDS * 2)) if hinted else 0.0
        return hinted, sure, trace(reading, hinted)
    likely = chances(weights, traits(reading))
    refused = sum(likely.get(intent, 0.0) for intent in REFUSED) >= _doubt(reading, talked=talked)
    intent = max((intent for intent in likely if (intent in REFUSED) == refused), key=likely.__getitem__)
    if intent in ("off_topic", "smalltalk") and hinted not in REFUSED and likely[intent] < CERTAIN:
        return "", 0.0, trace(reading, "")
    written = dict(zip(reading.stems, reading.words, strict=True))
    words = [
        f"{' '.join(written.get(word, word) for word in said.split())} → {intent} {much:+.1f}"
        for much, said in speaking(weights, reading, intent)[:SHOWN]
    ]
    return intent, likely[intent], (*trace(reading, intent), *words)


def _doubt(reading: Reading, *, talked: bool) -> float:
    if talked:
        return DOUBT_TALKED
    return DOUBT_PLAIN if _plainly_on(reading) else DOUBT


def _plainly_on(reading: Reading) -> bool:
    """A few words that name a framework and what of it, and nothing of one's own or of trouble: "form validation flask"."""
    if reading.features & _OWN or "#brief" not in reading.features or not reading.named("framework"):
        return False
    return any(reading.named(kind) for kind in ("topic", "term", "purpose", "extension"))


def trace(reading: Reading, intent: str) -> tuple[str, ...]:
    """How the message was understood, one line each: repairs, names, cues (of those, what stands in the message)."""
    lines = [f"{wrong} → {right}" for wrong, right in reading.repaired]
    for span in reading.spans:
        meant = ", ".join(f"{_KINDS.get(meaning.kind, meaning.kind)} {meaning.id}" for meaning in span.meanings)
        lines.append(f"{' '.join(reading.words[span.start : span.end])} → {meant}")
    lines += [
        f"{match.phrase.replace('#', '').replace(' & ', ' + ')} → {match.intent} {match.weight:+g}"
        for match in reading.cues
        if match.intent == intent and not all(part.startswith("#") for part in match.phrase.split(" & "))
    ]
    return tuple(lines)


def form(reading: Reading, yes_no: frozenset[str]) -> Form:
    """What kind of answer the question's grammar asks for."""
    tokens = list(reading.words)
    while tokens and tokens[0] in _LEADS:
        tokens.pop(0)
    text = " ".join(tokens)
    if any(phrase in text for phrase in ("how many", "how much", "how old", "how often", "how long", "how fast")):
        return "how_many"
    if "than" in tokens and "#fw1" in reading.features:
        return ""  # "is <something unknown> faster than ...?": no claim says yes or no to that
    if tokens and tokens[0] in yes_no:
        return "yes_no"
    for word in tokens:
        match word:
            case "who" | "when" | "which" | "how" | "why" | "what":
                return word
            case "whose":
                return "who"
            case "where":
                return "what"
    return "yes_no" if any(word in yes_no for word in tokens[:8]) and "?" in reading.text else ""
