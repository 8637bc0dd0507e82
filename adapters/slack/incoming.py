"""Slack's payloads as messages for the core. Pure; None for what is not for the bot at all."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import msgspec

from adapters.slack import limits
from adapters.slack.words import mentions, plain, to_others, wish
from bot.messages import Message, Place
from bot.presses import value as press_of

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME = "slack"
ONLY = "only:"
_SPOKEN = (None, "file_share", "thread_broadcast")
Payload = dict[str, Any]


class Origin(msgspec.Struct, frozen=True):
    """Who the bot is where the payload comes from."""

    team: str
    bot_user: str = ""
    bot_id: str = ""


def dm(team: str, user: str, channel: str = "", thread: str = "", trigger: str = "") -> Place:
    """A person's conversation with the bot: one, however it is reached, so it is named after the person.

    channel: the DM's own id where it is known. thread: the thread to answer in, when they wrote in one. trigger: what
    a click gives to open a form with.
    """
    named = (("channel", channel), ("thread", thread), ("trigger", trigger))
    address = {name: value for name, value in named if value}
    return Place(NAME, user, "dm", team, address=address)


def only_you(team: str, channel: str, user: str, address: Mapping[str, str]) -> Place:
    """What a person asks for themselves in a channel is a conversation of its own."""
    return Place(NAME, channel, "channel", team, f"{ONLY}{user}", dict(address))


def spoken(event: Payload, origin: Origin) -> Message | None:
    """A mention, a direct message or a message in a thread."""
    if event.get("subtype") == "message_changed":
        return _edited(event, origin)
    if not _by_a_person(event, origin) or event.get("subtype") not in _SPOKEN:
        return None
    if event.get("edited"):  # a mention is sent once more when its author changes it
        return _edit(event, event["edited"], str(event.get("channel", "")), _kind(event), origin)
    return _said(event, str(event.get("channel", "")), _kind(event), origin)


def _kind(event: Payload) -> str:
    """A mention does not say what kind of channel it is in; only in channels and groups is it delivered."""
    return str(event.get("channel_type") or ("im" if str(event.get("channel", "")).startswith("D") else "channel"))


def _by_a_person(event: Payload, origin: Origin) -> bool:
    user = event.get("user")
    return (
        bool(user)
        and not event.get("bot_id")
        and not event.get("hidden")
        and user not in (origin.bot_user, "USLACKBOT")
    )


def _said(event: Payload, channel: str, kind: str, origin: Origin) -> Message | None:
    text, ts, thread = str(event.get("text") or ""), str(event.get("ts", "")), str(event.get("thread_ts") or "")
    if not (ts and channel):
        return None
    named = mentions(text, origin.bot_user) or event.get("type") == "app_mention"
    user = str(event["user"])
    if kind == "im":
        place = dm(origin.team, user, channel, thread)
    elif named or thread:
        place = Place(NAME, channel, "thread", origin.team, thread or ts)
    else:
        return None
    words = plain(text, origin.bot_user)
    return Message(
        id=f"{channel}:{ts}",
        place=place,
        user=user,
        text=words,
        press="help" if named and not words else "",
        addressed=named or kind == "im",
        to_others=kind != "im" and to_others(text, origin.bot_user),
        has_dm=True,
    )


def _edited(event: Payload, origin: Origin) -> Message | None:
    """New wording by a person; not a preview that unfolded, nor a reply that was counted."""
    now, before = event.get("message") or {}, event.get("previous_message") or {}
    changed = now.get("edited")
    if not changed or now.get("text") == before.get("text"):
        return None
    if not _by_a_person(now, origin) or now.get("subtype") not in _SPOKEN:
        return None
    return _edit(now, changed, str(event.get("channel", "")), _kind(event), origin)


def _edit(said: Payload, changed: Any, channel: str, kind: str, origin: Origin) -> Message | None:
    message = _said(said, channel, kind, origin)
    if message is None:
        return None
    when = changed.get("ts", "") if isinstance(changed, dict) else ""
    return msgspec.structs.replace(message, id=f"{message.id}:{when}", edits=message.id)


def command(body: Payload, origin: Origin) -> Message:
    """A slash command. In the bot's own DM it is as if it had been written there."""
    channel, user = str(body.get("channel_id", "")), str(body.get("user_id", ""))
    text, press = wish(str(body.get("text") or ""))
    private = not channel.startswith("D")
    address = _answer_by(body, user)
    place = only_you(origin.team, channel, user, address) if private else dm(origin.team, user)
    name = str(body.get("trigger_id") or time.time_ns())
    return Message(f"command:{name}", place, user, text, press, private=private, has_dm=True)


