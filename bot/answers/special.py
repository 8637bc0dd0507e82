"""Longer forms: the case for one framework, one framework explained in another's words, what changed since."""

from __future__ import annotations

from bot.answers import steps
from bot.answers.compose import Composer
from bot.answers.rank import rank
from bot.commands import MakeCase, Subject, Translate, WhatChanged
from bot.knowledge.knowledge import Knowledge, Statement
from bot.knowledge.model import TableCell
from bot.presses import value
from bot.replies import Choice, Reply

MOST = 5
MOST_CONCEPTS = 14


def make_case(command: MakeCase, compose: Composer) -> Reply:
    """The best that can be said for it, then, for honesty, the strongest point against."""
    knowledge, name = compose.knowledge, command.framework
    entry = knowledge.file.frameworks[name]
    subject = Subject(frameworks=(name,), topics=command.topics)
    pros = [knowledge.claims[claim_id] for claim_id in (*entry.pros, *entry.choose)]
    if command.topics:
        pros = [item.statement for item in rank(knowledge, subject, (name,))] + pros
    compose.say("case-for", framework=entry.name)
    compose.claims(list(dict.fromkeys(pros))[:MOST])
    against = [knowledge.claims[claim_id] for claim_id in (*entry.cons, *entry.avoid)][:1]
    if against:
        compose.say("case-against")
        compose.claims(against)
    others = [other for other in steps.main_frameworks(knowledge) if other != name]
    compose.choices(
        [
            Choice(compose.phrase("choice-case", framework=knowledge.name(other)), value("case", (other,)))
            for other in others[:2]
        ]
    )
    return compose.finish(intent="describe", answered=True, frameworks=(name,), topics=command.topics or ("general",))


def translate(command: Translate, compose: Composer) -> Reply:
    """A table of the same ideas in both, then what is different in kind."""
    knowledge = compose.knowledge
    known, wanted = knowledge.file.frameworks[command.known], knowledge.file.frameworks[command.wanted]
    shared = [
        concept for concept in knowledge.file.concepts if concept in known.concepts and concept in wanted.concepts
    ]
    compose.say("translate-intro", known=known.name, wanted=wanted.name)
    rows = [
        [knowledge.file.concepts[concept], *(_word(side.concepts[concept], compose) for side in (known, wanted))]
        for concept in shared[:MOST_CONCEPTS]
    ]
    if rows:
        compose.table(["", known.name, wanted.name], rows)
    verdict = knowledge.verdict("general", (command.known, command.wanted))
    if verdict is not None:
        compose.text(f"{verdict.text} {compose.cite(*verdict.rests_on)}")
    frameworks = (command.known, command.wanted)
    compose.choices(steps.after_question(compose, frameworks, ("general",), more=False))
    return compose.finish(intent="compare", answered=True, frameworks=frameworks, topics=("general", "structure"))


def _word(cell: TableCell, compose: Composer) -> str:
    return f"{cell.say} {compose.cite(cell.claim)}"


def what_changed(command: WhatChanged, compose: Composer) -> Reply:
    """What has aged in the articles, and what is new since, by framework."""
    knowledge = compose.knowledge
    frameworks = command.frameworks or steps.main_frameworks(knowledge)
    years = _latest(knowledge)
    for name in frameworks[:3]:
        subject = Subject(frameworks=(name,), topics=("maintenance", "history"), words=(*_NEWS, *years))
        found = [
            item
            for item in rank(knowledge, subject, (name,))
            if any(year in item.statement.claim.text for year in years)
        ]
        if found:
            compose.say("changed-in", framework=knowledge.name(name))
            compose.claims([item.statement for item in found[:3]])
    aged = [statement for statement in knowledge.claims.values() if _aged(statement, frameworks, knowledge)]
    if aged:
        compose.say("changed-aged")
        compose.claims(aged[:4])
    compose.choices(steps.after_question(compose, frameworks, ("maintenance",), more=False))
    return compose.finish(intent="describe", answered=True, frameworks=frameworks, topics=("maintenance", "history"))


_NEWS = ("new", "releas")


def _latest(knowledge: Knowledge) -> tuple[str, ...]:
    """The year that the knowledge is of, and the one before."""
    dates = [source.as_of for source in knowledge.file.sources.values() if source.as_of is not None]
    newest = max(dates).year if dates else 0
    return str(newest - 1), str(newest)


def _aged(statement: Statement, frameworks: tuple[str, ...], knowledge: Knowledge) -> bool:
    """Notes mostly name no framework themselves: they are about those of the claims they concern."""
    if statement.claim.kind != "outdated":
        return False
    concerned = (name for claim in statement.claim.about for name in knowledge.claims[claim].frameworks)
    about = {*statement.frameworks, *concerned}
    return not about or bool(about & set(frameworks))
