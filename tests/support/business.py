"""Business messages that must pass, filled with generated numbers."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.support.slots import filled

TEMPLATES = Path(__file__).parent.parent / "screening" / "data" / "business"
CODES = "one-time codes"
"""The section whose texts carry a one-time code."""

__all__ = ["CODES", "TEMPLATES", "filled", "messages", "templates"]


@cache
def templates() -> dict[str, list[str]]:
    """Templates by their section, each once, from all files of the folder."""
    sections: dict[str, dict[str, None]] = {}
    for file in sorted(TEMPLATES.glob("*.txt")):
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.startswith("## "):
                current = sections.setdefault(line[3:], {})
            elif line and not line.startswith("# "):
                current[line] = None
    return {section: list(lines) for section, lines in sections.items()}


def messages(per_template: int, source: random.Random) -> Iterator[tuple[str, str]]:
    """Section and text, each template filled several times."""
    for section, lines in templates().items():
        for line in lines:
            for _ in range(per_template):
                yield section, filled(line, source)
