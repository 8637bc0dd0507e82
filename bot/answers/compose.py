"""Builds one reply. The only way to put words into it is a claim or a phrase, so every sentence can be traced back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from bot.preferences import USUAL
from bot.replies import (
    Audience,
    Choice,
    ChoiceKind,
    Choices,
    Code,
    File,
    Part,
    Reply,
    SourceLine,
    Sources,
    Table,
    Text,
    Weight,
)

if TYPE_CHECKING:
    from bot.answers.rank import Ranked
    from bot.knowledge.knowledge import Knowledge, Statement
    from bot.preferences import Preferences

MOST_WEIGHED = 10
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Composer:
    """Collects parts in order; numbers the sources as they are first cited.

    `seed` picks among the wordings of a phrase: the same message always gets the same one. `preferences`: of
    the person who is answered.
    """

    def __init__(self, knowledge: Knowledge, seed: int = 0, *, preferences: Preferences = USUAL) -> None:
        self.knowledge = knowledge
        self.preferences = preferences
        self._seed = seed
        self._parts: list[Part] = []
        self._marks: dict[str, str] = {}
        self._claims: dict[str, None] = {}
        self._told: set[str] = set()
        self._weighed: tuple[Weight, ...] = ()

    def anew(self) -> Composer:
        """For the same message and person, with nothing in it yet."""
        return Composer(self.knowledge, self._seed, preferences=self.preferences)

    # --- words

    def phrase(self, phrase_id: str, **values: object) -> str:
        """A sentence of the bot's own, from `phrases`, filled in."""
        wording = self.knowledge.file.phrases[phrase_id]
        if isinstance(wording, list):
            wording = wording[self._seed % len(wording)]
        return wording.format_map({name: str(value) for name, value in values.items()}) if values else wording

    @property
    def frameworks(self) -> str:
        """The names of all frameworks, for sentences about what the bot knows."""
        *first, last = [entry.name for entry in self.knowledge.file.frameworks.values()] or [""]
        return self.phrase("list-and", first=", ".join(first), last=last) if first else last

    def statement(self, statement: Statement) -> str:
        """The claim's text with its marks; a team's own rule says that it is one, and what a term is in one framework in which."""
        self._told.add(statement.id)
        own = self.phrase("house-rule") + " " if statement.section == "house" else ""
        return own + self._where(statement) + statement.claim.text.rstrip() + " " + self.cite(statement.id)

    def _where(self, statement: Statement) -> str:
        """ "**Flask**: " before "None by default": such lines stand in the glossary under the framework's name."""
        if statement.section != "term" or len(statement.frameworks) != 1:
            return ""
        name = self.knowledge.name(statement.frameworks[0])
        return "" if name in statement.claim.text else f"**{name}**: "

    def told(self, statement: Statement) -> bool:
        """Whether the reply holds the claim already, word for word."""
        return statement.id in self._told

    def cite(self, *claim_ids: str) -> str:
        """The superscript marks of the claims' sources, each source once."""
        marks: dict[str, None] = {}
        for claim_id in claim_ids:
            self._claims[claim_id] = None
            for source in self.knowledge.claims[claim_id].claim.sources:
                marks[self._mark(source)] = None
        return "˒".join(marks)

    def cite_sources(self, *source_ids: str) -> str:
        return "˒".join(dict.fromkeys(self._mark(source) for source in source_ids))

    def _mark(self, source: str) -> str:
        if source not in self._marks:
            self._marks[source] = str(len(self._marks) + 1).translate(SUPERSCRIPTS)
        return self._marks[source]

    def room(self, characters: int) -> int:
        """How much of an answer's room for claims this person wants filled."""
        return characters // 2 if self.preferences.short else characters

    @property
    def length(self) -> int:
        """Characters of text so far."""
        return sum(len(part.markdown) for part in self._parts if isinstance(part, Text))

    # --- parts

    def say(self, phrase_id: str, **values: object) -> None:
        self.text(self.phrase(phrase_id, **values))

    def text(self, markdown: str) -> None:
        self._parts.append(Text(markdown))

    def aside(self, phrase_id: str, **values: object) -> None:
        """To who asked alone: it stays behind when the answer is passed on."""
        self._parts.append(Text(self.phrase(phrase_id, **values), aside=True))

    def claim(self, statement: Statement) -> None:
        self.text(self.statement(statement))

    def claims(self, statements: Iterable[Statement]) -> None:
        """A list, one line each, without what the reply holds already."""
        lines = [f"- {self.statement(statement)}" for statement in statements if not self.told(statement)]
        if lines:
            self.text("\n".join(lines))

    def table(self, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        self._parts.append(Table(tuple(columns), tuple(tuple(row) for row in rows)))

    def code(self, text: str, language: str = "python", title: str = "") -> None:
        self._parts.append(Code(text, language, title))

    def choices(self, choices: Sequence[Choice], kind: ChoiceKind = "next", prompt: str = "") -> None:
        if choices:
            self._parts.append(Choices(tuple(choices), kind, prompt))

    def file(self, name: str, text: str, mime: str = "text/markdown") -> None:
        self._parts.append(File(name, text, mime))

    # --- how it came about

    def weigh(self, ranked: Sequence[Ranked]) -> None:
        """Remember which claims were considered, best first, for those who look behind the answer."""
        self._weighed = tuple(
            Weight(item.statement.id, round(item.score, 1), round(item.lexical, 1)) for item in ranked[:MOST_WEIGHED]
        )

    # --- the end

    def finish(
        self,
        *,
        intent: str,
        answered: bool,
        frameworks: Iterable[str] = (),
        topics: Iterable[str] = (),
        interview: dict[str, Any] | None = None,
        audience: Audience = "here",
        trace: Iterable[str] = (),
    ) -> Reply:
        """The reply, with its sources after the text and before the buttons."""
        buttons = [part for part in self._parts if isinstance(part, Choices)]
        body = [part for part in self._parts if not isinstance(part, Choices)]
        if self._marks:
            body.append(Sources(tuple(self._line(source, mark) for source, mark in self._marks.items())))
        return Reply(
            parts=(*body, *buttons),
            audience=audience,
            intent=intent,
            answered=answered,
            frameworks=tuple(dict.fromkeys(frameworks)),
            topics=tuple(dict.fromkeys(topics)),
            claims=tuple(self._claims),
            interview=interview,
            trace=tuple(trace),
            weighed=self._weighed,
        )

    def _line(self, source_id: str, mark: str) -> SourceLine:
        source = self.knowledge.file.sources[source_id]
        as_of = source.as_of.isoformat() if source.as_of else ""
        return SourceLine(mark, source_id, source.title, source.label, as_of, source.url)
