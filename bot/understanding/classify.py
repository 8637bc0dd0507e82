"""Which kind of message it is: the cues' weights are added up per intent, and the first intent that holds is taken."""

from __future__ import annotations

from bot.commands import Form
from bot.understanding.reading import Reading

ORDER = (
    "control",
    "smalltalk",
    "off_topic",
    "how_to_out_of_scope",
    "code_example",
    "extension_lookup",
    "recommend",
    "compare",
    "fact",
    "definition",
    "describe",
)
"""The order of the labels' definition: what is not for the bot first, then from the special to the general."""

HOLDS = 1.0
_LEADS = frozenset("so and but wait ok okay well hey hi hello btw by the way just then or also now actually".split())


def classify(reading: Reading) -> tuple[str, float, tuple[str, ...]]:
    """(intent, how sure, the cues that made it so). The intent is "" when nothing holds."""
    for intent in ORDER:
        score = reading.score(intent)
        if score >= HOLDS:
            return intent, min(1.0, score / (HOLDS * 2)), trace(reading, intent)
    return "", 0.0, trace(reading, "")


def trace(reading: Reading, intent: str) -> tuple[str, ...]:
    """How the message was understood, one line each: repairs, names, cues."""
    lines = [f"{wrong} → {right}" for wrong, right in reading.repaired]
    for span in reading.spans:
        meant = ", ".join(f"{meaning.kind} {meaning.id}" for meaning in span.meanings)
        lines.append(f"{' '.join(reading.words[span.start : span.end])} → {meant}")
    lines += [f"{match.phrase} → {match.intent} {match.weight:+g}" for match in reading.cues if match.intent == intent]
    return tuple(lines)


def form(reading: Reading, yes_no: frozenset[str]) -> Form:
    """What kind of answer the question's grammar asks for."""
    tokens = list(reading.words)
    while tokens and tokens[0] in _LEADS:
        tokens.pop(0)
    text = " ".join(tokens)
    if any(phrase in text for phrase in ("how many", "how much", "how old", "how often", "how long", "how fast")):
        return "how_many"
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
