"""Text to words, and words to stems: the one way in which knowledge and messages are read, so that they meet."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:[.'][^\W_]+)*(?:\+\+|#)?")
_ENDINGS = (
    ("n't", " not"),
    ("'re", " are"),
    ("'ve", " have"),
    ("'ll", " will"),
    ("'m", " am"),
    ("'d", " would"),
)
_S_IS = frozenset("what who where how that it there here when let which she he".split())
_IRREGULAR = {"can't": "can not", "won't": "will not", "shan't": "shall not", "let's": "let us"}
_FOLD = str.maketrans({"’": "'", "‘": "'", "`": " ", "´": "'", "\u200b": None, "\u200d": None, "\ufeff": None})


def fold(text: str) -> str:
    """One spelling for width, case and apostrophes; control and formatting characters become spaces."""
    if text.isascii():
        return text.translate(_FOLD).lower()
    text = unicodedata.normalize("NFKC", text).translate(_FOLD).casefold()
    return "".join(" " if unicodedata.category(mark) in ("Cc", "Cf") else mark for mark in text)


def words(text: str) -> list[str]:
    """Lower-case words. Hyphens and slashes separate; "node.js", "c#", "2.0" stay whole; contractions are spelt out."""
    result: list[str] = []
    for word in _WORD.findall(fold(text)):
        if "'" in word:
            result.extend(_uncontract(word))
        else:
            result.append(word)
    return result


def _uncontract(word: str) -> list[str]:
    if word in _IRREGULAR:
        return _IRREGULAR[word].split()
    if word.endswith("'s"):
        return [word[:-2], "is"] if word[:-2] in _S_IS else [word[:-2]]
    for ending, spelt in _ENDINGS:
        if word.endswith(ending):
            return (word[: -len(ending)] + spelt).split()
    return [word.replace("'", "")]


_KEEP = frozenset(
    "this is was has does less its us as yes news always perhaps besides django sass redis pages series class access "
    "stats locally booking readable process address business css js aws cors dns https tls rss cms sms gis various anything something nothing "
    "everything during being thing things string strings king bring spring ring sing need feed speed seed embed settings typing locale liveness readiness "
    "needs red bed shared based request requests test tests latest interest guest rest".split()
)
_COMPARED = {
    "faster": "fast", "fastest": "fast", "slower": "slow", "slowest": "slow", "easier": "easy", "easiest": "easy",
    "harder": "hard", "hardest": "hard", "simpler": "simple", "simplest": "simple", "bigger": "big", "biggest": "big",
    "smaller": "small", "smallest": "small", "larger": "large", "largest": "large", "lighter": "light",
    "lightest": "light", "quicker": "quick", "quickest": "quick", "cheaper": "cheap", "cheapest": "cheap",
    "safer": "safe", "safest": "safe", "newer": "new", "newest": "new", "older": "old", "oldest": "old",
    "authorization": "authoriz", "authorisation": "authoriz", "authorize": "authoriz", "authorized": "authoriz",
    "localization": "localiz", "localisation": "localiz", "localize": "localiz", "localise": "localiz",
    "localized": "localiz", "localised": "localiz", "locales": "locale", "typed": "typing", "profiling": "profiler",
    "readable": "readabl", "readability": "readabl", "reliable": "reliab", "reliability": "reliab",
    "using": "use", "used": "use", "uses": "use", "maintenance": "maintain", "performant": "perform", "began": "begin",
    "written": "write", "wrote": "write", "built": "build", "made": "make", "chosen": "choose", "chose": "choose",
}  # fmt: skip


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The word without its common endings: cheap, and the same for both sides. Not a dictionary form."""
    word = _COMPARED.get(word, word)
    if len(word) <= 3 or not word.isalpha() or word in _KEEP:
        return word
    word = _singular(word)
    for ending, shortest in _SUFFIXES:
        if word.endswith(ending) and len(word) - len(ending) >= shortest:
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] in "bdgmnprt":
        word = word[:-1]
    if word.endswith("e") and len(word) > 3:
        word = word[:-1]
    return word[:-1] + "i" if word.endswith("y") and len(word) > 3 else word


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


_SUFFIXES = (
    ("ization", 3), ("isation", 3), ("izing", 3), ("ising", 4), ("ized", 3), ("ised", 4), ("ize", 4), ("ise", 5),
    ("ability", 3), ("ibility", 3), ("ation", 3), ("ating", 3), ("ated", 3), ("able", 4), ("ible", 4), ("ate", 3),
    ("ment", 4), ("ance", 5), ("ness", 3), ("ity", 4), ("ing", 3), ("ied", 4), ("ed", 3), ("ly", 4),
)  # fmt: skip
"""(ending, how many letters must be left). The first that fits is taken."""


def stems(text: str) -> list[str]:
    return [stem(word) for word in words(text)]
