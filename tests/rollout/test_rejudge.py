"""Is a recorded decision judged again as it would be judged, and never by a guess?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace as altered

from gatekeeper.domain.facts import EmergencyOrder, Facts
from gatekeeper.domain.number import Stated
from gatekeeper.domain.verdict import Verdict
from gatekeeper.domain.words import Mode
from gatekeeper.evaluate import evaluate
from gatekeeper.numbering.trust import Narrows, Trust, TrustedSource
from gatekeeper.policy.model import Limit, Policy, Rollout, Waiver
from gatekeeper.rollout.asked import asked
from gatekeeper.rollout.recorded import RecordedDecision
from gatekeeper.rollout.rejudge import MISTRUSTED, Outcome, Rejudged, Rejudging
from tests.rollout.test_recording import decode, written
from tests.support.any_facts import any_facts
from tests.support.shipped import asked_all, shipped
from tests.support.shipped import facts as row

POLICY = shipped().policy
EVENING = "2026-11-20T20:30:00-05:00"


def told(**changes: Any) -> Facts:
    """The facts of a gate about the clean row but for what is named."""
    return asked_all(row(**changes))


def other(policy: Policy = POLICY, digest: str = "other", **changes: Any) -> Policy:
    return replace(policy, hash=digest, by_check={}, **changes)


def with_rule(name: str, **changes: Any) -> Policy:
    """The shipped policy with one rule changed."""
    return other(
        rules=tuple(replace(r, **changes) if r.id == name else r for r in POLICY.rules),
    )


def record(facts: Facts, policy: Policy = POLICY, **changes: Any) -> RecordedDecision:
    """The record of a message that was judged by a policy."""
    decision = decode(written(facts, evaluate(facts, policy)))
    return altered(decision, **{"asked": asked(policy)} | changes)


def rejudged(decision: RecordedDecision, old: Policy, new: Policy) -> Rejudged:
    return Rejudging(old, new).judge("acme", decision, decision.recipients[0])


def verdicts(found: Rejudged) -> tuple[Verdict | None, Verdict | None]:
    return found.old.verdict, found.new.verdict


def _outcome(facts: Facts, policy: Policy) -> Outcome:
    decision = evaluate(facts, policy)
    return Outcome(decision.verdict, decision.primary.rule if decision.primary else None)


@settings(max_examples=150, deadline=None)
@given(any_facts, st.sets(st.sampled_from([rule.id for rule in POLICY.rules]), max_size=6))
def test_two_policies_are_told_as_each_would_judge_by_itself(
    facts: Facts, changed: set[str]
) -> None:
    """Though what they share is asked once: some rules are changed, some are gone."""
    facts = asked_all(altered(facts, orders=(), stated=None))
    rules = tuple(
        replace(rule, verdict=Verdict.HOLD) if rule.id in changed else rule
        for rule in POLICY.rules
        if rule.id not in sorted(changed)[:2]
    )
    new = other(rules=rules)
    found = rejudged(record(facts), POLICY, new)
    assert found == Rejudged(_outcome(facts, POLICY), _outcome(facts, new))


def test_a_window_that_closes_earlier_defers_what_went_out() -> None:
    hours = next(rule for rule in POLICY.rules if rule.id == "us.quiet_hours")
    params = type(hours.params).model_validate({**hours.said, "windows": "08:00-20:00"})
    found = rejudged(record(told(at=EVENING)), POLICY, with_rule("us.quiet_hours", params=params))
    assert verdicts(found) == (Verdict.ALLOW, Verdict.DEFER)
    assert (found.new.rule, found.why) == ("us.quiet_hours", ())


def test_it_is_judged_by_the_law_of_its_day() -> None:
    """A rule that begins today finds nothing in what was sent yesterday."""
    later = with_rule("us.quiet_hours", effective_from=datetime(2026, 11, 21, tzinfo=UTC).date())
    night = told(at="2026-11-20T23:00:00-05:00")
    assert verdicts(rejudged(record(night), POLICY, later)) == (Verdict.DEFER, Verdict.ALLOW)


CARD = next(detector for detector in POLICY.detectors if detector.id == "card")
NEW_CARD = other(
    detectors=tuple(
        replace(each, find={"validator": "iban"}) if each.id == "card" else each
        for each in POLICY.detectors
    )
)


def test_a_text_that_is_gone_is_not_read_by_another_detector() -> None:
    found = rejudged(record(told()), POLICY, NEW_CARD)
    assert verdicts(found) == (Verdict.ALLOW, None)
    assert found.why == ("the text was not read for payment as this policy does",)


def test_where_a_detector_could_change_nothing_it_is_not_needed() -> None:
    """What is blocked by another rule would be blocked whatever the text holds."""
    blocked = record(told(consent="revoked"))
    assert verdicts(rejudged(blocked, POLICY, NEW_CARD)) == (Verdict.BLOCK, Verdict.BLOCK)


def test_a_detector_that_only_changes_its_mode_to_shadow_reads_the_same() -> None:
    detectors = tuple(replace(each, mode=Mode.SHADOW) for each in POLICY.detectors)
    found = rejudged(record(told()), POLICY, other(detectors=detectors))
    assert verdicts(found) == (Verdict.ALLOW, Verdict.ALLOW)


def test_a_list_that_was_not_asked_is_not_taken_for_one_that_says_nothing() -> None:
    national = next(rule for rule in POLICY.rules if rule.id == "us.dnc")
    params = national.params.model_copy(update={"lists": ("us-national", "own-vip")})
    found = rejudged(record(told()), POLICY, with_rule(national.id, params=params))
    assert (verdicts(found), found.why) == (
        (Verdict.ALLOW, None),
        ("list own-vip was not asked",),
    )


def test_other_limits_cannot_be_counted_afterwards() -> None:
    slower = other(limits=(Limit("tenant", "tenant", 1.0, 1),))
    found = rejudged(record(told()), POLICY, slower)
    assert verdicts(found) == (Verdict.ALLOW, None)
    assert found.why == ("other limits were counted",)


def test_an_order_that_is_declared_now_counts_on_its_days_only() -> None:
    start = datetime(2026, 11, 20, tzinfo=UTC)
    order = EmergencyOrder("US-NY", start, datetime(2026, 11, 22, tzinfo=UTC))
    declared = other(orders=(order,))
    live = {"channel": "voice", "technology": "live"}
    listings = {"us-national": "clear"}
    for at, verdict in (("2026-11-20", Verdict.DEFER), ("2026-11-23", Verdict.ALLOW)):
        noon = told(at=f"{at}T12:00:00-05:00", message=live, listings=listings)
        found = rejudged(record(noon), POLICY, declared)
        assert verdicts(found) == (Verdict.ALLOW, verdict), at


def test_a_statement_that_is_believed_otherwise_leaves_the_place_open() -> None:
    billing = TrustedSource("crm", frozenset({Narrows.STATES}), 30)
    trusting = other(trust=Trust((billing,)))
    stated = altered(told(), stated=Stated(region="US-NY", source="crm"))
    found = rejudged(record(stated), POLICY, trusting)
    assert (verdicts(found), found.why) == ((Verdict.ALLOW, None), (MISTRUSTED,))
    assert verdicts(rejudged(record(told()), POLICY, trusting)) == (Verdict.ALLOW, Verdict.ALLOW)


def test_a_waiver_counts_where_it_stands() -> None:
    begin, end = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
    leave = Waiver("w1", "acme", frozenset({"us.quiet_hours"}), "A", "x", "c", begin, end)
    night = altered(told(at="2026-11-20T23:00:00-05:00"), tenant="acme")
    found = rejudged(record(night), POLICY, other(waivers=(leave,)))
    assert verdicts(found) == (Verdict.DEFER, Verdict.ALLOW)


@pytest.mark.parametrize(("lot", "verdict"), [(999, Verdict.DEFER), (1000, Verdict.ALLOW)])
def test_a_rule_for_a_tenth_of_the_recipients_binds_the_same_tenth(
    lot: int, verdict: Verdict
) -> None:
    night = altered(told(at="2026-11-20T23:00:00-05:00"), lot=lot)
    tenth = with_rule("us.quiet_hours", rollout=Rollout(percent=10.0))
    assert verdicts(rejudged(record(night), POLICY, tenth)) == (Verdict.DEFER, verdict)


def _first_format(facts: Facts, policy: Policy = POLICY) -> RecordedDecision:
    return record(facts, policy, format=1, asked=None)


def test_of_an_old_record_the_rules_that_judged_it_say_what_they_said() -> None:
    """It lacks how the sender's address reads; the rule that asks it is in both policies."""
    shadow = with_rule("us.quiet_hours", mode=Mode.SHADOW)
    night = _first_format(told(at="2026-11-20T23:00:00-05:00"))
    assert verdicts(rejudged(night, POLICY, shadow)) == (Verdict.DEFER, Verdict.ALLOW)
    forged = _first_format(told(message={"from": "911"}))
    assert verdicts(rejudged(forged, POLICY, shadow)) == (Verdict.BLOCK, Verdict.BLOCK)


def test_of_an_old_record_of_another_policy_nothing_is_made_up() -> None:
    """Whether its sender was forged nobody can tell."""
    found = rejudged(_first_format(told(), other(digest="third")), POLICY, other())
    assert verdicts(found) == (None, None)
    assert "sender.reading.problem is not recorded" in found.why


def test_what_a_record_says_of_all_its_facts_is_read_from_its_bytes() -> None:
    """A whole body as the journal holds it, with the fields that re-judging does not ask."""
    body = msgspec.json.decode(written(told())) | {"digest": "ab", "masked": []}
    decision = decode(msgspec.json.encode(body | {"asked": asked(POLICY)}))
    assert verdicts(rejudged(decision, POLICY, other())) == (Verdict.ALLOW, Verdict.ALLOW)
