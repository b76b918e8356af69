"""Is a kept plan the same as one worked out anew, and is there a bound to what is kept?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

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


def test_campaigns_that_no_rule_names_are_of_one_kind() -> None:
    facts = Facts(at=START, channel=Channel.SMS)
    named = Named(frozenset({"spring"}))
    kinds = {kind_of(replace(facts, campaign=f"c{n}"), named) for n in range(9)}
    assert kinds == {kind_of(facts, named)}
    assert kind_of(replace(facts, campaign="spring"), named).campaign == "spring"
