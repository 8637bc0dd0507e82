"""Every phrase the bot understands, by its stems: names, topic words, packages, terms, cues."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from bot.knowledge.model import KnowledgeFile
from bot.knowledge.words import stem, words

USUAL = 2
"""How often a word must be met in the example questions to be one that others may be repaired to."""
SHORTEST = 4
"""Letters of a word that is ever repaired."""
_OPENERS = frozenset("what which is are a an the".split())
"""A name is found without the words that ask for it."""


class Meaning(msgspec.Struct, frozen=True, array_like=True):
    """What a phrase stands for. kind: as `entries` names them."""

    kind: str
    id: str


class Lexicon(msgspec.Struct, frozen=True):
    """phrases: stems joined by a space -> meanings. longest: first stem -> most words of a phrase that begins so.

    vocabulary: every word (as written) that phrases or claims are made of. usual: word (as written) -> how often it is
    met in names and in the example questions.
    """

    phrases: dict[str, list[Meaning]]
    longest: dict[str, int]
    vocabulary: frozenset[str]
    usual: dict[str, int]

    def find(self, stemmed: list[str]) -> Iterator[tuple[int, int, list[Meaning]]]:
        """(start, end, meanings) of every phrase in the text, longest first at each place, overlaps included."""
        for start, first in enumerate(stemmed):
            for size in range(min(self.longest.get(first, 0), len(stemmed) - start), 0, -1):
                meanings = self.phrases.get(" ".join(stemmed[start : start + size]))
                if meanings:
                    yield start, start + size, meanings


def build(file: KnowledgeFile, claim_texts: Iterable[str]) -> Lexicon:
    phrases: dict[str, list[Meaning]] = {}
    vocabulary: set[str] = set()
    usual: Counter[str] = Counter()
    spelt = spellings(file)
    lists = file.vocabulary.words if file.vocabulary else {}
    common = frozenset(word for name in ("stop", "everyday") for line in lists.get(name, ()) for word in line.split())
    for kind, entry_id, phrase in entries(file):
        tokens = [word for token in words(phrase) for word in spelt.get(token, token).split()]
        vocabulary.update(tokens)
        usual.update(tokens)
        while len(tokens) > 1 and tokens[0] in _OPENERS and (len(tokens) > 2 or tokens[1] not in common):
            tokens.pop(0)
        key = " ".join(map(stem, tokens))
        meaning = Meaning(kind, entry_id)
        if key and meaning not in phrases.setdefault(key, []):
            phrases[key].append(meaning)
    for text in claim_texts:
        vocabulary.update(words(text))
    longest: dict[str, int] = {}
    for key in phrases:
        first, size = key.partition(" ")[0], key.count(" ") + 1
        longest[first] = max(longest.get(first, 0), size)
    usual.update(asked_words(file))
    known = frozenset(word for word in vocabulary if word.isalpha() and len(word) > 2)
    return Lexicon(phrases, longest, known, dict(usual))


def asked_words(file: KnowledgeFile) -> dict[str, int]:
    """The words of the example questions, as written, and how often they are met: once may be a slip."""
    asked = (example.ask for groups in file.questions.values() for group in groups.values() for example in group)
    met = Counter(word for ask in asked for word in words(ask))
    return {word: count for word, count in met.items() if count >= USUAL and len(word) >= SHORTEST and word.isalpha()}


def spellings(file: KnowledgeFile) -> dict[str, str]:
    """Shortened and misspelt words that are spelt out wherever text is read (written -> meant)."""
    lines = file.vocabulary.words.get("spellings", ()) if file.vocabulary else []
    pairs = (line.partition("=") for line in lines)
    return {wrong.strip(): right.strip() for wrong, _, right in pairs}


def shortened(file: KnowledgeFile) -> dict[str, str]:
    """Those of them that stand for one word and are long enough to be no ordinary word themselves."""
    return {wrong: right for wrong, right in spellings(file).items() if len(wrong) > 2 and not {" "} & {*wrong, *right}}


def entries(file: KnowledgeFile) -> Iterator[tuple[str, str, str]]:
    """(kind, id, phrase) of everything that can be named."""
    for framework_id, framework in file.frameworks.items():
        yield from (("framework", framework_id, phrase) for phrase in (framework_id, framework.name, *framework.asks))
    for other_id, other in file.others.items():
        yield from (("other", other_id, phrase) for phrase in (other.name, *other.asks))
    for extension_id, extension in file.extensions.items():
        yield from (("extension", extension_id, phrase) for phrase in (extension_id, extension.name, *extension.asks))
    for term_id, term in file.glossary.items():
        yield from (("term", term_id, phrase) for phrase in (term.term, *term.asks))
    for case_id, case in file.use_cases.items():
        yield from (("use_case", case_id, phrase) for phrase in (case.name, *case.asks))
    for task_id, task in file.code.items():
        yield from (("code", task_id, phrase) for phrase in (task.name, *task.asks))
    for topic_id, topic in file.topics.items():
        yield from (("topic", topic_id, phrase) for phrase in (topic.name, *topic.asks))
        yield from (("hint", topic_id, phrase) for phrase in topic.hints)
    lists = file.vocabulary.words if file.vocabulary else {}
    for kind in ("api_names", "api_hints"):
        yield from ((kind, phrase, phrase) for phrase in lists.get(kind, ()))
    for purpose_id, purpose in file.purposes.items():
        yield from (("purpose", purpose_id, phrase) for phrase in purpose.asks)
