"""Takes greetings and thanks off a question: "hi, could you please tell me ... thanks a lot" asks what stands between."""

from __future__ import annotations

import re
from collections.abc import Iterable

LEAST = 2
"""Words that must be left: what is nothing but a greeting stays one."""
TAIL = 80
"""Characters at the end in which closing words are looked for."""


_ASKING = r"(?:how|what|which|where|when|why|who|can|could|should|does|do|is|are|will|would|has|have)\b"
_MEANT = re.compile(rf"\s*(?:no|nope|nah)[\s,.]+i mean[\s,:]+(?={_ASKING}(?:\s+\S+){{4}})", re.IGNORECASE)
"""A whole question asked anew; a shorter one goes on with what was asked before."""


class Courtesy:
    """before, after: phrases in lower case that open a message, and that close it. pleas: those that leave even a
    single word: "shorter please".
    """

    def __init__(self, before: Iterable[str], after: Iterable[str], pleas: Iterable[str] = ()) -> None:
        self._plea = re.compile(rf"(?<=\w)[\s,]+(?:{_alternatives(pleas)})[\s.!]*$", re.IGNORECASE)
        opening, closing = _alternatives(before), _alternatives(after)
        self._opening = re.compile(rf"\s*(?:{opening})(?![\w'])[\s,.!:;-]*", re.IGNORECASE)
        asks = rf".*\?|(?:(?:and|but|so|also|now)\s+)?{_ASKING}"
        self._thanks = re.compile(rf"\s*(?:{closing})[\s]*[,.!]+\s+(?={asks})", re.IGNORECASE | re.DOTALL)
        self._closing = re.compile(rf"(?:^|(?<=[\s,.!?;)-]))(?:{closing})[\s,.!:)-]*$", re.IGNORECASE)

    def bare(self, text: str) -> str:
        """The text without what is mere courtesy, or as it is when little else stands in it."""
        text = self._plea.sub("", text)
        rest = self._without_opening(text)
        while True:
            start = max(0, len(rest) - TAIL)
            found = self._closing.search(rest, start)
            if found is None:
                break
            rest = rest[: found.start()].rstrip(" ,;-\n\t")
        return rest if rest != text and len(rest.split()) >= LEAST else text

    def _without_opening(self, text: str) -> str:
        while found := self._opening.match(text) or self._thanks.match(text) or _MEANT.match(text):
            text = text[found.end() :]
        return text


def _alternatives(phrases: Iterable[str]) -> str:
    """Longest first, any space between the words. Nothing matches when there are none."""
    ordered = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in ordered) or r"(?!)"
