"""What a chat platform's adapter offers to the core. It translates, and knows nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bot.store.base import Delivery


class Adapter(Protocol):
    """name: the `platform` of its places."""

    @property
    def name(self) -> str: ...

    async def run(self) -> None:
        """Receive until cancelled or closed; reconnects by itself."""

    async def send(self, delivery: Delivery) -> tuple[str, ...]:
        """Show the reply and return the platform's ids of the messages it became.

        With `delivery.earlier` it takes the place of those messages. Raises `Forbidden` (never possible there),
        `Refused` (not even as plain text) or `TryAgain`; anything else counts as passing for a while. It is cancelled
        when it takes longer than `delivery.SEND_SECONDS`, so that no other process sends the same meanwhile.
        """

    async def close(self) -> None: ...
