"""Which rules bind, and how far, under rollouts, observe time and waivers?"""

from __future__ import annotations

from dataclasses import replace as changed
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.checks import quiet_hours, suspension
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.number import Places
from gatekeeper.domain.verdict import Verdict
from gatekeeper.domain.words import Channel, Mode, Override, Purpose
from gatekeeper.evaluate import evaluate
from gatekeeper.policy.binding import Planner, binds
from gatekeeper.policy.model import Applies, Policy, Rollout, Rule, Waiver
from tests.support.judging import facts, rule

LATE = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
"""Nine in the evening in New York."""
HOURS = rule(quiet_hours.CHECK, Verdict.DEFER, "t.hours", windows="08:00-21:00")
SUSPENDED = rule(suspension.CHECK, Verdict.BLOCK, "t.suspended")
WAIVER = Waiver(
    id="w1",
    tenant="acme",
    rules=frozenset({"t.hours", "t.suspended"}),
    approved_by="counsel",
    reason="a trial",
    citation="memo 7",
    effective_from=LATE - timedelta(days=1),
    expires=LATE + timedelta(days=1),
)


def judged(late: Facts, *rules: Rule, waivers: tuple[Waiver, ...] = ()) -> Verdict:
    return evaluate(late, Policy("h", rules, waivers=waivers)).verdict


def late(**changes: Any) -> Facts:
    return facts(**{"at": LATE, "tenant": "acme", **changes})


def test_a_rule_on_rollout_is_in_shadow_for_everybody_else() -> None:
    on_trial = changed(HOURS, rollout=Rollout(10.0, frozenset({"acme"})))
    assert judged(late(lot=999), on_trial) is Verdict.DEFER
    assert judged(late(lot=1000), on_trial) is Verdict.ALLOW
    assert judged(late(lot=0, tenant="other"), on_trial) is Verdict.ALLOW
    found = evaluate(late(lot=1000), Policy("h", (on_trial,))).findings
    assert [(each.rule, each.mode) for each in found] == [("t.hours", Mode.SHADOW)]


@given(st.integers(0, 9999), st.floats(0, 100), st.floats(0, 100))
def test_a_growing_percentage_only_ever_adds_recipients(lot: int, one: float, two: float) -> None:
    smaller, larger = sorted((one, two))
    first = judged(late(lot=lot), changed(HOURS, rollout=Rollout(smaller)))
    second = judged(late(lot=lot), changed(HOURS, rollout=Rollout(larger)))
    assert first <= second


@given(st.integers(0, 9999), st.lists(st.floats(0, 100), min_size=1, max_size=4))
def test_recipients_between_the_same_boundaries_are_of_one_kind(
    lot: int, percents: list[float]
) -> None:
    rules = tuple(
        changed(HOURS, id=f"t.{n}", rollout=Rollout(each)) for n, each in enumerate(percents)
    )
    decision = evaluate(late(lot=lot), Policy("h", rules))
    enforced = {found.rule for found in decision.findings if found.mode is Mode.ENFORCE}
    assert enforced == {f"t.{n}" for n, each in enumerate(percents) if lot < round(each * 100)}


def test_an_observing_tenant_is_stopped_only_by_what_can_never_be_overridden() -> None:
    assert judged(late(observed=True), HOURS) is Verdict.ALLOW
    found = evaluate(late(observed=True), Policy("h", (HOURS,))).findings
    assert [each.mode for each in found] == [Mode.SHADOW]
    never = changed(HOURS, override=Override.NEVER)
    assert judged(late(observed=True), never) is Verdict.DEFER
    assert judged(late(observed=True, suspended="tenant"), SUSPENDED) is Verdict.BLOCK


def test_a_waiver_lets_pass_and_its_use_stays_on_the_finding() -> None:
    decision = evaluate(late(), Policy("h", (HOURS,), waivers=(WAIVER,)))
    assert decision.verdict is Verdict.ALLOW
    assert [(each.rule, each.waiver) for each in decision.findings] == [("t.hours", "w1")]


def test_a_waiver_is_dead_before_its_first_instant_and_from_its_last_one_on() -> None:
    at = WAIVER.expires
    ended = changed(WAIVER, effective_from=LATE - timedelta(days=2), expires=LATE)
    assert judged(late(), HOURS, waivers=(ended,)) is Verdict.DEFER
    later = changed(WAIVER, effective_from=LATE + timedelta(microseconds=1), expires=at)
    assert judged(late(), HOURS, waivers=(later,)) is Verdict.DEFER


def test_a_waiver_speaks_only_of_what_it_names() -> None:
    for narrower in (
        changed(WAIVER, tenant="other"),
        changed(WAIVER, rules=frozenset({"t.other"})),
        changed(WAIVER, campaigns=frozenset({"spring"})),
        changed(WAIVER, channels=frozenset({Channel.VOICE})),
        changed(WAIVER, purposes=frozenset({Purpose.DEBT})),
        changed(WAIVER, jurisdiction="US-TX"),
    ):
        assert judged(late(), HOURS, waivers=(narrower,)) is Verdict.DEFER
    both = Places(frozenset({"US-NY", "US-TX"}), ("America/New_York",), "area_code")
    narrow = changed(WAIVER, jurisdiction="US-NY")
    assert judged(late(), HOURS, waivers=(narrow,)) is Verdict.ALLOW
    assert judged(late(places=both), HOURS, waivers=(narrow,)) is Verdict.DEFER


def test_no_waiver_helps_against_what_can_never_be_overridden() -> None:
    suspended = late(at=LATE - timedelta(hours=9), suspended="tenant")
    assert judged(suspended, SUSPENDED, waivers=(WAIVER,)) is Verdict.BLOCK
    for other in (Override.NEVER, Override.TWO_PERSON, Override.OPERATOR):
        assert judged(late(), changed(HOURS, override=other), waivers=(WAIVER,)) is Verdict.DEFER


def test_a_rule_of_a_tenant_binds_that_tenant_alone() -> None:
    own = changed(HOURS, applies=Applies(tenants=frozenset({"acme"})))
    assert judged(late(), own) is Verdict.DEFER
    assert judged(late(tenant="other"), own) is Verdict.ALLOW
    assert binds(own, late())
    assert not binds(own, late(tenant=None))


def test_a_message_is_not_asked_about_rules_of_other_places_and_tenants() -> None:
    """Doubling the world's packs adds nothing to what is looked at for one message."""
    near = changed(HOURS, applies=Applies(jurisdiction="US-NY"))
    far = tuple(
        changed(HOURS, id=f"t.{n}", applies=Applies(jurisdiction=f"ZZ-{n}")) for n in range(500)
    )
    own = tuple(
        changed(HOURS, id=f"o.{n}", applies=Applies(tenants=frozenset({f"t{n}"})))
        for n in range(500)
    )
    planner = Planner((near, *far, *own))
    policy = Policy("h", (near, *far, *own))
    assert [each.id for each in policy.applicable("quiet_hours", late())] == ["t.hours"]
    assert planner.candidates_of(late()) == 1
