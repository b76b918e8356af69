"""A labelled line says in one of four ways which families its text holds."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import pytest

from gatekeeper.cli.screen_labels import Labelled
from gatekeeper.cli.screen_lines import Lines, Unread


def families(**said: Any) -> set[str]:
    """What a line with these keys is labelled as."""
    raw = json.dumps({"id": 1, "text": "a", **said}).encode()
    [(_, _, line)] = Lines(io.BytesIO(raw), Labelled)
    assert not isinstance(line, Unread)
    return {str(family) for family in line.families_told()}


@pytest.mark.parametrize("key", ["labels", "label", "families", "expected"])
def test_each_key_takes_a_family_a_list_of_them_or_clean(key: str) -> None:
    assert families(**{key: "payment"}) == {"payment"}
    assert families(**{key: ["payment", "content.health"]}) == {"payment", "health"}
    for clean in (None, [], "clean", ["clean"], "none"):
        assert families(**{key: clean}) == set()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({}, 'labels, label, families or expected is missing; clean is "labels": []'),
        ({"lables": ["payment"]}, "is missing"),
        ({"label": "paymnt"}, "label names no family (did you mean payment?)"),
        ({"label": "4111111111111111"}, "label names no family; one of payment, "),
        ({"labels": [["payment"]]}, "labels holds what is no name of a family"),
        ({"labels": {"payment": True}}, "labels holds what is no name of a family"),
        ({"labels": 1}, "labels holds what is no name of a family"),
        ({"label": "payment", "labels": []}, "labels and label do not say the same"),
    ],
)
def test_a_label_that_cannot_be_read_says_why_and_repeats_nothing(
    said: dict[str, Any], why: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(why)) as wrong:
        families(**said)
    assert "4111" not in str(wrong.value)


def test_two_keys_may_say_the_same() -> None:
    assert families(label="health", labels=["health"]) == {"health"}
