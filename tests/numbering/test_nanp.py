"""Does the area-code table agree with the library, but where we know better and say why?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import phonenumbers
import pytest
from phonenumbers.geodata import GEOCODE_DATA
from phonenumbers.tzdata import TIMEZONE_DATA

from gatekeeper.numbering import zones
from gatekeeper.numbering.nanp import AREA_CODES, Kind, zones_by_place

OVERLAY = "an overlay: the library knows only the default, the codes under it have both clocks"
BC = "serves all of British Columbia: the Peace, Creston and the East Kootenay keep other clocks"
SK = "Lloydminster keeps Alberta's clock, Creighton Manitoba's"
QC = "Blanc-Sablon and the Magdalen Islands keep Atlantic time"

CORRECTED = {
    "236": BC,
    "257": BC,
    "672": BC,
    "778": BC,
    "306": SK,
    "474": f"{SK}; the library has all of Saskatchewan in Winnipeg for this overlay",
    "639": SK,
    "367": QC,
    "418": QC,
    "581": QC,
    "364": OVERLAY,
    "448": OVERLAY,
    "458": OVERLAY,
    "930": OVERLAY,
    "402": "western Cherry County (Cody, Kilgore) keeps Mountain time",
    "531": f"{OVERLAY} (402)",
    "689": "Orlando is Eastern; the library puts this overlay of 407 into Chicago's zone",
    "867": "each territory by its own zone: Inuvik, Whitehorse and Rankin Inlet differ since 2026",
    "879": "Labrador keeps Atlantic time with summer time, not Puerto Rico's",
    "907": "the Aleutians change their clocks, Honolulu does not",
}
"""Every area code whose clocks differ from the library's, with the reason."""

STRAYS = {"201": "New Jersey; one exchange across the state line"}

NAMES = {
    "British Colombia": "BC",
    "British Columbia": "BC",
    "Washington D.C.": "DC",
    "Washington State": "WA",
    "Nova Scotia/Prince Edward Island": "NS",
    "Northwest Territories/Nunavut/Yukon": "NT",
}

PROBES = (datetime(2026, 12, 15, tzinfo=UTC), datetime(2027, 7, 15, tzinfo=UTC))
Clock = tuple[timedelta | None, ...]


def clocks(names: Collection[str]) -> frozenset[Clock]:
    """What the zones' clocks show in winter and in summer: two names for one clock are one."""
    return frozenset(tuple(zones.local(at, n).utcoffset() for at in PROBES) for n in names)


Value = TypeVar("Value")


def by_code(data: Mapping[str, Value]) -> dict[str, list[Value]]:
    """The library's prefix table for +1, gathered by area code: all its exchanges at once."""
    found: dict[str, list[Value]] = defaultdict(list)
    for prefix, value in data.items():
        if prefix.startswith("1") and len(prefix) >= 4:
            found[prefix[1:4]].append(value)
    return found


LIBRARY_ZONES = by_code(TIMEZONE_DATA)
PLACED = [row for row in AREA_CODES.values() if row.places]


def test_clocks_are_the_librarys_but_for_the_listed_corrections() -> None:
    differ = {
        row.npa
        for row in PLACED
        if (known := LIBRARY_ZONES.get(row.npa))
        and clocks(row.zones) != clocks([n for names in known for n in names])
    }
    assert differ == set(CORRECTED)


def test_the_library_has_no_clocks_only_for_codes_with_a_country_of_their_own() -> None:
    """For those it answers the 42 zones of the whole plan, which says nothing."""
    unknown = {row.region for row in PLACED if row.npa not in LIBRARY_ZONES}
    assert unknown.isdisjoint({"US", "CA"})


def test_every_state_that_the_geocoder_names_is_in_the_row() -> None:
    strays = set()
    for npa, names in by_code(GEOCODE_DATA).items():
        row = AREA_CODES.get(npa)
        if row is None or row.region not in ("US", "CA") or not row.places:
            continue
        texts = {str(name.get("en", "")) for name in names}
        states = {m.group(1) for text in texts if (m := re.search(r", ([A-Z]{2})$", text))}
        states |= {NAMES[text] for text in texts & set(NAMES)}
        if not {f"{row.region}-{state}" for state in states} <= row.places:
            strays.add(npa)
    assert strays == set(STRAYS)


