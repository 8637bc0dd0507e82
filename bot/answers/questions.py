"""Answers to questions of content: comparisons, descriptions, facts, definitions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from bot.answers import steps
from bot.answers.compose import Composer
from bot.answers.direct import (
    ANSWERS,
    ASPECT,
    LEAST,
    SETTLED,
    TOLD_OUTRIGHT,
    beyond,
    direct,
    may_say,
    settles,
    speaks_to,
)
from bot.answers.rank import STRONG, Ranked, notes_for, rank, speaks_of, spread
from bot.commands import AskFact, Compare, Define, Describe, Subject
from bot.knowledge.knowledge import Knowledge, Statement
from bot.knowledge.model import TableCell
from bot.knowledge.words import stems
from bot.replies import Reply

ROOM = 950
"""Characters of claims in a first answer; the rest waits behind *More*."""
ENOUGH = 800
"""Characters after which one correction must do."""
OUTRIGHT = 3
"""Words of a phrase from which it can be the whole of a question."""
OUTRIGHT_SHARE = 0.5
MOSTLY, WHOLE = 0.6, 0.9
"""Shares of what a question tells that a phrase of two words must make up, to be most of it and all of it."""
TELLING = 42.0
"""Lexical score from which a claim holds so much of what is seldom said that it must be meant, however it was asked."""
ASSORTED = ("other_features",)
"""Topics of which a verdict sums up what has little to do with one another."""
MOST_SIDES = 24
MOST_TABLES = 2
BESIDE = 0.35
"""Share of the lexical score of a claim that settles the question, from which another is on the same matter."""
MOST_BESIDE = 4
"""Claims on the known side of a comparison with something else."""
MOST_TOPICS = 6
YES_NO = {"yes": "answer-yes", "no": "answer-no", "partly": "answer-partly", "extension": "answer-extension"}


def compare(command: Compare, compose: Composer, shown: Sequence[str] = ()) -> Reply:
    """Verdict, side-by-side, what bears on the question most, where sources are wrong or disagree."""
    subject, knowledge = command.subject, compose.knowledge
    known = [name for name in subject.frameworks if name in knowledge.file.frameworks]
    layers = [name for name in subject.extensions if knowledge.file.extensions[name].layer]
    if subject.others or (layers and len(known) <= 1 + len(layers)):
        return beside(command, compose, known, layers)
    frameworks = (
        tuple(known) if len(known) > 1 else (*known, *(n for n in steps.main_frameworks(knowledge) if n not in known))
    )
    topics = subject.topics or ("general",)
    if subject.relation:
        subject = msgspec.structs.replace(subject, words=tuple(dict.fromkeys((*subject.words, subject.relation))))
    ranked = rank(knowledge, _with_topics(subject, topics), frameworks)
    compose.weigh(ranked)
    outright, per = direct(ranked, subject), _in_each(subject, topics, frameworks, knowledge)
    if outright is not None:
        _lead(compose, outright, subject)
    elif per:
        lines = zip(frameworks, per, strict=True)
        compose.text("\n".join(f"- **{knowledge.name(name)}**: {compose.statement(each)}" for name, each in lines))
    else:
        for_project(compose, subject)
    # of one aspect or one kind of project: the topic's own verdict would be on something else
    if outright is None:
        narrow = bool(subject.use_cases or per)
    else:
        narrow = subject.form not in TOLD_OUTRIGHT or bool(subject.relation)
    for topic in topics[: 1 if narrow else MOST_TABLES]:
        _side_by_side(compose, topic, frameworks, judged=not narrow)
    bearing = [statement for statement in _bearing(ranked, frameworks, shown) if statement is not outright]
    told = fitting(_unlike(bearing, compose.knowledge), compose.room(ROOM) - compose.length)
    compose.claims(told)
    told = [outright, *told] if outright is not None else told
    notes(compose, told)
    house(compose, subject.topics, frameworks)
    compose.choices(steps.after_question(compose, frameworks, topics, more=True))
    return compose.finish(intent="compare", answered=True, frameworks=frameworks, topics=_touched(topics, told))


def _in_each(
    subject: Subject, topics: Sequence[str], frameworks: Sequence[str], knowledge: Knowledge
) -> list[Statement]:
    """What a term is in each: "middleware in Django and Flask" asks for no verdict on all the features there are."""
    if topics[0] not in ASSORTED or len(subject.terms) != 1 or len(subject.words) > ASPECT:
        return []
    found = [knowledge.claims.get(f"{subject.terms[0]}.{name}") for name in frameworks]
    return [statement for statement in found if statement] if all(found) else []


def for_project(compose: Composer, subject: Subject) -> bool:
    """The verdict on the kind of project that is named, if one is."""
    case = next((case for case in subject.use_cases if case in compose.knowledge.file.use_cases), None)
    if case is None:
        return False
    verdict = compose.knowledge.file.use_cases[case].verdict
    compose.text(f"{verdict.text} {compose.cite(*verdict.rests_on)}")
    return True


def _lead(compose: Composer, statement: Statement, subject: Subject) -> None:
    """The first sentence, opened by yes or no where that was asked and is known: of what it speaks of, of nothing else."""
    of_it = not (subject.others or subject.extensions) or statement.section in ("other", "extension")
    asked = subject.form == "yes_no" and of_it and may_say(statement, subject)
    opening = YES_NO.get(statement.claim.answer, "") if asked else ""
    compose.text((compose.phrase(opening) + " " if opening else "") + compose.statement(statement))


def _touched(named_topics: Sequence[str], told: Sequence[Statement]) -> tuple[str, ...]:
    """The topics named, and those of the first claims told; at most six, without `general` beside others."""
    topics = list(dict.fromkeys((*named_topics, *(topic for statement in told[:2] for topic in statement.topics))))
    if len(topics) > 1 and "general" in topics:
        topics.remove("general")
    return tuple(topics[:MOST_TOPICS]) or ("general",)


def _unlike(statements: Iterable[Statement], knowledge: Knowledge) -> Iterable[Statement]:
    """Without those that say nearly the same as one before."""
    said: set[str] = set()
    for statement in statements:
        if statement.id not in said:
            said.update((statement.id, *knowledge.index.similar.get(statement.id, ())))
            yield statement


def _with_topics(subject: Subject, topics: tuple[str, ...]) -> Subject:
    return msgspec.structs.replace(subject, topics=topics)


def _side_by_side(compose: Composer, topic: str, frameworks: Sequence[str], *, judged: bool = True) -> None:
    knowledge = compose.knowledge
    verdict = knowledge.verdict(topic, frameworks) if judged else None
    if verdict is not None:
        compose.text(f"{verdict.text} {compose.cite(*verdict.rests_on)}")
    entry = knowledge.file.topics[topic]
    cells = {name: knowledge.cell(topic, name).table for name in frameworks}
    rows = [(row, label) for row, label in entry.rows.items() if any(row in cells[name] for name in frameworks)]
    if rows:
        table = [[label, *(_cell(compose, cells[name], row) for name in frameworks)] for row, label in rows]
        compose.table(["", *(knowledge.name(name) for name in frameworks)], table)
    if verdict is None and judged:
        compose.claims(
            knowledge.claims[next(iter(cell.claims))]
            for name in frameworks
            if (cell := knowledge.cell(topic, name)).claims
        )


def _cell(compose: Composer, table: dict[str, TableCell], row: str) -> str:
    entry = table.get(row)
    if entry is None:
        return compose.phrase("table-unknown")
    return f"{entry.say} {compose.cite(entry.claim)}"


def _bearing(ranked: list[Ranked], frameworks: Sequence[str], shown: Sequence[str]) -> list[Statement]:
    """What answers the words of the question first, then the best of each framework."""
    fresh = [item for item in ranked if item.statement.id not in shown]
    lead = [item.statement for place, item in enumerate(fresh[:3]) if _weighs(item) or (place == 0 and item.asked > 1)]
    return list(dict.fromkeys([*lead, *spread(fresh, frameworks, 1)]))


def _weighs(item: Ranked) -> bool:
    """Whether a claim is near enough to the question's words to come before the frameworks' summaries."""
    if item.lexical >= 2 * STRONG:
        return True
    return item.lexical >= STRONG and (item.on_topic or item.asked > 1)


def beside(command: Compare, compose: Composer, known: Sequence[str], layers: Sequence[str]) -> Reply:
    """A comparison in which only one side is known: that side, and honesty about the other."""
    subject, knowledge = command.subject, compose.knowledge
    frameworks = tuple(known)
    topics = subject.topics or ("general",)
    ranked = rank(knowledge, _with_topics(subject, topics), frameworks)
    place = {item.statement.id: number for number, item in enumerate(ranked)}
    told = _naming_all(subject, known, layers, knowledge) if layers and not subject.terms else []
    silent = []
    for name in (*subject.others, *layers):
        entry = knowledge.file.others.get(name) or knowledge.file.extensions[name]
        statements = [knowledge.claims[claim_id] for claim_id in entry.claims]
        if name in layers:  # of a package much is told: what bears on the question first
            statements.sort(key=lambda statement: place.get(statement.id, len(place)))
        told += [statement for statement in statements[:3] if statement not in told]
        if not statements and not any(entry.name in item.statement.claim.text for item in ranked[:MOST_BESIDE]):
            silent.append(entry.name)
    if silent and known:
        compose.say("others-unknown", others=listed(compose, silent), known=listed(compose, map(knowledge.name, known)))
    if layers:
        told += [statement for statement in spread(ranked, frameworks, 1) if statement not in told]
    compose.claims(told)
    ranked = [item for item in ranked if item.statement not in told]
    room = compose.room(ROOM) - sum(len(statement.claim.text) for statement in told)
    compose.claims(fitting((item.statement for item in ranked[:MOST_BESIDE]), room))
    house(compose, subject.topics, frameworks)
    compose.choices(steps.after_question(compose, frameworks, topics, more=True))
    names = (*frameworks, *layers, *subject.others)
    return compose.finish(intent="compare", answered=bool(told or frameworks), frameworks=names, topics=topics)


def _naming_all(subject: Subject, known: Sequence[str], layers: Sequence[str], knowledge: Knowledge) -> list[Statement]:
    """The claim that is asked for by the package's name and speaks of the framework it is set against as well."""
    packages = [knowledge.file.extensions[name] for name in layers]
    called = [*layers, *(phrase for entry in packages for phrase in (entry.name, *entry.asks))]
    names = {word for phrase in called for word in stems(phrase)}
    owners = {owner for entry in packages for owner in entry.frameworks}
    rivals = [name for name in known if name not in owners]
    cells = [knowledge.cell(topic, name).claims for topic in subject.topics for name in (*rivals, "general")]
    found = [knowledge.claims[claim] for claims in (*cells, *(entry.claims for entry in packages)) for claim in claims]
    asked = (each for each in found if any(names.intersection(stems(ask)) for ask in each.claim.asks))
    spoken = (each for each in asked if speaks_of(each, layers))
    return [each for each in spoken if rivals and all(knowledge.name(rival) in each.claim.text for rival in rivals)][:1]


