"""Which clock does a zone keep? The one home of zoneinfo, fed by the tzdata package alone.

The system's copy is often a year old and Python prefers it; British Columbia, Alberta and
Manitoba stopped changing clocks in 2026, so old data is an hour wrong there from November on.
"""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import tzdata

zoneinfo.reset_tzpath(to=())


def version() -> str:
    """The IANA release of the zone data in use, e.g. `2026f`."""
    return str(tzdata.IANA_VERSION)


@cache
def dated() -> date:
    """A day on which the data was still to come: it is no older than that.

    A release bears its year but no day; its table of leap seconds does, twice a year.
    """
    table = (files("tzdata") / "zoneinfo" / "leapseconds").read_text("utf-8")
    told = _UPDATED.search(table)
    updated = datetime.fromtimestamp(int(told.group(1)), UTC).date() if told else date.min
    return max(updated, date(int(version()[:4]), 1, 1))


_UPDATED = re.compile(r"^#updated ([0-9]+)", re.MULTILINE)


@cache
def names() -> frozenset[str]:
    """Every zone name that the data knows."""
    return frozenset(zoneinfo.available_timezones())


def known(name: str) -> bool:
    """Whether the data has a zone of that name."""
    return name in names()


@cache
def zone(name: str) -> zoneinfo.ZoneInfo:
    """The zone of that name; raises ZoneInfoNotFoundError for any other."""
    return zoneinfo.ZoneInfo(name)


def tellable(at: datetime) -> bool:
    """Whether every zone can tell an instant (aware): from 1970 to 9998."""
    return _FIRST <= at < _LAST


_FIRST, _LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)


def local(at: datetime, name: str) -> datetime:
    """The wall-clock time in a zone at an instant (aware datetime)."""
    return at.astimezone(zone(name))


@cache
def by_country() -> Mapping[str, tuple[str, ...]]:
    """The zones of each ISO 3166-1 country, from the IANA table zone.tab."""
    table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    found: dict[str, list[str]] = {}
    for country, _, name, *_ in rows:
        found.setdefault(country, []).append(name)
    return MappingProxyType({country: tuple(sorted(zones)) for country, zones in found.items()})