def test_every_code_that_the_library_knows_has_a_row_and_no_other() -> None:
    def known(npa: int) -> bool:
        tries = (phonenumbers.parse(f"+1{npa}{nxx}2345") for nxx in (*range(200, 1000, 40), 555))
        return any(map(phonenumbers.is_valid_number, tries))

    in_table = {int(npa) for npa in AREA_CODES}
    partial = {int(row.npa) for row in AREA_CODES.values() if row.kind is Kind.PARTIAL}
    assert {npa for npa in range(200, 1000) if known(npa)} | partial == in_table


def test_rows_are_whole() -> None:
    assert len(AREA_CODES) == 469
    for row in AREA_CODES.values():
        placed = row.kind in (Kind.GEOGRAPHIC, Kind.PARTIAL)
        assert bool(row.places) == bool(row.zones) == placed, row
        assert all(map(zones.known, row.zones)), row
        assert row.zones == tuple(sorted(row.zones)), row
        assert all(place.partition("-")[0] == row.region for place in row.places), row


@pytest.mark.parametrize(
    ("npa", "places"),
    [
        ("201", {"US-NJ"}),
        ("850", {"US-FL"}),
        ("202", {"US-DC"}),
        ("902", {"CA-NS", "CA-PE"}),
        ("782", {"CA-NS", "CA-PE"}),
        ("867", {"CA-YT", "CA-NT", "CA-NU"}),
        ("257", {"CA-BC"}),
        ("787", {"PR"}),
        ("671", {"GU"}),
        ("876", {"JM"}),
        ("809", {"DO"}),
        ("800", set()),
        ("500", set()),
        ("622", set()),
        ("900", set()),
    ],
)
def test_places_that_the_rules_depend_on(npa: str, places: set[str]) -> None:
    assert AREA_CODES[npa].places == places


@pytest.mark.parametrize(
    ("overlay", "under"),
    [
        ("448", "850"),
        ("364", "270"),
        ("930", "812"),
        ("458", "541"),
        ("986", "208"),
        ("531", "402"),
        ("778", "250"),
        ("236", "250"),
        ("672", "250"),
        ("257", "250"),
        ("367", "418"),
        ("581", "418"),
        ("474", "306"),
        ("639", "306"),
        ("879", "709"),
        ("782", "902"),
        ("689", "407"),
        ("725", "702"),
    ],
)
def test_an_overlay_serves_all_places_and_clocks_of_the_code_under_it(
    overlay: str, under: str
) -> None:
    above, below = AREA_CODES[overlay], AREA_CODES[under]
    assert above.places == below.places
    assert clocks(below.zones) <= clocks(above.zones)


@pytest.mark.parametrize(
    "npa", ["219", "270", "423", "574", "606", "812", "850", "906", "308", "605", "701", "208"]
)
def test_a_code_across_a_zone_line_has_both_clocks(npa: str) -> None:
    assert len(clocks(AREA_CODES[npa].zones)) >= 2


STATES = 50
TERRITORIES = {"PR", "VI", "GU", "MP", "AS"}


def test_every_state_and_province_has_its_clocks() -> None:
    table = zones_by_place()
    assert sum(place.startswith("US-") for place in table) == STATES + 1
    assert sum(place.startswith("CA-") for place in table) == 13
    assert set(table) >= TERRITORIES
    assert clocks(table["US-KY"]) == clocks(["America/New_York", "America/Chicago"])


FINER = {
    "US-MI": ("America/Detroit", "America/Menominee"),
    "US-IN": ("America/Indiana/Indianapolis", "America/Indiana/Knox", "America/Indiana/Vincennes"),
    "US-KY": ("America/Kentucky/Louisville", "America/Kentucky/Monticello"),
    "US-ND": ("America/North_Dakota/Center", "America/North_Dakota/Beulah"),
    "US-AK": ("America/Juneau", "America/Sitka", "America/Nome", "America/Metlakatla"),
    "CA-SK": ("America/Swift_Current",),
    "CA-ON": ("America/Thunder_Bay", "America/Rainy_River", "America/Nipigon"),
}


@pytest.mark.parametrize("place", FINER)
def test_a_local_zone_that_parts_from_its_states_clocks_is_noticed(place: str) -> None:
    """The table names Detroit's clock New York's: true while the zone data says so."""
    assert clocks(FINER[place]) <= clocks(zones_by_place()[place])
