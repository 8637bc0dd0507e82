"""What a short message takes over from the package, the term or the move that was just spoken of.

"Alternatives?", "does it work with Flask?", "and for FastAPI?" after a package; "does Django still use that?" after a
term; "how long would that take?" after going from one framework to another.
"""

from __future__ import annotations

from msgspec.structs import replace

from bot.commands import AskFact, Command, Compare, Describe, FindPackage, MakeCase, ShowCode, Subject
from bot.conversation import Focus
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.words import stem, words
from bot.understanding.context import follows, points_back, puts_beside, says_more
from bot.understanding.reading import Reading

LONGEST = 12
"""Words of a message that may leave out what it is about."""
MOVE = 2
"""Frameworks in a move."""
_LISTS = (
    *("alternatives", "alike", "having", "merits", "faults", "losing", "gaining", "beside_each_other"),
    *("of_a_move", "elsewhere", "switching", "combining"),
)
_LIFE = ("maintenance",)
_PLACES = {"first": 0, "former": 0, "second": 1, "latter": -1, "third": 2, "last": -1}
"""Words for one of several packages, in the order in which they were told."""
_ONES = frozenset(("one", "too", "then", "please", "instead", "of", "in", "for"))
_CODE = frozenset(("code", "example", "examples", "snippet", "sample"))
_SHOWN = ("show_code",)


