"""Makes docs/playground.png: starts a bot of its own, asks it something, and takes its picture.

python scripts/screenshot.py [FILE]
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.support.browser import chromium  # noqa: E402
from tests.support.process import Bot  # noqa: E402

ASKED = "Django or Flask for auth?"


def main() -> int:
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "playground.png"
    with tempfile.TemporaryDirectory() as folder, chromium() as browser, Bot(Path(folder), "--only", "web") as bot:
        page = browser.new_page(viewport={"width": 1360, "height": 860}, color_scheme="light")
        page.goto(bot.address)
        page.fill("#words", ASKED)
        page.press("#words", "Enter")
        page.wait_for_selector(".message.bot .table")
        page.locator(".message.bot .behind").first.click()
        page.wait_for_selector(".claims li")
        page.evaluate("() => { document.activeElement.blur(); document.getElementById('scroll').scrollTop = 0; }")
        target.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=target)
    print(target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
