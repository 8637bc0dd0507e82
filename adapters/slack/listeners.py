"""What Slack sends, handed to the adapter. Bolt answers Slack after the listener has returned: after the commit."""

from __future__ import annotations

import re
import traceback
from typing import TYPE_CHECKING, Any

import msgspec
import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.response import BoltResponse

from adapters.slack import incoming
from adapters.slack.home import TRY
from adapters.slack.incoming import Origin, Payload
from adapters.slack.layout import CHOSEN, FEEDBACK, PRESS, SEVERAL
from adapters.slack.manifest import ASK, EVENTS, START
from adapters.slack.quiet import sdk_logger
from adapters.slack.sharing import SHARE, WHERE
from bot.interview import buttons as interview

if TYPE_CHECKING:
    from slack_bolt.context.async_context import AsyncBoltContext
    from slack_bolt.request.async_request import AsyncBoltRequest
    from slack_sdk.web.async_client import AsyncWebClient

    from adapters.slack.adapter import SlackAdapter

DOUBLE_CLICK = 2.0  # seconds
_log = structlog.get_logger(__name__)


def make_app(adapter: SlackAdapter, client: AsyncWebClient, signing_secret: str) -> AsyncApp:
    """Everything Bolt might look up in the environment by itself is given to it."""

    async def authorize(context: AsyncBoltContext) -> Any:
        return await adapter.workspaces.authorize(context.team_id or "", context.enterprise_id or "")

    app = AsyncApp(
        name="framework-bot",
        client=client,
        authorize=authorize,
        signing_secret=signing_secret or "-",  # without one no request reaches Bolt over HTTP (see http.py)
        process_before_response=True,
        logger=sdk_logger(),
        attaching_conversation_kwargs_enabled=False,
    )
    listeners = Listeners(adapter)
    for name in sorted({event.partition(".")[0] for event in EVENTS}, key=_often_first):
        app.event(name)(getattr(listeners, name))
    app.event(re.compile(".*"))(listeners.ignored)
    app.command(re.compile(".*"))(listeners.command)
    app.global_shortcut(START)(listeners.start_interview)
    app.message_shortcut(ASK)(listeners.ask_about_message)
    app.action(re.compile(f"^{PRESS}:"))(listeners.press)
    app.action(re.compile(f"^{TRY}:"))(listeners.tried)
    app.action(SEVERAL)(listeners.several)
    app.action(CHOSEN)(listeners.chosen)
    app.action(FEEDBACK)(listeners.press)
    app.action(re.compile(""))(listeners.stale)
    app.view(SHARE)(listeners.share)
    app.error(listeners.failed)
    return app


def _often_first(event: str) -> tuple[bool, str]:
    """Bolt asks the listeners in turn."""
    return event not in ("app_mention", "message"), event


