"""What stands in a message: its words (repaired), the names in it, and what is noticeable of it as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from bot.knowledge.knowledge import Knowledge
from bot.knowledge.lexicon import Meaning, spellings
from bot.knowledge.words import fold, stem, words
from bot.understanding.courtesy import Courtesy
from bot.understanding.cues import Cues, Match
from bot.understanding.typos import Speller

CLASSES = {
    "framework": "<framework>",
    "other": "<other>",
    "extension": "<package>",
    "use_case": "<project>",
    "topic": "<topic>",
    "term": "<term>",
    "code": "<code>",
}
_CHORES = ("api_names", "api_hints")
_OWNED = ("extension", "term")
_STRANGE = ("oddities", "attributes", "firms", "tongues")
"""Lists of words that are met and stand for nothing known: they are not mended, and they stay strange."""
_COURTESIES = ("courtesies_before", "courtesies_after", "pleas", "asking", "leads", "corrections", "tags")
_PROPER = ("framework", "other", "extension")
_CODE = re.compile(
    r"```|[{(\[]%|%[})\]]|\w\(\)|\w\([^ )]+\)|^\s*@\w|==|=\w*['\"]|\bdef \w|\bimport \w|\w\.\w+\(|</?\w+>|self\.|\w+_\w+",
    re.MULTILINE,
)
_TROUBLE = re.compile(
    r"\b\w+(?:Error|Exception|DoesNotExist)\b|Traceback|\b[45]\d\d\b(?! ?(?:users|k|ms|req|m|thousand))"
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
ORDER = (
    "control",
    "smalltalk",
    "off_topic",
    "how_to_out_of_scope",
    "code_example",
    "extension_lookup",
    "recommend",
    "compare",
    "fact",
    "definition",
    "describe",
)
"""The order of the labels' definition: what is not for the bot first, then from the special to the general."""
HOLDS = 1.0
"""The weight of cues that suffices for an intent."""
LONG = 45
"""Words from which a message is taken for a story with a question in it."""
HEAP = range(4, 11)
"""So many words without grammar are taken for what one types into a search box; fewer may be any question's subject."""
PILE = 6
"""Words from which such a heap tells details."""
LONGEST_READ = 4_000
"""Characters of a message that are read; what comes after is ignored."""


class Span(NamedTuple):
    """A name in the text: words start..end, and everything it may mean."""

    start: int
    end: int
    meanings: tuple[Meaning, ...]


class Sequences(NamedTuple):
    """The words between ^ and $; the same with proper names replaced by their class; terms too; every name."""

    words: list[str]
    proper: list[str]
    terms: list[str]
    names: list[str]


class Reading(NamedTuple):
    """A message as read.

    words, stems: repaired; `repaired` lists (as written, as read). spans: names, longest first wins, in order.
    frameworks .. purposes: what the names stand for, in order of mention. features: see `_features` and `_shape`.
    """

    text: str
    words: tuple[str, ...]
    stems: tuple[str, ...]
    repaired: tuple[tuple[str, str], ...]
    spans: tuple[Span, ...]
    names: dict[str, tuple[str, ...]]
    features: frozenset[str]
    cues: tuple[Match, ...]
    unknown: tuple[str, ...]
    sequences: Sequences
    groups: dict[str, frozenset[str]] = {}  # noqa: RUF012 (never changed)

    def named(self, kind: str) -> tuple[str, ...]:
        return self.names.get(kind, ())

    def scores(self) -> dict[str, float]:
        """Intent -> the weights of the groups that spoke for it.

        A group `not_x` takes from its group `x` alone, down to nothing.
        """
        spoken: dict[str, dict[str, float]] = {}
        for match in self.cues:
            spoken.setdefault(match.intent, {})[match.group] = match.weight
        for intent, weights in spoken.items():
            for group in [name for name in weights if name.startswith("not_")]:
                against = group.removeprefix("not_")
                if against in self.groups.get(intent, ()):
                    weights[against] = max(0.0, weights.get(against, 0.0) + weights.pop(group))
        return {intent: sum(weights.values()) for intent, weights in spoken.items()}


def cued(scores: Mapping[str, float]) -> str:
    """The first intent that the cues suffice for, or "" when they suffice for none."""
    return next((intent for intent in ORDER if scores.get(intent, 0.0) >= HOLDS), "")


