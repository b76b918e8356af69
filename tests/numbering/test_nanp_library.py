"""Does `phonenumbers` say of each area code what the table says, but for what is listed and why?

`data/library.tsv` is that list. A disagreement that is not in it fails, and so does one in it that
is no more, or of which either side says something else by now: then somebody looks again.
"""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import phonenumbers
import pytest
from phonenumbers import PhoneNumber, PhoneNumberType, geocoder, timezone
from phonenumbers.geodata import GEOCODE_DATA
from phonenumbers.tzdata import TIMEZONE_DATA

from gatekeeper.numbering import zones
from gatekeeper.numbering.nanp import AREA_CODES, AreaCode, Kind
from tests.support.area_codes import Disagreement, listed
from tests.support.chance import seed

EXCHANGES = range(200, 1000)
WHOLE_PLAN, PLAN = frozenset(TIMEZONE_DATA["1"]), "the whole plan"
"""What the library says where it knows nothing, and of an island's mobiles: every zone there is."""

MONTHS = tuple(datetime(2026 + m // 12, m % 12 + 1, 15, tzinfo=UTC) for m in range(11, 25))

STATES = """
    AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware
    |DC Washington D.C.|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa
    |KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan
    |MN Minnesota|MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire
    |NJ New Jersey|NM New Mexico|NY New York|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma
    |OR Oregon|PA Pennsylvania|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee
    |TX Texas|UT Utah|VT Vermont|VA Virginia|WA Washington State|WV West Virginia|WI Wisconsin
    |WY Wyoming|AB Alberta|BC British Columbia|BC British Colombia|MB Manitoba|NB New Brunswick
    |NL Newfoundland and Labrador|NS,PE Nova Scotia/Prince Edward Island|ON Ontario|QC Quebec
    |SK Saskatchewan|NT,NU,YT Northwest Territories/Nunavut/Yukon
"""
NAMED = {
    " ".join(name.split()): code.split(",")
    for code, _, name in (entry.strip().partition(" ") for entry in STATES.split("|"))
}
TOWN = re.compile(r", ([A-Z]{2})$")

LINES = {
    PhoneNumberType.FIXED_LINE,
    PhoneNumberType.MOBILE,
    PhoneNumberType.FIXED_LINE_OR_MOBILE,
}
TYPES = {
    Kind.GEOGRAPHIC: LINES,
    Kind.PARTIAL: set(PhoneNumberType.values()),
    Kind.TOLL_FREE: {PhoneNumberType.TOLL_FREE},
    Kind.PREMIUM: {PhoneNumberType.PREMIUM_RATE},
    Kind.PERSONAL: {PhoneNumberType.PERSONAL_NUMBER},
    Kind.NON_GEOGRAPHIC: {PhoneNumberType.VOIP},
}
"""What the library may call the numbers of a code; within a partial code it knows better."""


def text(names: Iterable[str]) -> str:
    found = frozenset(names)
    return PLAN if found >= WHOLE_PLAN else ",".join(sorted(found)) or "-"


@cache
def clock(name: str) -> tuple[timedelta | None, ...]:
    """What a zone's clock shows through a year: two names for one clock are one."""
    return tuple(zones.local(at, name).utcoffset() for at in MONTHS)


def clocks(names: Collection[str]) -> set[tuple[timedelta | None, ...]]:
    return {clock(name) for name in names}


def states(row: AreaCode, described: Iterable[str]) -> set[str]:
    """The states that the geocoder's texts name: a town's `Elko, NV`, or the state itself."""
    found: set[str] = set()
    for words in described:
        town = TOWN.search(words)
        codes = [town.group(1)] if town else NAMED.get(words, ())
        found.update(f"{row.region}-{code}" for code in codes)
    return found


def differences(
    row: AreaCode, names: Collection[str], described: Collection[str]
) -> Iterator[Disagreement]:
    """On what the library's zones and texts for a whole code part from its row."""
    if row.zones and clocks(names) != clocks(row.zones):
        yield Disagreement(row.npa, "clocks", text(names), text(row.zones))
    if row.region in ("US", "CA") and row.places and states(row, described) != row.places:
        yield Disagreement(row.npa, "places", text(states(row, described)), text(row.places))


def same(found: Iterable[Disagreement], listed: Mapping[tuple[str, str], Disagreement]) -> None:
    """Whether exactly the listed disagreements were found, and each side says what is listed."""
    assert {row[:2]: row[:4] for row in found} == {key: row[:4] for key, row in listed.items()}


def of_prefix(data: Mapping[str, Any], npa: str, exchange: int) -> list[Any]:
    """What the library's data holds for an exchange: by its longest prefix, and any longer ones."""
    whole = f"1{npa}{exchange}"
    for end in range(len(whole), 0, -1):
        if whole[:end] in data:
            return [data[whole[:end]]]
    return []


def in_data(row: AreaCode) -> Iterator[Disagreement]:
    """The differences as the library's own data has them, for all exchanges of a code."""
    names, described = set[str](), set[str]()
    for exchange in EXCHANGES:
        for found in of_prefix(TIMEZONE_DATA, row.npa, exchange):
            names.update(found)
        for words in of_prefix(GEOCODE_DATA, row.npa, exchange):
            described.add(str(words.get("en", "")))
    yield from differences(row, names, described)


def number(npa: str, exchange: int) -> PhoneNumber:
    return PhoneNumber(country_code=1, national_number=int(f"{npa}{exchange}2345"))


def asked(npa: str, exchanges: Iterable[int]) -> list[PhoneNumber]:
    """The valid numbers, one of each exchange; no letter of the library's data is looked at."""
    return [n for n in (number(npa, each) for each in exchanges) if phonenumbers.is_valid_number(n)]


def of_numbers(row: AreaCode, valid: Collection[PhoneNumber]) -> Iterator[Disagreement]:
    """Whether the library takes the code's numbers for what the table takes them for."""
    kinds = {phonenumbers.number_type(n) for n in valid}
    says = f"{len(valid)} exchanges of {len(EXCHANGES)}"
    whole = len(valid) == len(EXCHANGES)
    if not valid or not kinds <= TYPES[row.kind] or (row.kind is Kind.GEOGRAPHIC and not whole):
        yield Disagreement(row.npa, "numbers", says, row.kind)


def test_each_line_of_the_list_says_why() -> None:
    for row in listed().values():
        assert row.npa in AREA_CODES, row
        assert len(row.why) > 20, row
        assert row.about in ("clocks", "places", "numbers"), row


def test_the_librarys_data_differs_from_the_table_exactly_where_it_is_listed() -> None:
    assert max(len(key) for key in TIMEZONE_DATA if key[0] == "1") == 7, "an exchange is the finest"
    told = listed()
    known = [row for row in AREA_CODES.values() if (row.npa, "numbers") not in told]
    found = [each for row in known for each in in_data(row)]
    looked = {k: row for k, row in told.items() if row.about != "numbers" and row.library != PLAN}
    same(found, looked)


def test_a_sample_of_numbers_is_in_the_table_or_listed() -> None:
    """Asked as a caller asks; the whole scan is the test below."""
    chance, told = random.Random(seed()), listed()
    for row in AREA_CODES.values():
        for each in asked(row.npa, chance.sample(EXCHANGES, 6)):
            names = timezone.time_zones_for_number(each)
            listed_here = (row.npa, "clocks") in told or not row.zones
            assert listed_here or clocks(names) <= clocks(row.zones), (row, each)
            assert phonenumbers.region_code_for_number(each) == row.region, (row, each)
            assert phonenumbers.number_type(each) in TYPES[row.kind], (row, each)


def test_every_code_that_the_library_knows_has_a_row() -> None:
    probes = (*range(200, 1000, 40), 555)
    known = {str(npa) for npa in range(200, 1000) if asked(str(npa), probes)}
    assert known <= set(AREA_CODES)


@pytest.mark.full
def test_every_exchange_of_every_code_is_in_the_table_or_listed() -> None:
    """634,400 numbers, each asked of the library: valid, of which kind, where, and at what time."""
    found: list[Disagreement] = []
    for npa in map(str, range(200, 1000)):
        valid = asked(npa, EXCHANGES)
        row = AREA_CODES.get(npa)
        assert row is not None or not valid, f"{npa} has no row"
        if row is None:
            continue
        found += of_numbers(row, valid)
        if valid:
            names = {name for each in valid for name in timezone.time_zones_for_number(each)}
            described = {geocoder.description_for_number(each, "en") for each in valid}
            found += differences(row, names, described)
    same(found, listed())
