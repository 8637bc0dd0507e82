"""Looking behind an answer: how it was understood, and what the platforms would be sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from starlette.responses import JSONResponse, Response

from adapters.web import markdown
from adapters.web.highlight import runs
from adapters.web.preview import PLATFORMS, payload
from adapters.web.talk import NAME
from bot.answers.compose import Composer

if TYPE_CHECKING:
    from starlette.requests import Request

    from bot.adapter import Services
    from bot.replies import Reply

VIEWS = ("understood", *PLATFORMS)


class Answers:
    def __init__(self, services: Services) -> None:
        self._services = services

    async def get(self, request: Request) -> Response:
        """`GET /api/answers/<id>/<view>`: `understood`, or a platform for the exact payload."""
        view = request.path_params["view"]
        kept = await self._services.store.answer(NAME, request.path_params["answer"])
        if kept is None or view not in VIEWS:
            return JSONResponse({"error": self._phrase("web-gone")}, 404)
        if view == "understood":
            return JSONResponse(self._understood(kept.reply))
        return JSONResponse(self._payload(kept.reply, view))

    def _phrase(self, phrase: str) -> str:
        return Composer(self._services.assistant.knowledge).phrase(phrase)

    def _payload(self, reply: Reply, platform: str) -> dict[str, Any]:
        messages = payload(platform, reply, Composer(self._services.assistant.knowledge).phrase)
        if messages is None:
            return {"note": self._phrase("web-no-preview")}
        text = msgspec.json.format(msgspec.json.encode(messages), indent=2).decode()
        return {"text": text, "runs": runs(text, "json")}

    def _understood(self, reply: Reply) -> dict[str, Any]:
        """Words, command, claims, scores. A claim that has gone since has no text."""
        knowledge = self._services.assistant.knowledge
        shown = set(reply.claims)
        weighed = {weight.claim: weight for weight in reply.weighed}
        claims = []
        for claim_id in (*reply.claims, *(name for name in weighed if name not in shown)):
            statement = knowledge.claims.get(claim_id)
            weight = weighed.get(claim_id)
            claims.append(
                {
                    "id": claim_id,
                    "text": markdown.inline(statement.claim.text) if statement else [],
                    "sources": [knowledge.sources[name].label for name in statement.claim.sources] if statement else [],
                    "shown": claim_id in shown,
                    "score": weight.score if weight else None,
                    "words": weight.words if weight else None,
                }
            )
        return {"words": reply.trace, "command": reply.command, "claims": claims, "interview": reply.interview}