class Listeners:
    """One method per thing Slack sends; the names of events are their names."""

    def __init__(self, adapter: SlackAdapter) -> None:
        self._adapter = adapter
        self._clicks: dict[tuple[str, ...], float] = {}

    # --- events

    async def app_mention(self, event: Payload, context: AsyncBoltContext) -> None:
        await self.message(event, context)

    async def message(self, event: Payload, context: AsyncBoltContext) -> None:
        message = incoming.spoken(event, _origin(context))
        if message is not None:
            await self._adapter.take(message)

    async def app_home_opened(self, event: Payload, context: AsyncBoltContext) -> None:
        self._adapter.home_opened(_origin(context), event)

    async def agent_session_stopped(self, event: Payload, context: AsyncBoltContext) -> None:
        self._adapter.stopped(_origin(context), event)

    async def app_context_changed(self) -> None:
        """What the person looks at beside the chat changes no answer."""

    async def app_uninstalled(self, context: AsyncBoltContext) -> None:
        await self._adapter.left(context.team_id or "", context.enterprise_id or "")

    async def tokens_revoked(self, event: Payload, context: AsyncBoltContext) -> None:
        if (event.get("tokens") or {}).get("bot"):
            await self._adapter.left(context.team_id or "", context.enterprise_id or "")

    async def ignored(self) -> None:
        """Events nobody subscribed to."""

    # --- commands, shortcuts, buttons

    async def command(self, ack: Any, body: Payload, context: AsyncBoltContext) -> None:
        await self._adapter.take(incoming.command(body, _origin(context)))
        await ack()

    async def start_interview(self, ack: Any, body: Payload, context: AsyncBoltContext) -> None:
        await self._adapter.take(incoming.wanted(body, interview.START, _origin(context)))
        await ack()

    async def ask_about_message(self, ack: Any, body: Payload, context: AsyncBoltContext) -> None:
        await self._adapter.take(incoming.asked_about(body, _origin(context)))
        await ack()

    async def press(self, ack: Any, body: Payload, context: AsyncBoltContext) -> None:
        await self._pressed(body, str(body["actions"][0].get("value") or ""), _origin(context))
        await ack()

    async def tried(self, ack: Any, body: Payload, context: AsyncBoltContext) -> None:
        """A prompt of the Home tab is said in the person's name, in their DM."""
        value = str(body["actions"][0].get("value") or "")
        message = incoming.pressed(body, value, _origin(context))
        if message is not None and value.isdigit() and not self._doubled(body, value):
            await self._adapter.take(msgspec.structs.replace(message, press="", text=self._adapter.prompt(int(value))))
        await ack()

    async def several(self, ack: Any, body: Payload, context: AsyncBoltContext) -> None:
        values = (body.get("state") or {}).get("values") or {}
        chosen = values.get(body["actions"][0].get("block_id"), {}).get(CHOSEN, {}).get("selected_options") or []
        if chosen:
            await self._pressed(body, "\n".join(str(option["value"]) for option in chosen), _origin(context))
        else:
            self._adapter.tell(body, "slack-several-none")
        await ack()

    async def chosen(self, ack: Any) -> None:
        """The menu's own event: nothing is said until the person is done choosing."""
        await ack()

    async def share(self, ack: Any, body: Payload, context: AsyncBoltContext) -> None:
        """The form is sent in: acknowledged, it closes."""
        await self._adapter.take(incoming.shared(body, _origin(context)))
        await ack()

    async def stale(self, ack: Any, body: Payload) -> None:
        self._adapter.tell(body, "slack-stale")
        await ack()

    async def _pressed(self, body: Payload, value: str, origin: Origin) -> None:
        message = incoming.pressed(body, value, origin)
        if message is None or not value or self._doubled(body, value):
            return
        await self._adapter.take(message)

    def _doubled(self, body: Payload, value: str) -> bool:
        """The second click of a double click, by Slack's own time."""
        action, container = body["actions"][0], body.get("container") or {}
        key = (str(container.get("message_ts") or container.get("view_id")), str(body["user"]["id"]), value)
        now = float(action.get("action_ts") or 0)
        self._clicks = {one: at for one, at in self._clicks.items() if abs(now - at) <= DOUBLE_CLICK}
        return abs(now - self._clicks.setdefault(key, now)) <= DOUBLE_CLICK and self._clicks[key] != now

    # --- when it fails

    async def failed(self, error: Exception, body: Payload, request: AsyncBoltRequest) -> BoltResponse:
        """An event is not acknowledged, so it comes again; a person who clicked or commanded is told at once."""
        last = traceback.extract_tb(error.__traceback__)[-1:]  # a whole trace would show what people wrote
        where = f"{last[0].filename}:{last[0].lineno}" if last else ""
        _log.warning("slack.listener_failed", error=type(error).__name__, where=where)
        words = self._adapter.sorry(error)
        if "command" in body:
            return BoltResponse(status=200, body={"response_type": "ephemeral", "text": words})
        if body.get("type") == "event_callback":
            if not request.headers.get("x-slack-retry-num"):
                self._adapter.sorry_in_place(body, words)
            return BoltResponse(status=503, body="")
        if body.get("type") == "view_submission":  # the form stays open, to be sent in again
            return BoltResponse(status=200, body={"response_action": "errors", "errors": {WHERE: words}})
        self._adapter.say_by_url(body, words)
        return BoltResponse(status=200, body="")


def _origin(context: AsyncBoltContext) -> Origin:
    return Origin(context.team_id or "", context.bot_user_id or "", context.bot_id or "")
