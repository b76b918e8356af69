"""Offers that carriers forbid, and texts that only come near: written before the detectors.

A line of `tests/screening/data/forbidden/<category>.txt` is `+ text` (must be stopped) or
`- text` (must be silent).
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent.parent / "screening" / "data" / "forbidden"
TUNE, HELD_OUT = "tune", "held-out"


class Line(NamedTuple):
    """One text of a category's file."""

    category: str
    text: str
    offer: bool

    @property
    def part(self) -> str:
        """One text in three is held out, by the hash of the text."""
        held = hashlib.sha256(self.text.encode()).digest()[0] % 3 == 0
        return HELD_OUT if held else TUNE


@cache
def lines() -> tuple[Line, ...]:
    """All lines of all files."""
    return tuple(
        Line(file.stem, line[2:], line.startswith("+"))
        for file in sorted(FOLDER.glob("*.txt"))
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.startswith(("+ ", "- "))
    )
