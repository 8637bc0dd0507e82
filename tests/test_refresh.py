"""Live figures, against a server of our own that behaves as the real ones do, well and badly."""

from __future__ import annotations

import datetime as dt
import http.server
import json
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from bot.assistant import Assistant
from bot.knowledge.check import examine
from bot.knowledge.files import shipped
from bot.knowledge.knowledge import Knowledge
from bot.messages import Message, Place
from bot.refresh import FILE, Outcome, refresh
from bot.replies import Reply
from bot.settings import Settings
from bot.store import MemoryStore
from tests.support.process import run

FIRST, SECOND = dt.date(2026, 11, 20), dt.date(2026, 12, 24)
CYCLES = [
    {"cycle": "6.1", "latest": "6.1.9", "latestReleaseDate": "2026-11-04", "eol": "2027-12-31", "lts": False},
    {"cycle": "5.2", "latest": "5.2.19", "latestReleaseDate": "2026-11-04", "eol": "2028-04-30", "lts": True},
]


class Figures(http.server.ThreadingHTTPServer):
    """asked: path -> how often. fails: path's ending -> statuses to give first. headers: of the last request."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: Counter[str] = Counter()
        self.fails: dict[str, list[int]] = {}
        self.bodies: dict[str, bytes] = {}
        self.stars = 91_234
        self.headers: dict[str, dict[str, str]] = {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def settings(self, **more: Any) -> Settings:
        return Settings(
            github_api_url=self.url, endoflife_api_url=f"{self.url}/eol", pypistats_api_url=self.url, **more
        )


class Handler(http.server.BaseHTTPRequestHandler):
    server: Figures

    def do_GET(self) -> None:  # noqa: N802
        server, path = self.server, self.path
        server.asked[path] += 1
        server.headers[path] = dict(self.headers)
        planned = next((statuses for end, statuses in server.fails.items() if path.endswith(end) and statuses), None)
        if planned:
            self.answer(planned.pop(0), b"{}", {"Retry-After": "1"})
            return
        body = next((body for end, body in server.bodies.items() if path.endswith(end)), None) or self.body(path)
        etag = f'"{hash(body)}"'
        if self.headers.get("If-None-Match") == etag:
            self.answer(304, b"", {})
        else:
            self.answer(200 if body else 404, body or b"{}", {"ETag": etag})

    def body(self, path: str) -> bytes:
        if path.startswith("/repos/"):
            return json.dumps({"stargazers_count": self.server.stars, "forks_count": 33_333}).encode()
        if path.endswith("/recent"):
            return json.dumps({"data": {"last_month": 51_000_000}}).encode()
        return json.dumps(CYCLES).encode() if path == "/eol/django.json" else b""

    def answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def figures() -> Iterator[Figures]:
    server = Figures()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


async def fetch(
    knowledge: Knowledge, figures: Figures, folder: Path, today: dt.date = FIRST, **settings: Any
) -> list[Outcome]:
    """One refresh whose pauses take no time."""

    async def pause(seconds: float) -> None:
        assert 0 < seconds <= 10

    return await refresh(knowledge, figures.settings(**settings), folder, today=today, pause=pause)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def laid_over(folder: Path) -> Knowledge:
    return Knowledge.load([shipped(), folder])


async def ask(knowledge: Knowledge, text: str) -> Reply:
    place = Place(platform="test", channel="c")
    return await Assistant(knowledge, MemoryStore()).handle(Message(id="1", place=place, user="u", text=text))


def state(outcomes: list[Outcome], framework: str, api: str) -> tuple[str, str]:
    return next((one.state, one.why) for one in outcomes if (one.framework, one.api) == (framework, api))


async def test_answers_show_the_old_figure_and_the_new_with_their_dates(
    knowledge: Knowledge, figures: Figures, tmp_path: Path
) -> None:
    await fetch(knowledge, figures, tmp_path)
    reply = await ask(laid_over(tmp_path), "how many github stars did django have in January 2024?")
    assert "74,941" in reply.plain
    assert "January 2024" in reply.plain
    assert "91,234" in reply.plain
    assert "20 November 2026" in reply.plain
    assert "2026-11-20" in {line.as_of for line in reply.sources}


async def test_versions_and_support_windows(knowledge: Knowledge, figures: Figures, tmp_path: Path) -> None:
    await fetch(knowledge, figures, tmp_path)
    claims = laid_over(tmp_path).claims
    assert "6.1.9 of 4 November 2026" in claims["live-django-latest_version"].claim.text
    assert "31 December 2027" in claims["live-django-support_until"].claim.text
    assert "30 April 2028" in claims["live-django-lts_until"].claim.text


async def test_what_is_written_is_knowledge_without_errors(
    knowledge: Knowledge, figures: Figures, tmp_path: Path
) -> None:
    await fetch(knowledge, figures, tmp_path)
    errors, _, _ = examine([shipped(), tmp_path])
    assert errors == []
    assert set(files(tmp_path)) == {"live.json", "live.yaml"}


async def test_every_older_figure_has_its_newer_one_beside_it(
    knowledge: Knowledge, figures: Figures, tmp_path: Path
) -> None:
    await fetch(knowledge, figures, tmp_path)
    live = laid_over(tmp_path)
    for statement in live.claims.values():
        figure = statement.claim.figure
        newest = f"live-{statement.frameworks[0]}-{figure.metric}" if figure and len(statement.frameworks) == 1 else ""
        if newest in live.claims and newest != statement.id:
            assert live.notes[statement.id][0] == newest


async def test_what_has_not_changed_is_confirmed_and_not_sent_again(
    knowledge: Knowledge, figures: Figures, tmp_path: Path
) -> None:
    await fetch(knowledge, figures, tmp_path)
    outcomes = await fetch(knowledge, figures, tmp_path, SECOND)
    assert state(outcomes, "django", "github") == ("same", "")
    claim = laid_over(tmp_path).claims["live-django-github_stars"].claim
    assert (claim.as_of, "24 December 2026" in claim.text) == (SECOND, True)


async def test_offline_keeps_the_old_and_says_so(knowledge: Knowledge, figures: Figures, tmp_path: Path) -> None:
    await fetch(knowledge, figures, tmp_path)
    figures.shutdown()
    figures.server_close()
    outcomes = await fetch(knowledge, figures, tmp_path, SECOND)
    assert {one.state for one in outcomes} == {"kept"}
    assert state(outcomes, "django", "github")[1].startswith("not reached")
    assert laid_over(tmp_path).claims["live-django-github_stars"].claim.as_of == FIRST


@pytest.mark.parametrize("status", [401, 403, 404, 451])
async def test_a_refusal_is_not_repeated(knowledge: Knowledge, figures: Figures, tmp_path: Path, status: int) -> None:
    figures.fails["django/django"] = [status]
    outcomes = await fetch(knowledge, figures, tmp_path)
    assert state(outcomes, "django", "github") == ("kept", f"HTTP {status}")
    assert figures.asked["/repos/django/django"] == 1
    assert state(outcomes, "flask", "github") == ("new", "")


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_passing_fault_is_waited_out(
    knowledge: Knowledge, figures: Figures, tmp_path: Path, status: int
) -> None:
    figures.fails["django/django"] = [status, status]
    assert state(await fetch(knowledge, figures, tmp_path), "django", "github") == ("new", "")
    figures.fails["django/django"] = [status] * 9
    assert state(await fetch(knowledge, figures, tmp_path), "django", "github") == ("kept", f"HTTP {status}")


@pytest.mark.parametrize(
    "body", [b"<html>", b"[]", b'{"stargazers_count": null}', b"{}", b'"' + b"x" * 2_100_000 + b'"']
)
async def test_an_answer_of_another_form_is_not_taken(
    knowledge: Knowledge, figures: Figures, tmp_path: Path, body: bytes
) -> None:
    figures.bodies["django/django"] = body
    assert state(await fetch(knowledge, figures, tmp_path), "django", "github")[0] == "kept"
    assert "live-django-github_stars" not in laid_over(tmp_path).claims


async def test_hostile_words_of_an_api_are_no_yaml_and_no_markup(
    knowledge: Knowledge, figures: Figures, tmp_path: Path
) -> None:
    figures.bodies["django.json"] = json.dumps([{**CYCLES[0], "latest": "6.1'\n  sources: {x: 1} # {value}"}]).encode()
    await fetch(knowledge, figures, tmp_path)
    assert "x" not in laid_over(tmp_path).sources


async def test_the_token_goes_to_github_alone(knowledge: Knowledge, figures: Figures, tmp_path: Path) -> None:
    await fetch(knowledge, figures, tmp_path, github_token="ghp_secret")
    holders = {path for path, headers in figures.headers.items() if "ghp_secret" in str(headers)}
    assert holders
    assert all(path.startswith("/repos/") for path in holders)
    assert b"ghp_secret" not in b"".join(files(tmp_path).values())


async def test_a_damaged_memory_is_begun_anew(knowledge: Knowledge, figures: Figures, tmp_path: Path) -> None:
    (tmp_path / "live.json").write_text("{")
    assert state(await fetch(knowledge, figures, tmp_path), "django", "github") == ("new", "")
    assert msgspec.json.decode((tmp_path / "live.json").read_bytes())


def test_the_verb_lays_the_overlay_where_the_bot_finds_it(figures: Figures, tmp_path: Path) -> None:
    settings = {
        name.upper(): getattr(figures.settings(), name)
        for name in ("github_api_url", "endoflife_api_url", "pypistats_api_url")
    }
    done = run("refresh", folder=tmp_path, **settings)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "data" / "knowledge" / FILE).exists()
    assert "django" in done.stdout
    asked = run("ask", "how many github stars does django have?", folder=tmp_path)
    assert "91,234" in asked.stdout
    refused = run("refresh", folder=tmp_path, **dict.fromkeys(settings, "http://127.0.0.1:1"))
    assert refused.returncode == 1
    assert "kept as it was" in refused.stdout
    assert "Traceback" not in refused.stderr
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "data").write_text("in the way")
    assert "cannot be written" in run("refresh", folder=tmp_path / "other", **settings).stderr
