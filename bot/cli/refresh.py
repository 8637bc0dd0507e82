"""`refresh`: live figures into the overlay. Exit status 1 when nothing at all could be fetched."""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt

from bot import logs, settings
from bot.errors import SettingsError
from bot.knowledge.knowledge import Knowledge
from bot.refresh import FILE, Outcome, refresh

_SAID = {"new": "fetched", "same": "unchanged, confirmed today", "kept": "kept as it was"}


def run(options: argparse.Namespace) -> int:  # noqa: ARG001 - verbs are alike
    configured = settings.read()
    logs.configure(configured)
    knowledge = Knowledge.load(configured.without_overlay)
    today = dt.datetime.now(dt.UTC).date()
    try:
        outcomes = asyncio.run(refresh(knowledge, configured, settings.OVERLAY, today=today))
    except OSError as error:
        raise SettingsError(
            f"{settings.OVERLAY} cannot be written: {error.strerror}. Make it writable for this user."
        ) from None
    for outcome in outcomes:
        print(line(outcome))
    fresh = sum(outcome.state != "kept" for outcome in outcomes)
    print(f"{fresh} of {len(outcomes)} up to date in {settings.OVERLAY / FILE}. A running bot takes it over by itself.")
    return 0 if fresh or not outcomes else 1


def line(outcome: Outcome) -> str:
    why = f": {outcome.why}" if outcome.why else ""
    return f"{outcome.framework:10} {outcome.api:10} {_SAID[outcome.state]}{why}"
