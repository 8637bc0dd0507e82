"""The bot as a service: started, watched, stopped, and what it says when it cannot start."""

from __future__ import annotations

import asyncio
import contextlib
import http.server
import json
import os
import random
import re
import shlex
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

import adapters
from bot import settings
from bot.adapter import Connection, Finding
from bot.assistant import Assistant
from bot.cli import run as composition
from bot.errors import SettingsError
from bot.knowledge.files import shipped
from bot.knowledge.knowledge import Knowledge
from bot.metrics import Metrics
from bot.reload import Reload
from bot.settings import Settings
from bot.store import MemoryStore
from tests.support.process import ROOT, Bot, environment, run

pytestmark = pytest.mark.timeout(300)


def post(address: str, text: str, message: str = "m1") -> dict[str, Any]:
    said = {"id": message, "conversation": "c", "user": "u", "text": text}
    response = httpx.post(f"{address}/api/messages", json=said, timeout=60)
    assert response.status_code == 200, response.text
    return response.json()


# --- a life


def test_started_watched_and_stopped(tmp_path: Path) -> None:
    with Bot(tmp_path) as bot:
        said = "\n".join(bot.lines)
        for name in adapters.NAMES:
            assert re.search(rf"^{name} +\S+", said, re.MULTILINE)
        assert "SLACK_BOT_TOKEN" in said
        assert "DISCORD_TOKEN" in said
        assert post(bot.address, "does flask have an orm, zanzibar?")["answered"]
        assert httpx.get(f"{bot.address}/healthz").text == "ok\n"
        ready = httpx.get(f"{bot.address}/readyz")
        assert (ready.status_code, ready.json()["database"], ready.json()["web"]) == (200, "ok", "ok")
        assert 'framework_bot_turns_total{intent="' in httpx.get(f"{bot.address}/metrics").text
        with httpx.stream("GET", f"{bot.address}/api/events", timeout=60):
            assert bot.stop() == 0  # an open page does not hold it up
    done = bot.events("turn.done")
    assert [len(event["turn"]) for event in done] == [10]
    assert bot.events("bot.stopped")
    assert "zanzibar" not in "\n".join(bot.lines)
    assert "Traceback" not in "\n".join(bot.lines)


def test_stopped_while_it_still_learns(tmp_path: Path) -> None:
    """As a container's first process it would not hear a signal that it does not ask for."""
    command = [sys.executable, "-m", "bot", "run"]
    environ = environment(XDG_CACHE_HOME=str(tmp_path / "cache"))
    bot = subprocess.Popen(command, cwd=tmp_path, env=environ, stderr=subprocess.PIPE, text=True)
    assert bot.stderr is not None
    said = [bot.stderr.readline()]
    bot.terminate()
    said += bot.stderr
    assert bot.wait(60) == 0
    assert not any("listening" in line or "Traceback" in line for line in said)


def test_what_was_said_before_a_restart_is_still_known(tmp_path: Path) -> None:
    with Bot(tmp_path, "--only", "web") as bot:
        first = post(bot.address, "does flask have an orm?")
    with Bot(tmp_path, "--only", "web") as bot:
        assert post(bot.address, "does flask have an orm?") == first  # the same delivery once more
        assert post(bot.address, "and django?", "m2")["answered"]


def test_saved_knowledge_is_used_without_a_restart(tmp_path: Path) -> None:
    written = tmp_path / "knowledge"
    shutil.copytree(shipped(), written)
    with Bot(tmp_path, "--only", "web", KNOWLEDGE_PATH=str(written)) as bot:
        (written / "extra.yaml").write_text("topics: {}\nnonsense: 1\n")
        bot.wait_for("knowledge.refused")
        assert post(bot.address, "does flask have an orm?")["answered"]
        phrases = (written / "phrases.en.yaml").read_text().replace('answer-no: "**No.**"', 'answer-no: "**Nope.**"')
        (written / "extra.yaml").unlink()
        (written / "phrases.en.yaml").write_text(phrases)
        bot.wait_for("knowledge.reloaded")
        assert "Nope." in post(bot.address, "does flask have an orm?", "m2")["plain"]
        assert "framework_bot_knowledge_reloads_total" in httpx.get(f"{bot.address}/metrics").text


