"""Structured logs: event names and ids, never what people wrote, never a token."""

from __future__ import annotations

import logging
import sys

import structlog

from bot.settings import Settings


def configure(settings: Settings, *watchers: structlog.typing.Processor) -> None:
    """Send structlog and the standard library's loggers to stderr, as JSON or, in a terminal, readable.

    watchers: processors that see every event of the bot's own on its way.
    """
    as_json = settings.log_format == "json" or (not settings.log_format and not sys.stderr.isatty())
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer()
        if as_json
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    )
    structlog.configure(
        processors=[*shared, *watchers, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    tail = [structlog.processors.format_exc_info] if as_json else []
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *tail, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(settings.log_level.upper())
    # their own logs at INFO and below hold addresses with tokens in them
    for name in ("httpx", "httpcore", "asyncio", "sqlalchemy", "alembic", "uvicorn", "watchfiles"):
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))


def only_warnings() -> None:
    """For commands whose output is a table: events in their thousands would bury it."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
