"""What an answer must speak of to be one: the very thing asked for, where it is no name or topic that is known anyway.

"What colour is the Flask logo", "does Acme use Django", "how many Django developers are there in Norway", "Django 12":
the framework and the topic find claims, and none of them says it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, takewhile

from msgspec.structs import replace

from bot.commands import Sought
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.words import fold, stem
from bot.understanding.reading import Reading

USERS = "companies"
"""The topic of who uses what."""
MOST_HEAD = 5
"""Words of "what <head> ..." that are looked at."""
MOST_USER = 4
"""Words of "does <user> use ..."."""
_CAPITAL = re.compile(r"(?<=[\w,;:)(] )[A-Z][\w&'-]*")
"""A capital letter that begins no sentence."""
_CONSTANT = re.compile(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b")
"""The name of a setting."""
_HYPHENED = re.compile(r"\b[a-z]+(?:-[a-z0-9]+)+")
_VERSION = re.compile(r"v?\d{1,2}(?:\.[\dx]{1,3}){0,2}")
_QUESTIONS = ("what", "which", "whose")
_WHICH = frozenset(("which", "framework"))
_ABLE = ("can ", "could ", "is it possible")
_ALONE = ("just", "only")
_REST = ("rest",)
"""What is left out where only one thing is to be taken."""
_ARTICLES = ("the", "a", "an")


class Seeker:
    """By the vocabulary and by which words stand in any claim. Made once per knowledge object."""

    def __init__(self, knowledge: Knowledge) -> None:
        lists = knowledge.file.vocabulary.words if knowledge.file.vocabulary else {}
        self._knowledge = knowledge
        self._lists = {
            name: frozenset(lists.get(name, ()))
            for name in (
                "oddities",
                "attributes",
                "head_ends",
                "vague",
                "everyday_users",
                "using",
                "yes_no",
                "firms",
                "users",
                "fillers",
                "sums",
                "places",
                "bare_ends",
                "reversing",
                "joints",
            )
        }
        self._stop = frozenset(map(stem, lists.get("stop", ())))
        packages = knowledge.file.extensions.values()
        self._packages = frozenset(fold(ask) for entry in packages for ask in (entry.name, *entry.asks))
        self._leaving = [phrase.split() for phrase in lists.get("leaving", ())]
        self._leavers = frozenset(lists.get("leavers", ()))
        self._money = tuple(lists.get("money", ()))

    def of(self, reading: Reading, form: str) -> tuple[Sought, ...]:
        """Nothing for most questions: what they ask for is a topic, and that finds its claims."""
        of_one = reading.named("framework") or reading.named("extension") or _WHICH.issubset(reading.words)
        if "#brief" not in reading.features or not of_one:
            return ()  # of a story, not every word is asked about
        words = reading.words
        free = [not self._covered(reading, at) for at in range(len(words))]
        found: dict[str, Sought] = {}
        for item in (
            *self._head(reading, free),
            *self._names(reading, free, form),
            *self._sum(words),
            *self._left(words),
            *self._package(reading),
            *self._version(reading),
            *(Sought(name, (name,)) for name in _CONSTANT.findall(reading.text)),
        ):
            said = re.search(re.escape(item.said), reading.text, re.IGNORECASE)
            found.setdefault(item.said, item if said is None else replace(item, said=said[0]))
        return tuple(found.values())

    def left_out(self, reading: Reading) -> tuple[str, ...]:
        """The words after "without", "outside", ... to the next one that begins something else."""
        said = f" {' '.join(reading.words)} "
        if said.lstrip().startswith(_ABLE) and any(f" {word} the " in said for word in _ALONE):
            return _REST  # "can I use just the admin of Django?"
        ends = len(reading.words)
        start = next((at + 1 for at, word in enumerate(reading.words) if word in self._lists["reversing"]), ends)
        left = takewhile(lambda at: reading.words[at] not in self._lists["joints"], range(start, ends))
        return tuple(reading.stems[at] for at in left if reading.stems[at] not in self._stop)

    def _covered(self, reading: Reading, at: int) -> bool:
        kinds = {m.kind for span in reading.spans if span.start <= at < span.end for m in span.meanings}
        return bool(kinds - {"hint"})

    def _head(self, reading: Reading, free: list[bool]) -> Iterator[Sought]:
        """The words of "what <colour> is", "what is the <carbon footprint> of", that name what may not be known."""
        yield from (Sought(word, (stem(word),)) for word in reading.words if word in self._lists["oddities"])
        for at in self._head_at(reading.words):
            word = reading.words[at]
            strange = free[at] and "#fws" not in reading.features and self._strange(word)
            if strange or word in self._lists["attributes"]:
                yield Sought(word, (stem(word),))

    def _strange(self, word: str) -> bool:
        """In no claim at all, though not one of the words that stand there for anything."""
        known = stem(word) in self._knowledge.index.idf or stem(word) in self._stop
        return word.isalpha() and not known and word not in self._lists["vague"]

    def _head_at(self, words: tuple[str, ...]) -> Iterator[int]:
        for start, word in enumerate(words[:MOST_HEAD]):
            counts = words[start : start + 2] in (("how", "many"), ("how", "much"))
            if word not in _QUESTIONS and not counts:
                continue
            at = start + 1 + counts
            if (
                words[at : at + 1]
                and words[at] in ("is", "are", "was")
                and words[at + 1 : at + 2]
                and words[at + 1] in _ARTICLES
            ):
                at += 2
            for number in range(at, min(at + MOST_HEAD, len(words))):
                if words[number] in self._lists["head_ends"]:
                    return
                yield number
            return

    def _names(self, reading: Reading, free: list[bool], form: str) -> Iterator[Sought]:
        """Who is said to use it; companies; where so many of something are counted."""
        words = reading.words
        capital = {fold(word) for word in _CAPITAL.findall(reading.text)}
        yield from (Sought(word, (stem(word),), USERS) for word in words if word in self._lists["firms"])
        user = [at for at in self._user_at(words) if words[at] not in self._lists["fillers"]]
        if user and all(free[at] and self._is_name(words[at], capital) for at in user):
            yield Sought(" ".join(words[at] for at in user), tuple(stem(words[at]) for at in user), USERS)
        if form == "how_many":
            for at, before in enumerate(words[:-1], start=1):
                if before in self._lists["places"] and self._is_name(words[at], capital):
                    yield Sought(words[at], (stem(words[at]),))

    def _user_at(self, words: tuple[str, ...]) -> range:
        """Where X stands in "does X use ...", "is X built with ..."."""
        start = next((at + 1 for at, word in enumerate(words[:MOST_HEAD]) if word in self._lists["yes_no"]), len(words))
        ends = (at for at in range(start + 1, min(start + MOST_USER, len(words))) if words[at] in self._lists["using"])
        return range(start, next(ends, start))

    def _is_name(self, word: str, capital: set[str]) -> bool:
        if stem(word) in self._stop or word in self._lists["everyday_users"]:
            return False
        return word in capital or word in self._lists["users"] or stem(word) not in self._knowledge.index.idf

    def _sum(self, words: tuple[str, ...]) -> Iterator[Sought]:
        """ "How much does it pay?" asks for an amount of money."""
        found = next((word for word in words if word in self._lists["sums"]), "")
        if found and ("how", "much") in pairwise(words):
            yield Sought(f"how much … {found}", self._money)

    def _left(self, words: tuple[str, ...]) -> Iterator[Sought]:
        """Who turned away from it is not who uses it."""
        if not self._leavers.intersection(words):
            return
        every = tuple(" ".join(phrase) for phrase in self._leaving if len(phrase) > 1)  # one word says too little
        for phrase in self._leaving:
            if any(list(words[at : at + len(phrase)]) == phrase for at in range(len(words))):
                yield Sought(" ".join(phrase), every, USERS)
                return

    def _package(self, reading: Reading) -> Iterator[Sought]:
        """ "django-something" that no claim names: the framework's own package, to judge by its name, but an unknown one."""
        for name in _HYPHENED.findall(fold(reading.text)):
            head, _, tail = name.partition("-")
            owner = head in self._knowledge.file.frameworks and tail.rpartition("-")[2] not in self._lists["bare_ends"]
            if owner and name not in self._packages and not any(name in said for said in self._texts()):
                yield Sought(name, (name,))

    def _texts(self) -> Iterator[str]:
        return (item.claim.text.casefold() for item in self._knowledge.claims.values())

    def _version(self, reading: Reading) -> Iterator[Sought]:
        """A version of a framework that no claim about it names."""
        for span in reading.spans:
            owner = next((meaning.id for meaning in span.meanings if meaning.kind == "framework"), "")
            number = reading.words[span.end] if span.end < len(reading.words) else ""
            plain = f"{reading.words[span.end - 1]} {number}" in fold(reading.text)  # no "Flask (10 marks)"
            if owner and plain and _VERSION.fullmatch(number) and ("." in number or "#fws" not in reading.features):
                said = f"{self._knowledge.name(owner)} {number.removeprefix('v').removesuffix('.x')}"
                told = re.compile(rf"{re.escape(said)}(?!\d)")
                if not any(told.search(item.claim.text) for item in self._knowledge.claims.values()):
                    yield Sought(said, (said,))
