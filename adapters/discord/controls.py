"""Buttons and menus of any message this bot ever sent: discord.py finds them by their id, not by memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import discord
from discord import ui

from adapters.discord import ids

if TYPE_CHECKING:
    import re


class Button(ui.DynamicItem[ui.Button[Any]], template=ids.BUTTON):
    """What discord.py raises out of a callback nobody sees; so the callback itself must not raise."""

    def __init__(self, item: ui.Button[Any], kind: str, value: str) -> None:
        super().__init__(item)
        self.kind, self.value = kind, value

    @classmethod
    async def from_custom_id(cls, _: Any, item: ui.Item[Any], match: re.Match[str], /) -> Self:
        assert isinstance(item, ui.Button)
        return cls(item, match["kind"], match["value"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.client.pressed(interaction, self.kind, self.value)


class Menu(ui.DynamicItem[ui.Select[Any]], template=ids.MENU):
    """The options carry the meaning; several are sent as lines."""

    def __init__(self, item: ui.Select[Any], kind: str) -> None:
        super().__init__(item)
        self.kind = kind

    @classmethod
    async def from_custom_id(cls, _: Any, item: ui.Item[Any], match: re.Match[str], /) -> Self:
        assert isinstance(item, ui.Select)
        return cls(item, match["kind"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.client.pressed(interaction, self.kind, "\n".join(self.item.values))
