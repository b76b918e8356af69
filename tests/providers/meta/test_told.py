"""Are the members of a webhook read as they are, and others as nothing?"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.meta.told import MOST, instant, member, named, objects, word


def test_what_has_another_form_tells_nothing() -> None:
    assert (word({"a": 1}, "a"), member([1]), objects({}, "a")) == ("", {}, [])
    assert objects({"a": [1, {"b": 2}]}, "a") == [{}, {"b": 2}]


@pytest.mark.parametrize("value", ["x", {"b": 1}, [{}] * (MOST + 1)])
def test_what_is_no_array_or_too_long_is_not_read(value: object) -> None:
    with pytest.raises(AmbiguousRequest):
        objects({"a": value}, "a")


def test_an_id_must_be_one() -> None:
    assert named({"id": "wamid.HBg="}, "id") == "wamid.HBg="
    for value in ("", "two words", 1):
        with pytest.raises(AmbiguousRequest):
            named({"id": value}, "id")


def test_a_time_is_in_seconds_or_their_parts() -> None:
    assert instant("1700000000") == instant(1700000000000, 1000) == datetime(
        2023, 11, 14, 22, 13, 20, tzinfo=UTC
    )  # fmt: skip
    assert [instant(each) for each in (None, "-1", "1e9", True, "9999999999999")] == [None] * 5
