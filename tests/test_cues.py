"""The cue language's word lists, and what is noticed of a message's shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.knowledge.model import Cue, Vocabulary
from bot.knowledge.words import stems
from bot.understanding.cues import Cues, expand
from bot.understanding.reading import Reader

if TYPE_CHECKING:
    from bot.knowledge.knowledge import Knowledge

SEARCHED = "django form hide label"
STORY = (
    "My gallery\n\nI have a list of pictures and a page to add one. "
    + "It worked well for all of last week and nobody changed anything on the machine since then. " * 2
    + "Now pictures.save() does nothing. The form is filled in as always. How do people do this in general?"
)


@pytest.fixture(scope="module")
def reader(knowledge: Knowledge) -> Reader:
    return Reader(knowledge)


def test_a_list_stands_for_each_of_its_entries() -> None:
    lists = {"verbs": ["hide", "get rid of"], "things": ["label"]}
    assert list(expand("how to {verbs} {things}", lists)) == ["how to hide label", "how to get rid of label"]
    assert list(expand("how to hide", lists)) == ["how to hide"]


def test_entries_of_a_list_speak() -> None:
    cue = Cue(weight=1.0, phrases=["how do you {verbs}"])
    cues = Cues(Vocabulary(intents={"chore": {"verb": cue}}, words={"verbs": ["hide"]}))
    assert [match.group for match in cues.match([stems("how do you hide it")], frozenset())] == ["verb"]
    assert not cues.match([stems("how do you choose it")], frozenset())


def test_every_list_that_a_cue_names_exists(knowledge: Knowledge) -> None:
    vocabulary = knowledge.file.vocabulary
    assert vocabulary is not None
    groups = (group for groups in vocabulary.intents.values() for group in groups.values())
    phrases = [phrase for group in groups for phrase in group.phrases]
    assert not [phrase for phrase in phrases if not list(expand(phrase, vocabulary.words))]


def test_search_words_are_told_from_a_question(reader: Reader) -> None:
    assert {"#heap", "#loose2"} <= reader.read(SEARCHED).features
    assert "#heap" not in reader.read("how does a django form hide a label").features
    assert "#matter" in reader.read("django form limitations").features


def test_what_a_long_message_tells_on_the_way_is_noticed(reader: Reader) -> None:
    features = reader.read(STORY).features
    assert {"#long", "#told_code", "#told_symptom"} <= features