def listed(compose: Composer, names: Iterable[str]) -> str:
    items = list(names)
    if len(items) < 2:
        return "".join(items)
    return compose.phrase("list-and", first=", ".join(items[:-1]), last=items[-1])


def describe(command: Describe | AskFact, compose: Composer, shown: Sequence[str] = ()) -> Reply | None:
    """The best claims, led by yes or no where that was asked. None when nothing is known that bears on it."""
    subject, knowledge = command.subject, compose.knowledge
    known = tuple(name for name in subject.frameworks if name in knowledge.file.frameworks)
    frameworks = known or steps.main_frameworks(knowledge)
    topics = subject.topics
    asked = subject if topics else _with_topics(subject, ("general",))
    ranked = rank(knowledge, asked, frameworks, depth=40 if shown else 4)
    compose.weigh(ranked)
    fresh = [item for item in ranked if item.statement.id not in shown]
    if not fresh or not _bears(fresh[0], subject):
        return None
    fresh = _answering_first(fresh, subject)
    chosen = (item.statement for item in _chosen(fresh, subject, frameworks))
    told = fitting(_unlike(chosen, knowledge), compose.room(ROOM))
    lead = told[0]
    _lead(compose, lead, subject if settles(fresh[0], subject) else msgspec.structs.replace(subject, form=""))
    compose.claims(told[1:])
    shown_topics = _touched(topics, told)
    notes(compose, told)
    house(compose, topics, known)
    compose.choices(steps.after_question(compose, known, shown_topics[:1], more=len(fresh) > len(told)))
    intent = "fact" if isinstance(command, AskFact) else "describe"
    return compose.finish(intent=intent, answered=True, frameworks=named(subject, knowledge), topics=shown_topics)


