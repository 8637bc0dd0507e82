"""The playground's server, without a browser and without a port."""

from __future__ import annotations

import asyncio
import re
import typing
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

import adapters.discord.render
import adapters.slack.layout
import adapters.web.server  # noqa: F401 - imported here, outside the event loop
from adapters.web import markdown
from adapters.web.highlight import runs
from adapters.web.live import Live
from adapters.web.platform import PLATFORM, loopback
from adapters.web.render import render
from adapters.web.server import STATIC, WebAdapter
from bot import replies
from bot.adapter import Services
from bot.assistant import Assistant
from bot.effects import SetPreferences
from bot.errors import StoreUnavailable
from bot.knowledge.files import shipped
from bot.knowledge.knowledge import Knowledge
from bot.messages import Message, Place
from bot.metrics import Measured, Metrics
from bot.preferences import Preferences
from bot.reload import Reload
from bot.settings import Settings
from bot.store import MemoryStore

Client = httpx.AsyncClient
Make = Callable[..., Client]
HERE = "http://127.0.0.1:8080"


@pytest.fixture
async def make(knowledge: Knowledge) -> AsyncIterator[Make]:
    """Makes a client of a new bot with these settings."""
    clients: list[Client] = []

    def made(base: str = HERE, store: MemoryStore | None = None, **settings: Any) -> Client:
        store = store or MemoryStore(deliver=True)
        metrics = Metrics()
        assistant = Measured(knowledge, store, metrics)
        services = Services(Settings(**settings), assistant, store, metrics, Reload(assistant, lambda: [shipped()]))
        adapter = WebAdapter(services)
        adapter.host([adapter])
        client = Client(transport=httpx.ASGITransport(adapter.app()), base_url=base)
        client.adapter = adapter  # type: ignore[attr-defined]
        clients.append(client)
        return client

    yield made
    for client in clients:
        await client.aclose()


def said(text: str = "", **fields: Any) -> dict[str, Any]:
    return {"id": "m1", "conversation": "c1", "user": "u1", "text": text, **fields}


async def ask(client: Client, text: str = "", **fields: Any) -> dict[str, Any]:
    response = await client.post("/api/messages", json=said(text, **fields))
    assert response.status_code == 200, response.text
    return response.json()


# --- messages


async def test_nobody_of_another_platform_can_be_spoken_for(make: Make) -> None:
    store = MemoryStore(deliver=True)
    elsewhere = Message("1", Place("slack", "U1"), "U1", "short answers please")
    async with store.turn(elsewhere) as turn:
        turn.finish(turn.conversation, replies.Reply(), [SetPreferences("U1", Preferences(short=True))])
    kept = await store.about("U1")
    assert kept["preferences"] == 1
    await ask(make(store=store), user="U1", press="forget-yes")
    assert await store.about("U1") == kept


async def test_a_question_is_answered_with_parts_the_page_can_draw(make: Make) -> None:
    reply = await ask(make(), "django or flask for auth?")
    kinds = [part["kind"] for part in reply["parts"]]
    assert reply["answered"]
    assert {"text", "table", "sources", "choices"} <= set(kinds)
    assert any(node[0] == "cite" for node in walk(reply["parts"]))


def walk(node: Any) -> Any:
    """Every node of the trees in there that has a kind."""
    if isinstance(node, dict):
        for value in node.values():
            yield from walk(value)
    elif isinstance(node, list):
        if node and isinstance(node[0], str):
            yield node
        for value in node[1:] if node and isinstance(node[0], str) else node:
            yield from walk(value)


async def test_the_same_message_again_gets_the_same_answer(make: Make) -> None:
    client = make()
    assert await ask(client, "does flask have an orm?") == await ask(client, "does flask have an orm?")


async def test_a_pressed_button_goes_on(make: Make) -> None:
    client = make()
    first = await ask(client, "django or flask for auth?")
    more = next(choice for part in first["parts"] if part["kind"] == "choices" for choice in part["choices"])
    second = await ask(client, id="m2", press=more["value"])
    assert second["id"] != first["id"]
    assert second["parts"]