class Reader:
    """Reads messages by one knowledge. Made once per knowledge object."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._lexicon = knowledge.lexicon
        vocabulary = knowledge.file.vocabulary
        lists = vocabulary.words if vocabulary else {}
        self._spellings = spellings(knowledge.file)
        self._stop = frozenset(map(stem, lists.get("stop", ())))
        self._everyday = frozenset(word for phrase in lists.get("everyday", ()) for word in words(phrase))
        self._openers = {
            name: frozenset(lists.get(name, ()))
            for name in ("i", "we", "asking", "domain", "ambiguous", "beside", "parts", "grammar", "matters")
        }
        cue_words = _cue_words(knowledge)
        plain = (entry for name, entries in lists.items() if name not in (*_STRANGE, "spellings") for entry in entries)
        listed = frozenset(word for entry in plain for word in words(entry))
        known = self._lexicon.vocabulary | cue_words | listed | self._everyday | frozenset(self._spellings)
        proper = {word for name in knowledge.file.frameworks.values() for word in words(name.name)}
        strange = {word: 0 for name in _STRANGE for entry in lists.get(name, ()) for word in words(entry)}
        self._speller = Speller(known, strange | self._lexicon.usual, proper)
        self._cues = Cues(vocabulary)
        self._courtesy = Courtesy(*(lists.get(name, ()) for name in _COURTESIES))
        self._groups = {
            intent: frozenset(groups) for intent, groups in (vocabulary.intents if vocabulary else {}).items()
        }

    def read(self, text: str) -> Reading:
        """The message; of a long one, what it asks: its first line or sentence and every question in it."""
        text = self._courtesy.bare(text[:LONGEST_READ])
        whole = self._read(text)
        if len(whole.words) <= LONG:
            return whole
        asked = self._read(gist(text), frozenset(_told(whole)))
        names = {kind: tuple(dict.fromkeys((*asked.named(kind), *whole.named(kind)))) for kind in whole.names}
        return asked._replace(text=whole.text, names=names, features=asked.features | {"#long"})

    def _read(self, text: str, noticed: frozenset[str] = frozenset()) -> Reading:
        tokens, repaired = self._tokens(text)
        stemmed = tuple(map(stem, tokens))
        found = [item for item in self._lexicon.find(list(stemmed)) if not self._two_words(item, tokens, text)]
        spans = _longest_first(item for item in found if item[2][0].kind not in _CHORES or len(item[2]) > 1)
        names = self._names(spans, stemmed)
        for _, _, meanings in found:
            for meaning in meanings:
                if meaning.kind in _CHORES:
                    names[meaning.kind] = (*names.get(meaning.kind, ()), meaning.id)
        unknown = self._unknown(tokens, spans)
        features = noticed | self._features(text, tokens, names, unknown) | frozenset(self._shape(tokens, spans))
        sequences = _sequences(stemmed, spans)
        cues = tuple(self._cues.match(sequences, features))
        return Reading(text, tokens, stemmed, repaired, spans, names, features, cues, unknown, sequences, self._groups)

    def content(self, reading: Reading) -> tuple[str, ...]:
        """The stems by which claims are searched: no stop words, no framework names."""
        names = {stem(word) for name in reading.named("framework") for word in words(name)}
        spans = (span for span in reading.spans if span.meanings[0].kind == "framework")
        names.update(*(reading.stems[span.start : span.end] for span in spans))  # "flaks", too
        return tuple(word for word in dict.fromkeys(reading.stems) if word not in self._stop and word not in names)

    def _tokens(self, text: str) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
        tokens: list[str] = []
        repaired: list[tuple[str, str]] = []
        written = words(text)
        for number, word in enumerate(written):
            both = " ".join(written[number : number + 2])
            spelt = self._spellings.get(word)
            if both in self._spellings:
                spelt = self._spellings[both].split()[0]
            if spelt is None:
                better = self._speller.repair(word)
                if better != word:
                    repaired.append((word, better))
                spelt = self._spellings.get(better, better)
            tokens.extend(spelt.split())
        return tuple(tokens), tuple(repaired)

    def _names(self, spans: Iterable[Span], stemmed: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        names: dict[str, dict[str, None]] = {}
        asked = {meaning.id for span in spans for meaning in span.meanings if meaning.kind == "framework"}
        for span in spans:
            for meaning in self._of_asked(span, stemmed, asked):
                if meaning.kind in _CHORES:
                    continue
                if meaning.kind == "other" and not self._meant(span, stemmed):
                    continue
                if meaning.kind in _OWNED:
                    self._owner(meaning, names)
                names.setdefault(meaning.kind, {})[meaning.id] = None
            if span.end - span.start > 1 and not any(meaning.kind == "other" for meaning in span.meanings):
                for inner in self._inner_frameworks(stemmed[span.start : span.end]):
                    names.setdefault("framework", {})[inner] = None
        return {kind: tuple(ids) for kind, ids in names.items()}

    def _of_asked(self, span: Span, stemmed: tuple[str, ...], asked: set[str]) -> Iterable[Meaning]:
        """ "A debug toolbar for Flask" means what "Flask debug toolbar" does, not the package of that name for Django."""
        phrase = " ".join(stemmed[span.start : span.end])
        own = (self._lexicon.phrases.get(f"{framework} {phrase}", ()) for framework in sorted(asked))
        meant = [meaning for meanings in own for meaning in meanings if meaning.kind == "extension"]
        return meant if meant and any(meaning.kind == "extension" for meaning in span.meanings) else span.meanings

    def _meant(self, span: Span, stemmed: tuple[str, ...]) -> bool:
        """A name that is also an ordinary word ("go", "next") counts only beside words such as "vs" and "framework"."""
        if span.end - span.start > 1 or stemmed[span.start] not in self._openers["ambiguous"]:
            return True
        around = stemmed[max(0, span.start - 1) : span.start] + stemmed[span.end : span.end + 1]
        return bool(self._openers["beside"].intersection(around))

    def _two_words(self, item: tuple[int, int, list[Meaning]], tokens: tuple[str, ...], text: str) -> bool:
        """ "flask security", written apart, is Flask and a topic; the package is "Flask-Security"."""
        start, end, meanings = item
        if end - start != 2 or all(meaning.kind != "extension" for meaning in meanings):
            return False
        kinds = [{m.kind for m in self._lexicon.phrases.get(stem(word), ())} for word in tokens[start:end]]
        if "framework" not in kinds[0] or not kinds[1] & {"topic", "hint"}:
            return False
        first, second = tokens[start:end]
        return not any(f"{first}{joint}{second}" in fold(text) for joint in ("-", "_", ""))

    def _owner(self, meaning: Meaning, names: dict[str, dict[str, None]]) -> None:
        """A package or a part ("blueprint") implies its framework, when it has just one."""
        file = self._knowledge.file
        package = meaning.kind == "extension"
        owners = file.extensions[meaning.id].frameworks if package else file.glossary[meaning.id].frameworks
        if len(owners) == 1:
            names.setdefault("framework", {})[owners[0]] = None

    def _inner_frameworks(self, stemmed: tuple[str, ...]) -> Iterator[str]:
        for word in stemmed:
            for meaning in self._lexicon.phrases.get(word, ()):
                if meaning.kind == "framework":
                    yield meaning.id

    def _unknown(self, tokens: tuple[str, ...], spans: tuple[Span, ...]) -> tuple[str, ...]:
        covered = {number for span in spans for number in range(span.start, span.end)}
        return tuple(
            word
            for number, word in enumerate(tokens)
            if number not in covered and len(word) > 2 and not word[0].isdigit() and self._speller.strange(word)
        )

    def _features(
        self, text: str, tokens: tuple[str, ...], names: dict[str, tuple[str, ...]], unknown: tuple[str, ...]
    ) -> frozenset[str]:
        frameworks = len(names.get("framework", ()))
        result = {f"#fw{min(frameworks, 3)}", f"#unknown{min(len(unknown), 3)}"}
        result.update(f"#{kind}" for kind in names if kind != "framework")
        if frameworks >= 2:
            result.add("#fws")
        for kind, plural in (("extension", "#packages"), ("other", "#others"), ("topic", "#topics")):
            if len(names.get(kind, ())) > 1:
                result.add(plural)
        if any(self._knowledge.file.extensions[name].layer for name in names.get("extension", ())):
            result.add("#layer")
        for other in names.get("other", ()):
            entry = self._knowledge.file.others[other]
            result.add("#near" if other in self._openers["parts"] else f"#{entry.kind}")
        if not names.get("topic"):
            result.add("#notopic")
        if not any(names.get(kind) for kind in ("extension", "term", "code", "use_case", "other")):
            result.add("#plain")
        if not any(names.get(kind) for kind in CLASSES):
            result.add("#nothing")
        if _CODE.search(text):
            result.add("#codelike")
        if _TROUBLE.search(text):
            result.add("#trouble")
        result.add("#medium" if len(tokens) > 12 else "#brief")
        if len(tokens) <= 4:
            result.add("#short")
        result.add("#asked" if "?" in text or (tokens and tokens[0] in self._openers["asking"]) else "#statement")
        if any(ord(mark) > 0x2FF for mark in fold(text)) and not any(word.isascii() for word in tokens):
            result.add("#foreign")
        present = frozenset(tokens)
        result.update(f"#{name}" for name in ("i", "we", "domain") if present & self._openers[name])
        return frozenset(result)

    def _shape(self, tokens: tuple[str, ...], spans: tuple[Span, ...]) -> Iterator[str]:
        """#loose1 to #loose3: so many words that say something and stand for nothing known ("filter", "today").

        #matter: a word for what one asks of a framework ("support", "overview"). #heap, #pile: a few or more words without grammar.
        """
        firm = [span for span in spans if any(meaning.kind != "hint" for meaning in span.meanings)]
        covered = {number for span in firm for number in range(span.start, span.end)}
        loose = [word for number, word in enumerate(tokens) if number not in covered and self._says(word)]
        yield from (f"#loose{number}" for number in range(1, min(len(loose), 3) + 1))
        present = frozenset(tokens)
        if present & self._openers["matters"]:
            yield "#matter"
        if len(tokens) in HEAP and not present & self._openers["grammar"]:
            yield "#heap"
            if len(tokens) >= PILE:
                yield "#pile"

    def _says(self, word: str) -> bool:
        return stem(word) not in self._stop and not word[0].isdigit() and word not in self._openers["matters"]


def _told(whole: Reading) -> Iterator[str]:
    """#told_<group>, for every group of cues that spoke anywhere in a long message; #told_code, where it quotes code."""
    yield from (f"#told_{match.group}" for match in whole.cues)
    if "#codelike" in whole.features:
        yield "#told_code"


