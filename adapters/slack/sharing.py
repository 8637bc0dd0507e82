"""An answer that its reader wants others to read: a form asks where to, and it is posted there as that person's doing."""

from __future__ import annotations

import asyncio
import re
import time
from typing import TYPE_CHECKING

import msgspec
import structlog
from slack_sdk.errors import SlackApiError

from adapters.slack import faults, limits
from adapters.slack.layout import Block, Layout, Shown, plain_text, small
from adapters.slack.markdown import escape
from bot.errors import Forbidden
from bot.replies import Reply, Text, passed_on

if TYPE_CHECKING:
    from collections.abc import Callable

    from adapters.slack.sender import Sender
    from adapters.slack.workspaces import Workspaces
    from bot.store.base import Delivery, Store

SHARE = "fw-share"
WHERE = "fw-where"
POSTED = "slack-posted"
POSTED_SECONDS = 7 * 86_400.0  # longer than any reply stays in the outbox
_log = structlog.get_logger(__name__)


class Sharing:
    """phrase: looks up one of the bot's sentences."""

    def __init__(self, workspaces: Workspaces, sender: Sender, store: Store, phrase: Callable[..., str]) -> None:
        self._workspaces = workspaces
        self._sender = sender
        self._store = store
        self._phrase = phrase
        self._posted: dict[int, int] = {}

    async def send(self, delivery: Delivery) -> tuple[str, ...]:
        """What was to be posted elsewhere is posted there; what could be is put into a form, if the click that asked for
        it is fresh. All else is shown where it was asked for, and so is what meets with an obstacle.
        """
        if delivery.reply.passes_on and delivery.place.kind == "dm":
            if delivery.place.address.get("to"):
                return await self._share(delivery)
            if await self._asked_where(delivery):
                return ()
        return await self._sender.show(delivery)

    def give_up(self, delivery: Delivery) -> None:
        self._posted.pop(delivery.id, None)
        self._sender.give_up(delivery)

    # --- the form

    async def _asked_where(self, delivery: Delivery) -> bool:
        trigger = delivery.place.address.get("trigger", "")
        if not trigger or time.time() - delivery.created > limits.TRIGGER_SECONDS:
            return False
        try:
            async with asyncio.timeout(limits.TRIGGER_SECONDS):
                client = await self._workspaces.client(delivery.place.workspace)
                await client.views_open(trigger_id=trigger, view=self._form(delivery))
        except (SlackApiError, Forbidden, *faults.NETWORK) as error:
            _log.info("slack.no_form", error=type(error).__name__)
            return False
        return True

    def _form(self, delivery: Delivery) -> Block:
        """Where to, and what others will see."""
        menu = {
            "type": "conversations_select",
            "action_id": WHERE,
            "response_url_enabled": True,
            "default_to_current_conversation": False,
            "filter": {"include": ["public", "private"], "exclude_bot_users": True},
            "placeholder": plain_text(self._phrase("slack-share-placeholder"), limits.PLACEHOLDER),
        }
        where = {
            "type": "input",
            "block_id": WHERE,
            "label": plain_text(self._phrase("slack-share-where")),
            "element": menu,
        }
        preview = self._phrase("slack-share-preview")
        asides = Reply(parts=tuple(part for part in delivery.reply.parts if isinstance(part, Text) and part.aside))
        shown = (*self._for_others(delivery), *Layout(self._phrase).messages(asides))
        blocks = [block for message in shown for block in message.blocks]
        return {
            "type": "modal",
            "callback_id": SHARE,
            "private_metadata": f"{delivery.reply.id}@{delivery.place.address.get('thread', '')}",
            "title": plain_text(self._phrase("slack-share-to-channel"), limits.TITLE),
            "submit": plain_text(self._phrase("slack-share-submit"), limits.TITLE),
            "close": plain_text(self._phrase("slack-share-close"), limits.TITLE),
            "blocks": [where, small(escape(preview), preview).block, *blocks][: limits.VIEW_BLOCKS],
        }

    # --- the post

    async def _share(self, delivery: Delivery) -> tuple[str, ...]:
        """Posted once, however often it takes to say so in the DM."""
        place, name = delivery.place, f"{delivery.place.workspace}/{delivery.message}"
        with faults.translated():
            posts = self._for_others(delivery)
            done = self._posted.get(delivery.id, 0)
            if done < len(posts) and await self._store.kept(POSTED, name) is None:
                for post in posts[done:]:
                    if not await self._post(delivery, post):
                        return await self._could_not(delivery)
                    self._posted[delivery.id] = self._posted.get(delivery.id, 0) + 1
                await self._store.keep(POSTED, name, "1", seconds=POSTED_SECONDS)
            said = self._naming("slack-shared", "channel", place.address["to"], "#")
            told = await self._sender.to_dm(place, delivery.user, {"text": said})
        self._posted.pop(delivery.id, None)
        return (told,)

    async def _post(self, delivery: Delivery, post: Shown) -> bool:
        everybody = {"response_type": "in_channel", "unfurl_links": False, "unfurl_media": False}
        try:
            return await self._sender.by_url(delivery.place, {**post.content(), **everybody})
        except SlackApiError as error:
            if faults.code(error) not in faults.MALFORMED:
                raise
        _log.warning("slack.layout_refused", error="response_url", message=delivery.message)
        plain = "\n\n".join(post.plain)[: limits.TEXT_CHARS]
        return await self._sender.by_url(delivery.place, {"text": plain, **everybody})

    async def _could_not(self, delivery: Delivery) -> tuple[str, ...]:
        """Said where the person is, with the text to copy and the button to try again."""
        parts = (Text(self._phrase("slack-not-shared"), aside=True), *delivery.reply.parts)
        reply = msgspec.structs.replace(delivery.reply, parts=parts)
        return await self._sender.show(msgspec.structs.replace(delivery, reply=reply))

    def _for_others(self, delivery: Delivery) -> list[Shown]:
        """Below a line that says whose doing it is."""
        reply = msgspec.structs.replace(delivery.reply, parts=passed_on(delivery.reply.parts))
        by = self._naming("slack-shares", "person", delivery.user, "@")
        first, *rest = Layout(self._phrase).messages(reply)
        blocks = (small(by, by).block, *first.blocks)
        head, *pieces = first.plain
        return [Shown(f"{by}\n{first.text}", blocks, (f"{by}\n\n{head}", *pieces)), *rest]

    def _naming(self, phrase: str, what: str, name: str, sign: str) -> str:
        """A sentence (mrkdwn) that names one person or channel as Slack links it, and nobody else."""
        mention = f"<{sign}{name}>"
        words = escape(self._phrase(phrase, **{what: mention}))
        return words.replace(escape(mention), mention) if re.fullmatch("[A-Z0-9]+", name) else words
