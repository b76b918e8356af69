"""Are a rule's days, places and kinds of message crossed by changing nothing else?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from gatekeeper.domain.number import Places
from gatekeeper.numbering.parse import read
from gatekeeper.numbering.places import places_of
from gatekeeper.numbering.zones import local
from gatekeeper.rollout.edges import NearMiss, near_misses
from gatekeeper.rollout.edges_scope import in_force, neighbour, shifted
from tests.support.shipped import shipped

DAY = timedelta(days=1)


def of(rule: str, boundary: str) -> list[NearMiss]:
    found = near_misses(shipped().policy, shipped().screener, lambda each: each.id == rule)
    return [near for near in found if near.edge.of == boundary]


def test_every_instant_of_a_row_is_moved_and_nothing_else() -> None:
    row: dict[str, Any] = {
        "at": "2026-11-20T12:00:00-05:00",
        "to": "+12122000123",
        "consent": {"at": datetime(2026, 1, 1, tzinfo=UTC), "source": "purchase"},
        "sent": [{"at": "2026-11-19T12:00:00-05:00"}],
        "listings": {"us-reassigned": {"since": date(2026, 5, 2)}},
        "message": {"text": "2026-11-20 was a day", "from": "2026-11-20Tomorrow we meet"},
    }
    moved = shifted(row, DAY)
    assert moved == {
        "at": datetime.fromisoformat("2026-11-21T12:00:00-05:00"),
        "to": "+12122000123",
        "consent": {"at": datetime(2026, 1, 2, tzinfo=UTC), "source": "purchase"},
        "sent": [{"at": datetime.fromisoformat("2026-11-20T12:00:00-05:00")}],
        "listings": {"us-reassigned": {"since": date(2026, 5, 3)}},
        "message": row["message"],
    }


def test_a_rule_turns_at_the_first_of_its_days() -> None:
    before, on = of("us-md.frequency", "effective.from")
    assert (before.edge.name, before.expected) == ("at 2024-01-01T04:59:59+00:00", False)
    assert (on.edge.name, on.expected) == ("at 2024-01-01T05:00:00+00:00", True)
    assert before.holds
    assert on.holds


def test_a_rule_of_some_days_turns_on_the_nearest_of_them() -> None:
    """A ban of Sundays turns on the last Sunday before its first day, and the first from it on."""
    found = of("us-pa.sunday", "effective.from")
    assert [near.expected for near in found] == [False, True]
    for near in found:
        assert near.holds
        moment = datetime.fromisoformat(near.edge.name[3:])
        assert local(moment, "America/New_York").strftime("%a") == "Sun"


@pytest.mark.parametrize("jurisdiction", ["US", "US-NY", "US-MD", "CA", "CA-BC", "GB", "EU"])
def test_a_neighbour_lies_outside(jurisdiction: str) -> None:
    number = read(neighbour(jurisdiction, ("America/New_York",))).number
    assert number is not None
    assert not places_of(number).within(jurisdiction)


def test_a_neighbour_shares_the_zone_where_one_can() -> None:
    number = read(neighbour("US-NY", ("America/New_York",))).number
    assert number is not None
    assert "America/New_York" in places_of(number).zones
    assert places_of(number).regions != Places().regions


def test_a_message_that_a_rule_does_not_name_is_not_spoken_of() -> None:
    [purpose] = of("us.dnc", "applies.purposes")
    [channel] = of("us.dnc", "applies.channels")
    assert purpose.edge.change == {"message": {"purpose": "informational"}}
    assert channel.edge.change == {"message": {"channel": "whatsapp"}}
    assert not purpose.expected
    assert not channel.expected


def test_a_law_begins_with_the_day_in_the_first_of_the_zones() -> None:
    rule = shipped().policy.rule("us.revoke_all")
    assert rule is not None
    midnight = datetime.fromisoformat("2027-01-31T00:00:00-05:00")
    two = ("America/Chicago", "America/New_York")
    assert in_force(rule, midnight, two)
    assert not in_force(rule, midnight - timedelta(seconds=1), two)
    assert not in_force(rule, midnight, two[:1])
    assert in_force(rule, datetime(2027, 1, 31, tzinfo=UTC), ())
