"""The page's questions: one message in, one reply out. Asking again with the same id gives the same answer."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec
from starlette.responses import JSONResponse, Response

from adapters.web.render import render
from bot.addressee import mentions
from bot.answers.compose import Composer
from bot.assistant import answer_id
from bot.errors import StoreError
from bot.messages import Message, Place
from bot.ratelimit import RateLimit
from bot.replies import Reply

if TYPE_CHECKING:
    from starlette.requests import Request

    from bot.adapter import Services

NAME = "web"
LARGEST = 64_000
BURST, PER_MINUTE = 40, 60.0
Name = Annotated[str, msgspec.Meta(pattern=r"^[\w.:-]{1,80}$")]


class Said(msgspec.Struct, frozen=True):
    """What the page sends. conversation: the page's own random name for it; kind: how it is shown just now.

    user: as the page names the person, which is why it counts in the browser only: it could be anybody's id elsewhere.
    """

    id: Name
    conversation: Name
    user: Name
    kind: Literal["dm", "channel", "thread"] = "dm"
    text: str = ""
    press: Annotated[str, msgspec.Meta(max_length=2_000)] = ""
    addressed: bool = True
    edits: str = ""
    private: bool = False

    def message(self) -> Message:
        text, addressed, to_others = mentions(self.text, addressed=self.addressed)
        place = Place(platform=NAME, channel=self.conversation, kind=self.kind)
        public = self.kind != "dm"
        return Message(
            id=self.id,
            place=place,
            user=f"{NAME}:{self.user}",
            text=text,
            press=self.press,
            addressed=addressed if public else True,
            to_others=to_others and public,
            edits=self.edits,
            private=self.private and public,
            has_dm=public,
        )


class Talk:
    def __init__(self, services: Services) -> None:
        self._services = services
        self._limit = RateLimit(burst=BURST, per_minute=PER_MINUTE)

    async def post(self, request: Request) -> Response:
        """`POST /api/messages`: 200 with the reply (empty parts: it stays silent), 503 when nothing could be kept."""
        try:
            said = msgspec.json.decode(await _json(request), type=Said)
        except (msgspec.DecodeError, ValueError):
            return self._refusal("web-malformed", 400)
        if (verdict := self._limit.allow(said.user, time.monotonic())) != "yes":
            return self._refusal("slow-down", 429) if verdict == "tell" else Response(status_code=429)
        message = said.message()
        try:
            reply = await self._services.assistant.handle(message)
            if reply.intent == "duplicate":
                reply = await self._earlier(message)
        except StoreError:
            return self._refusal("unavailable", 503)
        return JSONResponse(render(reply))

    async def _earlier(self, message: Message) -> Reply:
        """The reply to a message that came before; a silent one if it has been forgotten since."""
        kept = await self._services.store.answer(NAME, answer_id(message))
        return kept.reply if kept is not None else Reply()

    def _refusal(self, phrase: str, status: int) -> Response:
        text = Composer(self._services.assistant.knowledge).phrase(phrase)
        return JSONResponse({"error": text}, status)


async def _json(request: Request) -> bytes:
    """A body that says it is JSON: a form on somebody else's page cannot say so. Raises ValueError."""
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        raise ValueError("not JSON")
    return await body(request, LARGEST)


async def body(request: Request, most: int) -> bytes:
    """The request's body. Raises ValueError when it is larger than that."""
    taken = bytearray()
    async for chunk in request.stream():
        taken += chunk
        if len(taken) > most:
            raise ValueError("too large")
    return bytes(taken)


def opening(services: Services) -> dict[str, Any]:
    """What the page shows before anything is said."""
    knowledge = services.assistant.knowledge
    ids = sorted(name for name in knowledge.file.phrases if name.startswith("web-try-"))
    compose = Composer(knowledge)
    return {"version": knowledge.version, "try": [compose.phrase(name) for name in ids]}
