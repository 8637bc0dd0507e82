"""The verbs that work on stored data."""

from __future__ import annotations

import argparse
import asyncio
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
import structlog
import yaml

from bot.bench.store import measure
from bot.cli.export import export
from bot.cli.forget import forget
from bot.cli.gaps import gaps
from bot.cli.import_ import import_
from bot.cli.migrate import migrate
from bot.effects import Feedback, Gap
from bot.errors import SettingsError, StoreError
from bot.settings import Settings
from bot.store import open_store
from tests.support.stores import ask, message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Logs go elsewhere, as `bot.logs` sees to it for the verbs."""
    with structlog.testing.capture_logs():
        yield


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(database_url=f"sqlite:///{tmp_path / 'bot.db'}")


def run(verb: Callable[..., Any], settings: Settings, **options: Any) -> int:
    status: int = asyncio.run(verb(settings, argparse.Namespace(**options)))
    return status


def fill(settings: Settings) -> None:
    async def work() -> None:
        store = open_store(settings.database_url)
        await store.start()
        await ask(store, message(1), Gap('does "bottle"\nscale: yes # or no?', "not_known"))
        await ask(store, message(2, user="bob"), Gap('does "bottle"\nscale: yes # or no?', "not_known"))
        await ask(store, message(3), Gap("what is for lunch", "out_of_scope"))
        await ask(store, message(4), Feedback("a-1", "ann", useful=False, reason="too\nold"))
        await store.close()

    asyncio.run(work())


def test_migrate_makes_the_database(settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(migrate, settings) == 0
    assert (tmp_path / "bot.db").exists()
    assert "up to date" in capsys.readouterr().out


def test_gaps_are_a_stub_that_is_yaml(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    fill(settings)
    assert run(gaps, settings, limit=50) == 0
    out = capsys.readouterr().out
    claims = yaml.safe_load(out)["topics"]["general"]["cells"]["general"]["claims"]
    assert claims == {
        "gap-1-does-bottle-scale-yes-or-no": {
            "text": "",
            "sources": [],
            "asks": ['does "bottle" scale: yes # or no?'],
        }
    }
    assert "# 4 messages in 30 days, 4 answered from knowledge." in out
    assert "#   1 times: what is for lunch (out_of_scope), last" in out
    assert "#   1 times: fact (too old), last" in out


def test_no_gaps_are_an_empty_stub(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(gaps, settings, limit=50) == 0
    assert yaml.safe_load(capsys.readouterr().out) is None


def test_forget_says_what_it_erased(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    fill(settings)
    assert run(forget, settings, user="ann") == 0
    assert "Erased 1 conversations, 3 messages, 2 gaps, 1 feedback." in capsys.readouterr().out
    assert run(forget, settings, user="ann") == 0
    assert "Nothing is stored about ann." in capsys.readouterr().out


def test_data_goes_out_and_comes_in(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(settings)
    assert run(export, settings, file=str(tmp_path / "all.jsonl")) == 0
    exported = (tmp_path / "all.jsonl").read_text()
    other = Settings(database_url=f"sqlite:///{tmp_path / 'other.db'}")
    assert run(import_, other, file=str(tmp_path / "all.jsonl")) == 0
    assert f"Rows imported: {len(exported.splitlines())}" in capsys.readouterr().err
    assert run(export, other, file="-") == 0
    assert capsys.readouterr().out == exported
    monkeypatch.setattr("sys.stdin", io.StringIO(exported + "\n"))
    assert run(import_, other, file="-") == 0
    assert "Rows imported: 0" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("hello", "line 2 is no JSON object"),
        ("{}", 'line 2 has no "table"'),
        ('{"table": "cats"}', "no table 'cats'"),
        ('{"table": "gaps", "id": 7}', "row of 'gaps' does not fit"),
    ],
)
def test_what_was_not_exported_is_not_imported(settings: Settings, tmp_path: Path, line: str, problem: str) -> None:
    good = {"table": "people", "key": "k", "person": "ann"}
    (tmp_path / "in.jsonl").write_text(f"{json.dumps(good)}\n{line}\n")
    with pytest.raises((SettingsError, StoreError), match=problem):
        run(import_, settings, file=str(tmp_path / "in.jsonl"))


def test_a_file_that_is_not_there(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="nowhere.*cannot be read: No such file"):
        run(import_, settings, file=str(tmp_path / "nowhere"))


async def test_the_bench_counts_turns(tmp_path: Path) -> None:
    found = await measure(f"sqlite:///{tmp_path / 'bench.db'}", turns=100, stored=20)
    assert found["store"] == "sqlite"
    assert found["stored"] == 20
    assert found["side_by_side_turns_per_second"] > 0


def test_an_export_onto_a_full_disk_says_so(settings: Settings) -> None:
    fill(settings)
    with pytest.raises(SettingsError, match="cannot be written: No space left"):
        run(export, settings, file="/dev/full")


def test_an_import_of_what_is_no_text_says_so(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match="no UTF-8 text"):
        run(import_, settings, file=str(tmp_path / "in.jsonl"))
