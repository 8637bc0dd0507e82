"""A reply as Discord messages. Pure, and within the limits by construction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time

import msgspec

from adapters.discord import ids, limits
from adapters.discord.limits import BUTTONS, CARD, OPTIONS, SUPPRESS_EMBEDS, Body, cut
from adapters.discord.text import Block, code, harmless, join, pages, prose, table
from bot.replies import Choice, Choices, Code, File, Part, Reply, SourceLine, Sources, Table, Text

MOST_PAGES = 3
MOST_BUTTONS = 15  # more than these are a menu
_TEXTS = 6  # of a card, so that rows and buttons have room beside them
_FILES = 3
_STYLES = {"": 2, "primary": 1, "danger": 4}
_NO_PINGS: Body = {"parse": [], "replied_user": True}


class Outgoing(msgspec.Struct, frozen=True):
    """One message: its JSON, and the files that go with it."""

    body: Body
    files: tuple[File, ...] = ()


class Extras(msgspec.Struct, frozen=True):
    """What the adapter adds. controls: its own buttons. whole: names the attachment that holds a very long answer.
    lead: a paragraph before the reply. once: everything in one message.
    """

    controls: tuple[tuple[str, str], ...] = ()
    whole: str = "answer.md"
    lead: str = ""
    once: bool = False


def render(reply: Reply, extras: Extras | None = None) -> tuple[Outgoing, ...]:
    """One message where it can be: plain up to 2,000 characters, a card up to 4,000; then several, then a file."""
    extras = extras or Extras()
    blocks = [Block(extras.lead)] if extras.lead else []
    blocks += [block for part in reply.parts for block in _blocks(part)]
    files = tuple(part for part in reply.parts if isinstance(part, File))
    made = pages(blocks, limits.CONTENT)
    if len(made) > 1:
        made = pages(blocks, limits.CARD_TEXT)
    most = 1 if extras.once else MOST_PAGES
    if len(made) > most:
        made, files = made[:most], (*files, File(extras.whole, reply.plain))
    files = tuple(file for file in files if len(file.text.encode()) <= limits.FILE_BYTES)[:_FILES]
    rows = _rows(reply, extras)
    if not made:
        made = [[Block("\u200b")]]
    last = len(made) - 1
    return tuple(
        _message(page, rows if at == last else [], files if at == last else ()) for at, page in enumerate(made)
    )


def plain(reply: Reply) -> tuple[Outgoing, ...]:
    """Without any layout, for when the platform refuses the other: text only, and all of it."""
    found = pages([prose(reply.plain)], limits.CONTENT)
    return tuple(Outgoing({"content": join(page), **_quiet()}) for page in found[: 3 * MOST_PAGES])


def note(text: str, rows: Sequence[Body] = ()) -> Outgoing:
    """A sentence of the adapter's own."""
    return Outgoing({"content": cut(harmless(text), limits.CONTENT), "components": list(rows), **_quiet()})


def as_card(message: Outgoing) -> Outgoing:
    """The same as a card: what once was a card can only be edited into another."""
    if message.body.get("flags", 0) & CARD:
        return message
    text = {"type": limits.TEXT, "content": message.body["content"]}
    attached = [_attached(at, file) for at, file in enumerate(message.files)]
    components = [text, *attached, *message.body.get("components", [])]
    body = {**message.body, "content": None, "flags": CARD, "components": components}
    return msgspec.structs.replace(message, body=body)


def settled(content: str, components: Sequence[Body], chosen: str) -> Body:
    """A question that has been answered, for the edit: its controls gone, what was chosen below it."""
    mark = f"-# ✓ {harmless(cut(chosen, limits.LABEL))}" if chosen else ""
    kept = [component for component in components if not _asks(component)]
    if any(component["type"] != limits.ROW for component in components):
        marked = [*kept, {"type": limits.TEXT, "content": mark or "\u200b"}]
        return {"components": kept if limits.problems({"components": marked, "flags": CARD}) else marked}
    text = content.split("\n-# ✓ ", maxsplit=1)[0]
    fits = mark and limits.size(text) + limits.size(mark) < limits.CONTENT
    return {"content": f"{text}\n{mark}" if fits else text, "components": kept}


def without(components: Sequence[Body], kind: str) -> list[Body]:
    """The components but for the buttons of one kind, and rows that are empty then."""
    made = []
    for component in components:
        if component["type"] != limits.ROW:
            made.append(component)
            continue
        kept = [one for one in component["components"] if ids.kind_of(one.get("custom_id") or "") != kind]
        if kept:
            made.append({**component, "components": kept})
    return made


def chosen(components: Sequence[Body], control: str, values: Sequence[str]) -> str:
    """The label of what was pressed."""
    for component in limits.walk(list(components)):
        if component.get("custom_id") != control:
            continue
        if component["type"] != limits.SELECT:
            return str(component.get("label", ""))
        return " · ".join(option["label"] for option in component["options"] if option["value"] in values)
    return ""


def _asks(component: Body) -> bool:
    kinds = {ids.kind_of(one["custom_id"]) for one in limits.walk([component]) if one.get("custom_id")}
    return component["type"] == limits.ROW and bool(kinds & {"q", "s"})


# --- messages


def _quiet() -> Body:
    return {"allowed_mentions": _NO_PINGS, "flags": SUPPRESS_EMBEDS}


