"""Are instants, days and zones read in the forms that authors write?"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from gatekeeper.policy.forms import Instant, Moment, Number, Shape, Zone, form


class Forms(Shape):
    at: Instant | None = None
    when: Moment | None = None
    to: Number | None = None
    zone: Zone | None = None


@pytest.mark.parametrize("day", ["2026-12-31", date(2026, 12, 31)])
def test_a_day_stands_for_its_first_instant_in_utc(day: Any) -> None:
    assert Forms(when=day).when == datetime(2026, 12, 31, tzinfo=UTC)


def test_a_moment_is_also_an_instant_with_its_offset() -> None:
    told = "2026-12-31T09:00:00-05:00"
    read = Forms.model_validate({"when": told, "at": told})
    assert read.when == read.at == datetime(2026, 12, 31, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    "said",
    [
        {"when": "2026-13-31"},
        {"when": "2026-12-31T09:00:00"},
        {"when": 20261231},
        {"at": date(2026, 12, 31)},
        {"at": "1969-12-31T00:00:00Z"},
        {"zone": "America/Newyork"},
        {"zones": "UTC"},
    ],
)
def test_what_is_none_is_refused(said: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Forms.model_validate(said)


def test_digits_are_kept_as_text_and_a_mapping_is_told_from_a_word() -> None:
    assert Forms.model_validate({"to": 911}).to == "911"
    assert (form("owned"), form({"kind": "page"})) == ("word", "mapping")
