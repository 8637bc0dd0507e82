"""What the composition root sees of the browser adapter. Imports neither Starlette nor uvicorn."""

from __future__ import annotations

import ipaddress
import socket
from typing import TYPE_CHECKING

from bot.adapter import Connection, Finding

if TYPE_CHECKING:
    from adapters.web.server import WebAdapter
    from bot.adapter import Services
    from bot.settings import Settings

SHORTEST_TOKEN = 12


class WebPlatform:
    name = "web"

    def connection(self, settings: Settings) -> Connection:
        if locked(settings):
            return Connection("ready", "health and metrics; the playground is locked: a public HOST wants WEB_TOKEN")
        return Connection("ready", "the playground in the browser, health and metrics")

    def make(self, services: Services) -> WebAdapter:
        from adapters.web.server import WebAdapter

        return WebAdapter(services)

    async def check(self, settings: Settings, *, online: bool) -> list[Finding]:  # noqa: ARG002 - nothing to ask outside
        findings = [await _port(settings)]
        if locked(settings):
            findings.append(
                Finding("playground", ok=False, how="HOST is public: set WEB_TOKEN to open it, or HOST=127.0.0.1")
            )
        elif settings.web_token and len(settings.web_token) < SHORTEST_TOKEN:
            how = f"WEB_TOKEN is shorter than {SHORTEST_TOKEN} characters; make one with: openssl rand -hex 16"
            findings.append(Finding("playground", ok=False, how=how))
        return findings


PLATFORM = WebPlatform()


def loopback(host: str) -> bool:
    """Whether only this machine can reach that address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def locked(settings: Settings) -> bool:
    """The playground is shown to nobody: the address is public and no token guards it."""
    return not settings.web_token and not loopback(settings.host)


def shown(host: str) -> str:
    """The host as it stands in an address a person can open."""
    if host in ("0.0.0.0", "::", ""):  # noqa: S104 - compared, not bound
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


async def _port(settings: Settings) -> Finding:
    what, host, port = f"port {settings.port}", settings.host, settings.port
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if await _answers(f"http://{shown(host)}:{port}/healthz"):
                return Finding(what, ok=True, how="the bot is running there")
            return Finding(what, ok=False, how=f"cannot be used ({error.strerror}); set PORT to another")
    return Finding(what, ok=True, how="free")


async def _answers(address: str) -> bool:
    import httpx

    try:
        async with httpx.AsyncClient(timeout=3, trust_env=False) as client:
            answer = await client.get(address)
    except httpx.HTTPError:
        return False
    return answer.is_success and answer.text == "ok\n"
