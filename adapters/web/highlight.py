"""Source code to coloured runs of text. Pygments decides, the page's style sheet colours."""

from __future__ import annotations

from functools import cache

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Keyword, Literal, Name, Number, Operator, String
from pygments.util import ClassNotFound

_CLASSES = (
    (Comment, "c"),
    (Keyword, "k"),
    (String, "s"),
    (Number, "n"),
    (Name.Function, "f"),
    (Name.Class, "f"),
    (Name.Decorator, "d"),
    (Name.Builtin, "b"),
    (Name.Tag, "k"),
    (Name.Attribute, "d"),
    (Operator.Word, "k"),
    (Literal, "s"),
)
LONGEST = 40_000


def runs(text: str, language: str) -> list[list[str]]:
    """[[class, text], ...] whose texts joined are the code; the class is one letter or empty."""
    lexer = _lexer(language)
    if lexer is None or len(text) > LONGEST:
        return [["", text]]
    merged: list[list[str]] = []
    for kind, value in lexer.get_tokens(text):
        name = next((name for parent, name in _CLASSES if kind in parent), "")
        if merged and merged[-1][0] == name:
            merged[-1][1] += value
        else:
            merged.append([name, value])
    return merged


@cache
def _lexer(language: str) -> Lexer | None:
    try:
        lexer: Lexer = get_lexer_by_name(language, ensurenl=False, stripnl=False)
    except ClassNotFound:
        return None
    return lexer