def gist(text: str) -> str:
    """The first line or sentence (the title of a post), the sentences that ask something, and the last one."""
    sentences = [part for part in _SENTENCE.split(text.strip()) if part.strip()]
    asked = [part for part in sentences[1:-1] if part.rstrip().endswith("?")]
    return "\n".join([*sentences[:1], *asked, *sentences[1:][-1:]])


def _cue_words(knowledge: Knowledge) -> frozenset[str]:
    vocabulary = knowledge.file.vocabulary
    if vocabulary is None:
        return frozenset()
    phrases = (phrase for groups in vocabulary.intents.values() for cue in groups.values() for phrase in cue.phrases)
    plain = (token for phrase in phrases for token in phrase.split() if token[0] not in "^$&#<.{")
    return frozenset(word for token in plain for word in words(token))


def _longest_first(found: Iterable[tuple[int, int, list[Meaning]]]) -> tuple[Span, ...]:
    """Non-overlapping spans: the longer wins, then the earlier."""
    taken: set[int] = set()
    kept: list[Span] = []
    for start, end, meanings in sorted(found, key=lambda item: (item[0] - item[1], item[0])):
        if not taken.intersection(range(start, end)):
            taken.update(range(start, end))
            kept.append(Span(start, end, tuple(meanings)))
    return tuple(sorted(kept))


def _sequences(stemmed: tuple[str, ...], spans: tuple[Span, ...]) -> Sequences:
    sequences = [["^", *stemmed, "$"]]
    for classes in (_PROPER, (*_PROPER, "term"), tuple(CLASSES)):
        replaced: list[str] = ["^"]
        at = 0
        for span in spans:
            kinds = {meaning.kind for meaning in span.meanings}
            kind = next((CLASSES[name] for name in classes if name in kinds), None)
            if kind is not None:
                replaced += [*stemmed[at : span.start], kind]
                at = span.end
        sequences.append([*replaced, *stemmed[at:], "$"])
    return Sequences(*sequences)
