"""The forms of passports and driver licences: every state and what can be neither."""

from __future__ import annotations

import pytest

from gatekeeper.screening.documents import US_LICENCES, driver_licence, passport, states

SAMPLES = {
    "CA": "I1234567",
    "FL": "W508-478-70-647-8",
    "NY": "743 399 899",
    "TX": "55678928",
    "IL": "D400-7836-0001",
    "NJ": "B12345678901234",
    "WI": "J525-4209-0465-05",
    "NH": "12ABC34567",
    "IA": "123AB4567",
    "KS": "A1B2C",
    "WA": "WDLABC1234DG",
    "VT": "1234567A",
    "ID": "AB123456C",
    "MI": "B 123 456 789 012",
    "ND": "ABC123456",
}


def test_all_states_and_the_district_have_their_forms() -> None:
    assert len(US_LICENCES) == 51
    assert all(US_LICENCES.values())


@pytest.mark.parametrize("state", SAMPLES)
def test_a_licence_of_a_state_is_told(state: str) -> None:
    assert state in states(SAMPLES[state])


@pytest.mark.parametrize(
    "value", ["MORGA753116SM9IJ", "MH1220110012345", "880692310285", "12345678", "I 1234567"]
)
def test_licences_of_other_countries_are_told(value: str) -> None:
    assert driver_licence(value)


@pytest.mark.parametrize("value", ["RENEWAL", "A1", "B43", "1111111", "PUBLICSLICE1", ""])
def test_what_no_state_issues_is_no_licence(value: str) -> None:
    assert not driver_licence(value)


@pytest.mark.parametrize(
    "value",
    ["840373926", "X61126088", "AB123456", "A123456AB", "AAB123456", "12AB34567", "C01X00T47"],
)
def test_passports_of_many_countries_are_told(value: str) -> None:
    assert passport(value)


@pytest.mark.parametrize("value", ["000000000", "12345", "A1", "ABCDEFGHI", "APPLICATION1"])
def test_what_no_country_prints_is_no_passport(value: str) -> None:
    assert not passport(value)
