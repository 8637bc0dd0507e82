"""The SDK's own log lines hold payloads, addresses with tickets, sometimes tokens. What is kept is where, never what."""

from __future__ import annotations

import logging

import structlog

_log = structlog.get_logger(__name__)


class _WhereOnly(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        say = _log.warning if record.levelno >= logging.WARNING else _log.debug
        say("slack.sdk", where=f"{record.module}.{record.funcName}", line=record.lineno, error=error)


def sdk_logger() -> logging.Logger:
    """The logger handed to Bolt and to the SDK. At DEBUG they log every payload, so it stays above."""
    logger = logging.getLogger("slack-sdk-quiet")
    if not logger.handlers:
        logger.addHandler(_WhereOnly())
        logger.propagate = False
        logger.setLevel(logging.WARNING)
    return logger
