"""How one person wants to be answered, everywhere and until they say otherwise."""

from __future__ import annotations

from typing import Literal

import msgspec

Change = Literal["short", "long", "private", "public", "reset"]


class Preferences(msgspec.Struct, frozen=True, omit_defaults=True):
    """short: half the room for claims. private: in channels and threads, answers that only they see."""

    short: bool = False
    private: bool = False

    def after(self, change: Change) -> Preferences:
        match change:
            case "short" | "long":
                return msgspec.structs.replace(self, short=change == "short")
            case "private" | "public":
                return msgspec.structs.replace(self, private=change == "private")
            case "reset":
                return USUAL


USUAL = Preferences()
"""Of whoever has said nothing."""