def _answering_first(fresh: list[Ranked], subject: Subject) -> list[Ranked]:
    """Asked for a yes or no of just these frameworks, a claim that says it goes before one that only nearly does."""
    best = fresh[0]
    if subject.form != "yes_no" or not subject.frameworks or subject.extensions:
        return fresh
    asked = frozenset(subject.frameworks)
    near = [item for item in fresh[1:LEAST] if item.on_topic and item.score >= best.score * ANSWERS]
    if subject.predicate and not speaks_to(best.statement, subject):
        says = next((item for item in near if item.statement.claim.answer and speaks_to(item.statement, subject)), None)
    elif best.statement.claim.answer:
        return fresh
    else:
        says = next((item for item in near if item.statement.claim.answer and item.statement.about == asked), None)
        says = says if says is not None and settles(says, subject) else None
    return [says, *(item for item in fresh if item is not says)] if says is not None else fresh


def asked_outright(subject: Subject, knowledge: Knowledge, refused: str) -> bool:
    """Whether the best claim is asked for in so many words: by a phrase that makes up most of the question.

    refused: why it would be declined, "" where it was not understood. A phrase of two words settles nothing that is off
    topic, must make up all of what was not understood, and most of what sounds like work on one's own code.
    """
    known = tuple(name for name in subject.frameworks if name in knowledge.file.frameworks)
    best = next(iter(rank(knowledge, subject, known or steps.main_frameworks(knowledge))), None)
    if best is None or best.asked < ASPECT:
        return False
    if best.asked >= OUTRIGHT and best.asked >= OUTRIGHT_SHARE * len(subject.words):
        return True
    if refused and (known or subject.extensions) and best.lexical >= TELLING:
        return True
    if not refused:
        return best.covered >= WHOLE
    return refused != "off_topic" and bool(known or subject.extensions) and best.on_topic and best.covered >= MOSTLY


