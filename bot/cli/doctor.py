"""`doctor`: looks at configuration, knowledge, database and every platform, and says how to mend what is wrong."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

import msgspec

from bot import logs, settings
from bot.adapter import Finding
from bot.cli import data
from bot.cli.run import platforms
from bot.errors import BotError
from bot.knowledge.check import examine

_FAMILIES = tuple({field.name.upper().partition("_")[0] for field in msgspec.structs.fields(settings.Settings)})
"""The first words of the settings: a name in `.env` that begins otherwise is somebody else's."""


def run(options: argparse.Namespace) -> int:
    findings = asyncio.run(_examine(online=options.online))
    for finding in findings:
        print(f"{'ok  ' if finding.ok else 'BAD '} {finding.what}" + (f": {finding.how}" if finding.how else ""))
    return 0 if all(finding.ok for finding in findings) else 1


async def _examine(*, online: bool) -> list[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    findings = [Finding(f"Python {version}", ok=True)]
    try:
        configured = settings.read()
    except BotError as error:
        return [*findings, Finding("settings", ok=False, how=str(error))]
    logs.configure(configured)
    findings += _settings(configured)
    findings.append(_overlay())
    findings.append(_knowledge(configured))
    findings.append(await _database(configured))
    for platform in platforms():
        connection = platform.connection(configured)
        if connection.state == "off":
            findings.append(Finding(platform.name, ok=True, how=f"not connected. {connection.how}"))
        else:
            findings.append(Finding(platform.name, ok=connection.state == "ready", how=connection.how))
            findings += await platform.check(configured, online=online)
    return findings


def _settings(configured: settings.Settings) -> Iterator[Finding]:
    """Which are set (never to what), and names in `.env` that mean nothing."""
    known = {field.name.upper(): field for field in msgspec.structs.fields(configured)}
    chosen = [name for name, field in known.items() if getattr(configured, field.name) != field.default]
    yield Finding("settings", ok=True, how=f"set: {', '.join(chosen)}" if chosen else "all as they come")
    for name in settings.read_env_file(Path(".env")):
        if name not in known and name.startswith(_FAMILIES):
            near = get_close_matches(name, known, 1)
            how = f"did you mean {near[0]}?" if near else "see .env.example for the names there are"
            yield Finding(f"{name} in .env", ok=False, how=f"no such setting; {how}")


def _overlay() -> Finding:
    """Whether `refresh` can write its figures."""
    place = next(path for path in (settings.OVERLAY, *settings.OVERLAY.parents) if path.exists())
    if place.is_dir() and os.access(place, os.W_OK):
        return Finding("data folder", ok=True, how=f"{settings.OVERLAY.parent} can be written")
    return Finding(
        "data folder", ok=False, how=f"{place} cannot be written; give this user the right to, or start elsewhere"
    )


def _knowledge(configured: settings.Settings) -> Finding:
    try:
        errors, warnings, claims = examine(configured.knowledge_paths)
    except BotError as error:
        return Finding("knowledge", ok=False, how=str(error))
    if errors:
        return Finding(
            "knowledge", ok=False, how=f"{len(errors)} errors; `framework-bot check` lists them, first: {errors[0]}"
        )
    return Finding("knowledge", ok=True, how=f"{claims} claims, {len(warnings)} warnings")


async def _database(configured: settings.Settings) -> Finding:
    try:
        async with data.opened(configured) as store:
            await store.ping()
            waiting, age = await store.waiting()
    except BotError as error:
        return Finding("database", ok=False, how=str(error))
    return Finding(
        "database", ok=True, how=f"answers and can be written; {waiting} replies wait, the oldest {age:.0f} s"
    )
