"""Business messages that must pass, filled with generated numbers."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

TEMPLATES = Path(__file__).parent.parent / "screening" / "data" / "business.txt"
_SLOT = re.compile(r"\{(\w+)(?::(\d+))?\}")
_NAMES = ("Maria", "J. Okafor", "Priya S", "Tom", "Wei Ling", "Ahmed", "Sofia R.", "Lars")


def templates() -> dict[str, list[str]]:
    """Templates by their section."""
    sections: dict[str, list[str]] = {}
    for line in TEMPLATES.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            current = sections.setdefault(line[3:], [])
        elif line and not line.startswith("#"):
            current.append(line)
    return sections


def filled(template: str, source: random.Random) -> str:
    """The template with numbers, dates and names in its slots."""

    def fill(slot: re.Match[str]) -> str:
        kind, size = slot[1], int(slot[2] or 0)
        if kind == "n":
            return "".join(source.choices("0123456789", k=size))
        return _VALUES[kind](source)

    return _SLOT.sub(fill, template)


def messages(per_template: int, source: random.Random) -> Iterator[tuple[str, str]]:
    """Section and text, each template filled several times."""
    for section, lines in templates().items():
        for line in lines:
            for _ in range(per_template):
                yield section, filled(line, source)


def _date(source: random.Random) -> str:
    form = source.choice(
        ("{m:02}/{d:02}/2026", "{d:02}-{m:02}-26", "{d} Mar", "2026-{m:02}-{d:02}")
    )
    return form.format(m=source.randint(1, 12), d=source.randint(1, 28))


def _phone(r: random.Random) -> str:
    return f"+1 {r.randint(201, 989)}-{r.randint(200, 999)}-{r.randint(0, 9999):04}"


_VALUES: dict[str, Callable[[random.Random], str]] = {
    "order": lambda r: "".join(r.choices("0123456789", k=16)),
    "phone": _phone,
    "money": lambda r: f"{r.randint(1, 99_999):,}.{r.randint(0, 99):02}",
    "date": _date,
    "time": lambda r: f"{r.randint(0, 23):02}:{r.randint(0, 59):02}",
    "name": lambda r: r.choice(_NAMES),
    "code": lambda r: "".join(r.choices("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", k=8)),
}
