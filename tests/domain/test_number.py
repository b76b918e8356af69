from __future__ import annotations

from gatekeeper.domain.number import Number, Places


def test_the_countries_of_places_are_the_first_half_of_their_codes() -> None:
    places = Places(frozenset({"US-FL", "US-AL", "CA-ON", "GB"}))
    assert places.countries == {"US", "CA", "GB"}
    assert Places().countries == frozenset()


def test_two_readings_of_one_number_are_equal() -> None:
    assert Number("+12122000123", "US", "212") == Number("+12122000123", "US", "212")
