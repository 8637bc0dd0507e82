"""The HTTP server: the playground, health and metrics, and the routes of the other adapters, on one port."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import structlog
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from adapters.web.answers import Answers
from adapters.web.guard import COOKIE, Guard, SecureHeaders
from adapters.web.health import Health
from adapters.web.live import Live
from adapters.web.platform import shown
from adapters.web.talk import NAME, Talk, body, opening
from bot.assistant import answer_id
from bot.delivery import Deliverer
from bot.errors import SettingsError
from bot.messages import Message

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Sequence

    from starlette.requests import Request

    from bot.adapter import Adapter, Services
    from bot.store.base import Delivery

STATIC = Path(__file__).parent / "static"
GRACE = 8
_log = structlog.get_logger(__name__)
LONGEST_FORM = 2_000


class WebAdapter:
    """A reply counts as delivered when it can be fetched: the page asks again for what it has not received."""

    name = NAME

    def __init__(self, services: Services) -> None:
        self._services = services
        self._settings = services.settings
        self._guard = Guard(services.settings)
        self._health = Health(services, self._guard)
        self._live = Live(services.reload, services.assistant.knowledge.version)
        self._talk = Talk(services)
        self._answers = Answers(services)
        self._deliverer = Deliverer(
            services.store, self, every=2.0, give_up_after=services.settings.delivery_hours * 3600.0
        )
        self._server: _Server | None = None
        self._socket: socket.socket | None = None
        self._others: list[Any] = []
        self._stopped = asyncio.Event()

    def host(self, adapters: Sequence[Adapter]) -> None:
        """Serve the routes of these adapters too, and report on them. Before `run`."""
        self._health.adapters = adapters
        self._others = [route for adapter in adapters for route in adapter.routes()]

    def bind(self) -> str:
        """Take the port; the address a person can open. Raises `SettingsError` when it cannot be had."""
        host, port = self._settings.host, self._settings.port
        self._socket = _listen(host, port)
        return f"http://{shown(host)}:{self._socket.getsockname()[1]}"

    async def run(self) -> None:
        if self._socket is None:
            self.bind()
        config = uvicorn.Config(
            self.app(), log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=GRACE, ws="none"
        )
        self._server = _Server(config)
        self._deliverer.start()
        _log.info("web.listening", address=self._socket.getsockname() if self._socket else None)
        try:
            await self._server.serve([self._socket] if self._socket else None)
        finally:
            self._stopped.set()

    async def send(self, delivery: Delivery) -> tuple[str, ...]:
        message = Message(delivery.message, delivery.place, delivery.user)
        return (answer_id(message),)

    async def close(self) -> None:
        self._live.close()
        if self._server is not None:
            self._server.should_exit = True
            await self._stopped.wait()
        await self._deliverer.close()

    def ready(self) -> bool:
        return self._server is not None and self._server.started and not self._server.should_exit

    def routes(self) -> Sequence[Any]:
        return ()

    def app(self) -> Starlette:
        """The ASGI application, also for tests without a port."""
        routes = [
            Route("/healthz", self._health.alive),
            Route("/readyz", self._health.ready),
            Route("/metrics", self._health.metrics),
            Route("/", self._page),
            Route("/login", self._login, methods=["POST"]),
            Route("/api/start", self._only(self._start)),
            Route("/api/messages", self._only(self._talk.post), methods=["POST"]),
            Route("/api/answers/{answer}/{view}", self._only(self._answers.get)),
            Route("/api/events", self._only(self._live.stream)),
            Mount("/static", _Static(directory=STATIC)),
            *self._others,
        ]
        return Starlette(routes=routes, middleware=[Middleware(SecureHeaders)])

    def _only(self, endpoint: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
        async def guarded(request: Request) -> Response:
            if not self._guard.may(request):
                return JSONResponse({"error": "forbidden"}, 403)
            return await endpoint(request)

        return guarded

    async def _page(self, request: Request) -> Response:
        if self._guard.may(request):
            return _file("index.html")
        return _file("locked.html" if self._guard.locked else "login.html", 403)

    async def _login(self, request: Request) -> Response:
        """The token from the form into a cookie that only this site gets back."""
        try:
            fields = parse_qs((await body(request, LONGEST_FORM)).decode(errors="replace"))
        except ValueError:
            fields = {}
        token = fields.get("token", [""])[0]
        if not self._guard.is_token(token):
            return _file("login.html", 403)
        answer = RedirectResponse("/", 303)
        secure = request.url.scheme == "https"
        answer.set_cookie(COOKIE, token, httponly=True, samesite="strict", secure=secure, max_age=30 * 86_400)
        return answer

    async def _start(self, _request: Request) -> Response:
        return JSONResponse(opening(self._services))


class _Static(StaticFiles):
    """Files that are asked for again each time, and sent again only when they have changed."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = "no-cache"
        return response


class _Server(uvicorn.Server):
    """Signals are the composition root's business."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _file(name: str, status: int = 200) -> Response:
    return FileResponse(STATIC / name, status, headers={"Cache-Control": "no-cache"})


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # the protocol has to be named, or asyncio leaves Nagle's algorithm on: 40 ms for some answers
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(2048)
    except OSError as error:
        listening.close()
        raise SettingsError(_why_not(host, port, error)) from None
    listening.setblocking(False)
    return listening


def _why_not(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken by another program. Stop it, or choose another: PORT={port + 1} make run"
    if isinstance(error, PermissionError):
        return f"Port {port} needs more rights than this user has. Choose one above 1023: PORT=8080 make run"
    return f"The address {host}:{port} cannot be used ({error.strerror}). Mend HOST and PORT."
