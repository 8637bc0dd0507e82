"""What a "no" reaches: one thing, a list that "or" closes, a list after a colon."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from bot.interview.tokens import Match, Token, longest

if TYPE_CHECKING:
    from bot.interview.lexicon import Lexicon

_STOPS = frozenset(".;!?:\n()")
_INSTEAD = frozenset(["for", "with", "by"])
_JOINTS = frozenset([",", "and", "or", "nor"])
_REACH = 5
_NEW_START = frozenset("a an the lots many we some with i our need".split())
_OWN_CLAUSE = frozenset("lots many we some with i our need is are has have will it they this that there".split())


class Listing(NamedTuple):
    """Things joined by commas and conjunctions. end: the index after the last; joint: the last conjunction."""

    end: int
    joint: str


class Denials:
    """The negations of one message. Indices are those of its tokens."""

    def __init__(self, message: list[Token], lexicon: Lexicon) -> None:
        self.message = message
        self.lexicon = lexicon

    def _list(self, name: str) -> list[Match[str]]:
        return longest(self.lexicon.cues(name).find(self.message))

    @cached_property
    def _before(self) -> list[Match[str]]:
        pseudo = self._list("no_pseudo")
        return [m for m in self._list("no_before") if not any(p.start <= m.start < p.end for p in pseudo)]

    @cached_property
    def _after(self) -> list[Match[str]]:
        return self._list("no_after")

    @cached_property
    def _ends(self) -> frozenset[int]:
        return frozenset(match.start for match in self._list("ends"))

    @cached_property
    def _verdicts(self) -> frozenset[int]:
        return frozenset(match.start for match in self._after)

    @cached_property
    def _needed(self) -> frozenset[int]:
        """Where things stand that one would not deny in a list: what is built, a database, a number."""
        asked = self.lexicon.model.asked
        solid = [m for m in self.lexicon.options.find(self.message) if not asked[m.meaning.question].negated]
        counted = {index for index, token in enumerate(self.message) if token.text[0].isdigit()}
        return frozenset(counted | {index for match in solid for index in range(match.start, match.end)})

    def denies(self, start: int, end: int) -> bool:
        if any(self.reaches(m.end, start) and not self._swapped(m, start) for m in self._before if m.end <= start):
            return True
        if any(self._headed(m, start) for m in (*self._before, *self._after) if m.end < start):
            return True
        return any(
            (0 <= m.start - end <= 3 and not any(token.mark for token in self.message[end : m.start]))
            or (m.start >= end and self._listing(start).end == m.start)
            for m in self._after
        )

    def _swapped(self, cue: Match[str], place: int) -> bool:
        """ "Drop Postgres for Mongo": what comes after the "for" is taken instead."""
        if not self.lexicon.listed("swaps") & set(self._between(cue.start, cue.end)):
            return False
        return bool(_INSTEAD & set(self._between(cue.end + 1, place)))

    def leaves_unclear(self, start: int) -> bool:
        """ "no admin, forms and users": the users may be needed or not, so nothing is taken from it."""
        return any(
            "," in self._between(m.end, start)
            and (listed := self._listing(m.end)).joint == "and"
            and start < listed.end
            for m in self._before
            if m.end <= start
        )

    def _between(self, start: int, end: int) -> list[str]:
        return [token.text for token in self.message[start:end]]

    def reaches(self, start: int, end: int) -> bool:
        """Whether a negation that ends at `start` still holds at `end`."""
        said = self._between(start, end)
        if "," in said:
            listed = self._listing(start)
            return listed.joint in ("or", "nor") and end < listed.end
        if sum(not token.mark for token in self.message[start:end]) > _REACH or _STOPS & set(said):
            return False
        if any(index in self._ends for index in range(start, end)):
            return False
        return "and" not in said or self.message[start + said.index("and") + 1].text not in _NEW_START

    def _headed(self, cue: Match[str], place: int) -> bool:
        """ "not needed: admin, forms": a negation as a heading holds for all that follows it."""
        if self.message[cue.end].text != ":":
            return False
        return place < self._listing(cue.end + 1).end

    def _listing(self, start: int) -> Listing:
        """The list that begins at `start`, as long as each member is something that can be denied."""
        end, joint = start, ""
        index, between = start, ""
        while True:
            stop = index
            while stop < len(self.message) and not self._closes(stop):
                stop += 1
            if not self._deniable(index, stop):
                return Listing(end, joint)
            end, joint = stop, between or joint
            index, between = self._joint(stop)
            if not between:
                return Listing(end, joint)

    def _closes(self, index: int) -> bool:
        token = self.message[index]
        return token.mark or token.text in _JOINTS or index in self._ends or index in self._verdicts

    def _joint(self, index: int) -> tuple[int, str]:
        """Where the next member begins, and what joins it: ",", "or", "nor", "and", or nothing."""
        found = ""
        while index < len(self.message) and self.message[index].text in _JOINTS and index not in self._ends:
            found = self.message[index].text
            index += 1
        return index, found

    def _deniable(self, start: int, end: int) -> bool:
        if not 0 < end - start <= _REACH or self._needed & set(range(start, end)):
            return False
        return not _OWN_CLAUSE & set(self._between(start, end))
