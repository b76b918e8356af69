"""Do zones come from the tzdata package alone, and is it recent enough for the law of 2026?"""

from __future__ import annotations

import zoneinfo
from datetime import UTC, date, datetime, timedelta

import pytest

from gatekeeper.numbering import zones

DECEMBER = datetime(2026, 12, 15, 20, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "hours"),
    [
        ("America/Vancouver", -7),
        ("America/Edmonton", -6),
        ("America/Winnipeg", -5),
        ("America/Inuvik", -6),
        ("America/New_York", -5),
    ],
)
def test_provinces_that_stopped_changing_clocks_in_2026_keep_summer_time(
    name: str, hours: int
) -> None:
    assert zones.local(DECEMBER, name).utcoffset() == timedelta(hours=hours)


def test_the_systems_zone_data_is_never_asked() -> None:
    assert zoneinfo.TZPATH == ()


def test_the_release_is_named_as_iana_names_it() -> None:
    assert zones.version() >= "2026f"


def test_the_release_is_dated_within_its_year_though_it_names_no_day() -> None:
    assert date(2026, 7, 1) <= zones.dated()
    assert zones.dated().year == int(zones.version()[:4])


def test_a_zone_is_known_by_its_name_and_by_its_alias_only() -> None:
    assert zones.known("America/Chicago")
    assert zones.known("US/Central")
    assert not zones.known("America/Gotham")
    assert not zones.known("")


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("1970-01-01T00:00:00+00:00", True),
        ("9998-12-31T23:59:59-14:00", False),
        ("9998-12-31T00:00:00-12:00", True),
        ("0001-01-01T00:00:00+14:00", False),
        ("9999-12-31T23:59:59-14:00", False),
    ],
)
def test_an_instant_that_some_zone_cannot_tell_is_known(text: str, so: bool) -> None:
    at = datetime.fromisoformat(text)
    assert zones.tellable(at) is so
    if so:
        assert zones.local(at, "Pacific/Kiritimati") == zones.local(at, "Pacific/Pago_Pago") == at


def test_an_unknown_zone_is_an_error_not_a_guess() -> None:
    with pytest.raises(zoneinfo.ZoneInfoNotFoundError):
        zones.zone("America/Gotham")


def test_each_country_has_the_zones_of_the_iana_table() -> None:
    table = zones.by_country()
    assert table["GB"] == ("Europe/London",)
    assert "America/Phoenix" in table["US"]
    assert len(table) > 240
    assert all(zones.known(name) for names in table.values() for name in names)
