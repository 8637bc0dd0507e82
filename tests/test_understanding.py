"""The same question, put otherwise, is the same question: upper case, typing errors, politeness, a mention in front.

Measured over the labelled questions, each in a conversation of its own: intent, frameworks and topics must stay what
they were for nearly all of them. The alterations are seeded, so that a figure can be looked into.
"""

from __future__ import annotations

import json
import random
import re
import string
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.addressee import mentions
from bot.conversation import Conversation
from bot.knowledge.knowledge import Knowledge
from bot.messages import Message, Place
from bot.respond import respond
from bot.understanding.reading import Reader
from bot.understanding.typos import Speller
from bot.understanding.understand import Understander
from tests.conftest import ROOT, SHARED

if TYPE_CHECKING:
    from pathlib import Path

KEPT = 0.97
"""The share of questions that an alteration may not change, at least."""
KEPT_MISSPELT = 0.86
"""The same with an error in every longer word: intent, frameworks and every single topic. The aim is the 97 % of the
others; this floor lies a little under what was last measured, so raise it with the figures."""
LONG_WORD = re.compile(r"""(?<![^\s("'])[a-zA-Z]{5,}(?![^\s,.?!:;)"'])""")
PLACE = Place("test", "c")
NOBODY = Conversation()
OWN = sorted((ROOT / "tests" / "questions").glob("*.jsonl"))
SETS = {"own": OWN, "dev": [SHARED / "evaluation" / "questions.dev.jsonl"]}


class Taken(NamedTuple):
    """What a message was taken for."""

    intent: str
    frameworks: frozenset[str]
    topics: frozenset[str]


def texts(files: list[Path]) -> list[str]:
    return [json.loads(line)["text"] for file in files for line in file.read_text(encoding="utf-8").splitlines()]


# --- alterations: (text, random) -> text


def upper_case(text: str, _: random.Random) -> str:
    return text.upper()


def misspelt(text: str, chance: random.Random) -> str:
    """One typing error in every word of five letters or more: what fingers do. Words with digits or dots stay."""
    return LONG_WORD.sub(lambda found: _slip(found[0], chance), text)


def _slip(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word) - 1)
    match chance.choice(("swap", "drop", "double", "replace")):
        case "swap":
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        case "drop":
            return word[:at] + word[at + 1 :]
        case "double":
            return word[: at + 1] + word[at:]
        case _:
            return word[:at] + chance.choice(_near(word[at])) + word[at + 1 :]


KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def _near(letter: str) -> str:
    """The letters beside it on a keyboard."""
    for row in KEYBOARD:
        at = row.find(letter.lower())
        if at >= 0:
            return row[max(0, at - 1) : at] + row[at + 1 : at + 2]
    return string.ascii_lowercase


def polite(text: str, chance: random.Random) -> str:
    before = chance.choice(
        ("hi, could you please tell me: ", "hello, ", "hey there, quick question: ", "please, ", "Good morning! ")
    )
    after = chance.choice((" thanks", " Thanks a lot!", " thank you in advance", " please", " cheers"))
    return before + text + after


def mentioned(text: str, _: random.Random) -> str:
    return f"@framework-bot {text}"


ALTERATIONS: dict[str, Callable[[str, random.Random], str]] = {
    "upper case": upper_case,
    "misspelt": misspelt,
    "polite": polite,
    "mentioned": mentioned,
}


# --- the measure


@cache
def understander() -> Understander:
    return Understander(Knowledge.load())


def taken(text: str, message_id: str = "1") -> Taken:
    """As every adapter hands it on: without the mention of the bot."""
    spoken, _, _ = mentions(text, addressed=True)
    message = Message(id=message_id, place=PLACE, user="ann", text=spoken)
    understood = understander().understand(message, NOBODY)
    reply = respond(understood, message, NOBODY, understander().knowledge).reply
    return Taken(reply.intent, frozenset(reply.frameworks), frozenset(asked_topics(understood.command)))


