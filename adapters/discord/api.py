"""The REST calls of this adapter, as JSON: what leaves is what was rendered, and discord.py keeps the rate limits."""

from __future__ import annotations

import asyncio
import io
import json
from typing import TYPE_CHECKING, Any

import discord
from discord.http import Route

from adapters.discord import limits
from adapters.discord.faults import TIMEOUT, Acknowledged, translated
from adapters.discord.render import Outgoing, file_name
from bot.errors import Refused

if TYPE_CHECKING:
    from adapters.discord.limits import Body

MESSAGE, THINKING, NOTED, UPDATE, FORM = 4, 5, 6, 7, 9  # kinds of an interaction's first response


class Api:
    """Raises the core's `DeliveryError`s and those of `faults`."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def post(self, channel: str, message: Outgoing) -> str:
        route = Route("POST", "/channels/{channel_id}/messages", channel_id=channel)
        return str((await self._send(route, message))["id"])

    async def edit(self, channel: str, message_id: str, message: Outgoing) -> str:
        path = "/channels/{channel_id}/messages/{message_id}"
        route = Route("PATCH", path, channel_id=channel, message_id=message_id)
        return str((await self._send(route, message))["id"])

    async def delete(self, channel: str, message_id: str) -> None:
        path = "/channels/{channel_id}/messages/{message_id}"
        await self._call(Route("DELETE", path, channel_id=channel, message_id=message_id))

    async def original(self, token: str, message: Outgoing) -> str:
        """Edit what the interaction showed first. May be called again: it is an edit."""
        path = "/webhooks/{webhook_id}/{webhook_token}/messages/@original"
        return str((await self._send(self._hook("PATCH", path, token), message))["id"])

    async def original_id(self, token: str) -> str:
        path = "/webhooks/{webhook_id}/{webhook_token}/messages/@original"
        return str((await self._call(self._hook("GET", path, token)))["id"])

    async def follow_up(self, token: str, message: Outgoing) -> str:
        route = self._hook("POST", "/webhooks/{webhook_id}/{webhook_token}", token)
        return str((await self._send(route, message))["id"])

    async def respond(self, interaction: str, token: str, kind: int, data: Body | Outgoing | None = None) -> str:
        """The first response; the id of the message it made, if any. One that had arrived already is no error."""
        path = "/interactions/{webhook_id}/{webhook_token}/callback"
        route = Route("POST", path, webhook_id=interaction, webhook_token=token)
        files = data.files if isinstance(data, Outgoing) else ()
        body: Body = {"type": kind}
        if data is not None:
            body["data"] = _checked(data).body if isinstance(data, Outgoing) else data
        try:
            with translated():
                answer = await self._request(route, body, files, params={"with_response": "1"})
        except Acknowledged:
            return ""
        resource = (answer or {}).get("resource") or {}
        return str((resource.get("message") or {}).get("id", ""))

    async def open_dm(self, user: str) -> str:
        route = Route("POST", "/users/@me/channels")
        return str((await self._call(route, {"recipient_id": user}))["id"])

    async def unarchive(self, thread: str) -> None:
        await self._call(Route("PATCH", "/channels/{channel_id}", channel_id=thread), {"archived": False})

    async def open_thread(self, channel: str, message_id: str, name: str) -> str:
        path = "/channels/{channel_id}/messages/{message_id}/threads"
        route = Route("POST", path, channel_id=channel, message_id=message_id)
        return str((await self._call(route, {"name": name, "auto_archive_duration": 1440}))["id"])

    def _hook(self, method: str, path: str, token: str) -> Route:
        return Route(method, path, webhook_id=self._client.application_id, webhook_token=token)

    async def _send(self, route: Route, message: Outgoing) -> Any:
        _checked(message)
        with translated():
            return await self._request(route, message.body, message.files)

    async def _call(self, route: Route, body: Body | None = None) -> Any:
        with translated():
            return await self._request(route, body, ())

    async def _request(self, route: Route, body: Body | None, files: Any, params: Any = None) -> Any:
        options: dict[str, Any] = {"params": params} if params else {}
        async with asyncio.timeout(TIMEOUT):
            if files:
                return await self._client.http.request(route, **_multipart(body or {}, files), **options)
            if body is not None:
                options["json"] = body
            return await self._client.http.request(route, **options)


def _checked(message: Outgoing) -> Outgoing:
    """The renderer keeps the limits; this is for the day when it does not."""
    found = limits.problems(message.body if not message.files else {**message.body, "attachments": [0]})
    if found:
        raise Refused(found[0])
    return message


def _multipart(body: Body, files: Any) -> dict[str, Any]:
    """Fresh files each time: a send reads them to the end."""
    names = [file_name(at, file) for at, file in enumerate(files)]
    listed = [{"id": at, "filename": name} for at, name in enumerate(names)]
    target = body["data"] if "data" in body and "type" in body else body
    payload = {**target, "attachments": listed}
    if target is not body:
        payload = {**body, "data": payload}
    made = [discord.File(io.BytesIO(file.text.encode()), name) for file, name in zip(files, names, strict=True)]
    form: list[dict[str, Any]] = [{"name": "payload_json", "value": json.dumps(payload)}]
    for at, file in enumerate(made):
        form.append({"name": f"files[{at}]", "value": file.fp, "filename": file.filename, "content_type": "text/plain"})
    return {"form": form, "files": made}
