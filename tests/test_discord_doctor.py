"""What `doctor` says of Discord, and what the settings say before anything is tried."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import AsyncIterator

import msgspec
import pytest

from adapters.discord import PLATFORM
from adapters.discord.doctor import PERMISSIONS
from bot.settings import Settings
from tests.conftest import ROOT
from tests.support.discord_gateway import TOKEN
from tests.support.fake_discord import FakeDiscord, Fault


@pytest.fixture
async def fake() -> AsyncIterator[FakeDiscord]:
    made = FakeDiscord()
    await made.start()
    yield made
    await made.stop()


def test_the_package_loads_no_sdk() -> None:
    code = "import adapters.discord, adapters.discord.bench, sys; sys.exit('discord' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_what_the_settings_say() -> None:
    assert PLATFORM.connection(Settings()).state == "off"
    assert "DISCORD_TOKEN" in PLATFORM.connection(Settings()).how
    assert PLATFORM.connection(Settings(discord_token=TOKEN)).state == "ready"
    assert PLATFORM.connection(Settings(discord_token=TOKEN, discord_api_url="discord.com")).state == "incomplete"


def test_the_page_names_the_same_permissions() -> None:
    assert f"permissions={PERMISSIONS}" in (ROOT / "docs/discord.md").read_text()


async def test_a_token_that_is_none() -> None:
    (finding,) = await PLATFORM.check(Settings(discord_token="client-secret"), online=False)
    assert not finding.ok
    assert "bot token" in finding.how


async def test_all_is_well(fake: FakeDiscord) -> None:
    findings = await PLATFORM.check(Settings(discord_token=TOKEN, discord_api_url=fake.url), online=True)
    assert all(finding.ok for finding in findings)
    assert any("permissions=" in finding.how for finding in findings)


@pytest.mark.parametrize(
    ("settings", "status", "words"),
    [
        ({"discord_token": "OTAwMQ.x.y"}, 0, "refused"),
        ({"discord_message_content": True}, 0, "intent"),
        ({}, 503, "503"),
    ],
)
async def test_what_is_wrong_is_said(fake: FakeDiscord, settings: dict[str, object], status: int, words: str) -> None:
    if status:
        fake.faults.append(Fault("GET", "/gateway/bot", status=status))
    configured = msgspec.structs.replace(Settings(discord_token=TOKEN, discord_api_url=fake.url), **settings)
    findings = await PLATFORM.check(configured, online=True)
    assert any(words in finding.how for finding in findings if not finding.ok)


async def test_out_of_reach(fake: FakeDiscord) -> None:
    await fake.stop()
    findings = await PLATFORM.check(Settings(discord_token=TOKEN, discord_api_url=fake.url), online=True)
    assert "cannot be reached" in findings[-1].how
