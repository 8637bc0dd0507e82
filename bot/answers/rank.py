"""Which claims answer a question best: by shared words, by framework and topic, and by their place in the knowledge."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from bot.commands import Subject
from bot.knowledge.index import Found
from bot.knowledge.knowledge import Knowledge, Statement
from bot.knowledge.model import Claim
from bot.knowledge.words import stems

TOPIC_BONUS = (5.0, 3.0, 2.0, 1.5)
"""For claims on the first, second, ... topic of the question."""
OFF_TOPIC = 5.0
"""Taken from claims on none of the question's topics."""
SUMMARY_BONUS = 3.0
ANSWER_BONUS = 6.0
"""For a claim that answers yes or no, by the share of the question's words that its own phrase covers."""
OPENER_BONUS = 8.0
"""The same for one that is asked for with the question's own "who", "when", "why" or "how many"."""
ASKED_BONUS = 2.0
"""The same for any claim: its phrase is the question, whatever topic the question's single words belong to."""
NAMED_BONUS = 8.0
STRONG = 9.0
"""A score from which a claim may answer on its words alone, without a topic."""
ELSEWHERE = 4.0
"""Taken from a claim that says nothing of the package asked about."""
DOUBTED = 6.0
"""For what speaks against a framework, where that is asked for; taken from it where it is not."""
_OPENERS = {"who": "who ", "when": "when ", "why": "why ", "how_many": "how many "}
"""How claims are asked for that answer such a question: "who maintains it"."""
LEAVING_OUT = "without "
"""How the phrases of claims say that something is left out."""
_AWAY = {"term": -3.0, "extension": -3.0, "use_case": -3.0, "other": -2.0}
_NAMED = {"term": "terms", "extension": "extensions", "use_case": "use_cases", "other": "others"}
_AGAINST = ("avoid", "cons")
NOT_FOUND = Found(0.0, 0, 0.0)


class Ranked(NamedTuple):
    """lexical: the part of the score that comes from shared words. asked: words of the phrase that asks just this.

    covered: share of the question that the phrase makes up.
    """

    statement: Statement
    score: float
    lexical: float
    asked: int
    covered: float
    on_topic: bool


def rank(knowledge: Knowledge, subject: Subject, frameworks: Sequence[str], depth: int = 4) -> list[Ranked]:
    """Claims about these frameworks (or none in particular), best first.

    depth: how many of each cell's first claims take part even if they share no word with the question.
    """
    lexical = knowledge.index.search(subject.words, frameworks)
    candidates = dict.fromkeys(lexical)
    for topic in subject.topics:
        for framework in (*frameworks, "general"):
            candidates.update(dict.fromkeys(islice(knowledge.cell(topic, framework).claims, depth)))
    if subject.doubts and not {"general", "use_cases"}.isdisjoint(subject.topics):
        for entry in (knowledge.file.frameworks[framework] for framework in frameworks):
            candidates.update(dict.fromkeys((*entry.cons, *entry.avoid)))
    asked = frozenset(subject.frameworks)
    ranked = [
        _score(knowledge.claims[claim_id], lexical.get(claim_id, NOT_FOUND), subject, asked) for claim_id in candidates
    ]
    if asked:
        ranked = [_less_for_another(item, asked, knowledge) for item in ranked]
    ranked.sort(key=_order)
    return ranked


def _less_for_another(item: Ranked, asked: frozenset[str], knowledge: Knowledge) -> Ranked:
    """Of what is about several frameworks (a package for all three): what names others, and none that was asked about."""
    if len(item.statement.about) < 2 or item.statement.about == asked:
        return item
    text = item.statement.claim.text
    named = {name for name in item.statement.about if knowledge.name(name) in text}
    return item._replace(score=item.score - ELSEWHERE) if named and named.isdisjoint(asked) else item


def _order(item: Ranked) -> tuple[float, int, str]:
    """By score; of equals, a framework's pros and cons as its author ordered them."""
    ordered = item.statement.section in ("pros", "cons", "choose", "avoid")
    return -item.score, item.statement.rank if ordered else 0, item.statement.id