async def test_it_stays_out_of_talk_between_people(make: Make) -> None:
    client = make()
    assert (await ask(client, "lunch?", kind="channel", addressed=False))["parts"] == []
    assert (await ask(client, "@ben does flask have an orm?", id="m2", kind="channel"))["parts"] == []
    assert (await ask(client, "@framework-bot does flask have an orm?", id="m3", kind="channel"))["answered"]


async def test_an_interview_begun_in_a_channel_goes_on_in_private(make: Make) -> None:
    reply = await ask(make(), "we are 3 developers, REST API on Postgres, no admin, two months", kind="channel")
    assert reply["audience"] == "dm"
    assert reply["forward"] or reply["forward_text"]


async def test_an_edited_question_names_what_it_replaces(make: Make) -> None:
    client = make()
    await ask(client, "django or flask for auth?")
    assert (await ask(client, "django or flask for forms?", id="m2", edits="m1"))["replaces"] == "m1"


async def test_an_answer_only_for_one_person(make: Make) -> None:
    reply = await ask(make(), "does flask have an orm?", kind="channel", private=True)
    assert reply["audience"] == "only_you"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{", "application/json"),
        (b"{}", "application/json"),
        (b'{"id": "a b", "conversation": "c", "user": "u"}', "application/json"),
        (b'{"id": "m", "conversation": "c", "user": "u", "text": "' + b"x" * 70_000 + b'"}', "application/json"),
        (b'{"id": "m", "conversation": "c", "user": "u", "text": "hello"}', "text/plain"),
        (b'{"id": "m", "conversation": "../c", "user": "u", "kind": "attic"}', "application/json"),
        (b"\xff\xfe", "application/json"),
    ],
)
async def test_what_is_no_message_is_refused_politely(make: Make, body: bytes, kind: str) -> None:
    response = await make().post("/api/messages", content=body, headers={"Content-Type": kind})
    assert response.status_code == 400
    assert response.json()["error"].endswith(".")


