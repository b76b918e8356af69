"""Keys: people are spread over small buckets, and no name of one tenant is another's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.store.keys import e164_digits, pointer_fields, scope_name, tag_and_field


def test_a_subject_is_a_bucket_and_a_field() -> None:
    assert tag_and_field(b"\xab\xcd" + bytes(14)) == ("abcd", bytes(14))
    with pytest.raises(ValueError, match="16 bytes"):
        tag_and_field(bytes(15))


@given(st.tuples(st.text(min_size=1), st.text()), st.tuples(st.text(min_size=1), st.text()))
def test_two_lists_share_a_name_only_if_tenant_and_id_are_equal(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    assert (scope_name(*one) == scope_name(*other)) == (one == other)
    assert scope_name(*one) != scope_name(None, other[1])


def test_the_common_list_is_asked_before_the_tenants() -> None:
    assert pointer_fields("t1", ("a",)) == ("list:0::a", "list:2:t1:a")


@pytest.mark.parametrize(
    ("number", "digits"),
    [
        ("+12122000123", "12122000123"),
        ("+442071838750", "442071838750"),
        ("+1212", ""),
        ("+1212200012x", ""),
        ("+1234567890123456", ""),
        ("12122000123", ""),
        ("+\u0661212200012", ""),
        (None, ""),
    ],
)
def test_only_whole_numbers_are_asked_of_lists_by_number(number: str | None, digits: str) -> None:
    assert e164_digits(number) == digits
