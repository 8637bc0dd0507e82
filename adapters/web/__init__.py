"""The browser: the playground, and the bot's own HTTP port with health, metrics and other adapters' routes."""

from __future__ import annotations

from adapters.web.platform import PLATFORM

__all__ = ["PLATFORM"]
