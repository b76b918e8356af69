"""Is the area-code table whole, and does an overlay serve all that the codes under it serve?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

import pytest

from gatekeeper.numbering import zones
from gatekeeper.numbering.nanp import AREA_CODES, Kind, zones_by_place

PROBES = (datetime(2026, 12, 15, tzinfo=UTC), datetime(2027, 7, 15, tzinfo=UTC))
Clock = tuple[timedelta | None, ...]


def clocks(names: Collection[str]) -> frozenset[Clock]:
    """What the zones' clocks show in winter and in summer: two names for one clock are one."""
    return frozenset(tuple(zones.local(at, n).utcoffset() for at in PROBES) for n in names)


def test_rows_are_whole() -> None:
    assert len(AREA_CODES) == 477
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


SHARED = """
    205 659|256 938|870 327|480 602 623|209 350|213 323 738|310 424|408 669|415 628|510 341|530 837
    |559 357|619 858|714 657|707 369|818 747|760 442|805 820|909 840|916 279|303 720 983|970 748
    |203 475|860 959|202 771|305 786 645|407 321 689|561 728|754 954|813 656|850 448|904 324
    |404 470 678 943 770|706 762|208 986|217 447|847 224|309 861|312 872 773|630 331|618 730|708 464
    |815 779|317 463|812 930|270 364|318 457|240 301 227|410 443 667|978 351|781 339|617 857
    |508 774|248 947|313 679|507 924|601 769|314 557|573 235|816 975|402 531|702 725|201 551|609 640
    |732 848|973 862|212 646 332 917|718 347 929 917|315 680|516 363|518 838|631 934|845 329|336 743
    |704 980|910 472|919 984|740 220|330 234|513 283|937 326|614 380|419 567|440 436|405 572|918 539
    |541 458|503 971|215 267 445|717 223|570 272|412 724 878|610 484 835|814 582|803 839|864 821
    |843 854|615 629|210 726|214 469 972 945|281 346 713 832 621|903 430|512 737|817 682|801 385
    |540 826|703 571|757 948|804 686|360 206 253 425 564|920 274|608 353|715 534|304 681|204 431 584
    |519 226 548 382|705 249 683|514 438 263|418 581 367 273|905 289 365 742|306 639 474|613 343 753
    |450 579 354|403 780 587 825 368|416 647 437 942|506 428|819 873 468|709 879|902 782|787 939
    |809 829 849|876 658
"""
"""Codes that serve one area, the oldest first (the administrator's list of overlays)."""

GROUPS = tuple(tuple(group.split()) for group in SHARED.split("|"))


@pytest.mark.parametrize("group", GROUPS, ids="-".join)
def test_codes_of_one_area_have_the_same_places_and_clocks(group: tuple[str, ...]) -> None:
    """321 is an overlay of 407 and has the coast to itself besides: no state and no clock more."""
    rows = [AREA_CODES[npa] for npa in group]
    assert len({row.places for row in rows}) == 1
    assert len({row.zones for row in rows}) == 1


@pytest.mark.parametrize("overlay", ["236", "257", "672", "778"])
@pytest.mark.parametrize("under", ["250", "604"])
def test_an_overlay_of_two_codes_serves_the_places_of_both(overlay: str, under: str) -> None:
    above, below = AREA_CODES[overlay], AREA_CODES[under]
    assert above.places >= below.places
    assert set(above.zones) >= set(below.zones)


@pytest.mark.parametrize(
    "npa",
    [
        "219",
        "270",
        "423",
        "574",
        "606",
        "812",
        "850",
        "906",
        "308",
        "605",
        "701",
        "208",
        "541",
        "775",
        "785",
        "620",
        "807",
        "250",
        "867",
        "709",
        "402",
        "334",
    ],
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
