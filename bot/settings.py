"""Configuration, read once from the environment and `.env`. Every variable is listed in `.env.example`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import msgspec

from bot.errors import SettingsError
from bot.knowledge.files import shipped

DEFAULT_DATABASE = "sqlite:///data/framework-bot.db"
OVERLAY = Path("data/knowledge")
"""Knowledge laid over all other by itself: what `refresh` fetched, and what a team puts there."""
LOG_LEVELS = ("debug", "info", "warning", "error")
LIMITS = {"port": (0, 65_535), "delivery_hours": (1, 8_760)}
"""The least and the most of numbers that cannot be just any."""


class Settings(msgspec.Struct, frozen=True):
    """One field per environment variable (upper case). Empty means not set."""

    database_url: str = DEFAULT_DATABASE
    knowledge_path: str = ""
    host: str = "127.0.0.1"
    port: int = 8080
    web_token: str = ""
    log_level: str = "info"
    log_format: str = ""
    slack_bot_token: str = ""
    slack_app_token: str = ""
    slack_signing_secret: str = ""
    slack_client_id: str = ""
    slack_client_secret: str = ""
    slack_api_url: str = "https://slack.com/api/"
    discord_token: str = ""
    discord_api_url: str = "https://discord.com/api/v10"
    discord_message_content: bool = False
    github_token: str = ""
    github_api_url: str = "https://api.github.com"
    endoflife_api_url: str = "https://endoflife.date/api"
    pypistats_api_url: str = "https://pypistats.org/api"
    retention_days: int = 90
    delivery_hours: int = 24

    @property
    def knowledge_paths(self) -> list[Path]:
        """The layers of knowledge, lowest first, the overlay last if there is one."""
        return [*self.without_overlay, *([OVERLAY] if any(OVERLAY.glob("**/*.yaml")) else [])]

    @property
    def without_overlay(self) -> list[Path]:
        """The layers that KNOWLEDGE_PATH names, else the shipped one."""
        return [Path(path) for path in self.knowledge_path.split(":") if path] or [shipped()]


def read(environ: Mapping[str, str] | None = None, env_file: Path | None = None) -> Settings:
    """Settings from `.env` (lowest) and the environment. Raises `SettingsError` naming the variable and how to mend it."""
    values = {**read_env_file(env_file or Path(".env")), **(os.environ if environ is None else environ)}
    found: dict[str, object] = {}
    for field in msgspec.structs.fields(Settings):
        text = values.get(field.name.upper(), "").strip()
        if text:
            found[field.name] = _convert(field.name.upper(), text, field.type)
    settings = Settings(**found)  # type: ignore[arg-type]
    for name, (least, most) in LIMITS.items():
        if not least <= getattr(settings, name) <= most:
            raise SettingsError(f"{name.upper()} is {getattr(settings, name)}; it must be from {least} to {most}")
    if settings.log_level.lower() not in LOG_LEVELS:
        raise SettingsError(f"LOG_LEVEL is '{settings.log_level}'; it must be one of {', '.join(LOG_LEVELS)}")
    if settings.log_format not in ("", "json", "console"):
        raise SettingsError(f"LOG_FORMAT is '{settings.log_format}'; it must be json or console")
    return settings


def read_env_file(path: Path) -> dict[str, str]:
    """`NAME=value` lines; comments and blank lines are skipped, quotes around a value are taken off."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise SettingsError(f"{path} cannot be read: save it as UTF-8 text") from None
    values = {}
    for number, line in enumerate(lines, 1):
        text = line.strip().removeprefix("export ")
        if not text or text.startswith("#"):
            continue
        name, equals, value = text.partition("=")
        if not equals:
            raise SettingsError(f"{path}:{number}: expected NAME=value")
        values[name.strip()] = value.strip().strip("\"'")
    return values


def _convert(name: str, text: str, kind: object) -> object:
    if kind is int:
        if not (text.isascii() and text.isdigit()):
            raise SettingsError(f"{name} is '{text}'; it must be a whole number")
        return int(text)
    if kind is bool:
        if text.lower() not in ("1", "0", "true", "false", "yes", "no", "on", "off"):
            raise SettingsError(f"{name} is '{text}'; it must be true or false")
        return text.lower() in ("1", "true", "yes", "on")
    return text
