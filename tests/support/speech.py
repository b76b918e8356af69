"""Texts that hold obscene, profane, hateful or accusing words, and texts that only look so.

One text a line in `tests/screening/data/speech/<family>.txt`: `+` or `-` (holds it or not), the
language, a space, the text. Written before the detectors; one text in three is held out, by the
hash of the text, as in `tests/support/labelled.py`.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent.parent / "screening" / "data" / "speech"
FAMILIES = ("accusation", "hate", "obscene", "profane")


class Spoken(NamedTuple):
    """One text and whether it holds the family's matter."""

    text: str
    language: str
    holds: bool

    @property
    def held_out(self) -> bool:
        """Whether no detector may be tuned on it."""
        return hashlib.sha256(self.text.encode()).digest()[0] % 3 == 0


@cache
def spoken(family: str) -> tuple[Spoken, ...]:
    """All texts of one family."""
    lines = (FOLDER / f"{family}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(_read(line) for line in lines if line and not line.startswith("#"))


class Function(NamedTuple):
    """One way of speaking, whether it is hateful, and cases of it."""

    title: str
    hateful: bool
    cases: tuple[str, ...]


@cache
def hate_functions() -> tuple[Function, ...]:
    """The functional tests of hate, in the manner of HateCheck: `= + title`, then the cases."""
    text = (FOLDER / "hate_functions.txt").read_text(encoding="utf-8")
    blocks = [block.splitlines() for block in f"\n{text}".split("\n= ")[1:]]
    return tuple(Function(head[2:], head[0] == "+", tuple(cases)) for head, *cases in blocks)


def _read(line: str) -> Spoken:
    head, text = line.split(" ", 1)
    return Spoken(text, head[1:], head[0] == "+")
