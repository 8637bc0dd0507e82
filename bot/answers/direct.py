"""The one claim that settles a question about several frameworks, before any verdict on the topic as a whole."""

from __future__ import annotations

from collections.abc import Collection

from bot.answers.rank import STRONG, Ranked, left_out
from bot.commands import Subject
from bot.knowledge.knowledge import Statement
from bot.knowledge.words import stems

LEAST = 3
"""Claims on the topic that are told even beside one that fits far better."""
SETTLED = 0.5
"""Share of the question's words, by what they weigh, that a claim's own phrase must cover to say yes or no to it."""
ASPECT = 2
"""Words of a phrase from which it names one aspect of a topic ("least memory")."""
ANSWERS = 0.75
"""Share of the best score at which a claim that says yes or no goes before one that does not."""
AHEAD = 1.5
"""How many times the score of the next a claim must have to be the answer, whatever else the question says."""
ABLE = ("can ", "could ", "is it possible")
"""How one asks whether something can be done."""
TOLD_OUTRIGHT = ("yes_no", "who", "when", "how_many")
"""Forms of questions that one claim can settle."""


def direct(ranked: list[Ranked], subject: Subject) -> Statement | None:
    """ "Can fastapi replace django?", "who wrote ...?", "why is fastapi faster than flask?", "moving from flask to django"."""
    if not ranked:
        return None
    found = _related(ranked, subject) or _reason(ranked, subject) or _of_package(ranked[0], subject)
    found = found or _outstanding(ranked, subject)
    if found is not None:
        return found
    item = ranked[0] if subject.form in TOLD_OUTRIGHT else _comparing(ranked)
    if item is None or not item.on_topic or not settles(item, subject):
        return None
    best = item.statement
    said = best.claim.answer or subject.form != "yes_no"
    return best if said and set(best.frameworks) >= set(subject.frameworks) else None


def settles(item: Ranked, subject: Subject) -> bool:
    """Whether what the claim answers is what was asked: its phrase covers what weighs most in the question.

    "Is it bad for ...?" is settled only by a claim that is asked for in such words; any other would turn the answer round.
    """
    if item.covered <= SETTLED:
        return False
    return not subject.doubts or any(word in subject.doubts for ask in item.statement.claim.asks for word in stems(ask))


def may_say(statement: Statement, subject: Subject) -> bool:
    """Whether the claim's yes or no is one to this question: that one can move to another is no advice to do it."""
    if not speaks_to(statement, subject) or not as_narrow(statement, subject):
        return False
    if not _same_way_round(statement, subject):
        return False
    if statement.section == "extension" and not subject.extensions and not subject.purposes:
        return False  # a package's yes is no yes to what was asked without it
    return not subject.relation or subject.text.casefold().lstrip().startswith(ABLE)


def speaks_to(statement: Statement, subject: Subject) -> bool:
    """Whether the claim says something of what the yes or no is asked to: "validate" in "does Flask validate JSON"."""
    said = (word for phrase in (statement.claim.text, *statement.claim.asks) for word in stems(phrase))
    return not subject.predicate or subject.predicate in said


def as_narrow(statement: Statement, subject: Subject) -> bool:
    """Whether the claim speaks of all that narrows the question: "by default", "Python 3.8"."""
    said = {word for phrase in (statement.claim.text, *statement.claim.asks) for word in stems(phrase)}
    return said.issuperset(subject.narrowed)


def _same_way_round(statement: Statement, subject: Subject) -> bool:
    """Of what is to be left out, a yes or no is said only by a claim that is asked for without the same thing."""
    return not subject.without or any(
        not set(left_out(ask)).isdisjoint(subject.without) for ask in statement.claim.asks
    )


def beyond(item: Ranked, words: Collection[str], names: Collection[str]) -> bool:
    """Whether it is asked for by more of the question than the names of what it is about: "is nginx necessary"."""
    more = set(words) - set(names)
    return item.asked >= ASPECT and any(more.intersection(stems(ask)) for ask in item.statement.claim.asks)


def _related(ranked: list[Ranked], subject: Subject) -> Statement | None:
    """On going from one to the other, using both at once, what one has over the other: a claim about just these two goes
    before one about all, one that stands with the first named before its reverse.
    """
    asked = frozenset(subject.frameworks)
    about = [item for item in ranked if subject.relation and item.asked and item.statement.about >= asked]
    fits = [item for item in about if (item.statement.about == asked and item.on_topic) or _on(item, subject.relation)]
    if not fits:
        return None
    first, way = subject.frameworks[:1], f"from {' to '.join(subject.frameworks)}"
    return min(
        fits,
        key=lambda item: (item.statement.about != asked, not _goes(item, way), item.statement.frameworks[:1] != first),
    ).statement


def _goes(item: Ranked, way: str) -> bool:
    """Whether it is about going that way: "from Flask to Django" is not "from Django to Flask"."""
    text = item.statement.claim.text.casefold()
    return text.startswith(way) or not text.startswith("from ")


def _on(item: Ranked, relation: str) -> bool:
    """Whether just that is asked for by one of its phrases: "together", "use together"."""
    phrases = map(stems, item.statement.claim.asks)
    return any(relation in phrase and len(phrase) <= ASPECT for phrase in phrases)


def _reason(ranked: list[Ranked], subject: Subject) -> Statement | None:
    """Why one of them is as it is: a claim that is asked for by "why"."""
    if subject.form != "why":
        return None
    near = (item for item in ranked[:LEAST] if item.on_topic and settles(item, subject))
    return next((i.statement for i in near if any(ask.startswith("why ") for ask in i.statement.claim.asks)), None)


def _of_package(best: Ranked, subject: Subject) -> Statement | None:
    """A package against a framework ("Channels or FastAPI"): what the package's own entry says of the two."""
    named = best.statement.section == "extension" and best.statement.subject in subject.extensions
    return best.statement if named and best.asked and best.statement.about >= frozenset(subject.frameworks) else None


def _outstanding(ranked: list[Ranked], subject: Subject) -> Statement | None:
    """A claim on all of them that is far ahead, though much else is said ("our ops team asks how much memory ...")."""
    best = ranked[0]
    ahead = len(ranked) == 1 or best.score >= AHEAD * ranked[1].score
    says = best.asked >= ASPECT and best.lexical >= 2 * STRONG and subject.form != "yes_no"
    return best.statement if ahead and says and best.statement.about >= frozenset(subject.frameworks) else None


def _comparing(ranked: list[Ranked]) -> Ranked | None:
    """The claim that weighs the frameworks against each other on just the aspect asked for ("the least memory")."""
    near = (item for item in ranked[: LEAST + 2] if item.score >= ranked[0].score * ANSWERS)
    named = (item for item in near if item.asked >= ASPECT and item.lexical >= STRONG)
    return next((item for item in named if len(item.statement.frameworks) != 1), None)
