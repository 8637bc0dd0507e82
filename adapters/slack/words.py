"""What people type in Slack as the plain text the core reads: mentions, links and entities taken apart."""

from __future__ import annotations

import re

from bot.interview import buttons as interview

_TOKEN = re.compile(r"<(?P<what>[^<>|\n]*)(?:\|(?P<label>[^<>\n]*))?>")
_LEADING = re.compile(r"^[\s,;:.!–-]+")
_SPACES = re.compile(r"[^\S\n]+")
_ODD = str.maketrans({"\u00a0": " ", "\u200b": None, "\u2060": None, "‘": "'", "’": "'", "“": '"', "”": '"'})


def plain(text: str, bot: str = "") -> str:
    """The words, without the bot's own mention; `<` and `&` as they were typed."""
    words = _TOKEN.sub(lambda token: _readable(token["what"], token["label"] or "", bot), text).translate(_ODD)
    if bot and f"<@{bot}" in text:
        words = _LEADING.sub("", words)
    words = words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return _SPACES.sub(" ", words).strip()


def _readable(what: str, label: str, bot: str) -> str:
    if what.startswith("@"):
        return "" if what[1:] == bot else f"@{label.removeprefix('@') or what[1:]}"
    if what.startswith("#"):
        return f"#{label or what[1:]}"
    if what.startswith("!"):
        return label or what[1:].partition("^")[0]
    return label or what


def mentions(text: str, user: str) -> bool:
    return bool(user) and re.search(rf"<@{re.escape(user)}[|>]", text) is not None


def to_others(text: str, bot: str) -> bool:
    """Whether it begins by naming another person or group."""
    first = re.match(r"\s*<(@|!subteam\^)(?P<id>[A-Z0-9]+)", text)
    return first is not None and first["id"] != bot


def wish(text: str) -> tuple[str, str]:
    """What stands behind the slash command, as (text, press): the named subcommands are presses, the rest is text."""
    said = plain(text)
    word = said.casefold()
    if word in _PRESSES:
        return "", _PRESSES[word]
    first, _, rest = said.partition(" ")
    if first.casefold() == "ask" and rest:
        return rest, ""
    return said, ""


_PRESSES = {
    "": "help",
    "help": "help",
    "ask": "help",
    "compare": "help",
    "recommend": interview.START,
    "sources": "sources",
    "forget me": "forget",
    "forget": "forget",
}