def named(subject: Subject, knowledge: Knowledge) -> tuple[str, ...]:
    layers = [name for name in subject.extensions if knowledge.file.extensions[name].layer]
    return (*subject.frameworks, *layers, *subject.others)


def _bears(best: Ranked, subject: Subject) -> bool:
    """Whether the best claim answers the question, rather than merely sharing a word with it."""
    if subject.topics or subject.terms or subject.extensions or subject.use_cases:
        return True
    named = subject.frameworks and "frameworks" not in subject.carried
    return bool(named) or best.lexical >= STRONG


def _chosen(ranked: list[Ranked], subject: Subject, frameworks: Sequence[str]) -> list[Ranked]:
    """The best, and what comes near it. Without a named framework every framework has its say."""
    best = ranked[0]
    near = [
        item for place, item in enumerate(ranked[:12]) if item.score >= best.score * 0.45 or _beside(item, place, best)
    ]
    if subject.frameworks or not subject.topics:
        return _both_sides(ranked, near)[:5]
    spread_out = {statement.id for statement in spread(ranked[:40], frameworks, 1)}
    return near[:2] + [item for item in ranked[:40] if item.statement.id in spread_out and item not in near[:2]]


def _both_sides(ranked: list[Ranked], near: list[Ranked]) -> list[Ranked]:
    """ "Pros and cons of ...": what speaks for it and what against, in turn, where the words ask for both."""
    if near[0].statement.section not in ("pros", "cons"):
        return near
    asked = [item for item in ranked[:MOST_SIDES] if item.lexical * 2 >= near[0].lexical]
    sides = [[item for item in asked if item.statement.section == side] for side in ("pros", "cons")]
    return [item for pair in zip(*sides, strict=False) for item in pair] or near