async def test_too_much_at_once_is_told_once(make: Make) -> None:
    client = make()
    answers = [await client.post("/api/messages", json=said("thanks", id=f"m{n}")) for n in range(60)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert [bool(answer.content) for answer in refused] == [True] + [False] * (len(refused) - 1)


class Broken(MemoryStore):
    """A database that is away."""

    def turn(self, message: Any) -> Any:
        raise StoreUnavailable("away")

    async def ping(self) -> None:
        raise StoreUnavailable("away")

    async def waiting(self) -> tuple[int, float]:
        raise StoreUnavailable("away")


async def test_a_database_that_is_away_is_said_so(make: Make, knowledge: Knowledge) -> None:
    client = make(store=Broken())
    response = await client.post("/api/messages", json=said("does flask have an orm?"))
    assert response.status_code == 503
    assert response.json()["error"] == knowledge.file.phrases["unavailable"]
    ready = await client.get("/readyz")
    assert (ready.status_code, ready.json()["database"]) == (503, "cannot be reached or written")
    assert "framework_bot_database_up 0.0" in (await client.get("/metrics")).text


# --- behind an answer


async def test_how_it_was_understood(make: Make) -> None:
    client = make()
    reply = await ask(client, "does flask have an orm?")
    behind = (await client.get(f"/api/answers/{reply['id']}/understood")).json()
    assert any("flask" in line for line in behind["words"])
    assert "flask" in behind["command"]
    shown = [claim for claim in behind["claims"] if claim["shown"]]
    assert shown[0]["score"] >= shown[0]["words"] > 0
    assert all(claim["text"] and claim["sources"] for claim in behind["claims"])


@pytest.mark.parametrize("question", ["django or flask for auth?", "show me a login page in flask", "help me choose"])
async def test_the_payloads_of_the_platforms(make: Make, question: str) -> None:
    client = make()
    reply = await ask(client, question)
    slack = msgspec.json.decode((await client.get(f"/api/answers/{reply['id']}/slack")).json()["text"])
    assert all(block["type"] for message in slack for block in message["blocks"])
    discord = msgspec.json.decode((await client.get(f"/api/answers/{reply['id']}/discord")).json()["text"])
    assert all(message.get("content") or message.get("components") for message in discord)


async def test_an_answer_that_is_gone(make: Make) -> None:
    assert (await make().get("/api/answers/0000000000/understood")).status_code == 404
    assert (await make().get("/api/answers/0000000000/attic")).status_code == 404


# --- who may come in


async def test_a_page_elsewhere_may_not_ask(make: Make) -> None:
    client = make()
    foreign = await client.post("/api/messages", json=said("hello"), headers={"Origin": "https://evil.example"})
    assert foreign.status_code == 403
    assert (await client.post("/api/messages", json=said("hello"), headers={"Origin": HERE})).status_code == 200


async def test_a_name_that_was_made_to_point_here_may_not_ask(make: Make) -> None:
    client = make("http://evil.example:8080")
    assert (await client.get("/")).status_code == 403
    assert (await client.post("/api/messages", json=said("hello"))).status_code == 403
    assert (await client.get("/healthz")).status_code == 200


async def test_a_public_address_without_a_token_is_locked(make: Make) -> None:
    client = make("http://bot.example", host="0.0.0.0")
    page = await client.get("/")
    assert page.status_code == 403
    assert "WEB_TOKEN" in page.text
    assert (await client.get("/api/start")).status_code == 403
    assert "locked" in PLATFORM.connection(Settings(host="0.0.0.0")).how


async def test_the_token_opens_a_public_address(make: Make) -> None:
    client = make("http://bot.example", host="0.0.0.0", web_token="open sesame, 16 chars")
    assert 'type="password"' in (await client.get("/")).text
    assert (await client.post("/login", data={"token": "wrong"})).status_code == 403
    assert (await client.post("/login", content=b"token=" + b"x" * 5_000)).status_code == 403
    entered = await client.post("/login", data={"token": "open sesame, 16 chars"})
    assert entered.status_code == 303
    assert "HttpOnly" in entered.headers["set-cookie"]
    assert "SameSite=strict" in entered.headers["set-cookie"]
    assert (await client.get("/")).status_code == 200
    assert (await ask(client, "does flask have an orm?"))["answered"]


async def test_where_nobody_measures_no_token_is_asked_for(knowledge: Knowledge) -> None:
    store = MemoryStore()
    adapter = WebAdapter(Services(Settings(), Assistant(knowledge, store), store))
    async with Client(transport=httpx.ASGITransport(adapter.app()), base_url=HERE) as client:
        assert (await client.get("/metrics")).status_code == 404


async def test_metrics_want_the_token_once_there_is_one(make: Make) -> None:
    client = make(web_token="secret")
    assert (await client.get("/metrics")).status_code == 401
    allowed = await client.get("/metrics", headers={"Authorization": "Bearer secret"})
    assert "framework_bot_outbox_waiting" in allowed.text


@pytest.mark.parametrize("path", ["/", "/healthz", "/api/start", "/static/app.js", "/nowhere", "/static/../server.py"])
async def test_every_answer_forbids_foreign_code(make: Make, path: str) -> None:
    headers = (await make().get(path)).headers
    assert "script-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("host", "alone"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False), ("bot.example", False), ("", False)],
)
def test_which_addresses_only_this_machine_can_reach(host: str, *, alone: bool) -> None:
    assert loopback(host) is alone


# --- health and figures


async def test_ready_says_what_works(make: Make) -> None:
    client = make()
    response = await client.get("/readyz")
    body = response.json()
    assert body["database"] == "ok"
    assert body["knowledge"]
    assert (response.status_code, body["web"]) == (503, "not connected")  # no server runs in this test


async def test_turns_are_counted(make: Make) -> None:
    client = make()
    reply = await ask(client, "does flask have an orm?")
    await ask(client, id="m2", press=f"fb:-:{reply['id']}")
    text = (await client.get("/metrics")).text
    assert 'framework_bot_turns_total{intent="fact",outcome="answered",platform="web"} 1.0' in text
    assert "framework_bot_turn_seconds_bucket" in text
    assert 'framework_bot_feedback_total{useful="no"} 1.0' in text


# --- rendering


