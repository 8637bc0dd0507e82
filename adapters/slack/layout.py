"""A reply as Slack messages: blocks within every limit, each message with a text that can be read out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from adapters.slack import limits
from adapters.slack.markdown import elements, escape, mrkdwn_link, preformatted, rich, split, spoken
from bot.replies import Choice, Choices, Code, File, Part, Reply, Sources, Table, Text, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Block = dict[str, Any]
PRESS = "fw"
SEVERAL = "fw-several"
CHOSEN = "fw-chosen"
FEEDBACK = "fw-feedback"


class Unit(msgspec.Struct, frozen=True):
    """One block, the words it is read out by, and what stands for it where Slack refuses blocks."""

    block: Block
    words: str = ""
    plain: str = ""


class Shown(msgspec.Struct, frozen=True):
    """A message ready to be sent. plain: the same without blocks, in as many pieces as it takes.

    note: a line (mrkdwn) below it, for where everybody sees the message in its place.
    """

    text: str
    blocks: tuple[Block, ...] = ()
    plain: tuple[str, ...] = ()
    note: str = ""

    def content(self, *, noted: bool = False) -> dict[str, Any]:
        """As Slack's methods take it."""
        note = self.note if noted else ""
        content: dict[str, Any] = {"text": f"{self.text}\n{note}" if note else self.text}
        if self.blocks:
            content["blocks"] = [*self.blocks, small(note, note).block] if note else list(self.blocks)
        return content

    def in_pieces(self) -> list[Shown]:
        """Without blocks; the note is below the last."""
        return [Shown(piece, note=self.note if piece is self.plain[-1] else "") for piece in self.plain]


