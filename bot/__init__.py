"""Framework Bot: compares web frameworks from cited knowledge, and helps a team choose."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.assistant import Assistant
    from bot.knowledge.knowledge import Knowledge
    from bot.messages import Message, Place
    from bot.replies import Reply
    from bot.store import MemoryStore

__all__ = ["Assistant", "Knowledge", "MemoryStore", "Message", "Place", "Reply"]

_HOMES = {
    "Assistant": "bot.assistant",
    "Knowledge": "bot.knowledge.knowledge",
    "MemoryStore": "bot.store",
    "Message": "bot.messages",
    "Place": "bot.messages",
    "Reply": "bot.replies",
}


def __getattr__(name: str) -> object:
    """Imports on first use, so that `import bot` costs nothing."""
    if name not in _HOMES:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
