"""Are all places where the called party may be candidates, and nothing that nobody said?"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gatekeeper.domain.number import Number, Places, Stated
from gatekeeper.numbering.parse import read
from gatekeeper.numbering.places import places_of
from gatekeeper.numbering.trust import Narrows, Trust, TrustedSource
from gatekeeper.numbering.zones import known


def number(raw: str) -> Number:
    found = read(raw).number
    assert found is not None, raw
    return found


PENSACOLA = number("+18504320100")
TOLL_FREE = number("+18002000123")
LONDON = number("+442079460000")


def test_an_area_code_gives_every_state_and_zone_that_it_serves() -> None:
    assert places_of(PENSACOLA) == Places(
        frozenset({"US-FL"}), ("America/Chicago", "America/New_York"), "area_code"
    )


@pytest.mark.parametrize("raw", ["+18002000123", "+15002000123", "+16002002345", "+19002000123"])
def test_a_number_without_a_place_has_none(raw: str) -> None:
    """The library would answer 42 zones, in which no hour is left of the day."""
    assert places_of(number(raw)) == Places()


@pytest.mark.parametrize("raw", ["+88213300655", "+80012345678", "+979123456789"])
def test_a_code_of_no_country_has_no_place(raw: str) -> None:
    assert places_of(number(raw)) == Places()


def test_abroad_the_country_is_the_region_and_the_library_tells_the_zones() -> None:
    assert places_of(LONDON) == Places(frozenset({"GB"}), ("Europe/London",), "library")
    mobile = places_of(number("+61412345678"))
    assert {"Australia/Perth", "Australia/Sydney"} <= set(mobile.zones)


def test_a_stated_state_is_added_and_never_narrows() -> None:
    found = places_of(PENSACOLA, Stated(region="US-TX"))
    assert found.regions == {"US-FL", "US-TX"}
    assert found.zones == ("America/Chicago", "America/Denver", "America/New_York")
    assert found.confidence == "area_code"


def test_a_stated_state_is_all_that_is_known_of_a_toll_free_number() -> None:
    found = places_of(TOLL_FREE, Stated(region="us-tx"))
    assert found == Places(frozenset({"US-TX"}), ("America/Chicago", "America/Denver"), "stated")


def test_a_stated_country_means_any_of_its_states_where_nothing_finer_is_known() -> None:
    found = places_of(TOLL_FREE, Stated(region="US"))
    assert len(found.regions) == 51
    assert {"Pacific/Honolulu", "America/New_York"} <= set(found.zones)
    assert places_of(PENSACOLA, Stated(region="US")) == places_of(PENSACOLA)
    assert places_of(number("+17872000123"), Stated(region="US")).regions == {"PR"}


def test_a_state_that_does_not_exist_counts_as_its_country() -> None:
    assert len(places_of(TOLL_FREE, Stated(region="US-ZZ")).regions) == 51


def test_a_territory_goes_by_one_name() -> None:
    assert places_of(TOLL_FREE, Stated(region="US-PR")).regions == {"PR"}


def test_a_part_of_another_country_has_all_clocks_of_the_country() -> None:
    found = places_of(LONDON, Stated(region="AU-NSW"))
    assert found.regions == {"GB", "AU-NSW"}
    assert {"Australia/Perth", "Australia/Sydney", "Europe/London"} <= set(found.zones)


def test_a_stated_zone_is_added() -> None:
    assert "America/Denver" in places_of(PENSACOLA, Stated(timezone="America/Denver")).zones


def test_a_stated_postal_code_is_added() -> None:
    found = places_of(PENSACOLA, Stated(postal="99801"))
    assert found.regions == {"US-FL", "US-AK"}
    assert {"America/Adak", "America/Anchorage"} <= set(found.zones)
    assert places_of(TOLL_FREE, Stated(postal="K1A 0B1")).regions == {"CA-ON"}


def test_five_digits_are_no_zip_where_the_country_is_another() -> None:
    munich = places_of(TOLL_FREE, Stated(region="DE", postal="80331"))
    assert munich.regions == {"DE"}
    assert places_of(LONDON, Stated(postal="80331")) == places_of(LONDON)


@pytest.mark.parametrize(
    "stated",
    [
        Stated(),
        Stated(region="ZZ"),
        Stated(region="Texas"),
        Stated(timezone="Mars/Base"),
        Stated(postal="09012"),
        Stated(postal="SW1A 1AA"),
    ],
)
def test_what_cannot_be_read_as_a_place_adds_nothing(stated: Stated) -> None:
    assert places_of(PENSACOLA, stated) == places_of(PENSACOLA)
    assert places_of(TOLL_FREE, stated) == Places()


@pytest.mark.parametrize(
    "raw", ["+33123456789", "+5511912345678", "+74951234567", "+911123456789", "+2348031234567"]
)
def test_every_zone_abroad_is_one_that_the_clocks_know(raw: str) -> None:
    found = places_of(number(raw))
    assert found.zones
    assert all(map(known, found.zones))


AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
WHOLE = frozenset({Narrows.STATES, Narrows.CLOCKS})
TRUST = Trust(
    (
        TrustedSource("billing_address", WHOLE, 365),
        TrustedSource("self_declared", frozenset({Narrows.CLOCKS}), 180),
    ),
    frozenset({"US-FL", "US-OK"}),
)
CHICAGO = number("+13122000123")
DALLAS = Stated(region="US-TX", source="billing_address", as_of=date(2026, 10, 1))


def test_a_trusted_place_takes_the_place_of_the_area_codes() -> None:
    found = places_of(
        CHICAGO, Stated("US-GA", None, None, "billing_address", DALLAS.as_of), TRUST, AT
    )
    assert found == Places(frozenset({"US-GA"}), ("America/New_York",), "narrowed")


def test_a_state_that_presumes_by_area_code_stays_with_its_clocks() -> None:
    found = places_of(PENSACOLA, DALLAS, TRUST, AT)
    assert found.regions == {"US-FL", "US-TX"}
    assert found.zones == ("America/Chicago", "America/Denver", "America/New_York")
    assert found.confidence == "area_code", "nothing was taken away"


@pytest.mark.parametrize(
    "stated",
    [
        replace(DALLAS, source=None),
        replace(DALLAS, source="crm"),
        replace(DALLAS, as_of=None),
        replace(DALLAS, as_of=date(2025, 11, 24)),
        replace(DALLAS, timezone="Europe/London"),
        replace(DALLAS, postal="90210"),
    ],
)
def test_a_place_that_is_not_believed_only_adds(stated: Stated) -> None:
    found = places_of(CHICAGO, stated, TRUST, AT)
    assert found.regions >= {"US-IL", "US-TX"}
    assert found.confidence == "area_code"
    assert found == places_of(CHICAGO, stated)


def test_a_source_may_set_the_clock_and_leave_the_law() -> None:
    said = Stated(timezone="America/Denver", source="self_declared", as_of=date(2026, 11, 1))
    found = places_of(CHICAGO, said, TRUST, AT)
    assert found == Places(frozenset({"US-IL"}), ("America/Denver",), "narrowed")
    state = replace(said, region="US-CO")
    assert places_of(CHICAGO, state, TRUST, AT).regions == {"US-IL", "US-CO"}


def test_a_trusted_country_of_the_number_narrows_nothing() -> None:
    said = replace(DALLAS, region="US")
    assert places_of(CHICAGO, said, TRUST, AT) == places_of(CHICAGO)


def test_what_is_stated_of_somebody_without_a_number_is_all_that_is_known() -> None:
    assert places_of(None) == Places()
    assert places_of(None, DALLAS).confidence == "stated"
    assert places_of(None, DALLAS).regions == {"US-TX"}


def test_a_freephone_abroad_has_its_countrys_law_and_no_clock() -> None:
    assert places_of(number("+448081570000")) == Places(frozenset({"GB"}), (), "library")


def test_a_code_that_only_the_library_knows_is_of_every_state_with_its_clock() -> None:
    """As when the library is newer than our table: no code is, today."""
    new = Number("+19992000123", "CA", "999")
    assert "CA-ON" in places_of(new).regions
    assert places_of(new).confidence == "library"


places = st.sampled_from(["US-NY", "US-FL", "US-TX", "US-OK", "CA-BC", "GB", "US", "PR", None])
clocks = st.sampled_from(["America/Chicago", "Europe/London", "Pacific/Guam", None])
codes = st.sampled_from(["10001", "32301", "K1A 0B1", "00901", None])
sources = st.sampled_from(["billing_address", "self_declared", "crm", None])
numbers = st.sampled_from([PENSACOLA, TOLL_FREE, LONDON, CHICAGO, number("+14052000123"), None])


@given(numbers, st.builds(Stated, places, codes, clocks, sources, st.just(date(2026, 11, 1))))
def test_trust_takes_nothing_from_what_is_stated_nor_from_who_presumes(
    whose: Number | None, stated: Stated
) -> None:
    """However far it is believed: at least the stated, at most all, and never nothing instead."""
    alone, wide = places_of(whose), places_of(whose, stated)
    found = places_of(whose, stated, TRUST, AT)
    assert found.regions <= wide.regions
    assert set(found.zones) <= set(wide.zones)
    assert found.regions >= alone.regions & TRUST.presuming
    assert bool(found.regions) == bool(wide.regions)
    assert bool(found.zones) == bool(wide.zones)
    assert alone.regions <= wide.regions and set(alone.zones) <= set(wide.zones)
