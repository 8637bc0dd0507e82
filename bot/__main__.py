"""The command line, and the composition root: with `bot/cli/run.py` the one place that knows core and adapters."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module

from bot.errors import BotError


def main(arguments: list[str] | None = None) -> int:
    """Run one verb; its exit status. Errors meant for a person are one clear text on stderr, without a traceback."""
    options = make_parser().parse_args(arguments)
    try:
        status = import_module(f"bot.cli.{options.module}").run(options)
    except BotError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    return int(status or 0)


def make_parser() -> argparse.ArgumentParser:
    """Each verb is a module of `bot/cli` with `run(options) -> exit status`, imported only when it is used."""
    parser = argparse.ArgumentParser(
        prog="framework-bot", description="Compares web frameworks and helps a team choose."
    )
    verbs = parser.add_subparsers(title="verbs", required=True, metavar="VERB")

    run = _verb(verbs, "run", "run", "start the bot with everything that is configured")
    run.add_argument("--only", default="", metavar="NAMES", help="only these of web,slack,discord")

    chat = _verb(verbs, "chat", "chat", "talk in the terminal")
    chat.add_argument("--json", action="store_true", help="one JSON line in, one JSON line out")
    chat.add_argument("--state", default="", metavar="URL", help="keep conversations in this database")

    ask = _verb(verbs, "ask", "ask", "one question, one answer")
    ask.add_argument("text", nargs="+", help="the question")
    ask.add_argument("--json", action="store_true", help="the answer as a JSON line")

    check = _verb(verbs, "check", "check", "lint the knowledge")
    check.add_argument("paths", nargs="*", metavar="DIR", help="folders or files laid over the shipped knowledge")
    check.add_argument("--strict", action="store_true", help="warnings are errors too")
    check.add_argument("--schema", action="store_true", help="print the JSON Schema of knowledge files, for editors")

    stories = _verb(verbs, "stories", "stories", "run written conversations against the core")
    stories.add_argument("paths", nargs="*", metavar="PATH", help="story files or folders (default: the shipped ones)")

    bench = _verb(verbs, "bench", "bench", "measure latency, and the interview with simulated users")
    bench.add_argument("--interview", action="store_true", help="only the simulated users")
    bench.add_argument("--json", default="", metavar="FILE", help="write the figures to this file")
    bench.add_argument("--quick", action="store_true", help="fewer rounds")

    gaps = _verb(verbs, "gaps", "gaps", "unanswered questions as a YAML stub")
    gaps.add_argument("--limit", type=int, default=50, metavar="N")

    _verb(verbs, "refresh", "refresh", "fetch live figures into the knowledge overlay")

    doctor = _verb(verbs, "doctor", "doctor", "check the configuration and say how to mend it")
    doctor.add_argument("--online", action="store_true", help="ask Slack and Discord whether the tokens work")

    _verb(verbs, "migrate", "migrate", "bring the database schema up to date")

    forget = _verb(verbs, "forget", "forget", "erase everything about one person")
    forget.add_argument("user", help="the person's id on the platform")

    export = _verb(verbs, "export", "export", "all data as JSON lines")
    export.add_argument("file", nargs="?", default="-", help="where to (default: standard output)")
    take = _verb(verbs, "import", "import_", "read exported JSON lines into the database")
    take.add_argument("file", nargs="?", default="-", help="where from (default: standard input)")

    manifest = _verb(verbs, "manifest", "manifest", "print a platform's app manifest")
    manifest.add_argument("platform", choices=["slack"])
    manifest.add_argument(
        "--http", default="", metavar="URL", help="for HTTP instead of Socket Mode: the public address"
    )
    return parser


def _verb(
    verbs: argparse._SubParsersAction[argparse.ArgumentParser], name: str, module: str, text: str
) -> argparse.ArgumentParser:
    parser = verbs.add_parser(name, help=text, description=text)
    parser.set_defaults(module=module)
    return parser


if __name__ == "__main__":
    sys.exit(main())
