"""What goes out: an ordered tuple of parts that every adapter can render, and that always reads as plain text."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

Audience = Literal["here", "only_you", "dm"]
ChoiceKind = Literal["next", "question", "several", "feedback"]
CHOICE_VALUE_LIMIT = 90  # platforms allow 100 characters for a button's id; the rest is the adapter's prefix


class Text(msgspec.Struct, frozen=True, tag="text", omit_defaults=True):
    """Markdown: **bold**, *italic*, `code`, [label](url), lists with "- ", quotes with "> ". Paragraphs by blank lines.

    aside: said to who asked; others to whom the answer is passed on do not get it.
    """

    markdown: str
    aside: bool = False


class Table(msgspec.Struct, frozen=True, tag="table"):
    """Cells are Markdown of one line. `columns[0]` heads the row labels and may be empty."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Code(msgspec.Struct, frozen=True, tag="code"):
    """One example. `language` is a Pygments name; `title` is a line of Markdown above it."""

    text: str
    language: str = "python"
    title: str = ""


class Choice(msgspec.Struct, frozen=True):
    """A button. `value` (at most 90 characters) comes back as `Message.press` and carries the whole meaning."""

    label: str
    value: str
    style: Literal["", "primary", "danger"] = ""


class Choices(msgspec.Struct, frozen=True, tag="choices"):
    """Buttons, answered by a press, a number (in the order shown) or the label's words.

    kind: `next` (what one could ask now), `question` (answers of an open question), `several` (a multi-select: any
    number of them, sent together), `feedback` (was this useful?).
    """

    choices: tuple[Choice, ...]
    kind: ChoiceKind = "next"
    prompt: str = ""


class SourceLine(msgspec.Struct, frozen=True):
    """One cited source. `mark` is what stands in the text (a superscript number); `as_of` is an ISO date or empty."""

    mark: str
    id: str
    title: str
    label: str
    as_of: str = ""
    url: str = ""


class Sources(msgspec.Struct, frozen=True, tag="sources"):
    lines: tuple[SourceLine, ...]


class File(msgspec.Struct, frozen=True, tag="file"):
    name: str
    text: str
    mime: str = "text/markdown"


Part = Text | Table | Code | Choices | Sources | File


class Weight(msgspec.Struct, frozen=True):
    """How well a claim fitted the question: its score in all, and the part of it that comes from shared words."""

    claim: str
    score: float
    words: float


class Reply(msgspec.Struct, frozen=True, omit_defaults=True):
    """The answer to one message.

    id: names this answer in feedback and edits (derived from the message's id).
    audience: `here`; `only_you` (the person alone, where the platform can); `dm` (hand `forward`, a press, or else
    `forward_text` to the assistant in the person's DM, as that person's message; the parts say so here).
    replaces: the id of the *message* whose earlier answer this one takes the place of (an edited question).
    settles: the id of the *answer* whose open question has been answered (its buttons may go), with `settled_as`.
    opens: the first answer that everybody in the place sees (also after its question was edited).
    passes_on: made for others to read. An adapter that can ask the person where to posts `passed_on` of it there.
    intent, answered, frameworks, topics, claims, interview: as in the JSON lines of the command line.
    trace, command, weighed: how it came about: the words that were recognised, what they were taken to ask for, and the
    claims that were considered first, best first.
    headline: one line for a notification.
    """

    id: str = ""
    parts: tuple[Part, ...] = ()
    audience: Audience = "here"
    intent: str = "silent"
    answered: bool = False
    frameworks: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    interview: dict[str, Any] | None = None
    replaces: str = ""
    settles: str = ""
    settled_as: str = ""
    opens: bool = False
    passes_on: bool = False
    forward: str = ""
    forward_text: str = ""
    trace: tuple[str, ...] = ()
    command: str = ""
    weighed: tuple[Weight, ...] = ()

    @property
    def silent(self) -> bool:
        return not self.parts

    @property
    def plain(self) -> str:
        """Text that needs no platform to be read; choices are numbered through, as `choices` counts them."""
        texts, numbered = [], 0
        for part in self.parts:
            texts.append(plain(part, numbered))
            numbered += len(part.choices) if isinstance(part, Choices) and part.kind != "feedback" else 0
        return "\n\n".join(filter(None, texts))

    @property
    def headline(self) -> str:
        first = next((part.markdown for part in self.parts if isinstance(part, Text)), "")
        return first.partition("\n")[0].replace("**", "")

    @property
    def sources(self) -> tuple[SourceLine, ...]:
        return tuple(line for part in self.parts if isinstance(part, Sources) for line in part.lines)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Everything pressable but feedback, in the order in which numbers count them."""
        shown = (part for part in self.parts if isinstance(part, Choices) and part.kind != "feedback")
        return tuple(choice for part in shown for choice in part.choices)


def passed_on(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """What others get to see of an answer: no buttons, and nothing said aside."""
    return tuple(
        part for part in parts if not isinstance(part, Choices) and not (isinstance(part, Text) and part.aside)
    )


def plain(part: Part, numbered: int = 0) -> str:
    """The part as text that needs no platform to be read. numbered: the choices that stand before it."""
    match part:
        case Text():
            return part.markdown
        case Table():
            return plain_table(part)
        case Code():
            heading = f"{part.title}\n" if part.title else ""
            return f"{heading}```{part.language}\n{part.text.rstrip()}\n```"
        case Choices():
            if part.kind == "feedback":
                return ""
            buttons = " ".join(f"[{number} {choice.label}]" for number, choice in enumerate(part.choices, numbered + 1))
            return f"{part.prompt}\n{buttons}" if part.prompt else buttons
        case Sources():
            return " · ".join(
                f"{line.mark} {line.label}" + (f" <{line.url}>" if line.url else "") for line in part.lines
            )
        case File():
            return f"{part.name}\n{part.text}"


def plain_table(table: Table) -> str:
    lines = [" | ".join(table.columns), " | ".join("---" for _ in table.columns)]
    lines += [" | ".join(row) for row in table.rows]
    return "\n".join(f"| {line} |" for line in lines)
