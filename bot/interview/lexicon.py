"""The words of the interview's knowledge, compiled once per model."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import DamerauLevenshtein

from bot.interview.numbers import Units
from bot.interview.tokens import Phrases, Token, phrase_lists, singular, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.interview.model import Model
    from bot.knowledge.model import Option


class Meaning(NamedTuple):
    """An option that words stand for. value: how to write it ("PostgreSQL"); weak: gives way to anything stronger."""

    question: str
    option: str
    value: str = ""
    weak: bool = False
    framework: str = ""


class Lexicon:
    """options: words that mean an option anywhere; bare: per question, words that mean one only as its answer; boxes: the
    same for the list of needs.
    """

    def __init__(self, model: Model) -> None:
        self.model = model
        self.options = Phrases(_option_words(model))
        self.bare = {name: Phrases(_bare_words(model, name)) for name in model.questions}
        self.boxes = Phrases(
            (phrase, name)
            for name, box in model.checklist.boxes.items()
            for phrase in (box.label, *filter(None, [box.noted]), *box.bare)
        )
        self.frameworks = Phrases((ask, name) for name, entry in model.file.frameworks.items() for ask in entry.asks)
        self.lists = phrase_lists(model.book.words)
        self._sets: dict[str, frozenset[str]] = {}
        self._typed = _typable(model, self.options.vocabulary)
        listed = {
            singular(word) for phrases in model.book.words.values() for phrase in phrases for word in words(phrase)
        }
        self._known = self.options.vocabulary | self.frameworks.vocabulary | listed

    @classmethod
    def of(cls, model: Model) -> Lexicon:
        lexicon = getattr(model, "_lexicon", None)
        if lexicon is None:
            lexicon = cls(model)
            model._lexicon = lexicon  # type: ignore[attr-defined]  # noqa: SLF001
        return lexicon

    def listed(self, name: str) -> frozenset[str]:
        """The single words of a list."""
        if name not in self._sets:
            self._sets[name] = frozenset(self.model.book.words.get(name, ()))
        return self._sets[name]

    def cues(self, name: str) -> Phrases[str]:
        return self.lists.get(name) or Phrases(())

    @property
    def units(self) -> Units:
        listed = self.model.book.words
        names = (
            "units_people",
            "units_anybody",
            "people_kinds",
            "units_users",
            "units_rate",
            "deadline_cues",
            "lifetime_cues",
            "begin_cues",
        )
        return Units(*(listed.get(name, []) for name in names))

    def mended(self, message: list[Token]) -> tuple[list[Token], bool]:
        """The message with likely typing errors put right, and whether there were any."""
        mended = [token._replace(text=self._mend(token.text)) for token in message]
        return mended, mended != message

    def _mend(self, word: str) -> str:
        """Only long words nobody knows, with the same first letter, one slip away (two from nine letters on)."""
        if len(word) < 5 or not word.isalpha() or singular(word) in self._known or word in _COMMON:
            return word
        slips = 1 if len(word) < 9 else 2
        near = [
            (DamerauLevenshtein.distance(typed, known, score_cutoff=slips), known)
            for typed in {word, singular(word)}
            for known in self._typed
            if known[0] == word[0] and abs(len(known) - len(typed)) < 2
        ]
        best = min((pair for pair in near if pair[0] <= slips), default=None)
        return best[1] if best else word


def _option_words(model: Model) -> Iterator[tuple[str, Meaning]]:
    for name, question in model.asked.items():
        each = question.per_framework
        for key, option in question.options.items():
            framework = key if each and key in model.file.frameworks else ""
            for written, asks in option.names.items():
                yield from ((ask, Meaning(name, key, written)) for ask in asks)
            yield from ((ask, Meaning(name, key, framework=framework)) for ask in option.asks)
            yield from ((ask, Meaning(name, key, weak=True)) for ask in option.weak)


def _bare_words(model: Model, name: str) -> Iterator[tuple[str, str]]:
    for key, option in model.question(name).options.items():
        yield from ((phrase, key) for phrase in _said(option))


def _said(option: Option) -> Iterator[str]:
    yield option.label
    if option.noted:
        yield option.noted
    yield from option.bare
    yield from (part.strip() for part in option.label.replace(" or ", ",").split(","))


def _typable(model: Model, vocabulary: set[str]) -> list[str]:
    """Words that a slip may have meant: long ones, and the names people mistype."""
    named = {
        word
        for q in model.asked.values()
        for o in q.options.values()
        for asks in o.names.values()
        for ask in asks
        for word in words(ask)
    }
    long = {word for word in vocabulary if len(word) >= 7 and word.isalpha()}
    return sorted(long | {word for word in named if len(word) >= 5 and word.isalpha()})


_COMMON = frozenset(
    (
        "about after again being below between building company could country different during every example first "
        "found friend great group house large later learn least leave letter little making matter maybe means "
        "might money month mother never night nothing number often order other people person place plant point "
        "power present problem program public question quite rather really right river school second sentence "
        "server service several shall should simple since small social something sometimes sound state still story "
        "study their there these thing think those thought three through today together toward under until using "
        "water where which while white whole world would write years young stuff staff store stock rules price "
        "plane plans tests texts tasks point parts paper party photo phone pilot forms norms local focus reports "
        "report events event stores stored course courses product produce process contact content context contract "
        "consist contest recipe receive stories monitor mention mobile model modern module moment market machine "
        "manager protect project progress proposal promise complete compare computer comment common connect "
        "control consider"
    ).split()
)
