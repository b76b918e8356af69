"""Are the turns of a rule of hours worked out from its numbers and the clocks alone?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gatekeeper.checks.contract import Edge, Start
from gatekeeper.checks.edges_hours import edges, hours_said
from gatekeeper.checks.quiet_hours import CHECK
from gatekeeper.domain.number import Places
from gatekeeper.policy.model import Rule
from tests.support.judging import facts, rule

HOUR = 3600
NEW_YORK = ("America/New_York",)
TWO = ("America/Chicago", "America/New_York")


def hours_rule(**said: Any) -> Rule:
    return replace(rule(CHECK, **said), said=said)


def found(*zones: str, **said: Any) -> list[Edge]:
    start = Start({}, facts(places=Places(frozenset(), zones)), fires=True)
    return list(edges(start, hours_rule(**said)))


def answers(told: list[Edge], day: str) -> dict[str, bool]:
    """The answers at the boundaries of one day, by the clock and its zone."""
    return {
        edge.name.removeprefix(f"{day} "): edge.fires
        for edge in told
        if edge.at_boundary and edge.name.startswith(day)
    }


@pytest.mark.parametrize(
    ("said", "monday", "sunday"),
    [
        ("08:00-21:00", ((8 * HOUR, 21 * HOUR),), ((8 * HOUR, 21 * HOUR),)),
        ({"mon-sat": "09:00-24:00"}, ((9 * HOUR, 24 * HOUR),), ()),
        ({"mon": "10:30-13:00, 14:00-18:00", "sun": None},
         ((10 * HOUR + 1800, 13 * HOUR), (14 * HOUR, 18 * HOUR)), ()),
    ],
)  # fmt: skip
def test_hours_are_read_from_the_files_own_words(said: Any, monday: Any, sunday: Any) -> None:
    hours = hours_said(said)
    assert (hours[0], hours[6]) == (monday, sunday)


def test_each_opening_and_closing_turns_at_its_second() -> None:
    told = answers(found(*NEW_YORK, windows="08:00-21:00"), "Fri 2026-11-20")
    assert told == {
        "07:59:59 in America/New_York": True,
        "08:00:00 in America/New_York": False,
        "20:59:59 in America/New_York": False,
        "21:00:00 in America/New_York": True,
    }


def test_of_two_zones_the_later_opens_and_the_earlier_closes() -> None:
    told = found(*TWO, windows="08:00-21:00")
    day = answers(told, "Sat 2026-11-21")
    assert day["08:00:00 in America/Chicago"] is False
    assert day["07:59:59 in America/Chicago"] is True
    assert day["21:00:00 in America/New_York"] is True
    assert "08:00:00 in America/New_York" not in day, "New York's morning is Chicago's night"
    quiet = [edge for edge in told if edge.name == "Sat 2026-11-21 08:00:00 in America/New_York"]
    assert [(edge.fires, edge.at_boundary) for edge in quiet] == [(True, False)]


def test_a_banned_day_turns_at_its_midnights() -> None:
    told = found(*NEW_YORK, windows="00:00-24:00", banned=[date(2026, 12, 25)])
    assert answers(told, "Fri 2026-12-25") == {
        "00:00:00 in America/New_York": True,
        "23:59:59 in America/New_York": True,
        "12:00:00 in America/New_York": True,
    }
    assert answers(told, "Thu 2026-12-24") == {"23:59:59 in America/New_York": False}
    assert answers(told, "Sat 2026-12-26") == {"00:00:00 in America/New_York": False}


def test_a_date_keeps_hours_of_its_own() -> None:
    dated = {"dates": ["2026-12-24"], "windows": {"mon-sun": "09:00-12:00"}}
    told = found(*NEW_YORK, windows="08:00-21:00", dated=dated)
    assert answers(told, "Thu 2026-12-24") == {
        "08:59:59 in America/New_York": True,
        "09:00:00 in America/New_York": False,
        "11:59:59 in America/New_York": False,
        "12:00:00 in America/New_York": True,
    }


def test_what_is_held_lifts_a_rule_of_hours() -> None:
    told = found(*NEW_YORK, windows="08:00-21:00", unless_consent="express")
    lifted = {edge.name: edge.fires for edge in told if edge.of == "unless_consent"}
    assert (lifted["consent implied"], lifted["consent express"]) == (True, False)


def test_nothing_is_derived_without_a_zone_or_from_a_silent_test() -> None:
    assert found(windows="08:00-21:00") == []
    silent = Start({}, facts(), fires=False)
    assert list(edges(silent, hours_rule(windows="08:00-21:00"))) == []
