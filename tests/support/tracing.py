"""Follows every sentence of a reply back to where it stands in the knowledge.

A line is taken apart into pieces that stand there word for word (claims, verdicts), that a phrase's template makes, or
that are labels; what cannot be taken apart so was invented. Templates are filled with labels, numbers, lists of these,
or with pieces themselves.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from bot.knowledge.knowledge import Knowledge, statements
from bot.replies import Choices, Code, File, Reply, Sources, Table, Text
from bot.store import MemoryStore

CUT = 40
"""Longer labels are cut to what a button holds."""
_MARKS = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹˒]+")
_BULLET = re.compile(r"^(?:- |> |#+ |\* |\d+\. )")
_NUMBER = re.compile(
    r"[~+\u2212-]?[\d.,]+(?:\s?(?:%|ms|s|MB|GB|x|×|h))?\+?|\d{4}-\d\d-\d\d|[A-Z][a-z]{2} \d{4}|[▰▱]+|[0-9a-f]{12}|\d{4}-[\w.-]+\.md"
    r"|(?:\d+|a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve) (?:day|week|month|year)s?"
)
_LIST = re.compile(r", | and | or | of |; | / | · |: |\? |–| \(| (?=\d)")
_FORMAT = ("---", "status: proposed", "status: accepted")
"""What the format of a decision record (MADR) wants."""
_FIELD = re.compile(r"\\\{(\w+)\\\}")


class Template(NamedTuple):
    """A phrase with fields; start and end are what stands before the first and after the last of them."""

    start: str
    end: str
    pattern: re.Pattern[str]


class Tracer:
    """Everything the knowledge says, ready to be compared with."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        file = knowledge.file
        everything = [*(statement.claim.text for statement in statements(file)), *_verdicts(knowledge)]
        self._texts = {plain(text) for text in everything}
        self._labels = {plain(label).casefold() for label in _labels(knowledge)}
        self._templates = list(_templates(file.phrases))
        self._values = list(_templates({str(n): text for n, text in enumerate(_filled(knowledge))}))
        self._labels |= {*_FORMAT, *asyncio.run(MemoryStore().about("nobody"))}
        self._code = {example.code.rstrip() for task in file.code.values() for example in task.examples.values()}
        self._known: dict[str, bool] = {}
        self._fillings: dict[str, bool] = {}

    def untraced(self, reply: Reply) -> list[str]:
        """What stands in the reply and not in the knowledge."""
        return [line for line in self._lines(reply) if not self.traced(line)]

    def _lines(self, reply: Reply) -> Iterator[str]:
        for part in reply.parts:
            match part:
                case Text():
                    yield from part.markdown.splitlines()
                case Table():
                    yield from (*part.columns, *(cell for row in part.rows for cell in row))
                case Code():
                    yield part.title
                    yield from () if part.text.rstrip() in self._code else [part.text]
                case Choices():
                    yield from (part.prompt, *(choice.label for choice in part.choices if len(choice.label) < CUT))
                case Sources():
                    yield from (text for line in part.lines for text in (line.title, line.label))
                case File():
                    yield from part.text.splitlines()

    def traced(self, line: str) -> bool:
        text = plain(line)
        if text not in self._known:
            self._known[text] = self._follow(text)
        return self._known[text]

    def _follow(self, text: str) -> bool:
        if not text or text in self._texts or self._value(text):
            return True
        if any(self._fits(template, text) for template in self._templates):
            return True
        return any(self._piece(text[:at]) and self.traced(text[at:]) for at in _joints(text))

    def _piece(self, text: str) -> bool:
        """A whole unit at the beginning: no more cuts."""
        text = text.strip()
        return (
            text in self._texts or self._value(text) or any(self._fits(template, text) for template in self._templates)
        )

    def _fits(self, template: Template, text: str) -> bool:
        if not (text.startswith(template.start) and text.endswith(template.end)):
            return False
        found = template.pattern.fullmatch(text)
        return found is not None and all(value != text and self._value(value) for value in found.groups())

    def _value(self, value: str) -> bool:
        """What may be filled in: labels, numbers, and lists of them; or a piece of its own."""
        if value not in self._fillings:
            self._fillings[value] = False  # what needs itself leads nowhere
            self._fillings[value] = self._fills(value)
        return self._fillings[value]

    def _fills(self, value: str) -> bool:
        whole = plain(value)
        text = whole.strip(' .,:?!()[]`"“”')
        if (
            not text
            or {whole.casefold(), text.casefold(), f"{text.casefold()})"} & self._labels
            or _NUMBER.fullmatch(text)
        ):
            return True
        if {whole, text, f"{text}."} & self._texts:
            return True
        if any(self._fits(template, form) for template in (*self._values, *self._templates) for form in (whole, text)):
            return True
        return any(self._value(text[: cut.start()]) and self._value(text[cut.end() :]) for cut in _LIST.finditer(text))


