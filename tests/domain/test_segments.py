"""Are segments counted as the provider bills them, on texts that its own calculator was run on?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.domain.segments import segments

GOLDEN = json.loads((Path(__file__).parent / "data" / "segments.json").read_text("utf-8"))["rows"]


@pytest.mark.parametrize("row", GOLDEN, ids=range(len(GOLDEN)))
def test_a_text_takes_as_many_segments_as_the_provider_counts(row: dict[str, Any]) -> None:
    found = segments(row["text"])
    assert (found.encoding, found.count) == (row["encoding"], row["segments"])


def test_an_escape_pair_is_not_split_between_two_segments() -> None:
    """Plain arithmetic on septets says two."""
    assert segments("a" * 152 + "€" + "a" * 152).count == 3


@given(st.text(max_size=400), st.text(max_size=20))
def test_a_longer_text_never_takes_fewer_units(text: str, more: str) -> None:
    shorter, longer = segments(text), segments(text + more)
    assert shorter.count >= 1
    assert longer.encoding == "ucs2" or longer.units >= shorter.units