def _beside(item: Ranked, place: int, best: Ranked) -> bool:
    """One outstanding claim does not silence the next two on the topic, unless it is the answer and they are on another matter."""
    bears = best.covered <= SETTLED or item.lexical >= best.lexical * BESIDE
    return place < LEAST and item.on_topic and bears


def fitting(statements: Iterable[Statement], room: int) -> list[Statement]:
    """As many as fit a phone screen; at least one."""
    kept: list[Statement] = []
    for statement in statements:
        room -= len(statement.claim.text)
        if kept and room < 0:
            break
        kept.append(statement)
    return kept


def notes(compose: Composer, told: Sequence[Statement]) -> None:
    """Where a source is wrong, outdated, or contradicted: shown with the claims it concerns, at most two."""
    shown = {statement.id for statement in told}
    found = [note for note in notes_for(compose.knowledge, told) if note.id not in shown]
    for note in found[: 2 if compose.length < ENOUGH else 1]:
        compose.text(f"{compose.phrase(f'note-{note.claim.kind}')} {compose.statement(note)}")


def house(compose: Composer, topics: Sequence[str], frameworks: Sequence[str]) -> None:
    """The team's own rules on these topics or frameworks, marked as theirs."""
    for rule_id, rule in compose.knowledge.file.house_rules.items():
        statement = compose.knowledge.claims[rule_id]
        bears = set(rule.topics) & set(topics) or set(rule.frameworks) & set(frameworks)
        if (bears or not (rule.topics or rule.frameworks)) and not compose.told(statement):
            compose.claim(statement)


def _more_than_meaning(best: Ranked, subject: Subject, knowledge: Knowledge) -> bool:
    """Whether a claim answers what is asked of the term ("is nginx necessary?"), which its meaning would not."""
    entries = [knowledge.file.glossary[name] for name in subject.terms]
    names = {word for entry in entries for phrase in (entry.term, *entry.asks) for word in stems(phrase)}
    return best.covered > SETTLED and best.statement.section != "term" and beyond(best, subject.words, names)


def define(command: Define, compose: Composer) -> Reply | None:
    """What a term means, what it is called in each framework, and what one takes it for."""
    subject, knowledge = command.subject, compose.knowledge
    if not subject.terms:
        return None
    topics: list[str] = list(subject.topics)
    told: list[Statement] = []
    ranked = rank(knowledge, subject, subject.frameworks or steps.main_frameworks(knowledge))
    if ranked and _more_than_meaning(ranked[0], subject, knowledge):
        compose.claim(ranked[0].statement)
    for term_id in subject.terms[:3]:
        term = knowledge.file.glossary[term_id]
        statements = [knowledge.claims[claim_id] for claim_id in term.claims]
        compose.text(f"**{term.term}.** " + compose.statement(statements[0]))
        compose.claims(statements[1:3])
        told += statements
        asked = () if set(subject.frameworks) <= set(term.frameworks) else subject.frameworks
        per = [name for name in (asked or tuple(term.per)) if name in term.per]
        compose.claims(knowledge.claims[f"{term_id}.{name}"] for name in per[:3])
        topics += term.topics
    rest = [
        item
        for item in rank(knowledge, subject, subject.frameworks)
        if item.statement not in told and item.lexical > STRONG
    ]
    compose.claims(fitting((item.statement for item in rest[:2]), 300))
    house(compose, subject.topics, subject.frameworks)
    compose.choices(steps.after_question(compose, subject.frameworks, topics[:1], more=False))
    return compose.finish(
        intent="definition", answered=True, frameworks=named(subject, knowledge), topics=list(dict.fromkeys(topics))[:4]
    )
