"""What a turn leaves behind besides the conversation and the reply. The store writes them in the same transaction."""

from __future__ import annotations

from typing import Literal

import msgspec

from bot.preferences import Preferences


class Gap(msgspec.Struct, frozen=True, tag="gap"):
    """A question that was not answered; the only place where a person's words are kept, trimmed to 300 characters."""

    text: str
    reason: Literal["not_understood", "not_known", "out_of_scope"]


class Feedback(msgspec.Struct, frozen=True, tag="feedback"):
    """One per person and answer; the last one counts. `reason` is a phrase id or the person's own words."""

    answer: str
    user: str
    useful: bool
    reason: str = ""


class Decision(msgspec.Struct, frozen=True, tag="decision"):
    """A decision record that was exported or shared."""

    user: str
    pick: str
    title: str
    record: str


class SetPreferences(msgspec.Struct, frozen=True, tag="preferences"):
    """What the person wants from now on; the defaults erase what was kept."""

    user: str
    preferences: Preferences


class ForgetUser(msgspec.Struct, frozen=True, tag="forget"):
    user: str


Effect = Gap | Feedback | Decision | SetPreferences | ForgetUser
