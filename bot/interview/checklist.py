"""Several questions in one: what the project needs, to be ticked. What is left out is taken as not needed, with some doubt.

The list is put like a question, under the name `CHECKLIST`; its answers are answers to the questions of its boxes.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from msgspec.structs import replace

from bot.conversation import Answer
from bot.knowledge.model import Option, Question

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from bot.knowledge.model import Box, InterviewBook

CHECKLIST = "checklist"
_LEAST, _UNTICKED = 4, 0.9


class Boxes:
    """The boxes of one knowledge, by question; none where it has no list."""

    def __init__(self, book: InterviewBook) -> None:
        self.boxes: Mapping[str, Box] = book.checklist.boxes if book.checklist is not None else {}
        self.questions = tuple(dict.fromkeys(box.question for box in self.boxes.values()))
        self.least = int(book.settings.get("checklist", _LEAST))
        self.sure = book.settings.get("unticked", _UNTICKED)
        self._book = book

    @cached_property
    def question(self) -> Question:
        """The list as a question, for its texts: a box is an option."""
        made = self._book.checklist
        assert made is not None
        options = {
            name: Option(
                label=box.label,
                because=box.because or self._first(box).because,
                were=box.were or self._first(box).were,
                noted=box.noted,
                bare=box.bare,
            )
            for name, box in self.boxes.items()
        }
        return Question(
            ask=made.ask, label=made.label, why=made.why, means=made.means, example=made.example, options=options
        )

    def _first(self, box: Box) -> Option:
        return self._book.questions[box.question].options[box.options[0]]

    def shown(self, still_open: Collection[str]) -> list[str]:
        """The boxes whose questions are open; none where so few are left that they are better asked one by one."""
        if len(set(self.questions) & set(still_open)) < self.least:
            return []
        return [name for name, box in self.boxes.items() if box.question in still_open]

    def ticked(self, names: Collection[str]) -> tuple[Answer, ...]:
        """What these boxes say; two of the same question hold together."""
        said: dict[str, list[str]] = {}
        for name, box in self.boxes.items():
            if name in names:
                said.setdefault(box.question, []).extend(box.options)
        return tuple(Answer(question, tuple(options), origin="pressed") for question, options in said.items())

    def named(self, names: Collection[str]) -> tuple[Answer, ...]:
        """The same asked for in words: of the degrees of a box, the one that "yes" means."""
        return tuple(replace(answer, options=self._plainly(answer), origin="said") for answer in self.ticked(names))

    def _plainly(self, answer: Answer) -> tuple[str, ...]:
        sure = self._book.questions[answer.question].affirmed
        return (sure,) if self.box(answer) is not None and sure in answer.options else answer.options

    def unticked(self, still_open: Collection[str]) -> tuple[Answer, ...]:
        """What the list says of these questions when none of their boxes is ticked."""
        return tuple(
            Answer(question, (self._rest(question),), self.sure, "unticked")
            for question in self.questions
            if question in still_open
        )

    def _rest(self, question: str) -> str:
        named = {option for box in self.boxes.values() if box.question == question for option in box.options}
        return next(name for name in self._book.questions[question].options if name not in named)

    def labels(self, questions: Collection[str]) -> list[str]:
        return [box.label for box in self.boxes.values() if box.question in questions]

    def box(self, answer: Answer) -> Box | None:
        """The box that stands for just these options, where they are several."""
        if len(answer.options) < 2:
            return None
        return next(
            (
                box
                for box in self.boxes.values()
                if box.question == answer.question and set(box.options) == set(answer.options)
            ),
            None,
        )