# --- what keeps it from starting


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


class Refusing(http.server.BaseHTTPRequestHandler):
    """Both platforms' way of saying that a token is wrong."""

    def _refuse(self) -> None:
        slack = "auth.test" in self.path or "apps.connections" in self.path
        body = json.dumps(
            {"ok": False, "error": "invalid_auth"} if slack else {"message": "401: Unauthorized", "code": 0}
        )
        self.send_response(200 if slack else 401)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    do_GET = do_POST = _refuse  # noqa: N815 - the library names them

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def refusing() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Refusing)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def gives_up(folder: Path, *arguments: str, **settings: str) -> str:
    """The one thing it says before it ends with status 1."""
    ended = run("run", *arguments, folder=folder, **settings)
    assert ended.returncode == 1, ended.stderr
    assert "Traceback" not in ended.stderr
    return ended.stderr.strip().splitlines()[-1]


def test_a_port_that_is_taken(tmp_path: Path, taken: int) -> None:
    assert gives_up(tmp_path, PORT=str(taken)).startswith(f"Port {taken} is taken")


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    assert "data/framework-bot.db" in gives_up(tmp_path)


def test_a_database_that_cannot_be_reached(tmp_path: Path) -> None:
    said = gives_up(tmp_path, DATABASE_URL="postgresql://someone:hunter2@127.0.0.1:1/bot")
    assert "127.0.0.1" in said
    assert "hunter2" not in said


def test_settings_that_make_no_sense(tmp_path: Path) -> None:
    assert "PORT" in gives_up(tmp_path, PORT="eighty")
    assert "DATABASE_URL" in gives_up(tmp_path, DATABASE_URL="mysql://x")
    assert "KNOWLEDGE_PATH" in gives_up(tmp_path, KNOWLEDGE_PATH="/nowhere")
    assert "--only" in gives_up(tmp_path, "--only", "icq")
    assert "Nothing to run" in gives_up(tmp_path, "--only", "slack")


def test_a_slack_token_that_is_refused(tmp_path: Path, refusing: str) -> None:
    tokens = {"SLACK_BOT_TOKEN": "xoxb-secret-1", "SLACK_APP_TOKEN": "xapp-secret-1"}
    said = gives_up(tmp_path, SLACK_API_URL=f"{refusing}/api/", **tokens)
    assert "SLACK_BOT_TOKEN" in said
    assert "secret" not in said


def test_a_discord_token_that_is_refused(tmp_path: Path, refusing: str) -> None:
    said = gives_up(tmp_path, DISCORD_API_URL=f"{refusing}/api/v10", DISCORD_TOKEN="abc.secret.def")
    assert "DISCORD_TOKEN" in said
    assert "secret" not in said


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "65536"), ("PORT", "²"), ("DELIVERY_HOURS", "0"), ("DELIVERY_HOURS", "-1")],
)
def test_numbers_that_cannot_be(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"^{name} is"):
        settings.read({name: value}, tmp_path / ".env")


def test_an_env_file_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"SLACK_BOT_TOKEN=\xff\xfe")
    with pytest.raises(SettingsError, match="UTF-8"):
        settings.read({}, tmp_path / ".env")


# --- doctor


def test_doctor_finds_a_fresh_folder_healthy(tmp_path: Path) -> None:
    ended = run("doctor", folder=tmp_path)
    assert ended.returncode == 0, ended.stdout
    for what in ("Python", "settings", "knowledge", "database", *adapters.NAMES):
        assert what in ended.stdout


