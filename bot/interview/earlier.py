"""What a fact means beside the answers given before: it replaces them, adds to them, takes one of them away, or says nothing new."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.conversation import Answer, Interview
    from bot.interview.facts import Fact
    from bot.interview.model import Model


class Way(NamedTuple):
    """How a message speaks of what was told: it takes something back, adds something, or says anew what it is."""

    corrects: bool
    adds: bool
    names: bool


def told_before(interview: Interview, model: Model) -> dict[str, Answer]:
    """The answers by their questions, without those that do not matter."""
    return {a.question: a for a in interview.answers if model.knows(a) and a.options != ("any",)}


def beside(fact: Fact, told: Mapping[str, Answer], way: Way, model: Model) -> Fact | None:
    """The fact as it holds beside an earlier answer to the same question, or None where it changes nothing."""
    old = told.get(fact.question)
    if old is None:
        return None if fact.lesser else fact
    if fact.denial:
        return _without(fact, old, model)
    if set(fact.options) <= set(old.options):
        return fact
    if fact.weak:
        return fact if way.names or (way.corrects and not way.adds) else None
    return _with(fact, old, model) if way.adds and _addable(fact, model) else fact


def _without(fact: Fact, old: Answer, model: Model) -> Fact | None:
    """ "Nobody knows Django" leaves what is left of the answer; where it was the answer itself, all the others."""
    left = tuple(option for option in old.options if option in fact.options)
    if left == old.options:
        return None
    if not left:
        return None if fact.lesser else fact
    question = model.question(fact.question)
    if question.per_framework and not set(left) & set(model.frameworks):
        left = (question.negated,)
    value = written(model, fact.question, left) if len(left) * 2 <= len(question.options) else ""
    return replace(fact, options=left, value=value)


def _with(fact: Fact, old: Answer, model: Model) -> Fact:
    order = model.question(fact.question).options
    both = tuple(
        name for name in order if name in {*old.options, *fact.options} - {model.question(fact.question).negated}
    )
    first = old.value or written(model, fact.question, old.options)
    second = fact.value or written(model, fact.question, fact.options)
    return replace(fact, options=both, value=f"{first} and {second}", sure=min(fact.sure, old.sure))


def _addable(fact: Fact, model: Model) -> bool:
    """Numbers, and answers on a scale of yes and no, are replaced; two kinds or two stores can both hold."""
    question = model.question(fact.question)
    return not question.numbers and not question.affirmed


def written(model: Model, question: str, options: tuple[str, ...]) -> str:
    named = [model.option(question, option) for option in options]
    return " and ".join(option.noted or option.label for option in named)
