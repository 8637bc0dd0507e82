"""Live figures from public JSON APIs, written into the knowledge overlay with the date they were read.

Each figure is a claim like any other; where the knowledge has an older one of the same framework and metric, answers
show both. Whatever cannot be fetched stays as it was, with its old date.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import httpx
import msgspec

from bot.answers.compose import Composer
from bot.knowledge.knowledge import LIVE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bot.knowledge.knowledge import Knowledge
    from bot.settings import Settings

FILE = "live.yaml"
MEMORY = "live.json"
TRIES = 3
LONGEST_PAUSE = 10.0
LARGEST = 2_000_000
RETRIED = (429, 500, 502, 503, 504)


class Figure(msgspec.Struct, frozen=True):
    """What one answer says: values by metric (a number, or words such as a version with its date)."""

    metric: str
    value: float | str
    date: str = ""


class Kept(msgspec.Struct):
    """What is remembered of one address: figures with the day they were last confirmed, and how to ask whether they
    have changed.
    """

    figures: list[Figure]
    read: str
    etag: str = ""
    modified: str = ""


class Outcome(msgspec.Struct, frozen=True):
    """How it went for one address: `new`, `same` (confirmed today), or `kept` with the reason."""

    framework: str
    api: str
    state: str
    why: str = ""


class Question(msgspec.Struct, frozen=True):
    framework: str
    api: str
    url: str
    read: Any
    headers: dict[str, str] = {}


# --- what is asked, and how the answers are read


def questions(knowledge: Knowledge, settings: Settings) -> Iterator[Question]:
    """One per API and framework, as `refresh` in the framework's YAML names them."""
    token = {"Authorization": f"Bearer {settings.github_token}"} if settings.github_token else {}
    for framework, entry in knowledge.file.frameworks.items():
        names = {api: quote(name, safe="/") for api, name in entry.refresh.items()}
        if "github" in names:
            url = f"{settings.github_api_url.rstrip('/')}/repos/{names['github']}"
            yield Question(framework, "github", url, _github, token)
        if "endoflife" in names:
            url = f"{settings.endoflife_api_url.rstrip('/')}/{names['endoflife']}.json"
            yield Question(framework, "endoflife", url, _endoflife)
        if "pypi" in names:
            url = f"{settings.pypistats_api_url.rstrip('/')}/packages/{names['pypi'].lower()}/recent"
            yield Question(framework, "pypistats", url, _pypistats)


def _github(data: Any) -> Iterator[Figure]:
    yield Figure("github_stars", float(data["stargazers_count"]))
    yield Figure("github_forks", float(data["forks_count"]))


def _pypistats(data: Any) -> Iterator[Figure]:
    yield Figure("pypi_downloads_month", float(data["data"]["last_month"]))


def _endoflife(data: Any) -> Iterator[Figure]:
    """The newest release, and how long its series and the long-term one are looked after."""
    newest = data[0]
    yield Figure("latest_version", str(newest["latest"]), str(newest.get("latestReleaseDate", "")))
    if isinstance(newest.get("eol"), str):
        yield Figure("support_until", str(newest["cycle"]), newest["eol"])
    lasting = next((cycle for cycle in data if cycle.get("lts")), None)
    if lasting is not None and isinstance(lasting.get("eol"), str) and lasting is not newest:
        yield Figure("lts_until", str(lasting["cycle"]), lasting["eol"])


# --- fetching


async def refresh(
    knowledge: Knowledge,
    settings: Settings,
    folder: Path,
    *,
    today: dt.date,
    pause: Callable[[float], Any] = asyncio.sleep,
) -> list[Outcome]:
    """Ask every API, write the overlay; how it went for each. knowledge: without the overlay. Raises OSError when the
    folder cannot be written.
    """
    memory = await asyncio.to_thread(_remembered, folder)
    asked = list(questions(knowledge, settings))
    async with await asyncio.to_thread(_client) as client:
        outcomes = await asyncio.gather(*(_ask(client, question, memory, today, pause) for question in asked))
    current = {question.url for question in asked}
    memory = {url: kept for url, kept in memory.items() if url in current}
    await asyncio.to_thread(_write, folder, memory, overlay(knowledge, asked, memory))
    return list(outcomes)


def _client() -> httpx.AsyncClient:
    """Proxies are taken from the environment, as everywhere (HTTPS_PROXY, NO_PROXY)."""
    return httpx.AsyncClient(timeout=httpx.Timeout(15.0, connect=5.0), follow_redirects=True)


