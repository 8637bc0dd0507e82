"""`manifest`: prints a platform's app manifest, to be pasted where apps are made."""

from __future__ import annotations

import argparse
import json
from importlib import import_module

from bot import settings
from bot.knowledge.knowledge import Knowledge


def run(options: argparse.Namespace) -> int:
    platform = import_module(f"adapters.{options.platform}.manifest")
    made = platform.manifest(Knowledge.load(settings.read().knowledge_paths), options.http)
    print(json.dumps(made, indent=2, ensure_ascii=False))
    return 0
