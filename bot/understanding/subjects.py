"""What a message is about, by itself: the names in it, the words to search by, and what kind of answer it wants."""

from __future__ import annotations

from bot.commands import Subject
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.words import stem
from bot.understanding.classify import form
from bot.understanding.reading import Reader, Reading
from bot.understanding.sought import Seeker
from bot.understanding.topics import Topics

RELATIONS = ("switching", "combining", "surpassing", "sharing")
"""Groups of cues that ask for one matter between two frameworks; the word lists of these names say how claims call it."""
_NAMES = ("other", "extension", "term")


class Subjects:
    """Made once per knowledge object."""

    def __init__(self, knowledge: Knowledge, reader: Reader, topics: Topics) -> None:
        self._reader = reader
        self._topics = topics
        self._seeker = Seeker(knowledge)
        lists = knowledge.file.vocabulary.words if knowledge.file.vocabulary else {}
        self._yes_no = frozenset(lists.get("yes_no", ()))
        self._narrowing = frozenset(lists.get("narrowing", ()))
        self._doubts = frozenset(lists.get("doubts", ()))
        self._commonly = frozenset(lists.get("commonly", ()))
        self._relations = {name: stem(lists[name][0]) for name in RELATIONS if lists.get(name)}

    def of(self, reading: Reading) -> Subject:
        """What the message is about, by itself."""
        asked = form(reading, self._yes_no)
        relation = next((self._relations[match.group] for match in reading.cues if match.group in self._relations), "")
        return Subject(
            frameworks=_from_first(reading) if relation else reading.named("framework"),
            topics=self._topics.named(reading),
            others=reading.named("other"),
            extensions=reading.named("extension"),
            purposes=reading.named("purpose"),
            terms=reading.named("term"),
            use_cases=reading.named("use_case"),
            tasks=reading.named("code"),
            words=self._reader.content(reading),
            form=asked,
            text=reading.text,
            doubts=tuple(stem(word) for word in reading.words if word in self._doubts),
            sought=self._seeker.of(reading, asked),
            relation=relation,
            narrowed=self._narrowed(reading),
            predicate=self._predicate(reading) if asked == "yes_no" else "",
            without=self._seeker.left_out(reading),
        )

    def _narrowed(self, reading: Reading) -> tuple[str, ...]:
        """What a claim must speak of for its yes or no to be one to this: "by default", a version, what is named by a word."""
        words = (stem(word) for word in reading.words if word in self._narrowing or word[0].isdigit())
        spans = (span for span in reading.spans if span.meanings[0].kind in _NAMES and span.end - span.start == 1)
        return (*words, *(reading.stems[span.start] for span in spans))

    def _predicate(self, reading: Reading) -> str:
        """The first word after "does <framework> ..." that says more than that it has or supports something."""
        if len(reading.words) < 2 or not reading.named("framework") or reading.words[0] not in self._yes_no:
            return ""
        if not any(span.start == 1 and span.meanings[0].kind == "framework" for span in reading.spans):
            return ""
        said = (word for word in reading.words[2:] if stem(word) in self._reader.content(reading))
        return next((stem(word) for word in said if word not in self._commonly), "")


def _from_first(reading: Reading) -> tuple[str, ...]:
    """The frameworks, the one that is left before the one that is gone to: "to FastAPI from Flask" as well."""
    spans = ((span, m.id) for span in reading.spans for m in span.meanings if m.kind == "framework" and span.start)
    left = [name for span, name in spans if reading.words[span.start - 1] == "from"]
    return tuple(dict.fromkeys((*left, *reading.named("framework"))))
