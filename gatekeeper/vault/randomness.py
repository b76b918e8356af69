"""Where do ids and salts come from? The system's generator, read in larger pieces."""

from __future__ import annotations

import os

_AT_ONCE = 4096


class Randomness:
    """Hands out random bytes; a system call for each would cost more than all else around it.

    For one process: after a fork, parent and child would hand out the same bytes.
    """

    def __init__(self) -> None:
        self._pool = b""
        self._at = 0

    def __call__(self, length: int) -> bytes:
        """`length` bytes (at most 4,096) that nobody got before."""
        start, end = self._at, self._at + length
        if end > len(self._pool):
            self._pool, start, end = os.urandom(_AT_ONCE), 0, length
        self._at = end
        return self._pool[start:end]