def test_doctor_says_how_to_mend(tmp_path: Path, taken: int, refusing: str) -> None:
    settings = {"PORT": str(taken), "HOST": "127.0.0.1", "DATABASE_URL": "postgresql://u:p@127.0.0.1:1/x"}
    ended = run("doctor", "--online", folder=tmp_path, DISCORD_TOKEN="a.b.c", DISCORD_API_URL=refusing, **settings)
    assert ended.returncode == 1
    bad = [line for line in ended.stdout.splitlines() if line.startswith("BAD")]
    assert len(bad) >= 3, ended.stdout
    assert any("PORT" in line for line in bad)
    assert any("127.0.0.1" in line and "database" in line for line in bad)
    assert any("DISCORD_TOKEN" in line for line in bad)


def test_doctor_goes_on_after_an_address_that_is_none(tmp_path: Path) -> None:
    ended = run("doctor", folder=tmp_path, DATABASE_URL="mysql://x")
    assert ended.returncode == 1
    assert "BAD  database: DATABASE_URL begins with 'mysql'" in ended.stdout
    for name in adapters.NAMES:
        assert name in ended.stdout


def test_doctor_knows_a_misspelt_setting(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SLACK_BOT_TOKN=xoxb-secret\nMY_OWN=1\nLOG_LEVEL=debug\n")
    ended = run("doctor", folder=tmp_path)
    assert "did you mean SLACK_BOT_TOKEN?" in ended.stdout
    assert "MY_OWN" not in ended.stdout
    assert "secret" not in ended.stdout
    assert "LOG_LEVEL" in ended.stdout


# --- hosts


def procfile() -> dict[str, str]:
    lines = (ROOT / "Procfile").read_text().splitlines()
    return dict(line.split(": ", 1) for line in lines)


def _free_port() -> int:
    """Below those that the system hands out by itself, so that no other test is given it meanwhile."""
    for port in random.sample(range(20_000, 30_000), 50):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no free port")


def test_the_procfile_runs_with_what_hosts_set(tmp_path: Path) -> None:
    lines = procfile()
    assert set(lines) == {"web", "worker", "release"}
    port = str(_free_port())
    environ = environment(PORT=port, DATABASE_URL="sqlite:///hosted.db")
    environ.pop("HOST")
    environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environ['PATH']}"
    released = subprocess.run(["sh", "-c", lines["release"]], cwd=tmp_path, env=environ, timeout=120, check=False)
    assert released.returncode == 0
    assert (tmp_path / "hosted.db").exists()
    shell = ["sh", "-c", "exec env " + lines["web"].replace("${HOST:-0.0.0.0}", "0.0.0.0")]
    web = subprocess.Popen(shell, cwd=tmp_path, env=environ, stderr=subprocess.PIPE, text=True)
    assert web.stderr is not None
    said = []
    for line in web.stderr:
        said.append(line)
        if "web.listening" in line:
            break
    assert "web.listening" in said[-1], "".join(said)
    assert httpx.get(f"http://127.0.0.1:{port}/readyz", timeout=30).status_code == 200
    assert httpx.get(f"http://127.0.0.1:{port}/", timeout=30).status_code == 403  # public, and no token
    web.terminate()
    web.stderr.read()
    assert web.wait(60) == 0
    verbs = [shlex.split(line.partition("framework-bot")[2])[0] for line in lines.values()]
    assert verbs == ["migrate", "run", "run"]


def test_the_image_is_not_root_and_looks_after_itself() -> None:
    lines = (ROOT / "deploy/Dockerfile").read_text().splitlines()
    assert [line.split()[1] for line in lines if line.startswith("USER")] == ["10001"]
    assert any(line.startswith("HEALTHCHECK") for line in lines)
    assert any("/healthz" in line for line in lines)
    first, then = (next(at for at, line in enumerate(lines) if line.startswith(start)) for start in ("USER", "RUN fr"))
    assert first < then, "what is learned must be kept where the bot's own user finds it"
    copied = {word for line in lines if line.startswith("COPY") and "--from" not in line for word in line.split()[1:-1]}
    assert all((ROOT / name).exists() for name in copied)