async def _ask(
    client: httpx.AsyncClient,
    question: Question,
    memory: dict[str, Kept],
    today: dt.date,
    pause: Callable[[float], Any],
) -> Outcome:
    kept = memory.get(question.url)
    try:
        answer = await _fetched(client, question, kept, pause)
        if answer.status_code == httpx.codes.NOT_MODIFIED and kept is not None:
            kept.read = today.isoformat()
            return Outcome(question.framework, question.api, "same")
        answer.raise_for_status()
        if len(answer.content) > LARGEST:
            return Outcome(question.framework, question.api, "kept", "the answer is too large")
        figures = list(question.read(msgspec.json.decode(answer.content)))
    except httpx.HTTPStatusError as error:
        return Outcome(question.framework, question.api, "kept", f"HTTP {error.response.status_code}")
    except httpx.HTTPError as error:
        return Outcome(question.framework, question.api, "kept", f"not reached ({type(error).__name__})")
    except (msgspec.DecodeError, LookupError, TypeError, ValueError):
        return Outcome(question.framework, question.api, "kept", "the answer has another form than expected")
    headers = answer.headers
    memory[question.url] = Kept(figures, today.isoformat(), headers.get("etag", ""), headers.get("last-modified", ""))
    return Outcome(question.framework, question.api, "new")


async def _fetched(
    client: httpx.AsyncClient, question: Question, kept: Kept | None, pause: Callable[[float], Any]
) -> httpx.Response:
    """The answer, after a few tries where trying again may help. Raises `httpx.HTTPError`."""
    headers = {"Accept": "application/json", "User-Agent": "framework-bot", **question.headers}
    if kept is not None and kept.etag:
        headers["If-None-Match"] = kept.etag
    elif kept is not None and kept.modified:
        headers["If-Modified-Since"] = kept.modified
    for attempt in range(1, TRIES):
        try:
            answer = await client.get(question.url, headers=headers)
            if answer.status_code not in RETRIED:
                return answer
            await pause(_wanted(answer, 2.0**attempt))
        except httpx.TransportError:
            await pause(2.0**attempt)
    return await client.get(question.url, headers=headers)


def _wanted(answer: httpx.Response, otherwise: float) -> float:
    """The pause the server asks for, within reason."""
    said = answer.headers.get("retry-after", "")
    return min(float(said) if said.isdigit() else otherwise, LONGEST_PAUSE)


# --- the overlay


def overlay(knowledge: Knowledge, asked: list[Question], memory: dict[str, Kept]) -> dict[str, Any]:
    """Knowledge, as plain data: a source per API and day, a claim per figure. Its sentences are phrases."""
    compose = Composer(knowledge)
    sources: dict[str, Any] = {}
    frameworks: dict[str, Any] = {}
    for question in asked:
        kept = memory.get(question.url)
        if kept is None:
            continue
        source = f"live-{question.api}-{kept.read}"
        read = dt.date.fromisoformat(kept.read)
        label = compose.phrase(f"live-{question.api}-label", month=f"{read:%b %Y}")
        sources[source] = {
            "title": compose.phrase(f"live-{question.api}-title"),
            "label": label,
            "read": kept.read,
            "url": compose.phrase(f"live-{question.api}-url"),
            "kind": "repository" if question.api == "github" else "registry",
        }
        claims = frameworks.setdefault(question.framework, {"claims": {}})["claims"]
        for figure in kept.figures:
            claims[f"{LIVE}{question.framework}-{figure.metric}"] = _claim(
                compose, question.framework, figure, source, read
            )
    return {"sources": sources, "frameworks": frameworks}


def _claim(compose: Composer, framework: str, figure: Figure, source: str, read: dt.date) -> dict[str, Any]:
    number = isinstance(figure.value, float)
    value = f"{figure.value:,.0f}" if number else figure.value
    name, day = compose.knowledge.name(framework), f"{read.day} {read:%B %Y}"
    claim = {
        "text": compose.phrase(f"live-{figure.metric}", framework=name, value=value, day=day, date=_long(figure.date)),
        "sources": [source],
        "kind": "figure",
        "as_of": read.isoformat(),
        "asks": [words.strip() for words in compose.phrase(f"live-{figure.metric}-asks").split(",")],
        "topics": ["popularity" if number else "maintenance"],
    }
    return claim | ({"figure": {"metric": figure.metric, "value": figure.value}} if number else {})


def _long(day: str) -> str:
    try:
        date = dt.date.fromisoformat(day)
    except ValueError:
        return day
    return f"{date.day} {date:%B %Y}"


def _remembered(folder: Path) -> dict[str, Kept]:
    try:
        return msgspec.json.decode((folder / MEMORY).read_bytes(), type=dict[str, Kept])
    except (OSError, msgspec.DecodeError):
        return {}


def _write(folder: Path, memory: dict[str, Kept], data: dict[str, Any]) -> None:
    """Beside and renamed, so that a running bot never reads half a file."""
    folder.mkdir(parents=True, exist_ok=True)
    text = "# Written by `framework-bot refresh`; the next run writes it anew.\n"
    text += msgspec.yaml.encode(data).decode()
    _replace(folder / MEMORY, msgspec.json.format(msgspec.json.encode(memory), indent=1))
    _replace(folder / FILE, text.encode())


def _replace(path: Path, content: bytes) -> None:
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(content)
    beside.replace(path)
