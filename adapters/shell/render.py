"""Replies in the terminal: Markdown, tables, highlighted code, numbered choices."""

from __future__ import annotations

from rich.console import Console, Group, RenderableType
from rich.markdown import Markdown
from rich.padding import Padding
from rich.syntax import Syntax
from rich.table import Table as RichTable
from rich.text import Text as RichText

from bot.replies import Choices, Code, File, Part, Reply, Sources, Table, Text

WIDTH = 100


def show(reply: Reply, console: Console | None = None) -> None:
    """Print the reply; to a pipe as plain text."""
    console = console or Console()
    if not console.is_terminal:
        console.file.write(reply.plain + "\n")
        return
    console.print(render(reply), width=min(WIDTH, console.width))


def render(reply: Reply) -> RenderableType:
    """The reply as one thing that rich can print."""
    numbered = 0
    shown: list[RenderableType] = []
    for part in reply.parts:
        if isinstance(part, Choices) and part.kind == "feedback":
            continue
        shown.append(Padding(_part(part, numbered), (0, 0, 1, 0)))
        numbered += len(part.choices) if isinstance(part, Choices) else 0
    return Group(*shown)


def _part(part: Part, numbered: int) -> RenderableType:
    match part:
        case Text():
            return Markdown(part.markdown)
        case Table():
            return _table(part)
        case Code():
            code = Syntax(part.text.rstrip(), part.language, theme="ansi_dark", padding=(0, 1))
            return Group(Markdown(part.title), code) if part.title else code
        case Choices():
            return _choices(part, numbered)
        case Sources():
            return _sources(part)
        case File():
            return Group(RichText(part.name, style="bold"), Syntax(part.text, "markdown", theme="ansi_dark"))


def _table(part: Table) -> RichTable:
    table = RichTable(show_lines=False, header_style="bold", border_style="dim")
    for column in part.columns:
        table.add_column(column)
    for row in part.rows:
        table.add_row(*(Markdown(cell) for cell in row))
    return table


def _choices(part: Choices, numbered: int) -> RichText:
    line = RichText(f"{part.prompt}\n" if part.prompt else "")
    for number, choice in enumerate(part.choices, numbered + 1):
        line.append(f" {number} ", style="reverse")
        line.append(f" {choice.label}   ")
    return line


def _sources(part: Sources) -> RichText:
    text = RichText(style="dim")
    for number, line in enumerate(part.lines):
        text.append("\n" if number else "")
        text.append(f"{line.mark} {line.label}", style=f"link {line.url}" if line.url else "")
        text.append(f"  {line.url}" if line.url else "")
    return text
