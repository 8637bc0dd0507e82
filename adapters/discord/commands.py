"""`/framework` and the entry in a message's menu: plain text or a press for the core, and nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import discord
import structlog
from discord import app_commands

from adapters.discord.suggest import frameworks, topics
from bot.interview import buttons as interview

if TYPE_CHECKING:
    from adapters.discord.adapter import DiscordAdapter

GROUP = "framework"
_NAMED = re.compile(rf"`/({GROUP} [a-z-]+)`")
Question = app_commands.Range[str, 1, 2000]
Name = app_commands.Range[str, 1, 60]
_EVERYWHERE: dict[str, Any] = {
    "allowed_contexts": app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
    "allowed_installs": app_commands.AppInstallationType(guild=True, user=True),
}
_log = structlog.get_logger(__name__)


def register(tree: app_commands.CommandTree[Any], adapter: DiscordAdapter) -> None:
    group = app_commands.Group(name=GROUP, description=adapter.say("discord-command"), **_EVERYWHERE)
    _asking(group, adapter)
    _comparing(group, adapter)
    _the_rest(group, adapter)
    tree.add_command(group)
    tree.add_command(_about_message(adapter))


def _asking(group: app_commands.Group, adapter: DiscordAdapter) -> None:
    say = adapter.say

    @group.command(name="ask", description=say("discord-ask"))
    @app_commands.describe(question=say("discord-ask-question"), private=say("discord-private"))
    async def ask(interaction: discord.Interaction, question: Question, private: bool = False) -> None:
        await adapter.owned(adapter.asks.ask(interaction, text=question, private=private))

    @group.command(name="recommend", description=say("discord-recommend"))
    @app_commands.describe(project=say("discord-recommend-project"))
    async def recommend(interaction: discord.Interaction, project: Question | None = None) -> None:
        press = "" if project else interview.START
        await adapter.owned(adapter.asks.interview(interaction, text=project or "", press=press))


def _comparing(group: app_commands.Group, adapter: DiscordAdapter) -> None:
    say = adapter.say

    @group.command(name="compare", description=say("discord-compare"))
    @app_commands.describe(
        first=say("discord-compare-first"),
        second=say("discord-compare-second"),
        third=say("discord-compare-third"),
        topic=say("discord-compare-topic"),
        private=say("discord-private"),
    )
    async def compare(
        interaction: discord.Interaction,
        first: Name,
        second: Name,
        topic: Name | None = None,
        third: Name | None = None,
        private: bool = False,
    ) -> None:
        named = [name for name in (first, second, third, topic) if name]
        await adapter.owned(adapter.asks.ask(interaction, text=" ".join(("compare", *named)), private=private))

    async def framework(_: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
        return _choices(frameworks(adapter.services.assistant.knowledge, current))

    async def subject(_: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
        return _choices(topics(adapter.services.assistant.knowledge, current))

    for option in ("first", "second", "third"):
        compare.autocomplete(option)(framework)
    compare.autocomplete("topic")(subject)


def _the_rest(group: app_commands.Group, adapter: DiscordAdapter) -> None:
    """Each of these is a press of the core's."""
    for name, phrase, press in (
        ("help", "discord-help", "help"),
        ("sources", "discord-sources", "sources"),
        ("forget-me", "discord-forget", "forget"),
    ):
        group.command(name=name, description=adapter.say(phrase))(_pressing(adapter, press))


def _pressing(adapter: DiscordAdapter, press: str) -> Any:
    async def run(interaction: discord.Interaction) -> None:
        await adapter.owned(adapter.asks.ask(interaction, press=press, private=True))

    return run


def _about_message(adapter: DiscordAdapter) -> app_commands.ContextMenu:
    async def about(interaction: discord.Interaction, message: discord.Message) -> None:
        await adapter.owned(adapter.asks.ask(interaction, text=message.content, private=True))

    return app_commands.ContextMenu(name=adapter.say("discord-ask-message")[:32], callback=about, **_EVERYWHERE)


def _choices(names: list[str]) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=name[:100], value=name[:100]) for name in names]


# --- sync


async def sync(tree: app_commands.CommandTree[Any]) -> str:
    """Tell Discord only what has changed; a failure leaves the commands as they were. The id of `/framework`, if known."""
    wanted = [command.to_dict(tree) for command in tree.get_commands()]
    application = tree.client.application_id
    assert application is not None
    try:
        there = await tree.client.http.get_global_commands(application)
        if not same(wanted, there):
            there = await tree.client.http.bulk_upsert_global_commands(application, payload=wanted)
            _log.info("discord.commands_synced", count=len(wanted))
    except (discord.HTTPException, discord.RateLimited, OSError, TimeoutError) as error:
        _log.warning("discord.commands_not_synced", error=type(error).__name__)
        return ""
    return next((str(command["id"]) for command in there if command["name"] == GROUP), "")


def clickable(text: str, command: str) -> str:
    """The commands named in it as Discord's own links, where the id is known."""
    return _NAMED.sub(rf"</\1:{command}>", text) if command else text


def same(wanted: Any, there: Any) -> bool:
    """Whether Discord has it all; what it adds of its own (ids, versions, defaults) does not count."""
    if isinstance(wanted, dict):
        return isinstance(there, dict) and all(_equal(value, there.get(key)) for key, value in wanted.items())
    if isinstance(wanted, list) and isinstance(there, list):
        first, second = sorted(wanted, key=_order), sorted(there, key=_order)
        return len(first) == len(second) and all(same(a, b) for a, b in zip(first, second, strict=True))
    return bool(wanted == there)


def _equal(wanted: Any, there: Any) -> bool:
    return (not wanted and not there) or same(wanted, there)


def _order(value: Any) -> str:
    """Options are told apart by name; their order among each other is checked by nobody but the eye."""
    return str(value["name"]) if isinstance(value, dict) and "name" in value else str(value)
