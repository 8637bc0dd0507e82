"""What people do on the fake Discord: write, reply, edit, press, use commands."""

from __future__ import annotations

from typing import Any

from tests.support.discord_world import ALL_PERMISSIONS, APPLICATION, BOT, EPHEMERAL, Json, Shown, now
from tests.support.fake_discord import FakeDiscord

FORM, CONTEXT_GUILD, CONTEXT_DM = 5, 0, 1


class Person:
    """`place` is a channel's id; empty for their DM with the bot."""

    def __init__(self, fake: FakeDiscord, name: str) -> None:
        self.fake = fake
        self.user = fake.user(name)
        self.id = str(self.user["id"])

    @property
    def dm(self) -> str:
        return self.fake.dm(self.user)

    async def say(self, text: str, place: str = "", *, mention: bool = True, reply_to: str = "", **more: Any) -> Json:
        """In a channel with a mention unless told otherwise; without one Discord hides the text from the bot."""
        place = place or self.dm
        guild = self.fake.channels[place].get("guild_id")
        body: Json = {"content": text, **more}
        if reply_to:
            body |= {"type": 19, "message_reference": {"message_id": reply_to, "channel_id": place}}
        if guild and mention:
            body["mentions"] = [self.fake.users[BOT], *body.get("mentions", [])]
            if not reply_to:
                body["content"] = f"<@{BOT}> {text}"
        message = self.fake.store(place, self.user, body)
        await self.fake.dispatch("MESSAGE_CREATE", self._seen(message))
        return message

    async def edit(self, message: Json, text: str) -> None:
        named = f"<@{BOT}> {text}" if message.get("guild_id") else text
        message.update(content=named, edited_timestamp=now())
        await self.fake.dispatch("MESSAGE_UPDATE", self._seen(message))

    def _seen(self, message: Json) -> Json:
        known = self.fake.as_seen(message)
        if message.get("guild_id"):
            known["member"] = {"roles": [], "joined_at": now(), "deaf": False, "mute": False, "flags": 0}
        return known

    async def press(self, message: Json, label: str) -> Shown:
        """A button by its label, or an option of a menu."""
        for component in _walk(message["components"]):
            if component.get("label") == label and component.get("custom_id"):
                return await self.press_id(message, component["custom_id"], 2)
            values = [option["value"] for option in component.get("options", []) if option["label"] == label]
            if values:
                return await self.press_id(message, component["custom_id"], 3, values)
        raise AssertionError(f"no {label!r} among {labels(message)}")

    async def press_id(self, message: Json, control: str, kind: int = 2, values: list[str] | None = None) -> Shown:
        data: Json = {"custom_id": control, "component_type": kind}
        if values is not None:
            data["values"] = values
        return await self._interact(3, data, message["channel_id"], message)

    async def send_off(self, shown: Shown, reason: str = "", words: str = "") -> Shown:
        """The form that an earlier interaction has opened."""
        assert shown.modal is not None
        filled = [
            {
                "type": 18,
                "id": at,
                "component": {
                    "id": at + 10,
                    "type": one["component"]["type"],
                    "custom_id": one["component"]["custom_id"],
                    "value": value,
                },
            }
            for at, (one, value) in enumerate(zip(shown.modal["components"], (reason, words), strict=True), 1)
        ]
        data = {"custom_id": shown.modal["custom_id"], "components": filled}
        return await self._interact(FORM, data, shown.channel, shown.message)

    async def command(self, name: str, place: str = "", *, guest: bool = False, **options: Any) -> Shown:
        given = [
            {"name": key, "type": 5 if isinstance(value, bool) else 3, "value": value} for key, value in options.items()
        ]
        data = {
            "id": self._command_id("framework"),
            "name": "framework",
            "type": 1,
            "options": [{"name": name, "type": 1, "options": given}],
        }
        return await self._interact(2, data, place or self.dm, guest=guest)

    async def complete(self, name: str, option: str, typed: str, place: str = "") -> Shown:
        given = [{"name": option, "type": 3, "value": typed, "focused": True}]
        data = {
            "id": self._command_id("framework"),
            "name": "framework",
            "type": 1,
            "options": [{"name": name, "type": 1, "options": given}],
        }
        return await self._interact(4, data, place or self.dm)

    async def ask_about(self, message: Json) -> Shown:
        name = next(command["name"] for command in self.fake.commands if command["type"] == 3)
        known = {key: value for key, value in message.items() if key not in ("files", "allowed_mentions")}
        data = {
            "id": self._command_id(name),
            "name": name,
            "type": 3,
            "target_id": message["id"],
            "resolved": {"messages": {message["id"]: known}},
        }
        return await self._interact(2, data, message["channel_id"])

    def _command_id(self, name: str) -> str:
        return str(next(command["id"] for command in self.fake.commands if command["name"] == name))

    async def _interact(
        self, kind: int, data: Json, place: str, message: Json | None = None, *, guest: bool = False
    ) -> Shown:
        number = self.fake.snowflake()
        channel = self.fake.channels[place]
        guild = channel.get("guild_id")
        event: Json = {
            "id": number, "application_id": APPLICATION, "type": kind, "data": data, "channel_id": place, "channel": channel, "token": f"tok-{number}",
            "version": 1, "app_permissions": ALL_PERMISSIONS, "locale": "en-US", "entitlements": [],
            "context": CONTEXT_GUILD if guild else CONTEXT_DM,
            "authorizing_integration_owners": {"1": self.id} if guest else {"0": guild or "0"}, "attachment_size_limit": 10_000_000,
        }  # fmt: skip
        if guild:
            event |= {"guild_id": guild, "guild": {"id": guild, "locale": "en-US", "features": []}}
            event["member"] = {
                "user": self.user,
                "roles": [],
                "joined_at": now(),
                "deaf": False,
                "mute": False,
                "permissions": ALL_PERMISSIONS,
                "flags": 0,
            }
        else:
            event["user"] = self.user
        if message is not None:
            event["message"] = {
                key: value for key, value in message.items() if key not in ("files", "allowed_mentions")
            }
        shown = Shown(f"tok-{number}", place, self.id, message)
        self.fake.interactions[number] = shown
        await self.fake.dispatch("INTERACTION_CREATE", event)
        return shown


def _walk(components: list[Json]) -> list[Json]:
    return [one for component in components for one in (component, *_walk(component.get("components", [])))]


def labels(message: Json) -> list[str]:
    """Everything pressable."""
    found = _walk(message["components"])
    return [one["label"] for one in found if one.get("label")] + [
        o["label"] for one in found for o in one.get("options", [])
    ]


def text(message: Json) -> str:
    """What a reader sees, files included."""
    shown = [message["content"], *(one["content"] for one in _walk(message["components"]) if one["type"] == 10)]
    return "\n".join(part for part in (*shown, *message["files"].values()) if part)


def hidden(message: Json) -> bool:
    return bool(message["flags"] & EPHEMERAL)
