"""The Home tab and the prompts of an empty chat. Both are best-effort: without them everything still works by message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog
from slack_sdk.errors import SlackApiError

from adapters.slack import faults, incoming, limits
from adapters.slack.layout import Layout, Unit, button
from bot.answers import steps, talk
from bot.answers.compose import Composer
from bot.errors import BotError
from bot.interview import buttons as interview
from bot.messages import Message
from bot.replies import Choice, Choices, Reply, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_sdk.web.async_client import AsyncWebClient

    from bot.assistant import Assistant
    from bot.conversation import Conversation

TRY = "fw-try"
PROMPTS = range(1, limits.PROMPTS + 1)
_log = structlog.get_logger(__name__)


class Home:
    def __init__(self, assistant: Assistant, phrase: Callable[..., str]) -> None:
        self._assistant = assistant
        self._phrase = phrase

    async def publish(self, client: AsyncWebClient, team: str, user: str) -> None:
        """What I do, prompts, the interview, the last decision, privacy."""
        try:
            view = {"type": "home", "blocks": await self._blocks(team, user)}
            with faults.translated():
                await client.views_publish(user_id=user, view=view)
        except BotError as error:
            _log.warning("slack.home_not_published", error=type(error).__name__)

    async def suggest(self, client: AsyncWebClient, channel: str) -> None:
        """Prompts for the chat. Without a thread: with one Slack shows nothing."""
        prompts = [{"title": self.prompt(number), "message": self.prompt(number)} for number in PROMPTS]
        try:
            await client.api_call(
                "assistant.threads.setSuggestedPrompts",
                json={"channel_id": channel, "title": self._phrase("slack-prompts-title"), "prompts": prompts},
            )
        except (SlackApiError, *faults.NETWORK) as error:
            _log.info("slack.no_prompts", error=type(error).__name__)

    def prompt(self, number: int) -> str:
        return self._phrase(f"adapter-try-{number}")

    async def _blocks(self, team: str, user: str) -> list[dict[str, Any]]:
        look = Message("home", incoming.dm(team, user), user)
        conversation = await self._assistant.conversation(look)
        decisions = await self._assistant.store.decisions(user)
        layout = Layout(self._phrase)
        units = [unit for shown in layout.messages(self._about(conversation, decisions)) for unit in shown.blocks]
        tries = [button(self.prompt(number), str(number), f"{TRY}:{number}") for number in PROMPTS]
        prompts = Unit({"type": "actions", "block_id": "home-prompts", "elements": tries})
        return [units[0], prompts.block, *units[1:]][: limits.VIEW_BLOCKS]

    def _about(self, conversation: Conversation, decisions: list[dict[str, Any]]) -> Reply:
        compose = Composer(self._assistant.knowledge)
        about = [part for part in talk.help_(compose).parts if isinstance(part, Text)]
        return Reply(
            id="home",
            parts=(
                *about,
                Choices((self._interview(conversation, compose),)),
                *(Text(self._phrase("slack-home-decision", **one)) for one in decisions),
                Text(self._phrase("slack-home-privacy")),
                Choices(
                    (
                        Choice(self._phrase("slack-home-stored"), "stored"),
                        Choice(self._phrase("choice-forget"), "forget", "danger"),
                    )
                ),
            ),
        )

    def _interview(self, conversation: Conversation, compose: Composer) -> Choice:
        open_ = conversation.interview
        if open_ is None or open_.state == "done":
            return steps.choose(compose)
        return Choice(self._phrase("interview-button-resume"), interview.value(open_, "resume"), "primary")
