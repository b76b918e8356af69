"""On which area codes do `phonenumbers` and our table disagree? The reviewed list, read."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

LISTED = Path(__file__).parent.parent / "numbering" / "data" / "library.tsv"


class Disagreement(NamedTuple):
    """One line of the list: of which code, about what, what each side says, and why."""

    npa: str
    about: str
    library: str
    table: str
    why: str = ""


def listed() -> dict[tuple[str, str], Disagreement]:
    """The list by code and subject; in order, each line once."""
    lines = LISTED.read_text("utf-8").splitlines()
    rows = [Disagreement(*line.split("\t")) for line in lines if line and line[0] != "#"]
    assert [row[:2] for row in rows] == sorted({row[:2] for row in rows}), "sorted, each once"
    return {row[:2]: row for row in rows}


def unknown_to_library() -> frozenset[str]:
    """Codes in service of which the library has not heard, so that it takes no number of them."""
    return frozenset(row.npa for row in listed().values() if row.about == "numbers")
