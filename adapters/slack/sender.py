"""Shows replies: in the thread, to one person, in their DM. Falls back until something arrives."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import msgspec
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook.async_client import AsyncWebhookClient

from adapters.slack import faults
from adapters.slack.clients import retries
from adapters.slack.incoming import ONLY
from adapters.slack.layout import Layout, Shown
from adapters.slack.markdown import escape
from adapters.slack.quiet import sdk_logger
from adapters.slack.scopes import needs_mention
from bot.errors import TryAgain
from bot.presses import value
from bot.replies import Choice, Choices, Code, File, Reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_sdk.web.async_client import AsyncWebClient

    from adapters.slack.clients import Clients
    from adapters.slack.workspaces import Workspaces
    from bot.messages import Place
    from bot.store.base import Delivery, Store

_log = structlog.get_logger(__name__)


class Sender:
    """phrase: looks up one of the bot's sentences."""

    def __init__(self, clients: Clients, workspaces: Workspaces, store: Store, phrase: Callable[..., str]) -> None:
        self._clients = clients
        self._workspaces = workspaces
        self._store = store
        self._phrase = phrase
        self._dms: dict[tuple[str, str], str] = {}
        self._progress: dict[int, list[str]] = {}

    async def show(self, delivery: Delivery) -> tuple[str, ...]:
        """The ids of the messages it became. What was shown before a fault is not shown again after it."""
        sent = self._progress.setdefault(delivery.id, [])
        with faults.translated():
            if delivery.reply.settles and not sent:
                await self._settle(delivery)
            for number, shown in enumerate(await self._laid_out(delivery)):
                if number >= len(sent):
                    sent.append(await self._one(delivery, shown, number))
            await self._clear(delivery, len(sent))
            await self._files(delivery, sent)
        del self._progress[delivery.id]
        return tuple(name for name in sent if name)

    def give_up(self, delivery: Delivery) -> None:
        self._progress.pop(delivery.id, None)

    async def _laid_out(self, delivery: Delivery, settled: str | None = None) -> list[Shown]:
        reply = self._with_way_out(delivery)
        made = Layout(self._phrase, delivery.place.thread).messages(reply, settled=settled)
        if made:
            made[-1] = msgspec.structs.replace(made[-1], note=await self._how_to_go_on(delivery))
        return made

    def _with_way_out(self, delivery: Delivery) -> Reply:
        """What is made for others can be posted where they are."""
        reply = delivery.reply
        if not reply.passes_on or delivery.place.kind != "dm":
            return reply
        way = Choices((Choice(self._phrase("slack-share-to-channel"), value("share", reply.id)),))
        rated = tuple(part for part in reply.parts if isinstance(part, Choices) and part.kind == "feedback")
        said = tuple(part for part in reply.parts if part not in rated)
        return msgspec.structs.replace(reply, parts=(*said, way, *rated))

    async def _how_to_go_on(self, delivery: Delivery) -> str:
        """Said once in a thread, with its first answer, where the bot hears nothing there but mentions."""
        place = delivery.place
        if place.kind != "thread" or not delivery.reply.opens:
            return ""
        bot = await self._workspaces.authorize(place.workspace)
        if bot is None or not bot.bot_user_id or not needs_mention(place.channel, bot.bot_scopes or ()):
            return ""
        mention = f"<@{bot.bot_user_id}>"
        return escape(self._phrase("slack-go-on", bot=mention)).replace(escape(mention), mention)

    # --- one message

    async def _one(self, delivery: Delivery, shown: Shown, number: int) -> str:
        try:
            return await self._placed(delivery, shown, number)
        except SlackApiError as error:
            if faults.code(error) not in faults.MALFORMED:
                raise
            _log.warning("slack.layout_refused", error=faults.code(error), message=delivery.message)
        name = ""
        for piece in shown.in_pieces():
            name = await self._placed(delivery, piece, number) or name
            number = len(delivery.earlier)  # only the first piece takes the place of an earlier message
        return name

    async def _placed(self, delivery: Delivery, shown: Shown, number: int) -> str:
        place, reply, content = delivery.place, delivery.reply, shown.content()
        if place.kind == "dm":
            return await self._in_dm(delivery, shown, number)
        if reply.audience == "only_you" or (place.thread.startswith(ONLY) and reply.audience == "dm"):
            return await self.to_one(place, delivery.user, content)
        if place.thread.startswith(ONLY):
            return await self._in_channel(place, delivery.user, content)
        return await self._in_thread(delivery, shown, number)

    async def _in_thread(self, delivery: Delivery, shown: Shown, number: int) -> str:
        place = delivery.place
        if name := await self._instead(delivery, shown, number):
            return name
        client = await self._workspaces.client(place.workspace)
        try:
            return await _post(client, place.channel, shown.content(noted=True), place.thread)
        except SlackApiError as error:
            if faults.code(error) not in faults.ELSEWHERE:
                raise
            _log.info("slack.elsewhere", error=faults.code(error))
        return await self.to_one(place, delivery.user, shown.content())

    async def _in_dm(self, delivery: Delivery, shown: Shown, number: int) -> str:
        if name := await self._instead(delivery, shown, number):
            return name
        return await self.to_dm(delivery.place, delivery.user, shown.content())

    async def to_dm(self, place: Place, user: str, content: dict[str, Any]) -> str:
        client = await self._workspaces.client(place.workspace)
        channel = place.address.get("channel") or await self.dm(place.workspace, user)
        return await _post(client, channel, content, place.address.get("thread", ""))

    async def _instead(self, delivery: Delivery, shown: Shown, number: int) -> str:
        """In place of the message that an edited question had been answered by."""
        if number >= len(delivery.earlier):
            return ""
        channel, _, ts = delivery.earlier[number].rpartition(":")
        if not channel:
            return ""
        client = await self._workspaces.client(delivery.place.workspace)
        content = {"blocks": [], **shown.content(noted=channel == delivery.place.channel)}
        try:
            await client.chat_update(channel=channel, ts=ts, **content)
        except SlackApiError as error:
            if faults.code(error) not in faults.GONE:
                raise
            return ""
        return delivery.earlier[number]

    async def _in_channel(self, place: Place, user: str, content: dict[str, Any]) -> str:
        """What one person had asked for themselves, now for all."""
        if await self.by_url(place, {**content, "response_type": "in_channel"}):
            return ""
        client = await self._workspaces.client(place.workspace)
        try:
            return await _post(client, place.channel, content)
        except SlackApiError as error:
            if faults.code(error) not in faults.ELSEWHERE:
                raise
        return await self.to_one(place, user, content)

    async def to_one(self, place: Place, user: str, content: dict[str, Any]) -> str:
        """By the address their click or command came with, else as an ephemeral message, else in their DM."""
        thread = "" if place.thread.startswith(ONLY) else place.thread
        content = {**content, "thread_ts": thread} if thread else content
        if await self.by_url(place, {**content, "response_type": "ephemeral"}):
            return ""
        client = await self._workspaces.client(place.workspace)
        try:
            await client.chat_postEphemeral(channel=place.channel, user=user, **content)
        except SlackApiError as error:
            if faults.code(error) not in faults.ELSEWHERE:
                raise
            content.pop("thread_ts", None)
            return await _post(client, await self.dm(place.workspace, user), content)
        return ""

    async def by_url(self, place: Place, content: dict[str, Any]) -> bool:
        """Whether the response URL of a command, click or form took it: five times, within half an hour."""
        url = place.address.get("url", "")
        if not url or float(place.address.get("until", 0)) < time.time():
            return False
        hook = AsyncWebhookClient(url, session=self._clients.session, retry_handlers=retries(), logger=sdk_logger())
        answer = await hook.send_dict({**content, "replace_original": False})
        if answer.status_code == 200:
            return True
        if answer.status_code == 429 or answer.status_code >= 500:
            raise TryAgain("response_url")
        _log.info("slack.url_refused", status=answer.status_code)
        if any(word in answer.body for word in faults.MALFORMED):
            raise SlackApiError("response_url", {"error": "invalid_blocks"})  # type: ignore[no-untyped-call]
        return False

    async def tell(self, place: Place, user: str, words: str) -> None:
        """One sentence, outside of any turn."""
        with faults.translated():
            if place.kind == "dm":
                await self.to_dm(place, user, {"text": escape(words)})
            else:
                await self.to_one(place, user, {"text": escape(words)})

    async def dm(self, team: str, user: str) -> str:
        """The channel of a person's DM. Raises `Forbidden` where it is closed."""
        if (team, user) not in self._dms:
            client = await self._workspaces.client(team)
            with faults.translated():
                opened = await client.conversations_open(users=user)
            self._dms[team, user] = str(opened["channel"]["id"])
        return self._dms[team, user]

    # --- around it

    async def _clear(self, delivery: Delivery, kept: int) -> None:
        """What is left of an answer that has become shorter."""
        client = await self._workspaces.client(delivery.place.workspace)
        for name in delivery.earlier[kept:]:
            channel, _, ts = name.rpartition(":")
            try:
                await client.chat_delete(channel=channel, ts=ts)
            except SlackApiError as error:
                _log.info("slack.not_deleted", error=faults.code(error))

    async def _settle(self, delivery: Delivery) -> None:
        """The answered question keeps its words and loses its buttons. Not worth losing the answer for."""
        asked = await self._store.answer(delivery.place.platform, delivery.reply.settles)
        if asked is None:
            return
        client = await self._workspaces.client(delivery.place.workspace)
        before = await self._laid_out(asked)
        after = await self._laid_out(asked, delivery.reply.settled_as)
        for name, old, new in zip(asked.sent_as, before, after, strict=False):
            channel, _, ts = name.rpartition(":")
            if old == new or not channel:
                continue
            try:
                content = new.content(noted=channel == asked.place.channel)
                await client.chat_update(channel=channel, ts=ts, **content)
            except SlackApiError as error:
                _log.info("slack.not_settled", error=faults.code(error))

    async def _files(self, delivery: Delivery, sent: list[str]) -> None:
        files = [part for part in delivery.reply.parts if isinstance(part, File)]
        if not files:
            return
        place = delivery.place
        where = next((name.rpartition(":")[0] for name in sent if name), "") or await self.dm(
            place.workspace, delivery.user
        )
        thread = place.address.get("thread", "") if place.kind == "dm" else place.thread
        if place.thread.startswith(ONLY):
            thread = ""
        client = await self._workspaces.client(place.workspace)
        for part in files:
            try:
                await client.files_upload_v2(
                    channel=where, thread_ts=thread or None, content=part.text, filename=part.name, title=part.name
                )
            except (SlackApiError, ValueError) as error:
                _log.warning("slack.upload_refused", error=type(error).__name__)
                await self._as_text(client, where, thread, part)

    async def _as_text(self, client: AsyncWebClient, channel: str, thread: str, part: File) -> None:
        layout = Layout(self._phrase)
        for shown in layout.messages(Reply(parts=(Code(part.text, "markdown", f"`{part.name}`"),))):
            await _post(client, channel, shown.content(), thread)


async def _post(client: AsyncWebClient, channel: str, content: dict[str, Any], thread: str = "") -> str:
    where: dict[str, Any] = {"thread_ts": thread} if thread else {}
    answer = await client.chat_postMessage(channel=channel, unfurl_links=False, unfurl_media=False, **where, **content)
    return f"{answer['channel']}:{answer['ts']}"