def _answer_by(body: Payload, user: str) -> dict[str, str]:
    """The address by which an answer can reach one person in a channel where the bot may not be."""
    address = {"user": user, "url": str(body.get("response_url") or "")}
    if address["url"]:
        address["until"] = str(int(time.time() + limits.RESPONSE_URL_SECONDS))
    return address


def pressed(body: Payload, value: str, origin: Origin) -> Message | None:
    """A button. `value` is its choice's value; several are joined by newlines."""
    user = str((body.get("user") or {}).get("id", ""))
    container = body.get("container") or {}
    action = body["actions"][0]
    channel = str((body.get("channel") or {}).get("id") or container.get("channel_id") or "")
    at = str(container.get("message_ts") or container.get("view_id") or "")
    if not user:
        return None
    place, private = _where_pressed(body, container, channel, user, origin)
    name = f"press:{channel}:{at}:{user}:{value}:{action.get('action_ts', '')}"
    return Message(name, place, user, press=value, private=private, has_dm=True)


def _where_pressed(body: Payload, container: Payload, channel: str, user: str, origin: Origin) -> tuple[Place, bool]:
    message = body.get("message") or {}
    thread = str(message.get("thread_ts") or container.get("thread_ts") or "")
    if container.get("type") == "view" or not channel or channel.startswith("D"):
        return dm(origin.team, user, channel, thread, str(body.get("trigger_id") or "")), False
    named = str(body["actions"][0].get("block_id") or "").partition("@")[2]
    address = _answer_by(body, user)
    if named.startswith(ONLY):
        return only_you(origin.team, channel, user, address), True
    root = named if container.get("is_ephemeral") and named else thread or str(container.get("message_ts") or "")
    return Place(NAME, channel, "thread", origin.team, root, address), False


def shared(body: Payload, origin: Origin) -> Message:
    """The form in which a person has chosen where an answer is to be posted. It can be sent in once; its own note names
    the answer, and the thread in the DM from which it was opened.
    """
    view, user = body.get("view") or {}, str((body.get("user") or {}).get("id", ""))
    answer, _, thread = str(view.get("private_metadata") or "").partition("@")
    chosen = (body.get("response_urls") or [{}])[0]
    place = dm(origin.team, user, "", thread)
    address = place.address | _answer_by(chosen, user) | {"to": str(chosen.get("channel_id") or "")}
    name = f"share:{view.get('id', '')}"
    place = msgspec.structs.replace(place, address=address)
    return Message(name, place, user, press=press_of("share", answer), has_dm=True)


def asked_about(body: Payload, origin: Origin) -> Message:
    """The message shortcut: somebody else's words, asked about by who pressed it, answered in that thread."""
    said = body.get("message") or {}
    channel, user = str((body.get("channel") or {}).get("id", "")), str((body.get("user") or {}).get("id", ""))
    root = str(said.get("thread_ts") or said.get("ts") or "")
    name = f"about:{channel}:{said.get('ts', '')}:{user}:{body.get('action_ts', '')}"
    words = plain(str(said.get("text") or ""), origin.bot_user)
    if channel.startswith("D"):
        place = dm(origin.team, user)
    else:
        place = Place(NAME, channel, "thread", origin.team, root, _answer_by(body, user))
    return Message(name, place, user, words, "" if words else "help", has_dm=True)


def wanted(body: Payload, press: str, origin: Origin) -> Message:
    """The global shortcut: a press in the person's DM."""
    user = str((body.get("user") or {}).get("id", ""))
    name = str(body.get("action_ts") or body.get("trigger_id") or "")
    return Message(f"shortcut:{user}:{name}", dm(origin.team, user), user, press=press)
