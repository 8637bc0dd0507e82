"""Text for Discord: nobody pinged, fences kept whole, tables that line up, pages cut where one would cut them."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from adapters.discord.limits import head, size
from bot.replies import Table

WIDTH = 40  # columns of a block that a phone shows without wrapping
_JOINT = "\n\n"
_FENCE = len("```\n\n```")
_PING = re.compile(r"@(everyone|here|[!&]?\d{15,21})|<(?=[@#])")
_LINK = re.compile(r"\[([^\]]+)\]\(<?[^)\s]*>?\)")
_MARKS = re.compile(r"\*\*|`|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])")
_BREAKS = (_JOINT, "\n", ". ", " ")


class Block(NamedTuple):
    """Prose, or, where `language` is not None, what stands between two fences."""

    text: str
    language: str | None = None

    def __str__(self) -> str:
        return self.text if self.language is None else f"```{self.language}\n{self.text}\n```"


def harmless(text: str) -> str:
    """Nothing in it looks like a mention any more."""
    return _PING.sub(lambda found: found[0][0] + "\u200b" + found[0][1:], text)


def prose(text: str) -> Block:
    return Block(harmless(text).strip())


def code(text: str, language: str) -> Block:
    """Fences inside are broken up, or the rest would fall out of the block."""
    language = language if re.fullmatch(r"[\w+#.-]{1,20}", language) else ""
    return Block(text.replace("```", "`\u200b``").strip("\n"), language)


def pages(blocks: Iterable[Block], limit: int) -> list[list[Block]]:
    """The blocks in order, each page (its blocks joined by a blank line) within the limit."""
    made: list[list[Block]] = [[]]
    room = limit
    for block in blocks:
        for piece in pieces(block, limit):
            needed = size(str(piece)) + (len(_JOINT) if made[-1] else 0)
            if needed > room and made[-1]:
                made.append([])
                room, needed = limit, size(str(piece))
            made[-1].append(piece)
            room -= needed
    return [page for page in made if page]


def pieces(block: Block, limit: int) -> Iterator[Block]:
    """The block, or parts of it that fit. A block of code is closed and opened again."""
    if not block.text.strip():
        return
    frame = 0 if block.language is None else _FENCE + size(block.language)
    rest = block.text
    while size(rest) > limit - frame:
        beginning = _beginning(rest, limit - frame, _BREAKS if block.language is None else _BREAKS[1:2])
        if beginning.strip():
            yield block._replace(text=beginning.rstrip() if block.language is None else beginning.rstrip("\n"))
        rest = rest[len(beginning) :].lstrip("\n" if block.language is not None else None)
    if rest.strip():
        yield block._replace(text=rest)


def _beginning(text: str, limit: int, breaks: Sequence[str]) -> str:
    """Up to the last break of the best kind that leaves at least a third of a page; else a hard cut."""
    page = head(text, limit)
    for mark in breaks:
        at = page.rfind(mark)
        if at > len(page) // 3:
            return page[: at + len(mark)]
    return page


def join(blocks: Iterable[Block]) -> str:
    return _JOINT.join(map(str, blocks))


# --- tables


def width(text: str) -> int:
    """Columns of a monospaced font."""
    return len(text) if text.isascii() else sum(_columns(character) for character in text)


@functools.lru_cache(maxsize=4_096)
def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def bare(markdown: str) -> str:
    """One line without Markdown."""
    return " ".join(_MARKS.sub("", _LINK.sub(r"\1", markdown)).split())


def table(part: Table, limit: int = WIDTH) -> Block:
    """Side by side where that fits; else each row as a heading with one line per column below it."""
    columns = [bare(cell) for cell in part.columns]
    rows = [[bare(cell) for cell in row][: len(columns)] for row in part.rows]
    rows = [row + [""] * (len(columns) - len(row)) for row in rows]
    widths = [max(map(width, cells)) for cells in zip(columns, *rows, strict=True)]
    if sum(widths) + 2 * (len(widths) - 1) <= limit:
        return code("\n".join(_grid([columns, *rows], widths)), "")
    return code("\n".join(_stacked(columns, rows, limit)), "")


def _grid(rows: Iterable[Sequence[str]], widths: Sequence[int]) -> Iterator[str]:
    for row in rows:
        yield "  ".join(pad(cell, columns) for cell, columns in zip(row, widths, strict=True)).rstrip()


def _stacked(columns: Sequence[str], rows: Iterable[Sequence[str]], limit: int) -> Iterator[str]:
    """A column's name stands beside its cell where it is short, above it where it is long, and on top when it is alone."""
    alone = len(columns) == 2
    yield from wrap(" · ".join(filter(None, columns if alone else columns[:1])), limit)
    names = max(map(width, columns[1:]), default=0)
    for row in rows:
        yield from wrap(row[0], limit)
        for name, cell in zip(columns[1:], row[1:], strict=True):
            if alone:
                yield from _indented(cell, 2, limit)
            elif names <= limit // 3:
                lines = wrap(cell, limit - names - 4) or ["-"]
                yield f"  {pad(name, names)}  {lines[0]}".rstrip()
                yield from (f"  {' ' * names}  {line}" for line in lines[1:])
            else:
                yield from _indented(name, 2, limit)
                yield from _indented(cell or "-", 4, limit)


def _indented(text: str, by: int, limit: int) -> Iterator[str]:
    return (" " * by + line for line in wrap(text, limit - by))


def pad(text: str, columns: int) -> str:
    return text + " " * (columns - width(text))


def wrap(text: str, limit: int) -> list[str]:
    """Lines of at most so many columns, broken at spaces; a longer word is cut."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        rest = word
        if line and width(line) + 1 + width(rest) <= limit:
            line = f"{line} {rest}"
            continue
        if line:
            lines.append(line)
        while width(rest) > limit:
            beginning = _narrow(rest, limit)
            lines.append(beginning)
            rest = rest[len(beginning) :]
        line = rest
    return [*lines, line] if line else lines


def _narrow(text: str, limit: int) -> str:
    used, end = 0, 0
    for character in text:
        used += _columns(character)
        if used > limit and end:
            break
        end += 1
    return text[:end]
