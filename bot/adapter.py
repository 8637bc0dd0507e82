"""What the core asks of an adapter, and what an adapter package offers to the composition root."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Protocol

import msgspec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.assistant import Assistant
    from bot.metrics import Metrics
    from bot.reload import Reload
    from bot.settings import Settings
    from bot.store.base import Delivery, Store


class Adapter(Protocol):
    """A running connection to one platform."""

    name: str

    async def run(self) -> None:
        """Connect and serve until `close`. Raises `SettingsError` when the platform refuses the credentials."""

    async def send(self, delivery: Delivery) -> tuple[str, ...]:
        """Show a reply; the platform's ids of the messages it became. Edits those in `delivery.earlier` instead, where
        it can. Raises `Forbidden` or `TryAgain`; what the platform refuses as malformed it sends as plain text.
        """

    async def close(self) -> None:
        """Stop taking events, finish what is in flight (at most ten seconds), disconnect."""

    def ready(self) -> bool:
        """Whether events can arrive and replies can leave right now."""

    def routes(self) -> Sequence[Any]:
        """HTTP routes (Starlette) to be served on the bot's own port; empty for most."""


class Services(msgspec.Struct, frozen=True):
    """What the composition root hands to an adapter. The adapter makes its own `Deliverer(store, adapter)`.

    metrics and reload are for the adapter that serves HTTP; None where nobody measures or watches.
    """

    settings: Settings
    assistant: Assistant
    store: Store
    metrics: Metrics | None = None
    reload: Reload | None = None


class Connection(msgspec.Struct, frozen=True):
    """Whether the settings suffice. how: one line on how to connect, or what is missing or odd."""

    state: Literal["ready", "off", "incomplete"]
    how: str


class Finding(msgspec.Struct, frozen=True):
    """One line of `doctor`: what was looked at, whether it is well, and how to mend it."""

    what: str
    ok: bool
    how: str = ""


class Platform(Protocol):
    """The object `PLATFORM` of every adapter package; importing it must not import the platform's SDK."""

    name: str

    def connection(self, settings: Settings) -> Connection: ...

    def make(self, services: Services) -> Adapter: ...

    async def check(self, settings: Settings, *, online: bool) -> list[Finding]: ...
