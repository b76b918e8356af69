"""Hosts of numbers, forged names, and the name that was registered."""

from __future__ import annotations

import ipaddress

import pytest

from gatekeeper.screening.hosts import address, forged, inside, prepare, registered, shown


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("go.acme.co.uk", "acme.co.uk"),
        ("acme.example", "acme.example"),
        ("a.acme.myshopify.com", "acme.myshopify.com"),
        ("co.uk", None),
        ("203.0.113.7", None),
        ("localhost", None),
    ],
)
def test_the_registered_name_stands_below_the_public_suffix(host: str, name: str | None) -> None:
    prepare()
    assert registered(host) == name


@pytest.mark.parametrize(
    "host",
    ["203.0.113.7", "3405803783", "0xcb007107", "0313.0.0161.7", "203.0.28935", "0xcb.0.0x71.7"],
)
def test_a_number_is_an_address_however_it_is_written(host: str) -> None:
    assert isinstance(address(host), ipaddress.IPv4Address)


def test_all_ways_of_writing_name_the_same_address() -> None:
    ways = ("203.0.113.7", "3405803783", "0xcb007107", "0313.0.0161.7", "203.0.28935")
    assert {str(address(way)) for way in ways} == {"203.0.113.7"}
    assert str(address("[2001:db8::7]")) == "2001:db8::7"


@pytest.mark.parametrize("host", ["acme.example", "1.2.3.4.5", "999.1.1.1", "[zz]", "08.1.1.1"])
def test_a_name_or_an_impossible_number_is_none(host: str) -> None:
    assert address(host) is None


def test_networks_that_no_outsider_reaches_are_inside() -> None:
    within = [address(host) for host in ("10.0.0.5", "192.168.1.1", "[::1]", "172.16.9.9")]
    assert all(found is not None and inside(found) for found in within)
    outside = address("203.0.113.7")
    assert outside is not None
    assert not inside(outside)


@pytest.mark.parametrize(
    "host", ["p\u0430ypal.com", "g\u03bfogle.com", "xn--80ak6aa92e.com", "xn--pypal-4ve.example"]
)
def test_letters_of_several_scripts_or_all_drawn_as_latin_are_forged(host: str) -> None:
    assert forged(host)


@pytest.mark.parametrize(
    "host",
    ["münchen.example", "пример.рф", "例え.jp", "acme.example", "xn--mnchen-3ya.de", "ａ.com"],
)
def test_names_of_one_script_are_not_forged(host: str) -> None:
    assert not forged(host)


def test_punycode_is_shown_as_it_is_displayed() -> None:
    assert shown("xn--mnchen-3ya.de") == "münchen.de"
    assert shown("xn--\udcff.de") == "xn--\udcff.de"
