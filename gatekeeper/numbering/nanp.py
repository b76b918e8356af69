"""What is known of each area code of the North American Numbering Plan? The table in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType


class Kind(StrEnum):
    """What the numbers of an area code are."""

    GEOGRAPHIC = "geographic"
    PARTIAL = "partial"
    """Geographic, with exchanges that are not in service."""
    TOLL_FREE = "toll_free"
    PREMIUM = "premium"
    PERSONAL = "personal"
    NON_GEOGRAPHIC = "non_geographic"


@dataclass(frozen=True, slots=True)
class AreaCode:
    """One row of `nanp.tsv`; places and zones are empty where the code says nothing of them."""

    npa: str
    kind: Kind
    region: str
    """Country of the numbering plan (`US`, `CA`, `PR` ...)."""
    places: frozenset[str]
    zones: tuple[str, ...]


def _listed(cell: str) -> tuple[str, ...]:
    return () if cell == "-" else tuple(cell.split(","))


def _row(line: str) -> AreaCode:
    npa, kind, region, places, zones = line.split("\t")
    return AreaCode(npa, Kind(kind), region, frozenset(_listed(places)), _listed(zones))


def _load() -> Mapping[str, AreaCode]:
    text = Path(__file__).with_name("nanp.tsv").read_text("utf-8")
    rows = (_row(line) for line in text.splitlines() if line and not line.startswith("#"))
    return MappingProxyType({row.npa: row for row in rows})


AREA_CODES: Mapping[str, AreaCode] = _load()
"""By area code."""


@cache
def zones_by_place() -> Mapping[str, tuple[str, ...]]:
    """The zones of every state, province and island: the union over the codes that serve it."""
    found: dict[str, set[str]] = {}
    for row in AREA_CODES.values():
        for place in row.places:
            found.setdefault(place, set()).update(row.zones)
    return MappingProxyType({place: tuple(sorted(zones)) for place, zones in found.items()})
