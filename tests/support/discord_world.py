"""What there is on the fake Discord: people, guilds, channels, messages, interactions."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

EPOCH = 1_420_070_400_000
BOT, APPLICATION = "9001", "9001"
EPHEMERAL = 64
ALL_PERMISSIONS = str((1 << 50) - 1)
Json = dict[str, Any]


@dataclass
class Shown:
    """An interaction as Discord remembers it."""

    token: str
    channel: str
    user: str
    message: Json | None
    made: float = field(default_factory=time.monotonic)
    response: int = 0
    answered: float = 0.0
    original: str = ""
    hidden: bool = False
    modal: Json | None = None
    choices: list[Json] | None = None
    expired: bool = False


class World:
    def __init__(self) -> None:
        self.channels: dict[str, Json] = {}
        self.messages: dict[str, Json] = {}
        self.interactions: dict[str, Shown] = {}
        self.users: dict[str, Json] = {
            BOT: {"id": BOT, "username": "frameworks", "discriminator": "0", "avatar": None, "bot": True}
        }
        self.closed_dms: set[str] = set()
        self.commands: list[Json] = []
        self.guilds: dict[str, Json] = {}
        self.intents = 0
        self._counter = itertools.count(1)
        self._changed = asyncio.Condition()

    async def until(self, holds: Callable[[], Any], seconds: float = 30.0, *, polled: bool = False) -> Any:
        """Wait for requests to make it true; its value. polled: nothing that happens here makes it true, so keep looking."""
        async with asyncio.timeout(seconds):
            while polled and not holds():  # noqa: ASYNC110
                await asyncio.sleep(0.005)
            async with self._changed:
                await self._changed.wait_for(lambda: bool(holds()))
        return holds()

    async def _notify(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    def snowflake(self) -> str:
        return str((int(time.time() * 1000) - EPOCH << 22) + next(self._counter))

    def user(self, name: str) -> Json:
        found = next((user for user in self.users.values() if user["username"] == name), None)
        if found is None:
            found = {
                "id": self.snowflake(),
                "username": name,
                "discriminator": "0",
                "avatar": None,
                "global_name": name.title(),
            }
            self.users[found["id"]] = found
        return found

    def guild(self, name: str = "guild") -> str:
        number = self.snowflake()
        role = {
            "id": number,
            "name": "@everyone",
            "permissions": ALL_PERMISSIONS,
            "position": 0,
            "color": 0,
            "hoist": False,
            "managed": False,
            "mentionable": False,
        }
        own = {
            **role,
            "id": self.snowflake(),
            "name": "frameworks",
            "managed": True,
            "tags": {"bot_id": BOT},
            "position": 1,
        }
        member = {
            "user": self.users[BOT],
            "roles": [own["id"]],
            "joined_at": now(),
            "deaf": False,
            "mute": False,
            "flags": 0,
        }
        self.guilds[number] = {
            "id": number,
            "name": name,
            "owner_id": "1",
            "roles": [role, own],
            "members": [member],
            "channels": [],
            "threads": [],
            "emojis": [],
            "stickers": [],
            "features": [],
            "member_count": 2,
            "large": False,
            "joined_at": now(),
            "voice_states": [],
            "presences": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
        }
        return number

    def channel(self, guild: str, name: str = "general") -> str:
        made = {
            "id": self.snowflake(),
            "type": 0,
            "name": name,
            "position": 0,
            "permission_overwrites": [],
            "guild_id": guild,
            "parent_id": None,
            "nsfw": False,
        }
        self.channels[made["id"]] = made
        self.guilds[guild]["channels"].append(made)
        return str(made["id"])

    def dm(self, user: Json) -> str:
        for channel in self.channels.values():
            if channel["type"] == 1 and channel["recipients"][0]["id"] == user["id"]:
                return str(channel["id"])
        made = {"id": self.snowflake(), "type": 1, "recipients": [user], "last_message_id": None}
        self.channels[made["id"]] = made
        return str(made["id"])

    def posted(self, channel: str = "") -> list[Json]:
        """The bot's messages, in order, hidden ones included."""
        mine = (one for one in self.messages.values() if one["author"]["id"] == BOT)
        return sorted((one for one in mine if channel in ("", one["channel_id"])), key=lambda one: int(one["id"]))

    def store(self, channel: str, author: Json, body: Json, files: dict[str, str] | None = None) -> Json:
        place = self.channels[channel]
        message = {
            "id": self.snowflake(), "channel_id": channel, "author": author, "content": body.get("content") or "", "timestamp": now(),
            "edited_timestamp": None, "tts": False, "mention_everyone": "@everyone" in (body.get("content") or ""), "mentions": body.get("mentions", []),
            "mention_roles": body.get("mention_roles", []), "attachments": [], "embeds": [], "pinned": False, "type": body.get("type", 0),
            "flags": body.get("flags", 0), "components": body.get("components") or [], "files": files or {},
            "allowed_mentions": body.get("allowed_mentions"), "nonce": body.get("nonce"),
        }  # fmt: skip
        if body.get("message_reference"):
            message["message_reference"] = {"channel_id": channel, **body["message_reference"]}
        if place.get("guild_id"):
            message["guild_id"] = place["guild_id"]
        self.messages[message["id"]] = message
        return message

    def as_seen(self, message: Json) -> Json:
        """By a bot without the privileged intent: what neither mentions it nor is a DM has no text."""
        own = message["author"]["id"] == BOT or any(user["id"] == BOT for user in message["mentions"])
        shown = {key: value for key, value in message.items() if key not in ("files", "allowed_mentions")}
        visible = own or not message.get("guild_id") or self.intents & (1 << 15)
        return shown if visible else {**shown, "content": ""}


def now() -> str:
    return datetime.now(UTC).isoformat()


def thread(number: str, parent: str, guild: str, name: str, *, archived: bool = False) -> Json:
    metadata = {"archived": archived, "auto_archive_duration": 1440, "archive_timestamp": now(), "locked": False}
    member = {"id": number, "user_id": BOT, "join_timestamp": now(), "flags": 0}
    return {
        "id": number,
        "type": 11,
        "name": name,
        "parent_id": parent,
        "guild_id": guild,
        "owner_id": BOT,
        "message_count": 1,
        "member_count": 1,
        "thread_metadata": metadata,
        "member": member,
        "last_message_id": None,
        "rate_limit_per_user": 0,
    }
