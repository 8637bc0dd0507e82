"""Where conversations live between messages."""

from bot.store.base import Delivery, Store, Turn
from bot.store.memory import MemoryStore

__all__ = ["Delivery", "MemoryStore", "Store", "Turn"]