def asked_topics(command: object) -> tuple[str, ...]:
    """Those that were understood: an answer may touch more, which is a matter of ranking."""
    subject = getattr(command, "subject", None)
    return subject.topics if subject is not None else ()


def changed(name: str, questions: list[str]) -> list[tuple[str, Taken, Taken]]:
    """The questions that are taken otherwise when they are altered: (as altered, before, after)."""
    found = []
    for number, text in enumerate(questions):
        altered = ALTERATIONS[name](text, random.Random(f"{name} {number}"))
        before, after = taken(text), taken(altered)
        if before != after:
            found.append((altered, before, after))
    return found


@pytest.mark.parametrize("alteration", ALTERATIONS)
@pytest.mark.parametrize("questions", SETS)
def test_the_same_question_put_otherwise_is_the_same(questions: str, alteration: str) -> None:
    if not all(file.exists() for file in SETS[questions]):
        pytest.skip("the questions are not beside this checkout")
    asked = texts(SETS[questions])
    kept = 1 - len(changed(alteration, asked)) / len(asked)
    assert kept >= (KEPT_MISSPELT if alteration == "misspelt" else KEPT), (
        f"{kept:.1%} of {len(asked)} are taken for the same"
    )


# --- pure functions


@given(st.text(max_size=80))
@settings(max_examples=150, deadline=None)
def test_understanding_is_a_pure_function(text: str) -> None:
    """Same message, same command, however often and whatever was asked in between; nothing is changed by it."""
    message = Message(id="1", place=PLACE, user="ann", text=text)
    first = understander().understand(message, NOBODY)
    understander().understand(Message(id="2", place=PLACE, user="ben", text="django or flask for auth?"), NOBODY)
    assert understander().understand(message, NOBODY) == first
    assert Conversation() == NOBODY


@pytest.mark.parametrize("text", texts(OWN)[::7])
def test_a_fresh_start_answers_the_same(knowledge: Knowledge, text: str) -> None:
    """Nothing learnt on the way plays a part: a new reader and an old one agree."""
    assert Reader(knowledge).read(text) == understander().reader.read(text)


@pytest.mark.parametrize("text", texts(OWN)[::11])
def test_responding_is_a_pure_function(knowledge: Knowledge, text: str) -> None:
    message = Message(id="1", place=PLACE, user="ann", text=text)
    understood = understander().understand(message, NOBODY)
    assert respond(understood, message, NOBODY, knowledge) == respond(understood, message, NOBODY, knowledge)


# --- the repair of typing errors by itself


@given(st.text(alphabet=string.ascii_lowercase, min_size=1, max_size=14))
def test_a_repair_leads_to_a_known_or_usual_word_and_is_final(word: str) -> None:
    speller = understander().reader._speller
    repaired = speller.repair(word)
    assert repaired == word or speller.knows(repaired) or repaired in speller._usual
    assert speller.repair(repaired) == repaired


@pytest.mark.parametrize("word", ["authentication", "performance", "database", "websockets", "templates"])
@pytest.mark.parametrize("seed", range(12))
def test_one_slip_in_a_word_that_matters_is_mended(word: str, seed: int) -> None:
    from bot.knowledge.words import stem

    assert stem(understander().reader._speller.repair(_slip(word, random.Random(seed)))) == stem(word)


@pytest.mark.parametrize("framework", ["django", "flask", "fastapi"])
@pytest.mark.parametrize("seed", range(12))
def test_one_slip_in_a_name_is_mended(framework: str, seed: int) -> None:
    assert taken(f"is {_slip(framework, random.Random(seed))} good for an api?").frameworks == {framework}


@pytest.mark.parametrize("word", ["orm", "api", "lunch", "weather", "pizza", "paris", "guitar", "news", "thai"])
def test_ordinary_and_short_words_stay(word: str) -> None:
    assert understander().reader._speller.repair(word) == word


def test_names_win_a_tie() -> None:
    speller = Speller(["flask", "flash"], {"flask": 9}, ["flask"])
    assert speller.repair("flasc") == "flask"
    assert speller.repair("flaskk") == "flask"
