"""Store URLs: every form is read, and no fault or repr shows a password."""

from __future__ import annotations

import pytest

from gatekeeper.errors import InputRejected
from gatekeeper.store.address import Address, parse_address

FORMS = [
    ("unix:///run/store.sock", Address(path="/run/store.sock")),
    ("unix://:p%40ss@/a%20b.sock?db=2", Address(path="/a b.sock", db=2, password="p@ss")),
    ("redis://cache", Address(host="cache")),
    ("redis://u:p@cache:7000/3", Address(host="cache", port=7000, db=3, user="u", password="p")),
    ("rediss://cache", Address(host="cache", tls=True)),
]


@pytest.mark.parametrize(("url", "expected"), FORMS)
def test_a_url_reads_as_an_address(url: str, expected: Address) -> None:
    assert parse_address(url) == expected


@pytest.mark.parametrize(
    "url", ["http://u:hunter2@x", "redis://u:hunter2@x:port", "unix://", "redis://u:hunter2@x/db"]
)
def test_an_unusable_url_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(InputRejected) as raised:
        parse_address(url)
    assert "hunter2" not in str(raised.value)


def test_a_repr_hides_the_password() -> None:
    assert "hunter2" not in repr(parse_address("redis://u:hunter2@x"))


def test_only_rediss_has_a_tls_context_and_it_checks_the_host() -> None:
    assert parse_address("redis://x").context is None
    context = parse_address("rediss://x").context
    assert context is not None and context.check_hostname
