"""Written conversations: what people say, and what they should hear. They run against the core and every adapter.

A `.story` file holds one or more stories. Lines:

    story: Auth, then FastAPI too       begins a story
    place: thread                       dm (default), channel or thread
    ann: django or flask for auth?      somebody says something to the bot
    ann (aside): lunch?                 ... in the channel, not to the bot
    ann presses: And FastAPI?           ... presses a choice by its label or value
    ann edits: django or flask for testing?   ... edits what they said last
    restart                             the bot stops and starts again
    again                               the platform delivers the last message once more
    bot: Django                         the reply contains this (case and spaces do not count); several lines add up
    bot not: FastAPI                    ... does not contain this
    bot is: silent                      the reply's intent is this (`silent`, `duplicate`, `compare`, ...)
    bot offers: Show code               a choice has this label
    bot asks: admin                     the open question of the interview has this id
    bot notes: team = small             the interview has this answer
    bot picks: django                   the interview's pick
    bot cites: testdriven-2024          a source is cited
    # a comment
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

from bot.errors import StoryError
from bot.messages import Message, Place
from bot.replies import Choice, Choices, Reply

_SAYS = re.compile(r"^(?P<who>[a-z]\w*)(?: (?P<how>\(aside\)|presses|edits))?: ?(?P<text>.*)$", re.DOTALL)
_HEARS = re.compile(r"^bot(?: (?P<kind>not|is|offers|asks|notes|picks|cites))?: ?(?P<text>.*)$")


class Step(NamedTuple):
    """kind: say, aside, press, edit, restart, again; or, for the bot, hear, not, is, offers, asks, notes, picks, cites."""

    line: int
    kind: str
    who: str
    text: str


class Story(NamedTuple):
    file: str
    title: str
    place: str
    steps: tuple[Step, ...]


class Stage(Protocol):
    """Where a story is played: the core by itself, or behind an adapter."""

    async def deliver(self, message: Message) -> Reply: ...

    async def restart(self) -> None: ...


def read(path: Path) -> list[Story]:
    """The stories of a file. Raises `StoryError` with file and line."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise StoryError(f"{path}: cannot be read: {error}; save it as UTF-8 text") from None
    stories: list[Story] = []
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("story:"):
            stories.append(Story(str(path), line.removeprefix("story:").strip(), "dm", ()))
        elif not stories:
            raise StoryError(f"{path}:{number}: a file begins with 'story: TITLE'")
        elif line.startswith("place:"):
            stories[-1] = stories[-1]._replace(place=_place(line, path, number))
        else:
            stories[-1] = stories[-1]._replace(steps=(*stories[-1].steps, _step(line, path, number)))
    return stories


def _place(line: str, path: Path, number: int) -> str:
    place = line.removeprefix("place:").strip()
    if place not in ("dm", "channel", "thread"):
        raise StoryError(f"{path}:{number}: '{place}' is no place; use dm, channel or thread")
    return place


def _step(line: str, path: Path, number: int) -> Step:
    if line in ("restart", "again"):
        return Step(number, line, "", "")
    heard = _HEARS.match(line)
    if heard:
        return Step(number, heard["kind"] or "hear", "bot", heard["text"])
    said = _SAYS.match(line)
    if said is None:
        raise StoryError(
            f"{path}:{number}: cannot read {line!r}; expected 'ann: words', 'bot: words', 'restart' or 'again'"
        )
    kind = {None: "say", "(aside)": "aside", "presses": "press", "edits": "edit"}[said["how"]]
    return Step(number, kind, said["who"], said["text"].replace("\\n", "\n"))


def find(paths: list[Path]) -> Iterator[Story]:
    for path in paths:
        if not path.exists():
            raise StoryError(f"{path}: there is no such file or folder")
        files = sorted(path.rglob("*.story")) if path.is_dir() else [path]
        for file in files:
            yield from read(file)


async def play(story: Story, stage: Stage, platform: str = "story") -> list[str]:
    """What went otherwise than written, one line each; empty when all is well."""
    problems: list[str] = []
    place = Place(platform=platform, channel=f"{Path(story.file).stem}-{story.title}", kind=story.place)  # type: ignore[arg-type]
    last: Message | None = None
    reply = Reply()
    for step in story.steps:
        if step.kind == "restart":
            await stage.restart()
        elif step.kind == "again" and last is not None:
            reply = await stage.deliver(last)
        elif step.kind == "press" and (wrong := _no_button(step, reply)):
            problems.append(f"{story.file}:{step.line}: {story.title}: {wrong}")
        elif step.who != "bot":
            message = _message(step, place, reply, last)
            if step.kind != "edit":
                last = message
            reply = await stage.deliver(message)
        elif wrong := _wrong(step, reply):
            problems.append(f"{story.file}:{step.line}: {story.title}: {wrong}")
    return problems


def _message(step: Step, place: Place, reply: Reply, last: Message | None) -> Message:
    message_id = f"{place.channel}-{step.line}"
    if step.kind == "press":
        value = next((c.value for c in _buttons(reply) if step.text in (c.label, c.value)), step.text)
        return Message(id=message_id, place=place, user=step.who, press=value)
    if step.kind == "edit":
        return Message(id=message_id, place=place, user=step.who, text=step.text, edits=last.id if last else "")
    return Message(id=message_id, place=place, user=step.who, text=step.text, addressed=step.kind == "say")


def _buttons(reply: Reply) -> list[Choice]:
    """Everything that can be pressed, the question whether the answer was useful included."""
    return [choice for part in reply.parts if isinstance(part, Choices) for choice in part.choices]


def _no_button(step: Step, reply: Reply) -> str:
    """A label must be there to be pressed; a value (it has a colon) may come from an older message."""
    labels = [choice.label for choice in _buttons(reply)]
    known = ":" in step.text or step.text in labels or any(step.text == choice.value for choice in _buttons(reply))
    return "" if known else f"there is no button {step.text!r} to press, only {labels}"


def _wrong(step: Step, reply: Reply) -> str:
    """Why the reply is not what was written, or nothing."""
    seen = reply.interview or {}
    question = (seen.get("question") or {}).get("id", "")
    match step.kind:
        case "hear":
            ok, got = _plain(step.text) in _plain(reply.plain), reply.plain
        case "not":
            ok, got = _plain(step.text) not in _plain(reply.plain), reply.plain
        case "is":
            ok, got = reply.intent == step.text, reply.intent
        case "offers":
            ok, got = any(c.label == step.text for c in _buttons(reply)), str([c.label for c in _buttons(reply)])
        case "asks":
            ok, got = question == step.text, question
        case "notes":
            name, _, value = (part.strip() for part in step.text.partition("="))
            ok, got = str(seen.get("answers", {}).get(name)) == value, str(seen.get("answers"))
        case "picks":
            ok, got = str(seen.get("pick")) == step.text, str(seen.get("pick"))
        case _:
            ok, got = any(line.id == step.text for line in reply.sources), str([line.id for line in reply.sources])
    return "" if ok else f"expected {step.kind} {step.text!r}, got {got[:300]!r}"


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("*", "").split())
