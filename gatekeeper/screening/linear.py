"""How is an author's pattern compiled? By RE2 alone, within bounds, and once for all who ask."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import re2

MEMORY = 1 << 18
"""Bytes that RE2 may use for one pattern; it refuses one that needs more."""
_READY = 4096


@lru_cache(_READY)
def linear(pattern: str) -> Any:
    """The compiled pattern; `re2.error` with the reason if RE2 does not take it."""
    options = re2.Options()
    options.log_errors = False
    options.max_mem = MEMORY
    return re2.compile(pattern, options)
