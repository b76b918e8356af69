"""Are days days, and sentences not empty?"""

from __future__ import annotations

from datetime import date, datetime

import pytest
from pydantic import ValidationError

from gatekeeper.policy.shape import EffectiveShape, LimitShape, PackHead


@pytest.mark.parametrize("day", [date(2026, 11, 22), "2026-11-22"])
def test_a_day_is_read_with_and_without_quotes(day: object) -> None:
    assert EffectiveShape.model_validate({"from": day}).from_ == date(2026, 11, 22)


@pytest.mark.parametrize("day", [20261122, 0, True, datetime(2026, 11, 22, 12), "tomorrow"])
def test_what_is_no_day_is_not_taken_for_one(day: object) -> None:
    """A number would count as seconds since 1970."""
    with pytest.raises(ValidationError):
        EffectiveShape.model_validate({"from": day})


@pytest.mark.parametrize("title", ["", "   ", None, 12])
def test_a_title_says_something(title: object) -> None:
    with pytest.raises(ValidationError):
        PackHead.model_validate({"pack": "us", "title": title})


@pytest.mark.parametrize("wrong", [{"rate": 0}, {"burst": 0}, {"key": "world"}])
def test_a_limit_lets_something_through_for_a_known_kind_of_key(wrong: dict[str, object]) -> None:
    right = {"name": "tenant", "key": "tenant", "rate": 1, "burst": 1}
    assert LimitShape.model_validate(right)
    with pytest.raises(ValidationError):
        LimitShape.model_validate({**right, **wrong})
