"""How long an answer takes: in process, with much more knowledge, with many conversations, and as a whole process."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Coroutine
from functools import partial
from itertools import cycle, islice
from typing import Any

import msgspec

from bot.assistant import Assistant
from bot.bench.measure import Timing, summary, time_each
from bot.knowledge.compiled import compile_knowledge
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.model import Claim
from bot.messages import Message, Place
from bot.store import MemoryStore

COPIES = 100


def questions(knowledge: Knowledge) -> list[str]:
    """Questions made from the knowledge itself: every topic in several forms, claims' own phrases, packages, terms."""
    file = knowledge.file
    names = [entry.name for entry in file.frameworks.values()][:3]
    found = []
    for number, topic in enumerate(file.topics.values()):
        word, name, other = topic.asks[0], names[number % len(names)], names[(number + 1) % len(names)]
        found += [f"{name} or {other} for {word}?", f"does {name} have {word}?", f"how good is {name} at {word}?"]
        found += [
            f"compare all three on {word}",
            f"what about {word} in {name.upper()}",
            f"which is better for {word}?",
        ]
    found += [f"what is {term.term}?" for term in islice(file.glossary.values(), 40)]
    found += [f"is {package.name} any good?" for package in islice(file.extensions.values(), 40)]
    found += ["thanks", "help", "what is the weather in Paris", "my view raises a KeyError, can you fix it?"]
    return found


async def in_process(knowledge: Knowledge, unit: float, rounds: int, name: str = "answer in process") -> Timing:
    """Every question in a conversation of its own, so that nothing is carried over."""
    assistant = Assistant(knowledge, MemoryStore())
    asked = questions(knowledge)
    await time_each(_calls(assistant, asked, "warm", len(asked)))
    return summary(name, await time_each(_calls(assistant, asked, "run", len(asked) * rounds)), unit)


async def many_conversations(knowledge: Knowledge, unit: float, count: int = 10_000) -> Timing:
    """The same, when so many conversations have been opened before."""
    assistant = Assistant(knowledge, MemoryStore())
    for number in range(count):
        await assistant.handle(Message(id=f"o{number}", place=Place("bench", f"open{number}"), user="u", text="hello"))
    asked = questions(knowledge)
    name = f"answer with {count:,} conversations open"
    return summary(name, await time_each(_calls(assistant, asked, "run", len(asked))), unit)


def _calls(assistant: Assistant, asked: list[str], run: str, count: int) -> list[partial[Coroutine[Any, Any, Any]]]:
    messages = [
        Message(id=f"{run}{number}", place=Place("bench", f"{run}{number}"), user="u", text=text)
        for number, text in enumerate(islice(cycle(asked), count))
    ]
    return [partial(assistant.handle, message) for message in messages]


def enlarged(knowledge: Knowledge, copies: int = COPIES) -> Knowledge:
    """Knowledge with every framework copied under new names: ids, names and claims renamed, texts kept."""
    file = knowledge.file
    frameworks = dict(file.frameworks)
    for number in range(1, copies):
        for framework_id, framework in file.frameworks.items():
            cells = {topic: file.topics[topic].cells.get(framework_id) for topic in file.topics}
            topics = {
                topic: msgspec.structs.replace(cell, claims=_renamed(cell.claims, number), table={})
                for topic, cell in cells.items()
                if cell is not None
            }
            frameworks[f"{framework_id}{number}"] = msgspec.structs.replace(
                framework,
                name=f"{framework.name}{number}",
                asks=(f"{framework_id}{number}",),
                rank=9,
                topics=topics,
                concepts={},
                **{
                    part: _renamed(getattr(framework, part), number)
                    for part in ("what", "choose", "avoid", "pros", "cons", "claims")
                },
            )
    made = compile_knowledge(msgspec.structs.replace(file, frameworks=frameworks))
    return Knowledge(made, knowledge.version + "x")


def _renamed(claims: dict[str, Claim], number: int) -> dict[str, Claim]:
    return {f"{claim_id}.{number}": msgspec.structs.replace(claim, about=()) for claim_id, claim in claims.items()}


def whole_process(unit: float, rounds: int) -> tuple[Timing, float]:
    """`framework-bot ask` from start to exit, and its peak memory in MB."""
    durations = []
    for _ in range(rounds + 1):
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "bot", "ask", "django or flask for auth?"], check=True, stdout=subprocess.DEVNULL
        )
        durations.append(time.perf_counter() - start)
    return summary("framework-bot ask, whole process", durations[1:], unit), _peak()


def _peak() -> float:
    """Megabytes of one `ask`, read by a small process: a child begins with what its parent holds, and here that is much."""
    script = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)"
    )
    command = [sys.executable, "-c", script, sys.executable, "-m", "bot", "ask", "django or flask for auth?"]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
    return round(float(printed), 1)
