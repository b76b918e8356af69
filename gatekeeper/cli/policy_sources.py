"""How does a reviewer see on which sources of law a policy rests, and which to look at again?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from gatekeeper.cli.policy_folder import AsJson, Folder, fail, folder_in_use, load
from gatekeeper.cli.policy_output import count, print_json
from gatekeeper.rollout.sources import NOT_STATED, ORDER, Cited, cited_in


class Confidence(StrEnum):
    """How sure a source is."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Sort(StrEnum):
    """What comes first."""

    JURISDICTION = "jurisdiction"
    CONFIDENCE = "confidence"
    AGE = "age"
    CITATION = "citation"


Confidences = Annotated[
    list[Confidence] | None, typer.Option("--confidence", help="Only sources that are so sure.")
]
Jurisdictions = Annotated[
    list[str] | None,
    typer.Option("--jurisdiction", help="Only of this place and its parts, as US or US-FL."),
]
OlderThan = Annotated[
    str | None,
    typer.Option("--older-than", help="Only sources last verified so long ago, as 180d or 26w."),
]
Sorted = Annotated[Sort, typer.Option("--sort", help="What comes first.")]

_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
_KEYS: dict[Sort, Callable[[Cited], Any]] = {
    Sort.JURISDICTION: lambda one: one.jurisdiction or "",
    Sort.CONFIDENCE: lambda one: ORDER.index(one.confidence),
    Sort.AGE: lambda one: one.verified_on or date.min,
    Sort.CITATION: lambda one: one.citation,
}


def sources(
    folder: Folder = None,
    confidence: Confidences = None,
    jurisdiction: Jurisdictions = None,
    older_than: OlderThan = None,
    sort: Sorted = Sort.JURISDICTION,
    as_json: AsJson = False,
) -> None:
    """List every citation with its dates, how sure it is, and the rules that rest on it."""
    days = _age(older_than) if older_than else None
    policy = load(folder).policy
    everything = cited_in(folder_in_use(folder))
    today = datetime.now(UTC).date()
    shown = [
        one
        for one in everything
        if (not confidence or one.confidence in confidence)
        and (not jurisdiction or any(one.within(place.upper()) for place in jurisdiction))
        and (days is None or one.older_than(days, today))
    ]
    shown.sort(key=lambda one: (_KEYS[sort](one), one.pack, one.place.line))
    if as_json:
        listed = [_told(one) for one in shown]
        print_json({"policy": policy.hash, "sources": listed, "summary": _summary(shown)})
    else:
        _table(shown)


def _age(text: str) -> int:
    found = re.fullmatch(r"([0-9]{1,5})([dwmy])", text.strip().lower())
    if not found:
        fail(f"{text} is no age; write 180d, 26w, 6m or 1y")
    return int(found[1]) * _DAYS[found[2]]


def _table(shown: Sequence[Cited]) -> None:
    table = Table(box=None)
    for name in ("place", "citation", "confidence", "verified", "in force", "rules"):
        table.add_column(name, overflow="fold")
    for one in shown:
        table.add_row(
            one.jurisdiction or "any",
            escape(one.citation + (f"\n{one.url}" if one.url else "")),
            one.confidence,
            str(one.verified_on or "never"),
            _dates(one),
            escape(", ".join(one.rules)),
        )
    console = Console()
    console.print(table)
    console.print(_sentence(shown), highlight=False)


def _dates(one: Cited) -> str:
    first = f"from {one.effective_from}" if one.effective_from else "always"
    return f"{first} to {one.effective_to}" if one.effective_to else first


def _sentence(shown: Sequence[Cited]) -> str:
    summary = _summary(shown)
    sure = ", ".join(f"{number} {name}" for name, number in summary["confidence"].items())
    told = count(summary["sources"], "source")
    if not shown:
        return told
    oldest = summary["oldest_verification"] or "never, for some"
    return f"{told}: {sure}; the oldest was verified {oldest}"


def _summary(shown: Sequence[Cited]) -> dict[str, Any]:
    counted = Counter(one.confidence for one in shown)
    days = [one.verified_on for one in shown]
    known = [day for day in days if day is not None]
    return {
        "sources": len(shown),
        "confidence": {name: counted[name] for name in ORDER if counted[name]},
        "oldest_verification": min(known) if known and len(known) == len(days) else None,
    }


def _told(one: Cited) -> dict[str, Any]:
    return {
        "citation": one.citation,
        "url": one.url,
        "effective_from": one.effective_from,
        "effective_to": one.effective_to,
        "verified_on": one.verified_on,
        "confidence": None if one.confidence == NOT_STATED else one.confidence,
        "jurisdiction": one.jurisdiction,
        "pack": one.pack,
        "rules": list(one.rules),
        "source": str(one.place),
    }
