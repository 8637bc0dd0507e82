"""The command line, and the composition root: the one place that knows both the core and the adapters."""

from __future__ import annotations

import sys
from importlib import import_module

from bot.cli.parser import make_parser
from bot.errors import BotError


def main(arguments: list[str] | None = None) -> int:
    """Run one verb; its exit status. Errors meant for a person are one clear text on stderr, without a traceback."""
    options = make_parser().parse_args(arguments)
    try:
        module = import_module(f"bot.cli.{options.module}")
        status = module.run(options)
    except BotError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    return int(status or 0)


if __name__ == "__main__":
    sys.exit(main())