def _message(page: Sequence[Block], rows: list[Body], files: tuple[File, ...]) -> Outgoing:
    text = join(page)
    if limits.size(text) <= limits.CONTENT:
        return Outgoing({"content": text, "components": rows, **_quiet()}, files)
    inside = [{"type": limits.TEXT, "content": part} for part in _grouped(page)]
    attached = [_attached(at, file) for at, file in enumerate(files)]
    card = {"type": limits.CONTAINER, "components": inside}
    body = {"components": [card, *attached, *rows], "flags": CARD, "allowed_mentions": _NO_PINGS}
    return Outgoing(body, files)


def _attached(at: int, file: File) -> Body:
    return {"type": limits.FILE, "file": {"url": f"attachment://{file_name(at, file)}"}}


def file_name(at: int, file: File) -> str:
    """As Discord will keep it: letters, digits, dots, dashes."""
    kept = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "-" for c in file.name).strip(".-")
    return kept[-80:] or f"file-{at}.md"


def _grouped(page: Sequence[Block]) -> list[str]:
    """At most so many texts, joined from the front."""
    alone = max(0, len(page) - _TEXTS + 1)
    return [text for text in (join(page[:alone]), *map(str, page[alone:])) if text]


# --- parts


def _blocks(part: Part) -> Iterator[Block]:
    match part:
        case Text():
            yield prose(part.markdown)
        case Table():
            yield table(part)
        case Code():
            if part.title:
                yield prose(part.title)
            yield code(part.text, part.language)
        case Choices():
            if part.prompt and part.kind != "feedback":
                yield prose(part.prompt)
        case Sources():
            yield Block("\n".join(f"-# {_source(line)}" for line in part.lines))
        case File():
            pass


def _source(line: SourceLine) -> str:
    label = " ".join(harmless(line.label).split()).replace("[", "(").replace("]", ")")
    address = line.url if line.url.startswith(("http://", "https://")) and not set(line.url) & set(" ()<>\n") else ""
    named = f"[{label}]({address})" if address else label
    return f"{line.mark} {named}{_dated(line)}"


def _dated(line: SourceLine) -> str:
    """Where the label does not say when: the date, as the reader's own client writes it."""
    try:
        day = date.fromisoformat(line.as_of)
    except ValueError:
        return ""
    if str(day.year) in line.label:
        return ""
    noon = datetime.combine(day, time(12), UTC)  # the same day nearly everywhere
    return f", <t:{int(noon.timestamp())}:D>"


# --- controls


def _rows(reply: Reply, extras: Extras) -> list[Body]:
    """At most five rows: what is asked first, then what comes next, then feedback with the adapter's own buttons."""
    seen: set[str] = set()
    asked: list[Body] = []
    tail: list[Body] = []
    for part in (part for part in reply.parts if isinstance(part, Choices)):
        kind = ids.KINDS[part.kind]
        choices = _distinct(kind, part.choices, seen)
        if part.kind == "feedback":
            tail += [button(kind, choice) for choice in choices]
        elif part.kind == "several" or len(choices) > MOST_BUTTONS:
            asked += _menus(kind, choices, len(asked))
        else:
            asked += _button_rows([button(kind, choice) for choice in choices])
    tail += [button(kind, Choice(label, "")) for kind, label in extras.controls]
    return [*asked[: limits.ROWS - 1], *_button_rows(tail)[:1]]


def _distinct(kind: str, choices: Sequence[Choice], seen: set[str]) -> list[Choice]:
    """Each id once in a message."""
    fresh = []
    for choice in choices:
        control = ids.custom_id(kind, choice.value)
        if control not in seen:
            seen.add(control)
            fresh.append(choice)
    return fresh


def button(kind: str, choice: Choice) -> Body:
    control = ids.custom_id(kind, choice.value)
    return {
        "type": limits.BUTTON,
        "style": _STYLES[choice.style],
        "label": label(choice.label, choice.value, limits.LABEL),
        "custom_id": control,
    }


def _button_rows(buttons: Sequence[Body]) -> list[Body]:
    starts = range(0, len(buttons), BUTTONS)
    return [{"type": limits.ROW, "components": list(buttons[at : at + BUTTONS])} for at in starts]


def _menus(kind: str, choices: Sequence[Choice], before: int) -> list[Body]:
    """Menus of 25, each alone in its row; their ids differ by number, the options carry the meaning."""
    made = []
    for number, at in enumerate(range(0, len(choices), OPTIONS), before):
        options = _options(choices[at : at + OPTIONS])
        most = len(options) if kind == "s" else 1
        menu = {"type": limits.SELECT, "custom_id": ids.menu_id(kind, number), "options": options}
        made.append({"type": limits.ROW, "components": [{**menu, "min_values": 1, "max_values": most}]})
    return made


def _options(choices: Sequence[Choice]) -> list[Body]:
    by_value = {limits.head(choice.value, limits.OPTION): choice for choice in choices}
    return [
        {"label": label(choice.label, value, limits.OPTION), "value": value}
        for value, choice in by_value.items()
        if value.strip()
    ]


def label(text: str, otherwise: str, limit: int) -> str:
    """One line of plain text, never empty: Discord refuses that."""
    found = (" ".join(one.replace("**", "").split()) for one in (text, otherwise))
    shown = next((one for one in found if one.strip("\u200b ")), "")
    return cut(shown, limit).strip("\u200b ") or "…"
