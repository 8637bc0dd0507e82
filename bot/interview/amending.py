"""Answers put right by their name or by what was said last: "pages: yes, html", "wait, change that, must have"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from bot.interview.facts import Fact, Facts, read_facts
from bot.interview.lexicon import Lexicon
from bot.interview.tokens import longest, tokens, words
from bot.knowledge.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.conversation import Answer, Interview
    from bot.interview.model import Model
    from bot.interview.tokens import Token

_LINKS = (
    r"\s*(?::|=|->|→)\s*"
    r"|\s+(?:is|are|was|were|will be|shall be|should be|should have been|must be|has to be|have to be|needs? to be|to)\s+"
)
_OPENERS = r"(?:(?:and|but|so|ok|okay|no|nope|wait|sorry|actually|hmm?|oh|also|well|then|the|our|my|answer|set|change|put)\b[\s,]*)*"
_YES = frozenset("yes yeah yep yup do definitely".split())
_NO = frozenset("no nope nah not don't".split())
_THOUGHT = (
    _YES
    | _NO
    | frozenset(
        "hmm hm well oh ok on and but so i we us you would will'd like need want have it one that them some must should be "
        "please after all really too the a needed required there this now rather think guess".split()
    )
)


def amended(text: str, facts: Facts, interview: Interview, model: Model) -> Facts:
    """The facts of a message, with the answers it names, or takes back, put right."""
    lexicon = Lexicon.of(model)
    found = {fact.question: fact for fact in _by_name(fold(text), lexicon)}
    asked = interview.asked if interview.state == "open" else ""
    unclear = False
    if not found and asked not in {fact.question for fact in facts.facts}:
        last, unclear = _last(text, facts, interview, lexicon, asked)
        found = {last.question: last} if last is not None else {}
    if not found:
        return replace(facts, unclear=True) if unclear else facts
    others = (fact for fact in facts.facts if fact.question not in found)
    return replace(facts, facts=(*others, *found.values()), correction=True, heard=False, unsure=False)


def _by_name(text: str, lexicon: Lexicon) -> Iterator[Fact]:
    """ "Team: 12", "the database should be Mongo": the name of a question and an answer to it."""
    model = lexicon.model
    names = {name: question for question in model.asked for name in _names(question, model)}
    listed = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    for found in re.finditer(rf"(?:^|[,.;!\n]|\band\b)\s*{_OPENERS}({listed})(?:{_LINKS})([^.;!?\n]+)(\?)?", text):
        if found[3]:
            continue  # asked, not told
        question, rest = names[found[1]], found[2]
        read = (_answer(part, question, model) for part in (rest.split(",")[0], rest))
        fact = next(filter(None, read), None)
        if fact is not None:
            yield fact


def _names(question: str, model: Model) -> set[str]:
    """What people call it: its label, and the names of its boxes in the list of needs."""
    boxes = [box for box in model.checklist.boxes.values() if box.question == question]
    names = {model.question(question).label, question.replace("_", " ")}
    names |= {name for box in boxes for name in (box.label, *box.bare)}
    return {" ".join(words(name)) for name in names}


def _answer(text: str, question: str, model: Model) -> Fact | None:
    found = read_facts(text, model, asked=question).facts
    return next((fact for fact in found if fact.question == question), None)


def _last(text: str, facts: Facts, interview: Interview, lexicon: Lexicon, asked: str) -> tuple[Fact | None, bool]:
    """ "Actually yes, we want one", "wait, change that, must have": what was answered last is answered anew. Or whether it
    does not say which of the answers is meant.
    """
    message = _first_sentence(tokens(text))
    cues = longest(lexicon.cues("anew").find(message))
    if not cues or len(message) > _SHORT:
        return None, False
    rest = [t for at, t in enumerate(message) if not t.mark and not any(c.start <= at < c.end for c in cues)]
    said, words_said = {fact.question for fact in facts.facts}, {token.text for token in rest}
    answers = [answer for answer in _newest(interview, lexicon.model) if answer.question not in said]
    if words_said & (_YES | _NO) and words_said <= _THOUGHT:
        yes = not words_said & _NO
        pointing = bool(words_said & _POINTING)  # "yes, we want one", after a no, is about what the no was about
        if not pointing and asked in lexicon.model.asked and lexicon.model.question(asked).affirmed:
            return _turned(asked, (), lexicon.model, yes=yes), False
        plain = [answer for answer in answers if lexicon.model.question(answer.question).affirmed]
        turned = _turned(plain[0].question, plain[0].options, lexicon.model, yes=yes) if len(plain) == 1 else None
        if turned is None and asked in lexicon.model.asked and lexicon.model.question(asked).affirmed:
            return _turned(asked, (), lexicon.model, yes=yes), False
        return turned, len(plain) != 1 and not said
    found = (_answer(" ".join(token.text for token in rest), a.question, lexicon.model) for a in answers if rest)
    fact = next(filter(None, found), None)
    return (fact if fact and all(fact.options != a.options for a in answers) else None), False


_SHORT = 14
_POINTING = frozenset("one it that them want need".split())


def _first_sentence(message: list[Token]) -> list[Token]:
    end = next((at for at, token in enumerate(message) if token.text in ".;!?\n"), len(message))
    return message[:end]


def _newest(interview: Interview, model: Model) -> list[Answer]:
    """The answers of the last step, the newest first."""
    before = interview.history[-1].answers if interview.history else ()
    return [a for a in reversed(interview.answers) if a not in before and a.question in model.asked]


def _turned(name: str, told: tuple[str, ...], model: Model, *, yes: bool) -> Fact | None:
    question = model.question(name)
    option = question.affirmed if yes else question.negated
    return Fact(name, (option,)) if option and (option,) != told else None
