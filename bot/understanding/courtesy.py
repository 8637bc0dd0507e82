"""Takes greetings and thanks off a question: "hi, could you please tell me ... thanks a lot" asks what stands between."""

from __future__ import annotations

import re
from collections.abc import Iterable

LEAST = 2
"""Words that must be left: what is nothing but a greeting stays one."""
TAIL = 80
"""Characters at the end in which closing words are looked for."""


class Courtesy:
    """before, after: phrases in lower case that open a message, and that close it. pleas: those that leave even a
    single word: "shorter please". asking: words a question begins with, after which thanks are only its beginning.
    leads: words that may stand before those. corrections: what says that the question is put again ("no, I meant ...").
    tags: what makes a question of a statement ("..., no?").
    """

    def __init__(
        self,
        before: Iterable[str],
        after: Iterable[str],
        pleas: Iterable[str] = (),
        asking: Iterable[str] = (),
        leads: Iterable[str] = (),
        corrections: Iterable[str] = (),
        tags: Iterable[str] = (),
    ) -> None:
        self._tag = re.compile(rf"(?<=\w)\s*,\s*(?:{_alternatives(tags)})\s*[?.!]*\s*$", re.IGNORECASE)
        self._plea = re.compile(rf"(?<=\w)[\s,]+(?:{_alternatives(pleas)})[\s.!]*$", re.IGNORECASE)
        opening, closing = _alternatives(before), _alternatives(after)
        self._opening = re.compile(rf"\s*(?:{opening})(?![\w'])[\s,.!:;-]*", re.IGNORECASE)
        lead, question = _alternatives(leads), rf"(?:{_alternatives(asking)})\b"
        asks = rf"(?:(?:{lead})[\s,]+)*{question}"
        self._thanks = re.compile(
            rf"\s*(?:{closing})(?:\s*[,.!;:-]+\s*(?=.*\?|{asks})|\s+(?=(?:{lead})[\s,]+{asks}))",
            re.IGNORECASE | re.DOTALL,
        )
        again = _alternatives(corrections).replace(r"\s+", r"[\s,]+")
        self._again = re.compile(rf"\s*(?:{again})[\s,:]+(?:(?:if|whether)\s+|(?={question}))", re.IGNORECASE)
        self._closing = re.compile(rf"(?:^|(?<=[\s,.!?;)-]))(?:{closing})[\s,.!:)-]*$", re.IGNORECASE)

    def bare(self, text: str) -> str:
        """The text without what is mere courtesy, or as it is when little else stands in it."""
        text = self._tag.sub("?", self._plea.sub("", text))
        rest = self._without_opening(text)
        while True:
            start = max(0, len(rest) - TAIL)
            found = self._closing.search(rest, start)
            if found is None:
                break
            rest = rest[: found.start()].rstrip(" ,;-\n\t")
        return rest if rest != text and len(rest.split()) >= LEAST else text

    def _without_opening(self, text: str) -> str:
        while found := self._opening.match(text) or self._thanks.match(text) or self._again.match(text):
            text = text[found.end() :]
        return text


def _alternatives(phrases: Iterable[str]) -> str:
    """Longest first, any space between the words. Nothing matches when there are none."""
    ordered = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in ordered) or r"(?!)"
