"""Are the turns of caps, conversations, orders and limiters worked out from the numbers alone?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from gatekeeper.checks import edges_time
from gatekeeper.checks.contract import Edges, Start
from gatekeeper.checks.frequency import CHECK as FREQUENCY
from gatekeeper.domain.facts import EmergencyOrder
from tests.support.judging import NOON, facts, rule

SECOND = timedelta(seconds=1)


def told(edges: Edges, said: dict[str, Any], **changes: Any) -> list[tuple[str, str, bool]]:
    start = Start({}, facts(**changes), fires=True)
    asked = replace(rule(FREQUENCY, max=1, window_hours=1), said=said)
    return [(edge.of, edge.name, edge.fires) for edge in edges(start, asked)]


def test_a_cap_turns_at_its_count_and_at_the_end_of_its_span() -> None:
    said = {"max": 3, "window_hours": 24, "purposes": ["marketing"]}
    found = told(edges_time.frequency, said)
    assert found[:5] == [
        ("max", "2 sends in the span", False),
        ("max", "3 sends in the span", True),
        ("max", "4 sends in the span", True),
        ("window_hours", "the oldest 1 day, 0:00:00 ago", False),
        ("window_hours", "the oldest 23:59:59 ago", True),
    ]
    assert ("purposes", "sends of purpose informational", False) in found
    assert ("purposes", "sends of purpose marketing", True) in found


def test_a_cap_of_an_exemption_turns_at_the_consent_that_lifts_it() -> None:
    found = told(edges_time.frequency, {"max": 1, "window_hours": 24, "unless_consent": "express"})
    assert ("unless_consent", "consent express", False) in found
    assert ("unless_consent", "consent implied", True) in found


def test_a_conversation_closes_at_its_hour_also_under_a_tag() -> None:
    assert told(edges_time.window, {"hours": 24, "tags": {"HUMAN": 48}, "templates": True}) == [
        ("hours", "the last message 1 day, 0:00:00 ago", True),
        ("hours", "the last message 23:59:59 ago", False),
        ("tags", "the last message 2 days, 0:00:00 ago under HUMAN", True),
        ("tags", "the last message 1 day, 23:59:59 ago under HUMAN", False),
        ("templates", "with a template", False),
    ]


def test_an_order_binds_from_its_first_instant_to_before_its_last() -> None:
    order = EmergencyOrder("US-LA", NOON)
    assert [fires for _, _, fires in told(edges_time.emergency_order, {}, orders=(order,))] == [
        True, False, False, True,
    ]  # fmt: skip
    assert told(edges_time.emergency_order, {}) == []


def test_a_limiter_turns_when_it_asks_to_wait() -> None:
    assert [fires for _, _, fires in told(edges_time.rate, {})] == [False, True]


def test_a_confirmation_is_one_for_five_minutes() -> None:
    assert told(edges_time.confirmation, {}) == [
        ("minutes", "the opt-out 0:05:00 ago", True),
        ("minutes", "the opt-out 0:05:01 ago", False),
    ]


def test_nothing_is_derived_from_a_silent_test() -> None:
    silent = Start({}, facts(), fires=False)
    asked = rule(FREQUENCY, max=1, window_hours=1)
    for edges in (
        edges_time.frequency,
        edges_time.window,
        edges_time.emergency_order,
        edges_time.rate,
        edges_time.confirmation,
    ):
        assert list(edges(silent, asked)) == []
