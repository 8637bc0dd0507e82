"""A committed reply on its way out: where it goes, and where else when Discord does not let it in there."""

from __future__ import annotations

import contextlib
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec
import structlog

from adapters.discord import address as addresses
from adapters.discord import limits
from adapters.discord.address import Address
from adapters.discord.api import FORM, MESSAGE, UPDATE, Api
from adapters.discord.faults import Archived, Closed, Expired, Missing
from adapters.discord.forms import form
from adapters.discord.render import Extras, Outgoing, as_card, note, plain, render, settled
from bot.errors import DeliveryError, Forbidden, Refused
from bot.replies import Choices

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from bot.messages import Place
    from bot.replies import Reply
    from bot.store.base import Delivery

Say = Callable[..., str]
MOST_KEPT = 2_000
_log = structlog.get_logger(__name__)


class Sender:
    """say: a phrase by its id. live: interactions of this process that still wait for their first response."""

    def __init__(self, api: Api, say: Say, live: set[str], clock: Callable[[], float] = time.time) -> None:
        self._api = api
        self._say = say
        self._live = live
        self._clock = clock
        self._parts: OrderedDict[tuple[int, str], list[str]] = OrderedDict()

    async def send(self, delivery: Delivery) -> tuple[str, ...]:
        where = addresses.of(delivery.place)
        if delivery.earlier:
            return await self._replace(delivery, where)
        match where.mode:
            case "original":
                return await self._or_dm(delivery, where, self._fill_in(delivery, where))
            case "press":
                return await self._after_press(delivery, where)
            case "dm":
                return await self._in_dm(delivery, where)
        if self._for_one(delivery, where):
            return await self._privately(delivery, where)
        try:
            return await self._post(delivery, where.to, self._extras(delivery, where), where.reply_to)
        except Archived:
            await self._api.unarchive(where.to)
            return await self._post(delivery, where.to, self._extras(delivery, where), where.reply_to)
        except Closed:
            raise
        except Forbidden:
            return await self._dm(delivery, self._say("discord-cannot-post", channel=where.to))

    # --- into a channel

    async def _post(self, delivery: Delivery, channel: str, extras: Extras, reply_to: str = "") -> tuple[str, ...]:
        """Part by part, each with a nonce: what arrived although its answer was lost is not posted again."""
        try:
            return await self._parts_of(delivery, channel, render(delivery.reply, extras), reply_to, "")
        except Refused:
            _log.warning("discord.refused", delivery=delivery.id)
            self._parts.pop((delivery.id, channel), None)
            return await self._parts_of(delivery, channel, plain(delivery.reply), "", "p")

    async def _parts_of(
        self, delivery: Delivery, channel: str, messages: Sequence[Outgoing], reply_to: str, kind: str
    ) -> tuple[str, ...]:
        done = self._parts.setdefault((delivery.id, channel), [])
        if len(self._parts) > MOST_KEPT:
            self._parts.popitem(last=False)
        for number, message in enumerate(messages[len(done) :], len(done)):
            nonce = f"{delivery.reply.id}{kind}-{channel[-6:]}-{number}"[-limits.NONCE :]
            body = {**message.body, "nonce": nonce, "enforce_nonce": True}
            if reply_to and not number:
                body["message_reference"] = {"message_id": reply_to, "fail_if_not_exists": False}
            done.append(await self._api.post(channel, msgspec.structs.replace(message, body=body)))
        self._parts.pop((delivery.id, channel), None)
        return tuple(done)

    async def _replace(self, delivery: Delivery, where: Address) -> tuple[str, ...]:
        """The earlier answer edited; parts it had more are deleted, parts it lacks are posted."""
        messages = render(delivery.reply, self._extras(delivery, where))
        shown: list[str] = []
        try:
            for old, message in zip(delivery.earlier, messages, strict=False):
                shown.append(await self._edit(where.to, old, message))
        except (Missing, Forbidden):
            fresh = msgspec.structs.replace(delivery, earlier=())
            return await self.send(fresh)
        for surplus in delivery.earlier[len(messages) :]:
            await self._delete(where.to, surplus)
        if len(messages) > len(shown):
            self._parts[delivery.id, where.to] = list(shown)
            return await self._parts_of(delivery, where.to, messages, "", "e")
        return tuple(shown)

    async def _edit(self, channel: str, message_id: str, message: Outgoing) -> str:
        try:
            return await self._api.edit(channel, message_id, _instead(message))
        except Missing:
            raise
        except Refused:
            return await self._api.edit(channel, message_id, _instead(message, of_card=True))

    async def _delete(self, channel: str, message_id: str) -> None:
        try:
            await self._api.delete(channel, message_id)
        except (Missing, Forbidden):
            _log.info("discord.already_gone")

    # --- through an interaction

    async def _fill_in(self, delivery: Delivery, where: Address) -> tuple[str, ...]:
        """The command's own place. An edit, so a lost answer does no harm."""
        if self._for_one(delivery, where):
            await self._api.original(where.token, note(self._say("discord-told-privately")))
            return await self._privately(delivery, where)
        message = self._single(delivery, where)
        try:
            return (await self._api.original(where.token, message),)
        except Refused:
            return (await self._api.original(where.token, plain(delivery.reply)[0]),)

    async def _after_press(self, delivery: Delivery, where: Address) -> tuple[str, ...]:
        if speaks_through(delivery.place, delivery.reply):
            return await self._or_dm(delivery, where, self._through_press(delivery, where))
        posted = addresses.at(delivery.place, msgspec.structs.replace(where, mode="post"))
        return await self.send(msgspec.structs.replace(delivery, place=posted))

    async def _through_press(self, delivery: Delivery, where: Address) -> tuple[str, ...]:
        try:
            return await self._answer_to_press(delivery, where, self._single(delivery, where))
        except Refused:
            _log.warning("discord.refused", delivery=delivery.id)
            return await self._answer_to_press(delivery, where, plain(delivery.reply)[0])

    async def _answer_to_press(self, delivery: Delivery, where: Address, message: Outgoing) -> tuple[str, ...]:
        """As the first response where that is still open, because it may be repeated without harm; else after it."""
        if where.interaction not in self._live:
            return (await self._after_the_first(delivery, where, message),)
        if _asks_why(where, delivery.reply):
            asked = form(delivery.reply, where.pressed, self._say("discord-feedback-words"))
            await self._api.respond(where.interaction, where.token, FORM, asked)
            self._live.discard(where.interaction)
            return ()
        if _updates(where):
            kind, message = UPDATE, _instead(message, of_card=where.card)
        else:
            kind, message = MESSAGE, _hidden(message, delivery.reply)
        shown = await self._api.respond(where.interaction, where.token, kind, message)
        self._live.discard(where.interaction)
        return (shown or await self._api.original_id(where.token),)

    async def _after_the_first(self, delivery: Delivery, where: Address, message: Outgoing) -> str:
        """The first response was a sign of life, or it is not known what became of it: then what it shows is edited,
        which may be repeated without harm as well. Only where it was no more than a sign of life there is a message
        of which nobody can find out whether it had arrived: better twice than never.
        """
        with contextlib.suppress(Missing):  # it may have been dismissed
            if _updates(where):
                return await self._api.original(where.token, _instead(message, of_card=where.card))
            if await self._shown_first(where):
                return await self._api.original(where.token, _instead(message))
        return await self._api.follow_up(where.token, _hidden(message, delivery.reply))

    async def _shown_first(self, where: Address) -> bool:
        """Whether the press has been answered by a message, other than that which was pressed."""
        try:
            return bool(where.pressed_on) and await self._api.original_id(where.token) != where.pressed_on
        except (Forbidden, Refused):  # the next attempt to say something will tell
            return False

    async def _or_dm(
        self, delivery: Delivery, where: Address, sending: Coroutine[Any, Any, tuple[str, ...]]
    ) -> tuple[str, ...]:
        """By direct message once the interaction cannot be used any more."""
        try:
            if self._clock() > where.expires:
                sending.close()
                raise Expired("expired")
            return await sending
        except Expired:
            return await self._dm(delivery, self._say("discord-expired"))

    async def settle(self, answered: Delivery, words: str) -> None:
        """A question that was answered in words: its buttons go, and what was understood is shown below it."""
        where = addresses.of(answered.place)
        if not answered.sent_as or where.private or where.guest:
            return
        last = render(answered.reply, self._extras(answered, where))[-1]
        shown = settled(last.body.get("content") or "", last.body["components"], words)
        with contextlib.suppress(DeliveryError):
            await self._api.edit(where.to, answered.sent_as[-1], Outgoing({**last.body, **shown}))

    # --- to one person

    def _for_one(self, delivery: Delivery, where: Address) -> bool:
        return delivery.reply.audience == "only_you" and not where.private and delivery.place.kind != "dm"

    async def _privately(self, delivery: Delivery, where: Address) -> tuple[str, ...]:
        try:
            return await self._dm(delivery, "")
        except Closed:
            told = note(self._say("discord-dm-closed-channel"))
            nonce = {"nonce": f"{delivery.reply.id}-c", "enforce_nonce": True}
            return (await self._api.post(where.to, msgspec.structs.replace(told, body={**told.body, **nonce})),)

    async def _dm(self, delivery: Delivery, lead: str) -> tuple[str, ...]:
        channel = await self._api.open_dm(delivery.user)
        return await self._post(delivery, channel, Extras(lead=lead, whole=self._say("discord-whole")))

    async def _in_dm(self, delivery: Delivery, where: Address) -> tuple[str, ...]:
        """In the person's DM, told in the command's place; if that is closed, in the command's place itself."""
        try:
            shown = await self._post(delivery, where.to, self._extras(delivery, where))
        except Closed:
            lead = self._say("discord-dm-closed")
            if not where.token or self._clock() > where.expires:
                raise
            return (await self._api.original(where.token, self._single(delivery, where, lead)),)
        if where.token and shown:
            await self._tell_where(where, shown[0])
        return shown

    async def _tell_where(self, where: Address, shown: str) -> None:
        link = {
            "type": limits.BUTTON,
            "style": 5,
            "label": self._say("discord-open-dm"),
            "url": f"https://discord.com/channels/@me/{where.to}/{shown}",
        }
        told = note(self._say("discord-sent-dm"), [{"type": limits.ROW, "components": [link]}])
        try:
            await self._api.original(where.token, told)
        except (Forbidden, Refused):
            _log.info("discord.too_late_to_tell")

    # --- what goes with it

    def _single(self, delivery: Delivery, where: Address, lead: str = "") -> Outgoing:
        extras = msgspec.structs.replace(self._extras(delivery, where), once=True, lead=lead)
        return render(delivery.reply, extras)[0]

    def _extras(self, delivery: Delivery, where: Address) -> Extras:
        controls: list[tuple[str, str]] = []
        asked_in_channel = where.mode == "post" and where.reply_to and delivery.place.kind == "channel"
        if asked_in_channel and delivery.reply.answered and delivery.reply.interview is None:
            controls.append(("t", self._say("discord-thread")))
        return Extras(controls=tuple(controls), whole=self._say("discord-whole"))