def test_the_systemd_unit_is_one(tmp_path: Path) -> None:
    unit = (ROOT / "deploy/framework-bot.service").read_text()
    assert "User=framework-bot" in unit
    for line in unit.splitlines():
        assert not line or line.startswith(("#", "[")) or "=" in line
    for command in re.findall(r"^Exec\w+=\S+/framework-bot (\S+)", unit, re.MULTILINE):
        assert run(command, "--help", folder=tmp_path).returncode == 0


# --- the parts, one by one


class Ended:
    """An adapter whose connection ends at once, well or with an error."""

    name = "ended"

    def __init__(self, error: Exception | None = None, routes: tuple[object, ...] = ()) -> None:
        self.error, self._routes, self.closed = error, routes, False

    async def run(self) -> None:
        if self.error:
            raise self.error

    async def send(self, delivery: object) -> tuple[str, ...]:
        return ()

    async def close(self) -> None:
        self.closed = True
        if self.error:
            raise RuntimeError("cannot even close")

    def ready(self) -> bool:
        return False

    def routes(self) -> tuple[object, ...]:
        return self._routes


async def test_when_one_adapter_fails_all_are_closed_and_its_error_is_told() -> None:
    failing, other = Ended(SettingsError("the token is refused")), Ended()
    with pytest.raises(SettingsError, match="refused"):
        await composition.serve([failing, other])
    assert failing.closed
    assert other.closed


def test_routes_without_a_server_are_refused() -> None:
    with pytest.raises(SettingsError, match="--only web,ended"):
        composition._bind([Ended(routes=("/events",))])


async def test_reload_keeps_the_old_and_says_why(tmp_path: Path, knowledge: Knowledge) -> None:
    assistant = Assistant(knowledge, MemoryStore())
    file = tmp_path / "team.yaml"
    file.write_text("phrases: {answer-no: Nah.}\n")
    reload = Reload(assistant, lambda: [shipped(), file])
    taken = await reload.look()
    assert (taken.problems, assistant.knowledge.version) == ((), taken.version)
    assert assistant.knowledge.file.phrases["answer-no"] == "Nah."
    file.write_text("phrases: {answer-no: [\n")
    waiting = asyncio.create_task(reload.next(taken.number))
    refused = await reload.look()
    assert await waiting == refused
    assert refused.version == taken.version
    assert "team.yaml:" in refused.problems[0]
    file.unlink()
    assert "there is no such file" in (await reload.look()).problems[0]


def test_events_of_platforms_are_counted() -> None:
    metrics = Metrics(["slack", "web"])
    metrics.count_event(None, "warning", {"event": "slack.unreachable"})
    metrics.count_event(None, "warning", {"event": "delivery.retry", "platform": "slack"})
    metrics.count_event(None, "info", {"event": "slack.socket", "connected": True})
    metrics.count_event(None, "info", {"event": "slack.socket", "connected": True})
    metrics.count_event(None, "warning", {"event": "store.unavailable"})
    metrics.count_event(None, "info", {"event": "knowledge.reloaded"})
    value = metrics.registry.get_sample_value
    label = {"platform": "slack"}
    assert value("framework_bot_platform_errors_total", {**label, "event": "slack.unreachable"}) == 1
    assert value("framework_bot_platform_errors_total", {**label, "event": "delivery.retry"}) == 1
    assert value("framework_bot_platform_reconnects_total", label) == 1
    assert value("framework_bot_knowledge_reloads_total", {"result": "reloaded"}) == 1


async def test_every_platform_describes_itself_without_its_sdk() -> None:
    for platform in composition.platforms():
        connection = platform.connection(Settings())
        assert isinstance(connection, Connection)
        assert connection.how
        assert all(isinstance(finding, Finding) for finding in await platform.check(Settings(port=0), online=False))