def plain(text: str) -> str:
    """Without marks, emphasis, list signs and doubled spaces."""
    text = _BULLET.sub("", _MARKS.sub("", text).strip())
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text)
    return " ".join(text.replace("**", "").replace("*", "").split()).replace(" ,", ",")


def _joints(text: str) -> Iterator[int]:
    """Where one unit may end and the next begin."""
    return (found.end() for found in re.finditer(r"[.:;!?,)\]%]+[\"”]? |(?<=\S) (?=[(A-Z*])", text))


def _templates(phrases: dict[str, Any]) -> Iterator[Template]:
    for wording in phrases.values():
        for text in wording if isinstance(wording, list) else [wording]:
            for line in text.splitlines():
                words = plain(line)
                if words and not re.fullmatch(
                    r"[\W_]*(?:\{\w+\}[\W_]*)*", words
                ):  # something of its own must stand there
                    ends = re.split(r"\{\w+\}", words)
                    yield Template(ends[0], ends[-1], re.compile(_FIELD.sub("(.*?)", re.escape(words))))


def _verdicts(knowledge: Knowledge) -> Iterator[str]:
    file = knowledge.file
    yield from (verdict.text for topic in file.topics.values() for verdict in topic.verdicts.values())
    yield from (case.verdict.text for case in file.use_cases.values())


def _filled(knowledge: Knowledge) -> Iterator[str]:
    """Words of the interview with a number or a name in them."""
    if knowledge.file.interview is not None:
        for question in knowledge.file.interview.questions.values():
            for numbers in question.numbers:
                yield from (numbers.noted, numbers.one)
            if question.per_framework is not None:
                per = question.per_framework
                yield from (per.because, per.were, per.noted)


def _labels(knowledge: Knowledge) -> Iterator[str]:
    """Every name and every fragment that stands in the knowledge to be put into sentences and tables."""
    file = knowledge.file
    for entries in (
        file.frameworks,
        file.others,
        file.extensions,
        file.topics,
        file.purposes,
        file.use_cases,
        file.code,
    ):
        yield from (entry.name for entry in entries.values())  # type: ignore[attr-defined]
    yield from (term.term for term in file.glossary.values())
    yield from file.concepts.values()
    yield from knowledge.claims
    yield from (phrase for phrase in file.phrases.values() if isinstance(phrase, str))
    yield from (wording for phrase in file.phrases.values() if isinstance(phrase, list) for wording in phrase)
    for source in file.sources.values():
        yield from (source.title, source.label, source.author, source.publisher)
    for topic in file.topics.values():
        yield from topic.rows.values()
        yield from (cell.say for cells in topic.cells.values() for cell in cells.table.values())
    for framework in file.frameworks.values():
        yield from (cell.say for cell in framework.concepts.values())
        yield from (cell.say for cells in framework.topics.values() for cell in cells.table.values())
    for task in file.code.values():
        yield from (text for example in task.examples.values() for text in (example.title, example.note))
    for extension in file.extensions.values():
        yield from (extension.version, extension.released)
    yield from _interview_labels(knowledge)


def _interview_labels(knowledge: Knowledge) -> Iterator[str]:
    book = knowledge.file.interview
    if book is None:
        return
    for question in book.questions.values():
        yield from (question.ask, question.label, question.why, question.means, question.example)
        for option in question.options.values():
            yield from (option.label, option.because, option.were, option.noted, option.means, *option.names)
            yield option.noted.partition(": ")[2]  # said under the question's name
    listed = book.checklist
    if listed is not None:
        yield from (listed.ask, listed.label, listed.why, listed.means, listed.example)
        yield from (text for box in listed.boxes.values() for text in (box.label, box.because, box.were, box.noted))
    yield from (rule.because for rule in book.rules.values())
    yield from (kind.label for kind in book.project_types.values())


def undated(knowledge: Knowledge, claims: Iterable[str]) -> list[str]:
    """Claims that were shown and have no source with a date."""
    found = []
    for claim_id in claims:
        claim = knowledge.claims[claim_id].claim
        dated = claim.as_of or any(knowledge.sources[source].as_of for source in claim.sources)
        if not claim.sources or not dated:
            found.append(claim_id)
    return found