def speaks_through(place: Place, reply: Reply) -> bool:
    """Whether the answer to a press is shown by the interaction itself: to the person alone, as a form, or because the
    bot has no other way to speak there.
    """
    where = addresses.of(place)
    if where.guest or _asks_why(where, reply):
        return True
    return reply.audience == "only_you" and (where.private or place.kind != "dm")


def _updates(where: Address) -> bool:
    """One message for a private interview: the answer to its question takes the question's place."""
    return where.private and where.kind in ("q", "s")


def _hidden(message: Outgoing, reply: Reply) -> Outgoing:
    """Shown to the person alone, unless the reply is for everybody."""
    if reply.audience == "here":
        return message
    flags = message.body.get("flags", 0) | limits.EPHEMERAL
    return msgspec.structs.replace(message, body={**message.body, "flags": flags})


def _instead(message: Outgoing, *, of_card: bool = False) -> Outgoing:
    """In the place of what is shown: nothing of that stays, but what once was a card is always a card."""
    message = as_card(message) if of_card else message
    return msgspec.structs.replace(message, body={"embeds": [], "attachments": [], "content": None, **message.body})


def _asks_why(where: Address, reply: Reply) -> bool:
    """A thumbs-down that is answered by a question: a form."""
    return where.kind == "f" and any(isinstance(part, Choices) and part.kind == "question" for part in reply.parts)
