from __future__ import annotations

from gatekeeper.domain.number import Number, Places


def test_the_countries_of_places_are_the_first_half_of_their_codes() -> None:
    places = Places(frozenset({"US-FL", "US-AL", "CA-ON", "GB"}))
    assert places.countries == {"US", "CA", "GB"}
    assert Places().countries == frozenset()


def test_a_union_holds_its_members_and_no_other_country() -> None:
    assert Places(frozenset({"FR"})).within("EU")
    assert not Places(frozenset({"GB"})).within("EU")
    assert Places(frozenset({"US-FL", "DE"})).within("EU")


def test_places_lie_only_in_jurisdictions_if_each_of_them_does() -> None:
    here = frozenset({"US", "EU"})
    assert Places(frozenset({"US-FL", "DE", "PR"})).only_in(here)
    assert not Places(frozenset({"US-FL", "GB"})).only_in(here)
    assert not Places().only_in(here)


def test_two_readings_of_one_number_are_equal() -> None:
    assert Number("+12122000123", "US", "212") == Number("+12122000123", "US", "212")