def test_every_part_has_a_form_for_the_page() -> None:
    samples = {
        replies.Text: replies.Text("a **b**"),
        replies.Table: replies.Table(("", "A"), (("r", "`c`"),)),
        replies.Code: replies.Code("print(1)", title="T"),
        replies.Choices: replies.Choices((replies.Choice("L", "v"),), "several", "P"),
        replies.Sources: replies.Sources((replies.SourceLine("¹", "s", "t", "l", "2026-01-01", "javascript:x"),)),
        replies.File: replies.File("a.md", "text"),
    }
    assert set(samples) == set(typing.get_args(replies.Part))
    drawn = [part["kind"] for part in render(replies.Reply(parts=tuple(samples.values())))["parts"]]
    page = (STATIC / "parts.js").read_text()
    assert all(f'case "{kind}"' in page for kind in drawn)


HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "[press](javascript:alert(1))",
    "[press](data:text/html,<script>alert(1)</script>)",
    "![x](https://evil.example/x.png)",
    "<a href='https://evil.example'>x</a>",
    "[x]: javascript:alert(1)\n\n[x]",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    kinds = {"p", "ul", "ol", "li", "quote", "b", "i", "code", "pre", "cite"}
    for node in walk(markdown.blocks(text)):
        if node[0] == "a":
            assert node[1].startswith("https://")
        else:
            assert node[0] in kinds


def test_markdown_of_the_bot() -> None:
    nodes = markdown.blocks("**Yes.** Use `x`. ¹˒²\n\n- one\n- [two](https://a.example)\n\n> q", {"¹": "a", "²": "b"})
    assert nodes == [
        ["p", ["b", "Yes."], " Use ", ["code", "x"], ".", ["cite", "¹", "²"]],
        ["ul", ["li", ["p", "one"]], ["li", ["p", ["a", "https://a.example", "two"]]]],
        ["quote", ["p", "q"]],
    ]
    assert markdown.inline("x² of a stranger", {"¹": "a"}) == ["x² of a stranger"]


@pytest.mark.parametrize("language", ["python", "html", "jinja", "bash", "toml", "text", "no such language", "json"])
def test_highlighting_keeps_every_character(language: str) -> None:
    code = "\n\nfrom x import y  # why\n{% if a %}<b>&amp;</b>\n\tprint('ü')"
    assert "".join(piece for _, piece in runs(code, language)) == code


# --- what the page is told by itself


async def test_a_page_that_goes_leaves_nothing_waiting(knowledge: Knowledge) -> None:
    live = Live(Reload(Assistant(knowledge, MemoryStore()), lambda: [shipped()]), "1")
    events = live._events()
    assert "version" in await anext(events)
    before = asyncio.all_tasks()
    page = asyncio.create_task(anext(events))
    await asyncio.sleep(0.01)
    page.cancel()
    await asyncio.gather(page, return_exceptions=True)
    await asyncio.sleep(0)
    assert asyncio.all_tasks() <= before


# --- the page's own files


def test_the_page_is_small_and_whole() -> None:
    files = [path for path in STATIC.iterdir() if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 150_000
    for path in files:
        text = path.read_text()
        addresses = set(re.findall(r"https?://[^\s\"'<)`]+", text)) - {"http://www.w3.org/2000/svg", "http://127.0.0.1"}
        assert addresses == set(), path.name


@pytest.mark.parametrize("page", ["index.html", "login.html", "locked.html"])
def test_no_script_or_style_stands_in_the_html(page: str) -> None:
    html = (STATIC / page).read_text()
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", html)


def test_the_scripts_never_make_elements_from_text() -> None:
    for path in STATIC.glob("*.js"):
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function", path.read_text()
        )


def test_every_template_and_element_a_script_asks_for_is_there() -> None:
    html = (STATIC / "index.html").read_text()
    scripts = "".join(path.read_text() for path in STATIC.glob("*.js"))
    wanted = {f"t-{name}" for name in re.findall(r'(?:clone|all|label)\("([\w-]+)"\)', scripts)}
    wanted |= set(re.findall(r'\$\("([\w-]+)"\)', scripts))
    assert wanted - set(re.findall(r'id="([\w-]+)"', html)) == set()


def test_no_framework_is_named(knowledge: Knowledge) -> None:
    names = [entry.name for entry in knowledge.file.frameworks.values()]
    for path in [*STATIC.iterdir(), *Path(STATIC.parent).glob("*.py")]:
        assert not [name for name in names if name in path.read_text()], path
