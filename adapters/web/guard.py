"""Who may use the playground, and what the browser is told never to do."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from adapters.web.platform import locked, loopback

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from bot.settings import Settings

COOKIE = "framework_bot"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)


class SecureHeaders:
    """Adds the headers to every answer of the app."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *HEADERS]
            await send(message)

        await self.app(scope, receive, sent)


class Guard:
    """locked: nobody may. With a token: who shows it. Without one the address is this machine's own, and only pages
    that were opened under its name may ask (a page elsewhere could have its name point here).
    """

    def __init__(self, settings: Settings) -> None:
        self.locked = locked(settings)
        self._token = settings.web_token

    def may(self, request: Request) -> bool:
        if self.locked or not self._same_origin(request):
            return False
        if self._token:
            return self.is_token(request.cookies.get(COOKIE, "")) or self.is_token(_bearer(request))
        return loopback(_host(request))

    def may_measure(self, request: Request) -> bool:
        """Metrics are open until there is a token."""
        return not self._token or self.is_token(_bearer(request)) or self.is_token(request.cookies.get(COOKIE, ""))

    def is_token(self, said: str) -> bool:
        return bool(self._token) and secrets.compare_digest(said.encode(), self._token.encode())

    def _same_origin(self, request: Request) -> bool:
        origin = request.headers.get("origin")
        return not origin or urlsplit(origin).netloc == request.headers.get("host", "")


def _host(request: Request) -> str:
    try:
        return urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
    except ValueError:
        return ""


def _bearer(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""
