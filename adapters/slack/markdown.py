"""The core's Markdown as Slack's rich text: text stays text, so nobody's words can become a mention or a link."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

_INLINE = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|\[(?P<label>[^\]\n]+)\]\((?P<url>https?://[^\s()<>]+(?:\([^\s()<>]*\)[^\s()<>]*)*)\)"
    r"|\*\*(?P<bold>(?=\S).+?(?<=\S))\*\*"
    r"|(?<![\w*])\*(?P<italic>(?=[^\s*])[^*\n]*?(?<=[^\s*]))\*(?![\w*])",
    re.DOTALL,
)
_ITEM = re.compile(r"^(?P<indent> *)(?:[-*•]|(?P<number>\d+)[.)]) +(?P<text>.*)$")
_FENCE = "```"
Block = dict[str, Any]


class Span(msgspec.Struct, frozen=True):
    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    url: str = ""


PLAIN = Span("")


def spans(markdown: str, style: Span = PLAIN) -> list[Span]:
    """The runs of text with one style each."""
    found: list[Span] = []
    at = 0
    for match in _INLINE.finditer(markdown):
        if match.start() > at:
            found.append(msgspec.structs.replace(style, text=markdown[at : match.start()]))
        found += _styled(match, style)
        at = match.end()
    if at < len(markdown):
        found.append(msgspec.structs.replace(style, text=markdown[at:]))
    return found


def _styled(match: re.Match[str], style: Span) -> list[Span]:
    change = msgspec.structs.replace
    if match["code"]:
        return [change(style, text=match["code"], code=True)]
    if match["url"]:
        return spans(match["label"], change(style, url=match["url"]))
    if match["bold"]:
        return spans(match["bold"], change(style, bold=True))
    return spans(match["italic"], change(style, italic=True))


def spoken(markdown: str) -> str:
    """The words alone, as they are read out."""
    return "".join(span.text for span in spans(markdown))


def element(span: Span) -> Block:
    """A span as an element of rich text."""
    style = {name: True for name in ("bold", "italic", "code") if getattr(span, name)}
    made: Block = (
        {"type": "link", "url": span.url, "text": span.text} if span.url else {"type": "text", "text": span.text}
    )
    return {**made, "style": style} if style else made


def elements(markdown: str) -> list[Block]:
    return [element(span) for span in spans(markdown) if span.text]


def rich(markdown: str) -> list[Block]:
    """The elements of a rich_text block: sections, lists, quotes, preformatted text."""
    made: list[Block] = []
    for kind, lines in _groups(markdown.strip("\n").split("\n")):
        content = _group(kind, lines)
        made += content if isinstance(content, list) else [content]
    return [part for part in made if part["elements"]]


def _groups(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Neighbouring lines of one kind: text, bullet, ordered, quote, fence."""
    group: list[str] = []
    kind = ""
    for line in lines:
        now = _kind(line, inside=kind == "fence")
        if (now != kind or now == "fence-end") and group:
            if now == "fence-end":
                yield "fence", group[1:]
                group, kind = [], ""
                continue
            yield kind, group
            group = []
        kind = now
        group.append(line)
    if group:
        yield (kind, group[1:]) if kind == "fence" else (kind, group)


def _kind(line: str, *, inside: bool) -> str:
    if inside:
        return "fence-end" if line.strip() == _FENCE else "fence"
    if line.startswith(_FENCE):
        return "fence"
    item = _ITEM.match(line)
    if item is not None:
        return "ordered" if item["number"] else "bullet"
    return "quote" if line.startswith(">") else "text"


def _group(kind: str, lines: list[str]) -> Block | list[Block]:
    match kind:
        case "bullet" | "ordered":
            return _lists(kind, lines)
        case "quote":
            text = "\n".join(line.removeprefix(">").removeprefix(" ") for line in lines)
            return {"type": "rich_text_quote", "elements": elements(text)}
        case "fence":
            return preformatted("\n".join(lines))
        case _:
            return {"type": "rich_text_section", "elements": elements("\n".join(lines).rstrip("\n") + "\n")}


def _lists(style: str, lines: list[str]) -> list[Block]:
    """A list per run of equal indent; numbers go on where they stood."""
    made: list[Block] = []
    for line in lines:
        item = _ITEM.match(line)
        assert item is not None
        indent = min(len(item["indent"]) // 2, 5)
        if not made or made[-1].get("indent", 0) != indent:
            made.append({"type": "rich_text_list", "style": style, "indent": indent, "elements": []})
            first = int(item["number"] or 1)
            if style == "ordered" and first > 1:
                made[-1]["offset"] = first - 1
        made[-1]["elements"].append({"type": "rich_text_section", "elements": elements(item["text"]) or _nothing()})
    return made


def _nothing() -> list[Block]:
    return [{"type": "text", "text": "–"}]


def preformatted(text: str) -> Block:
    return {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": text or " "}]}


def escape(text: str) -> str:
    """For mrkdwn and top-level text, where `<` begins a mention or a link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def mrkdwn_link(label: str, url: str) -> str:
    if not url.startswith(("https://", "http://")):
        return escape(label)
    return f"<{escape(url).replace('|', '%7C')}|{escape(label).replace('|', '¦')}>"


def split(text: str, limit: int) -> list[str]:
    """Pieces of at most `limit` characters, cut at paragraphs, else lines, else words."""
    pieces: list[str] = []
    rest = text.strip("\n")
    while len(rest) > limit:
        cut = next((at for mark in ("\n\n", "\n", " ") if (at := rest.rfind(mark, limit // 2, limit)) > 0), limit)
        pieces.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip("\n " if cut < limit else "")
    return [*pieces, rest] if rest else pieces
