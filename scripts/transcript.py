"""Writes what the bot answers today between the markers of README.md; with --check only compares.

python scripts/transcript.py
"""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path

from bot import Assistant, Knowledge, MemoryStore, Message, Place

README = Path(__file__).parent.parent / "README.md"
MARKED = re.compile(r"(?<=<!-- transcript -->\n).*?(?=<!-- /transcript -->)", re.DOTALL)
ASKED = (
    "which is faster, flask or fastapi?",
    "which framework should we take? 3 developers, REST API on Postgres, no admin",
)


async def transcript() -> str:
    """The conversation as Markdown: what is asked in bold, what is answered as a quotation, word for word."""
    assistant = Assistant(Knowledge.load(), MemoryStore())
    place = Place(platform="shell", channel="readme")
    said = []
    for number, text in enumerate(ASKED):
        reply = await assistant.handle(Message(id=str(number), place=place, user="you", text=text))
        said += [f"**{text}**", "\n".join(f"> {line}".rstrip() for line in reply.plain.splitlines())]
    return "\n\n".join(said) + "\n"


def main() -> int:
    page = README.read_text(encoding="utf-8")
    fresh = MARKED.sub(lambda _: asyncio.run(transcript()), page)
    if "--check" in sys.argv:
        return int(fresh != page)
    README.write_text(fresh, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
