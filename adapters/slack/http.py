"""Slack's requests over HTTP, on the bot's own web server. What is unsigned, stale or malformed never reaches Bolt."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import structlog
from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_sdk.signature import SignatureVerifier
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp
    from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
    from starlette.requests import Request

LARGEST = 1_000_000  # bytes of a request's body
_log = structlog.get_logger(__name__)


class Endpoints:
    """The routes exist before the connection does; until then they answer 503, and Slack tries again."""

    def __init__(self, signing_secret: str) -> None:
        self._secret = signing_secret
        self._app: AsyncApp | None = None
        self._oauth: AsyncOAuthFlow | None = None

    @property
    def serving(self) -> bool:
        return self._app is not None

    def serve(self, app: AsyncApp, oauth: AsyncOAuthFlow | None = None) -> None:
        self._app, self._oauth = app, oauth

    def stop(self) -> None:
        self._app = self._oauth = None

    def routes(self) -> list[Route]:
        return [
            Route("/slack/events", self.events, methods=["POST"]),
            Route("/slack/install", self.install, methods=["GET"]),
            Route("/slack/oauth_redirect", self.oauth_redirect, methods=["GET"]),
        ]

    async def events(self, request: Request) -> Response:
        body = await _body(request)
        if body is None:
            return _refused(413, "too large")
        if not self._signed(request, body):
            return _refused(401, "invalid signature")
        if not readable(body, request.headers.get("content-type", "")):
            return _refused(400, "malformed")
        if self._app is None:
            return _refused(503, "not connected")
        try:
            return to_starlette_response(await self._app.async_dispatch(to_async_bolt_request(request, body)))
        except (AttributeError, KeyError, TypeError, ValueError):  # a shape Slack never sends, deep in Bolt
            return _refused(400, "malformed")

    def _signed(self, request: Request, body: bytes) -> bool:
        timestamp = request.headers.get("x-slack-request-timestamp", "")
        signature = request.headers.get("x-slack-signature", "")
        if not (self._secret and timestamp.isascii() and timestamp.isdigit() and signature.isascii()):
            return False
        try:
            return SignatureVerifier(self._secret).is_valid(body, timestamp, signature)
        except (ValueError, OverflowError):
            return False

    async def install(self, request: Request) -> Response:
        if self._oauth is None:
            return _refused(404, "one workspace only")
        return to_starlette_response(await self._oauth.handle_installation(to_async_bolt_request(request, b"")))

    async def oauth_redirect(self, request: Request) -> Response:
        if self._oauth is None:
            return _refused(404, "one workspace only")
        return to_starlette_response(await self._oauth.handle_callback(to_async_bolt_request(request, b"")))


async def _body(request: Request) -> bytes | None:
    """None when it is too large, whatever its length was said to be: who sends it is not known before it is read."""
    taken = bytearray()
    async for chunk in request.stream():
        taken += chunk
        if len(taken) > LARGEST:
            return None
    return bytes(taken)


def readable(body: bytes, content_type: str) -> bool:
    """Whether it is one of the shapes Slack sends: a JSON object, a form, or a form whose `payload` is a JSON object."""
    try:
        text = body.decode()
        if content_type.startswith("application/json") or text.startswith("{"):
            return _sound(json.loads(text))
        form = parse_qs(text, keep_blank_values=True, strict_parsing=bool(text))
        if "payload" in form:
            return _sound(json.loads(form["payload"][0]))
        return "command" in form or "ssl_check" in form
    except (ValueError, RecursionError):
        return False


def _sound(payload: Any) -> bool:
    """The parts whose shape Bolt or the listeners rely on."""
    if not isinstance(payload, dict):
        return False
    event, actions = payload.get("event", {}), payload.get("actions", [{}])
    listed = isinstance(actions, list) and bool(actions) and all(isinstance(action, dict) for action in actions)
    return isinstance(event, dict) and listed and isinstance(payload.get("type", ""), str)


def _refused(status: int, reason: str) -> Response:
    _log.info("slack.request_refused", status=status, reason=reason)
    return JSONResponse({"error": reason}, status_code=status)
