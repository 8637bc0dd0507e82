"""How something is said: asked or told, denied, hedged, wished for, taken back."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from bot.interview.denial import Denials
from bot.interview.earlier import Way
from bot.interview.tokens import Match, Token, longest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.interview.lexicon import Lexicon, Meaning

_SUBJECT_VERBS = frozenset(
    (
        "is has was comes ships offers supports needs lacks seems looks feels does can had gives includes provides "
        "handles isn't doesn't"
    ).split()
)


class Manner:
    """Words of a whole message that tell a described project from a question about frameworks."""

    def __init__(self, message: list[Token], lexicon: Lexicon) -> None:
        self.message = message
        self.lexicon = lexicon

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(token.text for token in self.message)

    @property
    def own(self) -> bool:
        return bool(self._words & self.lexicon.listed("self"))

    @property
    def describes(self) -> bool:
        return bool(self._words & self.lexicon.listed("describes"))

    @property
    def asks_choice(self) -> bool:
        return _choice(self.message, self.lexicon)

    @property
    def asks_other(self) -> bool:
        """The last sentence is a question, or its last clause one about a framework, and none of the message chooses."""
        return _question(self.message, self.lexicon) or self._asks_of_one()

    def _asks_of_one(self) -> bool:
        """ "We need a login, does Django bring one", "..., what's the usual package"."""
        commas = [at for at, token in enumerate(self.message) if token.text == ","]
        clause = self.message[commas[-1] + 1 :] if commas else []
        if not clause or clause[0].text not in self.lexicon.listed("asking"):
            return False
        names = (name.start for name in self.lexicon.frameworks.find(clause))
        part = {token.text for token in clause} & self.lexicon.listed("parts_asked")
        return next(names, 0) == 1 or bool(part)


def _choice(message: list[Token], lexicon: Lexicon) -> bool:
    """ "which framework should we use", "recommend something for", "framework for"."""
    spoken = [token.text for token in message if not token.mark]
    anybody = lexicon.listed("self") | {"for", "framework", "frameworks"}
    for index, word in enumerate(spoken):
        near = set(spoken[index + 1 : index + 6])
        if word in lexicon.listed("choosing") and near & lexicon.listed("chosen") and (near | set(spoken)) & anybody:
            return True
        if word in ("framework", "stack") and spoken[index + 1 : index + 2] == ["for"]:
            return True
    return tuple(spoken[-2:]) in _TO_RECOMMEND or tuple(spoken[-3:]) in _TO_RECOMMEND


_TO_RECOMMEND = {("you", verb) for verb in ("recommend", "take", "pick", "suggest", "choose", "advise")} | {
    ("you", "go", way) for way in ("for", "with")
}
_TAGS = (["you", "know"], ["right"], ["ok"], ["okay"], ["yeah"], ["huh"], ["you", "see"])


_BEFORE_QUESTIONS = frozenset("no nope nah ok okay so and but well hm hmm wait sorry actually yes right oh".split())
_MEANING = frozenset(["mean", "meant"])


def _plainly(spoken: list[Token]) -> list[Token]:
    """ "No I mean does it ..." asks as "does it ..." does."""
    while len(spoken) > 1 and spoken[0].text in _BEFORE_QUESTIONS:
        spoken = spoken[1:]
    mends = len(spoken) > 2 and spoken[0].text in ("i", "we") and spoken[1].text in _MEANING
    return spoken[2:] if mends else spoken


def _question(sentence: list[Token], lexicon: Lexicon) -> bool:
    spoken = _plainly([token for token in sentence if not token.mark])
    asks = bool(spoken) and spoken[0].text in lexicon.listed("asking")
    if any([token.text for token in spoken[-len(tag) :]] == tag for tag in _TAGS):
        return asks
    return bool(sentence) and (sentence[-1].text == "?" or asks)


_NEAR = 2
_LINKS = frozenset([",", "but", "and", "yet"])
_PLAIN_NO = frozenset(["no", "not", "without", "never"])
_NOT_YET = frozenset(["never", "haven't", "hasn't", "not", "new"])  # "never used Django" is a denial by itself
_ENDS = frozenset([".", ";", "!", "?", "\n", "but"])
_YES = frozenset("yes yeah yep yup sure".split())
_NO = frozenset("no nope nah".split())
_THOUGHT = (
    _YES
    | _NO
    | frozenset(
        "actually wait hmm hm um well oh sorry ok on second thought scratch that we i do don't "
        "need want have it one must that's needed required a the would be good need not definitely please after all".split()
    )
)


class Scope:
    """One message, and how the words at a place in it are meant. Indices are those of its tokens."""

    def __init__(self, message: list[Token], lexicon: Lexicon) -> None:
        self.message = message
        self.lexicon = lexicon
        self.names = longest(lexicon.frameworks.find(message))
        self.denials = Denials(message, lexicon)

    def _list(self, name: str) -> list[Match[str]]:
        return longest(self.lexicon.cues(name).find(self.message))

    @cached_property
    def corrects(self) -> bool:
        return bool(self._list("corrections"))

    @cached_property
    def _hedges(self) -> list[Match[str]]:
        return self._list("hedges")

    @cached_property
    def _wishes(self) -> list[Match[str]]:
        return self._list("nice")

    @cached_property
    def _telling(self) -> list[str]:
        """Per token: how its sentence is meant: `tells`, `chooses` (a question what to take) or `asks`."""
        kinds: list[str] = []
        for sentence in self._sentences():
            kinds += [self._kind(sentence)] * len(sentence)
        return kinds

    def _sentences(self) -> Iterable[list[Token]]:
        start = 0
        for index, token in enumerate(self.message):
            if token.text in (".", "!", "?", ";", "\n") or index == len(self.message) - 1:
                yield self.message[start : index + 1]
                start = index + 1

    def _kind(self, sentence: list[Token]) -> str:
        if not _question(sentence, self.lexicon):
            return "tells"
        if _choice(sentence, self.lexicon):
            return "chooses"
        spoken = [token.text for token in sentence if not token.mark]
        asking = self.lexicon.listed("asking")
        if len(spoken) <= 3 and spoken and spoken[0] not in asking:
            return "tells"
        offered = any(a in ("or", "vs") for a in spoken) and "for" in spoken
        named = spoken and spoken[0] not in asking and self.names
        article = offered and set(spoken[spoken.index("for") + 1 :][:1]) & {"a", "an", "our", "my", "the", "this"}
        return "chooses" if named and article else "asks"

    def tells(self, index: int, question: str = "") -> bool:
        """Whether the words there state something about the person's project."""
        kind = self._telling[index]
        if kind == "asks":
            return False
        if kind == "chooses" and question in ("background", "existing"):
            return False
        return question in ("background", "existing") or not self._about_framework(index)

    def tells_at(self, place: int) -> bool:
        index = next((i for i, token in enumerate(self.message) if token.end > place), len(self.message) - 1)
        return bool(self.message) and self.tells(index)

    def _about_framework(self, index: int) -> bool:
        """ "Django has an admin panel" says something of Django and nothing of the project."""
        start, _ = self._clause(index, index + 1)
        for name in self.names:
            follows = self.message[name.end].text if name.end < len(self.message) else ""
            if start <= name.start < index and follows in _SUBJECT_VERBS:
                return not {token.text for token in self.message[name.end : index]} & self.lexicon.listed("self")
        return False

    @property
    def way(self) -> Way:
        """How it speaks of what was told before."""
        return Way(self.corrects, self.adds, bool(self._list("identity")))

    @cached_property
    def adds(self) -> bool:
        """ "also", "as well"; "too" only at the end of a clause, as "too slow" adds nothing."""
        closing = (
            m.end == len(self.message) or self.message[m.end].mark or self.message[m.end].text in ("and", "but")
            for m in self._list("adds_after")
        )
        return bool(self._list("adds")) or any(closing)

    def unknown(self, start: int) -> bool:
        """ "I don't know if we need ...": what follows is neither so nor not so."""
        return any(
            cue.end <= start and not any(token.text in _ENDS for token in self.message[cue.end : start])
            for cue in self._list("not_known")
        )

    def second_thought(self) -> tuple[int, bool]:
        """Where a yes or no stands that takes back what was said before it in the message, and which; -1 for none."""
        turns = [m for m in (*self._list("corrections"), *self._list("turns")) if m.start]
        for turn in turns:
            rest = [token.text for token in self.message[turn.start :] if not token.mark]
            if set(rest) <= _THOUGHT and set(rest) & (_YES | _NO):
                first = next(word for word in rest if word in _YES | _NO)
                return self.message[turn.start].start, first in _YES
        return -1, False

    @cached_property
    def _ill(self) -> list[Match[str]]:
        return self._list("dislike")

    def disliked(self) -> tuple[str, ...]:
        """Frameworks spoken ill of: the only one named, by those who do not ask."""
        named = tuple(dict.fromkeys(name.meaning for name in self.names))
        return named if len(named) == 1 and self._ill and self._telling[self._ill[0].start] == "tells" else ()

    def denied(self, start: int, end: int, *, of_people: bool = False) -> bool:
        """of_people: it says what people know, which "don't" and "never" deny as well."""
        if of_people and self.message[start].text in _NOT_YET:
            return True
        cues = self._list("not_of_people") if of_people else []
        return self.denials.denies(start, end) or any(
            cue.end <= start and self.denials.reaches(cue.end, start) for cue in cues
        )

    def unclear(self, start: int, end: int) -> bool:
        """Neither told nor denied for certain."""
        uncertain = any(0 <= cue.start - end <= _NEAR for cue in self._list("unclear_after"))
        return uncertain or (not self.denied(start, end) and self.denials.leaves_unclear(start))

    def _clause(self, start: int, end: int) -> tuple[int, int]:
        while start > 0 and not self._breaks(start - 1):
            start -= 1
        while end < len(self.message) and not self._breaks(end):
            end += 1
        return start, end

    def _breaks(self, index: int) -> bool:
        return self.message[index].mark or self.message[index].text in ("but", "however", "though")

    def hedged(self, start: int, end: int) -> bool:
        return self._near(self._hedges, start, end)

    def wished(self, start: int, end: int) -> bool:
        return self._near(self._wishes, start, end)

    def _near(self, cues: list[Match[str]], start: int, end: int) -> bool:
        first, last = self._clause(start, end)
        return any(first <= cue.start and cue.end <= last and not start <= cue.start < end for cue in cues)

    def was_mended(self, start: int, end: int) -> bool:
        """Whether a word there is longer or shorter than what was typed: a typing error was put right."""
        return any(len(token.text) != token.end - token.start for token in self.message[start:end])

    def refused(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Frameworks ruled out, and frameworks let back in."""
        excluded, allowed = [], []
        refusals, after, permits = self._list("refuse"), self._list("refuse_after"), self._list("allow")
        for name in self.names:
            if self._telling[name.start] == "asks":
                continue
            run = self._run(name)
            back = any(self._brought_back(m, name) for m in self._list("bring"))
            if (back or any(self._touches(m, name, run) for m in permits)) and not any(
                0 <= m.start - name.end <= 1 for m in after
            ):
                allowed.append(name.meaning)
            elif any(self._refuses(m, run) and not self._of_people(m, name) for m in refusals) or any(
                0 <= m.start - name.end <= 1 for m in after
            ):
                excluded.append(name.meaning)
        return tuple(dict.fromkeys(excluded)), tuple(dict.fromkeys(allowed))

    def _of_people(self, cue: Match[str], name: Match[str]) -> bool:
        """ "No Django experience", "we know Django but not Flask" say what people know, and rule nothing out."""
        if self.message[cue.start].text not in _PLAIN_NO:
            return False
        known = [m for m in self._options if m.meaning.framework]
        return any(
            m.start <= name.start < m.end
            or (m.end <= cue.start and {token.text for token in self.message[m.end : cue.start]} <= _LINKS)
            for m in known
        )

    @cached_property
    def _options(self) -> list[Match[Meaning]]:
        return list(self.lexicon.options.find(self.message))

    def _run(self, name: Match[str]) -> int:
        """Where the list of names joined by "or" begins that this one belongs to."""
        start = name.start
        while (
            start >= 2
            and self.message[start - 1].text in ("or", "nor", "and")
            and self.message[start - 2].text
            in {word for other in self.names for word in (self.message[other.end - 1].text,)}
        ):
            start -= 2
        return start

    def _refuses(self, cue: Match[str], start: int) -> bool:
        """The cue stands just before the name; "not" and "no" must touch it."""
        gap = start - cue.end
        words = [token.text for token in self.message[cue.start : cue.end]]
        between = [token.text for token in self.message[cue.end : start]]
        if (
            gap < 0
            or any(token.mark for token in self.message[cue.end : start])
            or (cue.start and self.message[cue.start - 1].text == "why")
        ):
            return False
        return (
            gap == 0
            if words in (["no"], ["not"])
            else gap <= 2 and set(between) <= {"to", "use", "using", "at", "the", "any", "work", "with", "go"}
        )

    def _brought_back(self, cue: Match[str], name: Match[str]) -> bool:
        """ "Bring Django back", "give Flask another chance"."""
        ways = (m.start == name.end for m in self._list("brought"))
        return cue.end == name.start and any(ways)

    def _touches(self, cue: Match[str], name: Match[str], start: int) -> bool:
        return 0 <= cue.start - name.end <= 1 or 0 <= start - cue.end <= 0