def _score(statement: Statement, found: Found, subject: Subject, asked: frozenset[str]) -> Ranked:
    score, on_topic = found.score, not subject.topics
    for topic, bonus in zip(subject.topics, TOPIC_BONUS, strict=False):
        if topic in statement.topics:
            score, on_topic = score + bonus, True
            if (
                statement.rank == 0
                and statement.section == "topic"
                and statement.subject == topic
                and _sums_up(statement, asked, subject.form)
            ):
                score += SUMMARY_BONUS * (2 if len(subject.words) < 2 else 1)
            break
    covered = min(1.0, found.asked / len(subject.words)) if subject.words else 0.0
    said = 0.0 if "topics" in subject.carried else covered  # "same for flask": the topic is the question, not "same"
    if not on_topic:
        score -= OFF_TOPIC * (1.0 - said)
    score += ASKED_BONUS * said
    if subject.form == "yes_no" and statement.claim.answer:
        score += ANSWER_BONUS * covered
    if subject.form == "how_many":
        score += ANSWER_BONUS * _told_in_numbers(statement.claim)
    if subject.extensions and not speaks_of(statement, subject.extensions):
        score -= ELSEWHERE
    if subject.without and _leaves_out_another(statement, subject):
        score -= DOUBTED
    opener = _OPENERS.get(subject.form)
    if opener and covered and any(ask.startswith(opener) for ask in statement.claim.asks):
        score += OPENER_BONUS * covered
    named = _NAMED.get(statement.section)
    if named is not None and statement.subject not in getattr(subject, named):
        score += _AWAY[statement.section]
    elif named is not None and (named != "terms" or not asked or not statement.about.isdisjoint(asked)):
        score += NAMED_BONUS
    if asked:
        score += _fit(statement.about, asked)
    if statement.section in _AGAINST:
        score += DOUBTED if subject.doubts else -DOUBTED
    elif subject.doubts and subject.topics == ("general",) and statement.section != "pros":
        score -= DOUBTED
    return Ranked(statement, score, found.score, found.asked, found.covered, on_topic)


def _told_in_numbers(claim: Claim) -> float:
    return 1.0 if claim.kind == "figure" else 0.5 * any(letter.isdigit() for letter in claim.text)


def left_out(ask: str) -> list[str]:
    """What an asking phrase leaves out, as stems: the admin in "Django without the admin"."""
    return stems(f"{ask} ".partition(LEAVING_OUT)[2])


def _leaves_out_another(statement: Statement, subject: Subject) -> bool:
    """ "The admin without Django" is not "Django without the admin"."""
    left = [set(left_out(ask)) for ask in statement.claim.asks if LEAVING_OUT in f"{ask} "]
    return bool(left) and all(words.isdisjoint(subject.without) for words in left)


def speaks_of(statement: Statement, packages: Sequence[str]) -> bool:
    said = statement.claim.text.casefold()
    return statement.subject in packages or any(name.rstrip("0123456789") in said for name in packages)


def _sums_up(statement: Statement, asked: frozenset[str], form: str) -> bool:
    """Asked about one framework, what sums up the topic for all of them does not sum up the answer; asked whether two go
    together, what sums it up for one of them does not.
    """
    return statement.about == asked or (len(asked) != 1 and not (form == "yes_no" and asked))


def _fit(about: frozenset[str], asked: frozenset[str]) -> float:
    """A claim about just the frameworks asked about beats one that mentions them among others."""
    if about == asked:
        return 4.0
    if len(asked) > 1 and about and not about >= asked:
        return 0.0 if about <= asked else -6.0
    return 1.0 if about and about <= asked else 0.0


def spread(ranked: Iterable[Ranked], frameworks: Sequence[str], each: int) -> list[Statement]:
    """The best claims of every framework in turn, so that none is left out of a comparison."""
    taken: dict[str, list[Statement]] = {framework: [] for framework in frameworks}
    for item in ranked:
        owner = next((name for name in frameworks if item.statement.frameworks == (name,)), None)
        if owner is not None and len(taken[owner]) < each:
            taken[owner].append(item.statement)
    return [statement for framework in frameworks for statement in taken[framework]]


def notes_for(knowledge: Knowledge, statements: Iterable[Statement]) -> list[Statement]:
    """Corrections, disagreements and what has aged, about these claims."""
    ids = dict.fromkeys(note for statement in statements for note in knowledge.notes.get(statement.id, ()))
    return [knowledge.claims[note] for note in ids]
