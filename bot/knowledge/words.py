"""Text to words, and words to stems: the one way in which knowledge and messages are read, so that they meet."""

from __future__ import annotations

import re
import unicodedata

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
    "process address business css js aws cors dns https tls rss cms sms gis less various anything something nothing "
    "everything during being thing things string strings king bring spring ring sing need feed speed seed embed "
    "need needs red bed shared based used".split()
)
_cache: dict[str, str] = {}


def stem(word: str) -> str:
    """The word without its common endings: cheap, and the same for both sides. Not a dictionary form."""
    found = _cache.get(word)
    if found is None:
        if len(_cache) > 200_000:
            _cache.clear()
        found = _cache[word] = _stem(word)
    return found


def _stem(word: str) -> str:
    if len(word) <= 3 or not word.isalpha() or word in _KEEP:
        return word
    word = _singular(word)
    for ending, put in _SUFFIXES:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)] + put
            break
    if word.endswith("e") and len(word) > 4:
        word = word[:-1]
    if word.endswith("y") and len(word) > 3:
        word = word[:-1] + "i"
    return word


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


_SUFFIXES = (
    ("ization", "iz"),
    ("isation", "iz"),
    ("izing", "iz"),
    ("ising", "iz"),
    ("ized", "iz"),
    ("ised", "iz"),
    ("ise", "iz"),
    ("ize", "iz"),
    ("fulness", "ful"),
    ("iveness", "iv"),
    ("ability", "abl"),
    ("ibility", "ibl"),
    ("ational", "at"),
    ("ations", "at"),
    ("ation", "at"),
    ("ating", "at"),
    ("ated", "at"),
    ("ate", "at"),
    ("ments", "ment"),
    ("ness", ""),
    ("ingly", ""),
    ("edly", ""),
    ("tting", "t"),
    ("nning", "n"),
    ("pping", "p"),
    ("gging", "g"),
    ("tted", "t"),
    ("nned", "n"),
    ("pped", "p"),
    ("gged", "g"),
    ("ing", ""),
    ("ers", "er"),
    ("ied", "y"),
    ("ed", ""),
    ("ly", ""),
)


def stems(text: str) -> list[str]:
    return [stem(word) for word in words(text)]