class Layout:
    """phrase: looks up one of the bot's sentences. thread: named in the buttons' blocks, so that a press on a message
    that only one person sees finds its conversation.
    """

    def __init__(self, phrase: Callable[..., str], thread: str = "") -> None:
        self._phrase = phrase
        self._thread = thread

    def messages(self, reply: Reply, *, settled: str | None = None) -> list[Shown]:
        """At least one, unless the reply is nothing but files. `settled`: what the open question was answered with."""
        units: list[Unit] = []
        for number, part in enumerate(_merged(reply.parts)):
            if settled is not None and _is_question(part):
                units.append(self._settled(settled))
            elif isinstance(part, Table) and any(unit.block["type"] == "table" for unit in units):
                units += _aligned_units(part)  # a message may hold one table only
            else:
                units += self.part(part, f"{reply.id}:{number}")
        return [_message(group) for group in _packed(units)]

    def part(self, part: Part, name: str) -> list[Unit]:
        match part:
            case Text():
                return _texts(part.markdown)
            case Table():
                return _table(part)
            case Code():
                return _code(part)
            case Sources():
                return _sources(part)
            case Choices():
                return self._choices(part, name)
            case File():
                return []

    def _choices(self, part: Choices, name: str) -> list[Unit]:
        if part.kind == "feedback":
            return [Unit(_feedback(part, self._block_id(name)))]
        prompt = _texts(part.prompt)
        if part.kind == "several":
            return [*prompt, Unit(self._several(part, self._block_id(name)), plain=plain(Choices(part.choices)))]
        groups = [part.choices[at : at + limits.BUTTONS] for at in range(0, len(part.choices), limits.BUTTONS)]
        labels = plain(Choices(part.choices, part.kind))
        return prompt + [
            Unit(
                {"type": "actions", "block_id": self._block_id(f"{name}.{at}"), "elements": list(_buttons(group))},
                plain="" if at else labels,
            )
            for at, group in enumerate(groups)
        ]

    def _several(self, part: Choices, block_id: str) -> Block:
        options = [
            {"text": plain_text(choice.label), "value": choice.value[: limits.OPTION_VALUE]}
            for choice in part.choices[: limits.OPTIONS]
        ]
        menu = {
            "type": "multi_static_select",
            "action_id": CHOSEN,
            "placeholder": plain_text(self._phrase("slack-several-placeholder"), limits.PLACEHOLDER),
            "options": options,
        }
        done = {
            "type": "button",
            "action_id": SEVERAL,
            "style": "primary",
            "text": plain_text(self._phrase("slack-several-done")),
        }
        return {"type": "actions", "block_id": block_id, "elements": [menu, done]}

    def _settled(self, words: str) -> Unit:
        text = self._phrase("adapter-settled", choice=words)
        return small(escape(text[: limits.BLOCK_CHARS // 5]), text)

    def _block_id(self, name: str) -> str:
        return f"{name}@{self._thread}"[: limits.BLOCK_ID]


def characters(block: Any) -> int:
    """Characters of text in a block, as Slack counts them against a message."""
    if isinstance(block, list):
        return sum(map(characters, block))
    if not isinstance(block, dict):
        return 0
    text = block.get("text")
    own = len(text) if isinstance(text, str) else 0
    return own + sum(characters(value) for value in block.values() if value.__class__ in (dict, list))


def _is_question(part: Part) -> bool:
    return isinstance(part, Choices) and part.kind in ("question", "several")


def _merged(parts: Iterable[Part]) -> list[Part]:
    """Neighbouring texts as one."""
    made: list[Part] = []
    for part in parts:
        if made and isinstance(part, Text) and isinstance(made[-1], Text):
            made[-1] = Text(f"{made[-1].markdown}\n\n{part.markdown}")
        else:
            made.append(part)
    return made


def _texts(markdown: str) -> list[Unit]:
    pieces = ((piece, rich(piece)) for piece in split(markdown, limits.BLOCK_CHARS))
    return [Unit({"type": "rich_text", "elements": made}, spoken(piece)) for piece, made in pieces if made]


def _code(part: Code) -> list[Unit]:
    title = _texts(part.title)
    pieces = split(part.text.rstrip(), limits.CODE_CHARS)
    return title + [Unit({"type": "rich_text", "elements": [preformatted(piece)]}, piece) for piece in pieces]


def _table(table: Table) -> list[Unit]:
    """A table of Slack's, in slices of rows; what is too wide for one, as aligned text."""
    width = len(table.columns)
    header = [_cell(column, bold=True) for column in table.columns]
    fixed = sum(map(characters, header))
    rows = [[_cell(cell) for cell in (*row, *[""] * width)[:width]] for row in table.rows]
    sizes = [sum(map(characters, row)) for row in rows]
    if width > limits.TABLE_COLUMNS or fixed + max(sizes, default=0) > limits.TABLE_CHARS:
        return _aligned_units(table)
    units: list[Unit] = []
    start = 0
    while start < len(rows) or not units:
        end, size = start, fixed
        while (
            end < len(rows)
            and end - start < limits.TABLE_ROWS - 1
            and (end == start or size + sizes[end] <= limits.TABLE_CHARS)
        ):
            size += sizes[end]
            end += 1
        part = Table(table.columns, table.rows[start:end])
        block = {"type": "table", "column_settings": [{"is_wrapped": True}] * width, "rows": [header, *rows[start:end]]}
        units.append(Unit(block, _read_out(part), _aligned(part)))
        start = max(end, start + 1)
    return units


def _cell(markdown: str, *, bold: bool = False) -> Block:
    content = elements(f"**{markdown}**" if bold and markdown.strip() and "*" not in markdown else markdown)
    section = {"type": "rich_text_section", "elements": content or [{"type": "text", "text": "–"}]}
    return {"type": "rich_text", "elements": [section]}


def _aligned_units(table: Table) -> list[Unit]:
    words = _read_out(table)
    pieces = split(_aligned(table), limits.BLOCK_CHARS)
    return [
        Unit({"type": "rich_text", "elements": [preformatted(piece)]}, words if at == 0 else "")
        for at, piece in enumerate(pieces)
    ]


def _aligned(table: Table) -> str:
    """Columns side by side where that stays narrow, else one line per cell."""
    rows = [[spoken(cell) for cell in row] for row in (table.columns, *table.rows)]
    widths = [max(len(row[at]) if at < len(row) else 0 for row in rows) for at in range(len(table.columns))]
    if sum(widths) + 3 * len(widths) > limits.LINE:
        return _read_out(table)
    return "\n".join(
        " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)).rstrip() for row in rows
    )


def _read_out(table: Table) -> str:
    """Row by row, each cell with the head of its column."""
    lines = []
    for row in table.rows:
        cells = [
            f"{spoken(head)}: {spoken(cell)}" if head else spoken(cell)
            for head, cell in zip(table.columns[1:], row[1:], strict=False)
        ]
        lines.append(f"{spoken(row[0])}\n  " + "\n  ".join(cells) if row else "")
    return "\n".join(lines)


def _sources(part: Sources) -> list[Unit]:
    """Small print, as many lines to a block as fit."""
    groups: list[list[tuple[str, str]]] = [[]]
    for line in part.lines:
        label = line.label[:300]
        text = f"{line.mark} {mrkdwn_link(label, line.url)}"
        if sum(len(shown) + 3 for shown, _ in (*groups[-1], (text, ""))) > limits.BLOCK_CHARS:
            groups.append([])
        groups[-1].append((text, f"{line.mark} {label}"))
    return [
        small(" · ".join(text for text, _ in group), " · ".join(read for _, read in group)) for group in groups if group
    ]


def small(mrkdwn: str, words: str) -> Unit:
    return Unit({"type": "context", "elements": [{"type": "mrkdwn", "text": mrkdwn, "verbatim": True}]}, words)


def _buttons(choices: Iterable[Choice]) -> Iterable[Block]:
    for number, choice in enumerate(choices):
        made = button(choice.label, choice.value, f"{PRESS}:{number}")
        yield {**made, "style": choice.style} if choice.style else made


def button(label: str, value: str, action_id: str) -> Block:
    return {"type": "button", "action_id": action_id, "text": plain_text(label), "value": value}


def _feedback(part: Choices, block_id: str) -> Block:
    useful, useless = part.choices[:2]
    buttons = {
        "type": "feedback_buttons",
        "action_id": FEEDBACK,
        "positive_button": {"text": plain_text(useful.label), "value": useful.value},
        "negative_button": {"text": plain_text(useless.label), "value": useless.value},
    }
    return {"type": "context_actions", "block_id": block_id, "elements": [buttons]}


def plain_text(text: str, limit: int = limits.LABEL) -> Block:
    return {"type": "plain_text", "text": text if len(text) <= limit else f"{text[: limit - 1]}…", "emoji": False}


def _packed(units: list[Unit]) -> list[list[Unit]]:
    """Units to messages: within the number of blocks, the characters, and one table each."""
    groups: list[list[Unit]] = []
    size, tables = 0, 0
    for unit in units:
        own, table = characters(unit.block), unit.block["type"] == "table"
        full = size + own > limits.MESSAGE_CHARS or tables + table > 1
        if not groups or full or len(groups[-1]) >= limits.BLOCKS:
            groups.append([])
            size, tables = 0, 0
        groups[-1].append(unit)
        size, tables = size + own, tables + table
    return groups


def _message(units: list[Unit]) -> Shown:
    words = "\n".join(unit.words.strip() for unit in units if unit.words.strip())
    words = words or " · ".join(_labels(units))
    if len(words) > limits.TEXT_CHARS:
        words = split(words, limits.TEXT_CHARS)[0] + " …"
    full = "\n\n".join(filter(None, (unit.plain or unit.words for unit in units))) or words
    pieces = tuple(escape(piece) for piece in split(full, limits.BLOCK_CHARS))
    return Shown(escape(words), tuple(unit.block for unit in units), pieces)


def _labels(units: list[Unit]) -> list[str]:
    found = [element for unit in units for element in unit.block.get("elements", ()) if element["type"] == "button"]
    return [element["text"]["text"] for element in found] or ["…"]
