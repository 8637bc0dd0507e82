"""Numbers as answers: which option one stands for, bare ones to the open question, and those that correct an earlier one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.interview import numbers, people
from bot.knowledge.words import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.conversation import Answer
    from bot.interview.lexicon import Lexicon
    from bot.interview.model import Model
    from bot.interview.numbers import Number
    from bot.knowledge.model import Numbers, Question

Counted = tuple[str, tuple[str, ...], float, str, int, int]
"""Question, options, certainty, the words for it, and where it stands: the first fields of a fact."""


def shown(number: Number, kind: Numbers) -> str:
    if number.kind in ("days", "years"):
        return kind.noted.format(n=number.words)
    if kind.one and number.value == 1:
        return kind.one
    vague = _VAGUE.get(number.words.partition(" ")[0])
    if number.kind == "people" and vague:
        return kind.noted.format(n=vague)
    return kind.noted.format(n=f"{number.value:,.0f}")


_VAGUE = {"few": "a few", "several": "several"}


def vaguer(value: str, told: Mapping[str, Answer], question: str) -> bool:
    """ "A few data scientists" beside a team that was counted: some of it, and no news."""
    old = told.get(question)
    return value.endswith(tuple(_VAGUE.values())) and old is not None and any(map(str.isdigit, old.value))


def option(kind: Numbers, value: float) -> str:
    return kind.options[sum(value > edge for edge in kind.edges)]


def bare(text: str, question: Question, *, alone: bool) -> tuple[tuple[str, ...], float, str] | None:
    """Options, certainty and words of a message that is little more than a number, as the answer to a question."""
    number = numbers.bare_number(fold(text))
    for kind in question.numbers if number is not None or alone else ():
        length = numbers.duration_days(fold(text)) if kind.kind in ("days", "years") else None
        worth = number if kind.kind in ("people", "requests") else None
        if length:
            worth = length[0] / (365 if kind.kind == "years" else 1)
        if worth is not None and kind.low <= worth <= kind.high:
            words = length[1] if length else ""
            return (option(kind, worth),), 1.0, shown(numbers.Number(kind.kind, worth, words, 0, 0), kind)
    return None


def recounted(text: str, lexicon: Lexicon, asked: str, told: Mapping[str, Answer]) -> list[Counted]:
    """A number without its unit, where only one can be meant: "no, 5" once the team was counted, "around 2 months"."""
    folded, model = fold(text), lexicon.model
    found: list[tuple[str, Numbers, Number]] = []
    again, lasts = people.corrected(folded), numbers.lone_duration(folded)
    grown = 0.0 if again else people.growth(folded, lexicon.units)
    for name, question in model.asked.items():
        for kind in question.numbers:
            if kind.kind == "people" and again and (name in told or name == asked):
                found.append((name, kind, again))
            if kind.kind == "people" and grown and (size := _size(told.get(name), kind)):
                found.append((name, kind, numbers.Number("people", size + grown, "", 0, len(folded))))
            if kind.kind == "days" and lasts and not any(k.kind == "years" for k in _kinds(model, asked)):
                found.append((name, kind, numbers.Number("days", lasts[0], lasts[1], 0, len(folded))))
    return [
        (name, (option(kind, number.value),), 1.0, shown(number, kind), number.start, number.end)
        for name, kind, number in found[:1]
        if kind.low <= number.value <= kind.high
    ]


def _size(answer: Answer | None, kind: Numbers) -> float:
    """The number that an answer was read from, if it was one."""
    value = answer.value if answer is not None else ""
    digits = re.search(r"\d[\d,]*", value)
    return float(digits.group().replace(",", "")) if digits else float(bool(value) and value == kind.one)


def _kinds(model: Model, asked: str) -> list[Numbers]:
    return model.question(asked).numbers if asked in model.asked else []
