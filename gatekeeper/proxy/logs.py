"""What may reach the operational log? JSON lines of events and words, never what was sent.

Every string is searched for things that look like a number, a key or a card before it is written:
a guard behind the rule that no caller logs such a thing.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog

_SECRETS = re.compile(
    r"gk_[A-Za-z0-9_-]{8,}|\+?\d[\d\s()./_\u2010-\u2015-]{6,}\d|(?i:basic|bearer)\s+\S+"
)
_LARGEST_COUNT = 999_999_999
"""A greater whole number may be a phone number."""
_SAFE_KEYS = frozenset({"timestamp", "event", "level", "request", "policy", "stream", "version"})


def redact(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace whatever looks like a secret or a phone number in any value."""
    for key, value in event.items():
        if key not in _SAFE_KEYS:
            event[key] = _redacted(value)
    return event


def _redacted(value: Any) -> Any:
    match value:
        case str():
            return _SECRETS.sub("(redacted)", value)
        case bool() | float() | None:
            return value
        case int():
            return value if abs(value) <= _LARGEST_COUNT else "(redacted)"
        case dict():
            return {_redacted(str(key)): _redacted(inner) for key, inner in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_redacted(inner) for inner in value]
        case datetime() | Path():
            return _SECRETS.sub("(redacted)", str(value))
        case _:
            return type(value).__name__  # its text may quote what was sent


def configure(level: str) -> None:
    """Send structlog and the standard library's warnings to standard error as JSON lines."""
    number = logging.getLevelNamesMapping()[level.upper()]
    shared: list[Any] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _exception_name,
        redact,
        structlog.processors.JSONRenderer(),
    ]
    structlog.configure(
        processors=shared,
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(handlers=[_Bridge()], level=max(number, logging.WARNING), force=True)


def _exception_name(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Keep only the type of an exception: its text and traceback may quote the input."""
    info = event.pop("exc_info", None)
    if isinstance(info, BaseException):
        event["error"] = type(info).__name__
    elif info:
        kind = sys.exc_info()[0]
        event["error"] = kind.__name__ if kind else "unknown"
    return event


class _Bridge(logging.Handler):
    """Log lines of libraries, by logger and place only: their texts may quote requests."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else None
        structlog.get_logger("library").warning(
            "library_log", logger=record.name, at=record.funcName, error=error
        )
