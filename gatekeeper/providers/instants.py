"""Which instant does an app name?"""

from __future__ import annotations

import re
from datetime import UTC, datetime

INSTANT = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?", re.ASCII
)
"""As RFC 3339 writes it, with the freedoms that providers allow."""

ASKED = "must be a date and time with its zone, as 2026-12-01T12:00:00Z"


def instant(text: str) -> datetime | None:
    """The instant of a date and time with its zone, in UTC; None for any other text."""
    try:
        read = datetime.fromisoformat(text) if INSTANT.fullmatch(text) else None
        return read.astimezone(UTC) if read is not None and read.tzinfo else None
    except (ValueError, OverflowError):
        return None