class Earlier:
    """By the vocabulary and the packages there are. Made once per knowledge object."""

    def __init__(self, knowledge: Knowledge) -> None:
        lists = knowledge.file.vocabulary.words if knowledge.file.vocabulary else {}
        self._packages, self._frameworks = knowledge.file.extensions, knowledge.file.frameworks
        self._topic_of = {name: purpose.topic for name, purpose in knowledge.file.purposes.items()}
        self._lists = {name: tuple(lists.get(name, ())) for name in _LISTS}

    def command(self, intent: str, reading: Reading, subject: Subject, focus: Focus) -> Command | None:
        """The whole question, when it is about what was spoken of before; else None, and it stands by itself."""
        if len(reading.words) > LONGEST or subject.others:
            return None
        main = tuple(name for name in focus.frameworks if name in self._frameworks)
        focus = replace(focus, frameworks=main)
        return (
            self._of_packages(intent, reading, subject, focus)
            or self._of_frameworks(reading, subject, focus)
            or self._of_term(intent, reading, subject, focus)
            or self._of_move(reading, subject, focus)
        )

    # --- packages

    def _of_packages(self, intent: str, reading: Reading, subject: Subject, focus: Focus) -> Command | None:
        told = tuple(name for name in focus.packages if name in self._packages)
        if not told or subject.use_cases:
            return None
        package = self._placed(reading, told) or told[0]
        code = any(match.group in _SHOWN for match in reading.cues) or (
            intent == "code_example" and not (self._placed(reading, told) and _CODE.isdisjoint(reading.words))
        )
        if subject.extensions:
            return self._beside_another(reading, subject, told)
        if subject.terms or set(subject.topics) - set(reading.named("hint")) - {"general", "extensions", *_LIFE}:
            own = points_back(reading) and not subject.frameworks and subject.form == "yes_no"
            return self._about(subject, package, code=code, focus=focus) if own and intent != "compare" else None
        if self._says("alternatives", reading) or (subject.frameworks and self._says("alike", reading)):
            return self._instead(subject, told, focus)
        if subject.frameworks:
            return self._with_framework(reading, subject, package, focus, code=code)
        placed = self._placed(reading, told)
        if not placed and self._several(reading, intent) and len(told) > 1 and not focus.purposes:
            return FindPackage(replace(subject, extensions=told, frameworks=focus.frameworks, carried=("extensions",)))
        if code or placed or self._judged(reading) or (points_back(reading) and not self._several(reading, intent)):
            return self._about(subject, package, code=code, focus=focus)
        return None

    def _beside_another(self, reading: Reading, subject: Subject, told: tuple[str, ...]) -> Command | None:
        """ "vs ninja", "is it better than RQ?"."""
        if not puts_beside(reading):
            return None
        both = tuple(dict.fromkeys((*told[:1], *subject.extensions)))
        return FindPackage(replace(subject, extensions=both, carried=("extensions",)))

    def _with_framework(
        self, reading: Reading, subject: Subject, package: str, focus: Focus, *, code: bool
    ) -> Command | None:
        owners = self._packages[package].frameworks
        fits = not owners or set(subject.frameworks) <= set(owners)
        if puts_beside(reading):
            return self._against(subject, focus)
        if code:
            return self._about(subject, package, code=True, focus=focus) if fits else None
        has = self._says("having", reading)
        if subject.form == "why":
            topics = tuple(dict.fromkeys((*self._packages[package].topics, *self._served(package))))
            said = tuple(dict.fromkeys((*subject.words, *focus.words)))
            return AskFact(replace(subject, topics=topics, words=said, carried=("topics",))) if has else None
        several = tuple(name for name in focus.packages if name in self._packages)
        if self._several(reading, "") and len(several) > 1 and not focus.purposes:
            return FindPackage(replace(subject, extensions=several, carried=("extensions",)))
        if points_back(reading) and not has:
            return self._about(subject, package, code=False, focus=focus)
        bare = (follows(reading) or has) and not (says_more(reading, subject) and not has)
        if not bare or focus.intent != "extension_lookup":
            return None
        listed = bool(focus.purposes)
        return (
            self._instead(subject, (), focus)
            if listed or not fits
            else self._about(subject, package, code=False, focus=focus)
        )

    def _against(self, subject: Subject, focus: Focus) -> Command:
        """The packages that stand in for a framework are set against one; of others it is told what they are to it."""
        layers = tuple(name for name in focus.packages if name in self._packages and self._packages[name].layer)
        if not layers:
            return self._about(subject, focus.packages[0], code=False, focus=focus)
        owners = (owner for name in layers for owner in self._packages[name].frameworks)
        frameworks = tuple(dict.fromkeys((*owners, *subject.frameworks)))
        topics = tuple(dict.fromkeys((*subject.topics, *(t for name in layers for t in self._packages[name].topics))))
        return Compare(
            replace(subject, frameworks=frameworks, extensions=layers, topics=topics, carried=("extensions",))
        )

    def _instead(self, subject: Subject, besides: tuple[str, ...], focus: Focus) -> Command:
        """Others for the same purposes, in the framework that is named or was spoken of."""
        meant = focus.purposes or tuple(p for name in focus.packages[:1] for p in self._packages[name].purposes)
        frameworks = subject.frameworks or focus.frameworks
        said = tuple(dict.fromkeys((*focus.words, *subject.words))) if focus.purposes else ()
        wanted = replace(subject, frameworks=frameworks, purposes=meant, topics=(), words=said, form="")
        return FindPackage(replace(wanted, carried=("purposes",)), besides=besides[:1])

    def _about(self, subject: Subject, package: str, *, code: bool, focus: Focus) -> Command:
        frameworks = subject.frameworks or tuple(self._packages[package].frameworks[:1])
        asked = replace(subject, extensions=(package,), frameworks=frameworks, carried=("extensions",))
        said = (stem(part) for part in words(package) if part not in frameworks)
        asked = replace(asked, words=tuple(dict.fromkeys((*said, *subject.words))))
        if code:
            topics = tuple(topic for topic in focus.topics if topic not in _LIFE)
            fits = subject.frameworks or focus.frameworks
            return ShowCode(replace(asked, frameworks=fits, topics=topics or tuple(self._packages[package].topics)))
        outright = set(subject.topics) - {"extensions", *_LIFE}
        own = len(self._packages[package].frameworks) == 1  # of one for several, too much else is known of each of them
        return AskFact(asked) if own and subject.form == "yes_no" and outright else FindPackage(asked)

    def _served(self, package: str) -> tuple[str, ...]:
        return tuple(self._topic_of[purpose] for purpose in self._packages[package].purposes)

    def _placed(self, reading: Reading, told: tuple[str, ...]) -> str:
        """The one of those told that "the first", "the second one" means; "the last release" means none."""
        for at, word in enumerate(reading.words):
            after = reading.words[at + 1 : at + 2]
            if word in _PLACES and (not after or after[0] in _ONES):
                place = _PLACES[word]
                return told[place] if -len(told) <= place < len(told) else ""
        return ""

    def _judged(self, reading: Reading) -> bool:
        return any(match.group == "judged" for match in reading.cues)

    def _several(self, reading: Reading, intent: str) -> bool:
        """ "Which of those ...?" is asked of all of them."""
        return intent == "compare" or not {"those", "these", "them", "they", "which"}.isdisjoint(reading.words)

    # --- frameworks

    def _of_frameworks(self, reading: Reading, subject: Subject, focus: Focus) -> Command | None:
        """ "Pros and cons of the first", "and for the second one?" after a comparison."""
        sides = tuple(name for name in focus.sides if name in self._frameworks)
        placed = "" if len(sides) < MOVE or focus.packages else self._placed(reading, sides)
        if not placed or subject.frameworks or subject.extensions or subject.use_cases:
            return None
        outright = tuple(topic for topic in subject.topics if topic not in reading.named("hint"))
        judged = self._says("merits", reading) or self._says("faults", reading)
        topics = outright or (("general",) if judged else focus.topics)
        own = tuple(word for word in subject.words if word not in _PLACES)
        said = own if outright or judged else (*own, *focus.words)
        asked = replace(subject, frameworks=(placed,), topics=topics, words=tuple(dict.fromkeys(said)))
        asked = replace(asked, carried=("frameworks", "topics"))
        return Describe(asked) if _CODE.isdisjoint(reading.words) else ShowCode(asked)

    # --- terms

    def _of_term(self, intent: str, reading: Reading, subject: Subject, focus: Focus) -> Command | None:
        """ "What is WSGI?", then "does Django still use that?"."""
        names = subject.frameworks or set(subject.topics) - set(reading.named("hint")) or subject.terms
        if not focus.terms or not names or not points_back(reading):
            return None
        if subject.extensions or set(subject.terms) & set(focus.terms):
            return None
        hinted = set(reading.named("hint")) - set(reading.named("topic"))
        topics = tuple(dict.fromkeys((*focus.topics, *(topic for topic in subject.topics if topic not in hinted))))
        said = tuple(dict.fromkeys((*subject.words, *focus.words)))
        asked = replace(subject, terms=focus.terms, topics=topics, words=said, carried=("topics",))
        if intent == "code_example":
            return ShowCode(asked)
        return Compare(asked) if len(subject.frameworks) > 1 else AskFact(asked)

    # --- from one to another

    def _of_move(self, reading: Reading, subject: Subject, focus: Focus) -> Command | None:
        """ "Can you migrate from Flask to FastAPI?", then "how long would that take?"."""
        named = set(subject.frameworks)
        if subject.relation == stem(self._lists["switching"][0]) and len(named) == MOVE:
            return self._price(reading, subject.frameworks)
        if not focus.moves or len(focus.moves) < MOVE or subject.extensions or subject.terms or subject.use_cases:
            return None
        switching = tuple(map(stem, self._lists["switching"]))
        if len(named) == 1 and named.isdisjoint(focus.moves) and self._says("elsewhere", reading):
            both = (focus.moves[0], *subject.frameworks)
            said = tuple(dict.fromkeys((*subject.words, *switching)))
            return Compare(
                replace(subject, frameworks=both, words=said, relation=switching[0], carried=("frameworks",))
            )
        if not named <= set(focus.moves):
            return None
        if self._says("beside_each_other", reading):
            combining = tuple(map(stem, self._lists["combining"]))
            about = replace(subject, frameworks=focus.moves, topics=(), words=combining, relation=combining[0])
            return Compare(replace(about, carried=("frameworks",)))
        price = self._price(reading, focus.moves)
        if price is not None:
            return price
        if self._says("of_a_move", reading) and (points_back(reading) or not named):
            said = tuple(dict.fromkeys((*subject.words, switching[-1])))
            asked = replace(subject, frameworks=focus.moves, topics=_LIFE, words=said, carried=("frameworks", "topics"))
            return AskFact(asked)
        return None

    def _price(self, reading: Reading, moves: tuple[str, ...]) -> Command | None:
        """What would be lost speaks for what one leaves, what would be gained for what one goes to."""
        if self._says("losing", reading):
            return MakeCase(moves[0])
        return MakeCase(moves[-1]) if self._says("gaining", reading) else None

    def _says(self, name: str, reading: Reading) -> bool:
        """Whether an entry of that list stands in the message, word for word."""
        said = f" {' '.join(reading.words)} "
        return any(f" {entry} " in said for entry in self._lists[name])
