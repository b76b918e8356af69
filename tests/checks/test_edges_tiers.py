"""Are the turns of a rule of consent worked out from its words alone?"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from gatekeeper.checks.consent import CHECK
from gatekeeper.checks.contract import Start
from gatekeeper.checks.edges_tiers import consent, months_before
from gatekeeper.domain.number import Places
from tests.support.judging import facts, rule


def told(said: dict[str, Any], *, fires: bool = True, **changes: Any) -> dict[str, bool]:
    start = Start({}, facts(**changes), fires)
    asked = replace(rule(CHECK, need="express"), said=said)
    return {f"{edge.of}: {edge.name}": edge.fires for edge in consent(start, asked)}


def test_every_tier_is_asked_and_what_is_needed_without_each_element() -> None:
    found = told({"need": "express", "elements": ["seller"]})
    assert [name for name, fires in found.items() if fires] == [
        "need: consent none",
        "need: consent implied",
        "elements: without seller",
        "expires: it expires at 2026-11-20T17:00:00+00:00",
    ]
    assert not found["expires: it expires at 2026-11-20T17:00:01+00:00"]


def test_without_a_place_the_tier_for_unknown_places_is_needed() -> None:
    said = {"need": "implied", "where_unknown": "express"}
    assert told(said, places=Places())["need: consent implied"]
    assert not told(said)["need: consent implied"]


def test_a_relation_ends_on_the_day_of_its_months() -> None:
    found = told({"need": "implied", "implied_months": {"purchase": 24, "publication": None}})
    assert found["implied_months: a purchase of 2024-11-20T17:00:00+00:00"]
    assert not found["implied_months: a purchase of 2024-11-20T17:00:01+00:00"]
    assert not found["implied_months: a publication long ago"]


def test_answers_and_classes_that_need_no_consent() -> None:
    found = told({"need": "express", "unless_inbound_hours": 24, "except_classes": ["recall"]})
    assert found["unless_inbound_hours: the last message 1 day, 0:00:00 ago"]
    assert not found["unless_inbound_hours: the last message 23:59:59 ago"]
    assert not found["except_classes: class recall"]


def test_the_longest_exempt_text_is_derived_from_a_message_that_is_exempt() -> None:
    said = {"need": "express", "exempt": [{"name": "n", "classes": ["package"], "max_length": 160}]}
    assert told(said, fires=False, exemption="package") == {
        "exempt: a text of 160 characters": False,
        "exempt: a text of 161 characters": True,
    }
    assert told(said, fires=False) == {}


@pytest.mark.parametrize(
    ("at", "months", "before"),
    [
        ("2026-11-20", 18, "2025-05-20"),
        ("2026-11-20", 11, "2025-12-20"),
        ("2026-01-15", 1, "2025-12-15"),
        ("2026-11-20", 24, "2024-11-20"),
        ("2026-11-29", 3, None),
    ],
)
def test_months_are_counted_back_where_every_month_has_the_day(
    at: str, months: int, before: str | None
) -> None:
    found = months_before(datetime.fromisoformat(at), months)
    assert (found and found.date().isoformat()) == before
