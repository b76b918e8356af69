"""Where does an upstream live, and may the gate connect there?"""

from __future__ import annotations

import pytest

from gatekeeper.errors import InputRejected
from gatekeeper.pipeline.upstream_origin import Origin, is_public, resolve


@pytest.mark.parametrize(
    ("url", "authority", "prefix"),
    [
        ("https://api.twilio.com", "api.twilio.com", ""),
        ("https://api.twilio.com:443/", "api.twilio.com", ""),
        ("https://api.example:8443/base/", "api.example:8443", "/base"),
        ("http://127.0.0.1:9000", "127.0.0.1:9000", ""),
        ("http://[::1]:9000", "[::1]:9000", ""),
        ("http://localhost", "localhost", ""),
    ],
)
def test_a_base_url_is_read(url: str, authority: str, prefix: str) -> None:
    origin = Origin.parse(url)
    assert (origin.authority, origin.prefix) == (authority, prefix)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "api.twilio.com",
        "ftp://api.twilio.com",
        "https://",
        "https://user:secret@api.twilio.com",
        "https://api.twilio.com?x=1",
        "https://api.twilio.com:99999",
        "http://api.twilio.com",
        "http://10.0.0.1",
    ],
)
def test_an_unusable_or_unencrypted_base_url_is_rejected_without_repeating_it(url: str) -> None:
    with pytest.raises(InputRejected) as caught:
        Origin.parse(url)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "::",
        "fe80::1%eth0",
        "fc00::1",
        "fd00:ec2::254",
        "ff02::1",
        "::ffff:169.254.169.254",
        "64:ff9b::a9fe:a9fe",
    ],
)
def test_inner_and_metadata_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700::1111", "64:ff9b::101:101"])
def test_internet_addresses_are_public(address: str) -> None:
    assert is_public(address)


async def test_a_name_that_resolves_inwards_is_refused_unless_the_operator_meant_it() -> None:
    origin = Origin("https", "localhost", 443)
    with pytest.raises(OSError, match="private addresses only"):
        await resolve(origin, allow_private=False)
    assert "127.0.0.1" in await resolve(origin, allow_private=True)
