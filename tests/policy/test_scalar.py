"""Is a scalar without quotes what it looks like to a person?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from gatekeeper.policy.scalar import NotAValue, plain


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("-3", -3),
        ("0", 0),
        ("1.5", 1.5),
        ("2e3", 2000.0),
        ("true", True),
        ("False", False),
        ("off", "off"),
        ("yes", "yes"),
        ("no", "no"),
        ("null", None),
        ("~", None),
        ("", None),
        ("+12122000123", "+12122000123"),
        ("0612", "0612"),
        ("0x1f", "0x1f"),
        ("1_000", "1_000"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("21:00", "21:00"),
        ("2026-11-20", date(2026, 11, 20)),
        ("2026-11-20T12:00:00Z", datetime(2026, 11, 20, 12, tzinfo=UTC)),
        (
            "2026-11-20T12:00:00-05:00",
            datetime(2026, 11, 20, 12, tzinfo=timezone(-timedelta(hours=5))),
        ),
        ("2026-11-20 12:00:00", datetime(2026, 11, 20, 12)),
        ("=", "="),
        ("-", "-"),
        (".", "."),
    ],
)
def test_a_scalar_is_what_it_looks_like(text: str, value: Any) -> None:
    """Words stay words, and a number that is dialled keeps its plus and its zeros."""
    assert (plain(text), type(plain(text))) == (value, type(value))


@pytest.mark.parametrize("text", ["2026-02-31", "2026-11-20T25:00:00Z", "9" * 5000])
def test_what_only_looks_like_a_value_is_a_fault(text: str) -> None:
    with pytest.raises(NotAValue, match="not a value of this kind"):
        plain(text)


@given(st.text(alphabet="0123456789.eE-", min_size=1, max_size=8))
def test_a_number_is_the_one_that_an_independent_reader_reads(text: str) -> None:
    """Where both take it for one: that reader takes more forms (octal, with underscores)."""
    value, other = plain(text), YAML(typ="safe", pure=True).load(text)
    if isinstance(value, int | float) and isinstance(other, int | float):
        assert other == value
