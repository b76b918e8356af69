"""Texts labelled with what they hold, written before the rules that must find it.

One JSON object a line in `tests/screening/data/labelled/<family>.ndjson`: `id`, `text`, `labels`
(families that it holds; none: a clean text that looks like it) and `may` (families that may be
found in it as well without a fault). Numbers in them are made up, with right check digits.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import msgspec

FOLDER = Path(__file__).parent.parent / "screening" / "data" / "labelled"
TUNE, HELD_OUT = "tune", "held-out"


class Labelled(msgspec.Struct, frozen=True):
    """One text; `home` is the family in whose file it stands."""

    id: str
    text: str
    labels: frozenset[str]
    may: frozenset[str] = frozenset()

    @property
    def home(self) -> str:
        return self.id.rstrip("0123456789").rstrip("+-")

    @property
    def part(self) -> str:
        """One text in three is held out, by the hash of the text."""
        held = hashlib.sha256(self.text.encode()).digest()[0] % 3 == 0
        return HELD_OUT if held else TUNE


@cache
def every() -> tuple[Labelled, ...]:
    """All labelled texts."""
    decode = msgspec.json.Decoder(Labelled).decode
    return tuple(
        decode(line) for file in sorted(FOLDER.glob("*.ndjson")) for line in file.open("rb")
    )


def labelled(part: str) -> tuple[Labelled, ...]:
    """Those of one part, `tune` or `held-out`."""
    return tuple(one for one in every() if one.part == part)
