"""Is a kept plan the same as one worked out anew, and is there a bound to what is kept?"""

from __future__ import annotations

from dataclasses import replace as changed
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gatekeeper.domain.facts import Facts
from gatekeeper.domain.number import Places
from gatekeeper.domain.registry import Posture
from gatekeeper.domain.verdict import Verdict
from gatekeeper.domain.words import Channel, Purpose, Technology
from gatekeeper.policy import plan
from gatekeeper.policy.binding import binds
from gatekeeper.policy.model import Applies, Policy, Rule
from gatekeeper.policy.plan import Kind, Named, Plan, Plans, kind_of

START = datetime(2026, 11, 20, 17, tzinfo=UTC)
APPLIES = (
    Applies(channels=frozenset({Channel.SMS})),
    Applies(purposes=frozenset({Purpose.DEBT}), jurisdiction="US-FL"),
    Applies(technologies=frozenset({Technology.LIVE}), jurisdiction="US"),
    Applies(jurisdiction="CA"),
    Applies(campaigns=frozenset({"spring"})),
    Applies(postures=frozenset({Posture.STATUTE})),
    Applies(line_types=frozenset({"landline"})),
    Applies(exemptions=frozenset({"package", "financial"})),
)
RULES = tuple(
    Rule(
        f"t.{n}",
        "t",
        "A rule",
        "none",
        "calm",
        None,
        Verdict.BLOCK,
        applies,
        effective_from=date(2026, 11, 20 + n % 5),
    )
    for n, applies in enumerate(APPLIES)
)
POLICY = Policy("h", RULES)

messages = st.builds(
    Facts,
    at=st.integers(0, 6).map(lambda days: START + timedelta(days=days)),
    channel=st.sampled_from(Channel),
    purpose=st.sampled_from(Purpose),
    technology=st.sampled_from(Technology),
    places=st.sets(st.sampled_from(["US-FL", "US-TX", "PR", "CA-ON"])).map(
        lambda regions: Places(frozenset(regions))
    ),
    campaign=st.sampled_from([None, "spring", "autumn"]),
    posture=st.sampled_from([None, *Posture]),
    line_type=st.sampled_from([None, "landline", "mobile", "x"]),
    exemption=st.sampled_from([None, "package", "healthcare"]),
)


@given(messages)
def test_the_plan_holds_exactly_the_rules_that_bind(facts: Facts) -> None:
    expected = tuple(rule for rule in RULES if binds(rule, facts))
    assert POLICY.applicable("calm", facts) == expected
    assert POLICY.applicable("calm", facts) == expected


def test_messages_of_one_kind_share_a_plan_and_no_more_than_the_bound_are_kept() -> None:
    worked_out: list[Kind] = []

    def compute(kind: Kind) -> Plan:
        worked_out.append(kind)
        return {}

    plans, facts = Plans(compute), Facts(at=START, channel=Channel.SMS)
    plans.of(facts)
    plans.of(replace(facts, at=START + timedelta(minutes=1)))
    assert len(worked_out) == 1
    for day in range(1, plan.MAX_KINDS + 1):
        plans.of(replace(facts, at=START + timedelta(days=day)))
    plans.of(facts)
    assert worked_out.count(kind_of(facts)) == 2


LAST_EVENING = datetime(2026, 1, 1, 4, 30, tzinfo=UTC)
"""Half past eight in the evening of the old year in Portland; half past eleven in New York."""
WEST, EAST = "America/Los_Angeles", "America/New_York"


@pytest.mark.parametrize(
    ("zones", "first", "last"),
    [
        ((WEST,), 31, 31),
        ((EAST, WEST), 31, 31),
        ((WEST, "Pacific/Guam"), 31, 1),
        ((), 1, 1),
    ],
)
def test_the_day_is_the_local_one_and_in_two_places_it_may_be_two(
    zones: tuple[str, ...], first: int, last: int
) -> None:
    facts = Facts(at=LAST_EVENING, channel=Channel.SMS, places=Places(zones=zones))
    kind = kind_of(facts)
    assert (kind.first.day, kind.last.day) == (first, last)


def test_a_law_begins_with_the_local_day_and_ends_with_it() -> None:
    begun = changed(RULES[0], effective_from=date(2026, 1, 1))
    ended = changed(begun, effective_from=date.min, effective_to=date(2025, 12, 31))
    for zone, minutes, new in ((WEST, 209, False), (WEST, 210, True), ("Pacific/Guam", 0, True)):
        at = LAST_EVENING + timedelta(minutes=minutes)
        facts = Facts(at=at, channel=Channel.SMS, places=Places(zones=(zone,)))
        assert (binds(begun, facts), binds(ended, facts)) == (new, not new)


def test_where_it_may_be_either_day_both_laws_bind() -> None:
    facts = Facts(LAST_EVENING, Channel.SMS, places=Places(zones=(WEST, "Pacific/Guam")))
    begun = changed(RULES[0], effective_from=date(2026, 1, 1))
    ended = changed(begun, effective_from=date.min, effective_to=date(2025, 12, 31))
    assert binds(begun, facts)
    assert binds(ended, facts)


def test_campaigns_that_no_rule_names_are_of_one_kind() -> None:
    facts = Facts(at=START, channel=Channel.SMS)
    named = Named(frozenset({"spring"}))
    kinds = {kind_of(replace(facts, campaign=f"c{n}"), named) for n in range(9)}
    assert kinds == {kind_of(facts, named)}
    assert kind_of(replace(facts, campaign="spring"), named).campaign == "spring"
