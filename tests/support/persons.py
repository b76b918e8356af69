"""Texts about persons, by family and language, written before the rules that read them.

`tests/screening/data/persons/<family>_<language>.txt` has a sign before each text: `+` must be
found as likely, `?` must be found at least as possible, `-` must not be found.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent.parent / "screening" / "data" / "persons"
SIGNS = "+?-"
TUNED, HELD_OUT = "tuned", "held-out"


class Told(NamedTuple):
    """One text with its sign."""

    family: str
    language: str
    sign: str
    text: str

    @property
    def part(self) -> str:
        """One text in three is held out, by its hash."""
        return HELD_OUT if hashlib.sha256(self.text.encode()).digest()[0] % 3 == 0 else TUNED


def told(family: str) -> Iterator[Told]:
    """All texts of one family."""
    for file in sorted(FOLDER.glob(f"{family}_*.txt")):
        for line in file.read_text(encoding="utf-8").splitlines():
            if line and line[0] in SIGNS:
                yield Told(family, file.stem.removeprefix(f"{family}_"), line[0], line[2:])
