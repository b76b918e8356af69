"""Is YAML read in one meaning only, with the place of everything?"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import PurePosixPath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.policy.faults import Fault
from gatekeeper.policy.model import Source
from gatekeeper.policy.yamlfile import Located, read

FILE = PurePosixPath("floor/us.yaml")


def located(text: str) -> Located:
    faults: list[Fault] = []
    document = read(text.encode(), FILE, faults)
    assert document is not None
    assert not faults
    return document


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("1.5", 1.5),
        ("true", True),
        ("off", "off"),
        ("yes", "yes"),
        ("null", None),
        ("'12'", "12"),
        ("+12122000123", "+12122000123"),
        ("0612", "0612"),
        ("21:00", "21:00"),
        ("2026-11-20", date(2026, 11, 20)),
        ("2026-11-20T12:00:00Z", datetime(2026, 11, 20, 12, tzinfo=UTC)),
        ("=", "="),
        ("{a: [1, {b: c}]}", {"a": [1, {"b": "c"}]}),
    ],
)
def test_a_scalar_is_what_it_looks_like(text: str, value: Any) -> None:
    """Words stay words, and a number that is dialled keeps its plus and its zeros."""
    assert located(f"x: {text}\n").value["x"] == value


def test_every_key_and_value_keeps_its_place() -> None:
    document = located("rules:\n  - id: one\n    tests: [a, b]\n")
    assert document.source("rules", 0, "id") == Source(FILE, 2, 9)
    assert document.source("rules", 0, "id", key=True) == Source(FILE, 2, 5)
    assert document.source("rules", 0, "tests", 1) == Source(FILE, 3, 16)


def test_the_place_of_what_is_not_there_is_the_nearest_above() -> None:
    document = located("rules:\n  - id: one\n")
    assert document.source("rules", 0, "citation") == Source(FILE, 2, 5)
    assert document.source("rules", "a union's word", 0, "id") == Source(FILE, 2, 9)


def test_a_part_of_a_document_keeps_its_places() -> None:
    rule = located("rules:\n  - id: one\n").at("rules", 0)
    assert rule.value == {"id": "one"}
    assert rule.source("id") == Source(FILE, 2, 9)
    with pytest.raises(LookupError):
        rule.at("title")


@given(
    st.binary(max_size=400) | st.text(alphabet="{}[]:-&*!|>'\"#,ab \n", max_size=80).map(str.encode)
)
def test_any_bytes_are_read_or_told_as_faults(data: bytes) -> None:
    faults: list[Fault] = []
    document = read(data, FILE, faults)
    assert document is not None or faults
