"""A real Chromium, and axe-core, where this machine has them."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = "axe-core@4.10.3"
CACHE = Path.home() / ".cache" / "framework-bot-tests"


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser with an empty profile; the test is skipped where there is none."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = next((path for path in CHROMIUM if Path(path).exists()), None) or shutil.which("chromium")
    if path is None:
        pytest.skip("no Chromium on this machine (apt-get install chromium)")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def axe() -> str:
    """The source of axe-core, fetched once with npm."""
    kept = CACHE / f"{AXE}.js"
    if not kept.exists():
        _fetch(kept)
    return kept.read_text(encoding="utf-8")


def _fetch(target: Path) -> None:
    if shutil.which("npm") is None:
        pytest.skip("npm, which would fetch axe-core, is not installed")
    target.parent.mkdir(parents=True, exist_ok=True)
    command = ["npm", "pack", AXE, "--silent", "--pack-destination", str(target.parent)]
    try:
        packed = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout.split()[-1]
    except (subprocess.SubprocessError, IndexError):
        pytest.skip("axe-core could not be fetched with npm")
    with tarfile.open(target.parent / packed) as archive:
        member = archive.extractfile("package/axe.min.js")
        assert member is not None
        beside = target.with_suffix(".new")
        beside.write_bytes(member.read())
        beside.replace(target)
    (target.parent / packed).unlink()
