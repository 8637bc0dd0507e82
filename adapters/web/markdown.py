"""Markdown to a tree of a few harmless node kinds, which the page builds its elements from. No HTML at any point."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

Node = str | list[Any]
"""Text, or [kind, children...]; "a" has its address, "cite" its mark, before the children."""

_KINDS = {
    "paragraph": "p",
    "bullet_list": "ul",
    "ordered_list": "ol",
    "list_item": "li",
    "blockquote": "quote",
    "strong": "b",
    "em": "i",
    "heading": "p",
}
_MARKS = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?:˒[⁰¹²³⁴⁵⁶⁷⁸⁹]+)*")
_parser = MarkdownIt("commonmark", {"html": False}).disable(["html_block", "html_inline", "image", "entity"])


def blocks(text: str, marks: Mapping[str, str] | None = None) -> list[Node]:
    """The text's paragraphs, lists and quotes. marks: those of the reply's sources -> source id."""
    tree = SyntaxTreeNode(_parser.parse(text))
    return [node for child in tree.children for node in _nodes(child, marks or {})]


def inline(text: str, marks: Mapping[str, str] | None = None) -> list[Node]:
    """One line, without paragraphs."""
    tree = SyntaxTreeNode(_parser.parseInline(text))
    return [node for child in tree.children for node in _nodes(child, marks or {})]


def _nodes(node: SyntaxTreeNode, marks: Mapping[str, str]) -> Iterable[Node]:
    match node.type:
        case "text":
            yield from _cited(node.content, marks)
        case "softbreak" | "hardbreak":
            yield ["br"]
        case "code_inline":
            yield ["code", node.content]
        case "fence" | "code_block":
            yield ["pre", node.content]
        case "hr":
            yield ["hr"]
        case "link" if address(str(node.attrs.get("href", ""))):
            yield ["a", str(node.attrs["href"]), *_inside(node, marks)]
        case kind if kind in _KINDS:
            yield [_KINDS[kind], *_inside(node, marks)]
        case _:
            yield from _inside(node, marks)


def _inside(node: SyntaxTreeNode, marks: Mapping[str, str]) -> Iterable[Node]:
    for child in node.children:
        yield from _nodes(child, marks)


def _cited(text: str, marks: Mapping[str, str]) -> Iterable[Node]:
    """Text with the superscripts of known sources taken out as nodes of their own."""
    end = 0
    for found in _MARKS.finditer(text):
        each = found[0].split("˒")
        if not all(mark in marks for mark in each):
            continue
        if before := text[end : found.start()].rstrip():
            yield before
        yield ["cite", *each]
        end = found.end()
    if end < len(text):
        yield text[end:]


def address(url: str) -> str:
    """The address if it is one of the web, else nothing (`javascript:` and the like)."""
    return url if urlsplit(url).scheme in ("http", "https") else ""
