"""The cue language: how the vocabulary says that certain words speak for a certain reading.

A cue phrase is a sequence of words (compared by stem) in which may stand:
  ^ $            the beginning and the end of the message
  <framework> <other> <package> <topic> <term> <project> <code>    a name of that kind
  ...            anything in between
  &              both sides, in any order
  #feature       something that was noticed of the message as a whole (see `reading.py`)
  {list}         any entry of the vocabulary's word list of that name
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from sys import intern
from typing import NamedTuple

from bot.knowledge.model import Cue, Vocabulary
from bot.knowledge.words import stem, words

_MARKS = frozenset("^ $ & ...".split())
_LIST = re.compile(r"{(\w+)}")


class Match(NamedTuple):
    """One group of cues that spoke: for which intent, how strongly, and by which phrase."""

    intent: str
    group: str
    weight: float
    phrase: str


class _Rule(NamedTuple):
    """All of `needs` must be present; each is an ordered tuple of pieces (each a stem sequence)."""

    intent: str
    group: str
    weight: float
    phrase: str
    needs: tuple[tuple[str, ...], ...]


_NO_RULES: list[_Rule] = []
"""Of the pieces by which no rule is looked up; one for all of them, and never added to."""


class _Pieces(dict[str, str]):
    """A piece as written -> its stems, each made once: many phrases share theirs."""

    def __missing__(self, piece: str) -> str:
        self[piece] = made = intern(" ".join(_tokens(piece)))
        return made


class Cues:
    """All cues, found by dictionary look-ups of word sequences, so that their number costs next to nothing."""

    def __init__(self, vocabulary: Vocabulary | None) -> None:
        self._pieces: dict[str, list[_Rule]] = {}
        self._longest: dict[str, int] = {}
        self._lists = vocabulary.words if vocabulary else {}
        pieces = _Pieces()
        for intent, groups in (vocabulary.intents if vocabulary else {}).items():
            for group, cue in groups.items():
                self._add(intent, group, cue, pieces)

    def _add(self, intent: str, group: str, cue: Cue, pieces: _Pieces) -> None:
        for phrase in chain.from_iterable(expand(phrase, self._lists) for phrase in cue.phrases):
            needs = tuple(tuple(pieces[piece] for piece in side.split(" ... ")) for side in f" {phrase} ".split(" & "))
            rule = _Rule(intent, group, cue.weight, phrase, needs)
            first = max((piece for side in needs for piece in side), key=_rarity)
            if self._pieces.get(first):
                self._pieces[first].append(rule)
            else:
                self._pieces[first] = [rule]
            for piece in (piece for side in needs for piece in side):
                head = piece.partition(" ")[0]
                self._longest[head] = max(self._longest.get(head, 0), piece.count(" ") + 1)
                self._pieces.setdefault(piece, _NO_RULES)

    def match(self, sequences: Sequence[Sequence[str]], features: frozenset[str]) -> list[Match]:
        """The strongest phrase of each group that applies. `sequences`: the words, and the words with names replaced."""
        found: dict[str, list[int]] = {feature: [0] for feature in features}
        for sequence in sequences:
            for start, piece in self._present(sequence):
                found.setdefault(piece, []).append(start)
        best: dict[tuple[str, str], Match] = {}
        for piece in found:
            for rule in self._pieces.get(piece, ()):
                if (rule.intent, rule.group) not in best and _applies(rule, found):
                    best[rule.intent, rule.group] = Match(rule.intent, rule.group, rule.weight, rule.phrase)
        return list(best.values())

    def _present(self, sequence: Sequence[str]) -> Iterator[tuple[int, str]]:
        pieces, longest = self._pieces, self._longest
        for start, first in enumerate(sequence):
            for size in range(min(longest.get(first, 0), len(sequence) - start), 0, -1):
                piece = " ".join(sequence[start : start + size]) if size > 1 else first
                if piece in pieces:
                    yield start, piece


def _rarity(piece: str) -> tuple[int, int]:
    """Rules are looked up by the piece that is least likely to stand in a message: the most ordinary words, the longest."""
    tokens = piece.split()
    plain = sum(token not in _MARKS and token[0] not in "<#" for token in tokens)
    return plain, len(piece)


def expand(phrase: str, lists: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The phrase once for every entry of the word list that it names; itself when it names none."""
    named = _LIST.search(phrase)
    if named is None:
        yield phrase
        return
    for entry in lists.get(named[1], ()):
        yield from expand(f"{phrase[: named.start()]}{entry}{phrase[named.end() :]}", lists)


def _applies(rule: _Rule, found: dict[str, list[int]]) -> bool:
    return all(_in_order(side, found) for side in rule.needs)


def _in_order(pieces: tuple[str, ...], found: dict[str, list[int]]) -> bool:
    at = -1
    for piece in pieces:
        later = [start for start in found.get(piece, ()) if start > at]
        if not later:
            return False
        at = min(later) + piece.count(" ")
    return True


def _tokens(piece: str) -> Iterator[str]:
    for token in piece.split():
        if token in _MARKS or token.startswith(("<", "#")):
            yield token
        else:
            yield from map(stem, words(token))
