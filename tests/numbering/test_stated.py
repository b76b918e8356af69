"""Which places does a statement name, and when does it contradict itself?"""

from __future__ import annotations

from typing import Any

import pytest

from gatekeeper.domain.number import Places, Stated
from gatekeeper.numbering.stated import Location, location, place_is_known, told

NEW_YORK = Places(frozenset({"US-NY"}), ("America/New_York",), "area_code")


def named(found: Places = NEW_YORK, **said: Any) -> Location:
    result = location(Stated(**said), found)
    assert result is not None
    return result


def test_a_zone_says_which_clock_of_a_state_it_is() -> None:
    said = named(region="US-TX", timezone="America/Chicago")
    assert said.zones == {"America/Chicago", "America/Denver"}, "all of Texas, if only added"
    assert said.states == {"US-TX"}
    assert said.clocks == {"America/Chicago"}


def test_a_zone_by_another_name_of_its_clock_is_no_contradiction() -> None:
    said = named(region="US-MI", timezone="America/Detroit")
    assert said.clocks == {"America/Detroit"}


def test_a_postal_code_says_which_state_of_a_country_it_is() -> None:
    said = named(region="US", postal="75001")
    assert said.regions == said.states == {"US-TX"}
    assert said.clocks == {"America/Chicago", "America/Denver"}


def test_the_postal_code_of_an_island_is_of_the_united_states() -> None:
    assert named(region="US", postal="00901").states == {"PR"}
    assert named(region="US-PR", postal="00901").states == {"PR"}


@pytest.mark.parametrize(
    "said",
    [
        {"region": "US-CA", "timezone": "America/New_York"},
        {"region": "US-TX", "postal": "90210"},
        {"region": "CA-ON", "postal": "75001"},
        {"postal": "75001", "timezone": "Europe/London"},
        {"region": "GB", "timezone": "America/New_York"},
        {"region": "US-AZ", "timezone": "America/Los_Angeles"},
    ],
)
def test_a_statement_that_contradicts_itself_adds_all_and_narrows_nothing(
    said: dict[str, Any],
) -> None:
    found = named(**said)
    assert (found.states, found.clocks) == (frozenset(), frozenset())
    assert found.zones


NOWHERE = Places()


def test_a_zone_alone_is_of_every_state_that_keeps_it_where_nothing_else_is_known() -> None:
    said = named(NOWHERE, timezone="America/Chicago")
    assert {"US-TX", "US-LA", "US-FL", "US-IN"} <= said.regions
    assert "US-CA" not in said.regions
    assert not any(place.startswith("CA-") for place in said.regions)
    assert named(timezone="America/Chicago").regions == frozenset(), "the number tells a place"


@pytest.mark.parametrize("zone", ["US/Central", "CST6CDT"])
def test_a_zone_that_is_of_no_country_is_of_every_state_with_that_clock(zone: str) -> None:
    assert {"US-TX", "US-IL"} <= named(NOWHERE, timezone=zone).regions


def test_a_zone_abroad_is_of_its_country() -> None:
    assert named(NOWHERE, timezone="Europe/London").regions == {"GB"}
    assert named(NOWHERE, timezone="Pacific/Guam").regions == {"GU"}


def test_what_is_no_place_names_none() -> None:
    assert location(Stated(region="Texas", source="crm"), NEW_YORK) is None
    assert location(Stated(source="crm"), NEW_YORK) is None


@pytest.mark.parametrize(
    ("stated", "kept"),
    [
        (Stated(postal="75001"), Stated(region="US-TX")),
        (Stated(postal="96799"), Stated()),
        (Stated(region="US", postal="75001"), Stated(region="US")),
        (
            Stated(timezone="America/Denver", source="crm"),
            Stated(None, None, "America/Denver", "crm"),
        ),
    ],
)
def test_a_postal_code_is_kept_only_as_the_place_that_it_lies_in(
    stated: Stated, kept: Stated
) -> None:
    assert told(stated) == kept


@pytest.mark.parametrize(
    ("region", "so"),
    [
        ("US-TX", True),
        ("US", True),
        ("PR", True),
        ("US-PR", True),
        ("CA-ON", True),
        ("AU-NSW", True),
        ("US-ZZ", False),
        ("CA-XX", False),
        ("ZZ", False),
        ("TEXAS", False),
    ],
)
def test_a_state_that_does_not_exist_is_known_not_to(region: str, so: bool) -> None:
    assert place_is_known(region) is so
