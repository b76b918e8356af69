"""Is it told of every rule that does not speak of a message what leaves the message out?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from gatekeeper.domain.words import Mode
from gatekeeper.policy.binding import binds
from gatekeeper.policy.model import Applies, Rule
from gatekeeper.rollout.explain_binding import left_out, out_of_force
from gatekeeper.rollout.given import facts_of
from tests.support.shipped import facts, shipped


def rule(rule_id: str) -> Rule:
    found = shipped().policy.rule(rule_id)
    assert found is not None
    return found


def test_a_rule_binds_exactly_where_nothing_leaves_the_message_out() -> None:
    """Every shipped rule, on every message that a test beside a rule speaks of."""
    policy, screener = shipped().policy, shipped().screener
    for case in policy.cases:
        given = facts_of(case.given, screener)
        for each in policy.rules:
            nothing = out_of_force(each, given) is None and not left_out(each, given)
            assert nothing is binds(each, given), f"{each.id}: {case.name}"


def test_the_place_is_told_against_the_jurisdiction() -> None:
    told = left_out(rule("us-fl.quiet_hours"), facts())
    assert told == ("it speaks of US-FL; the person may be in US-NY",)
    nowhere = left_out(rule("us-fl.quiet_hours"), facts(to="+18002200123"))
    assert nowhere == ("it speaks of US-FL; the person may be in at a place that is not known",)


def test_everything_that_leaves_it_out_is_told() -> None:
    message = {"channel": "whatsapp", "purpose": "transactional", "technology": "live"}
    assert left_out(rule("us.consent_marketing"), facts(message=message)) == (
        "channel is whatsapp, not mms, rcs, sms, voice",
        "purpose is transactional, not marketing",
        "technology is live, not ai voice, artificial, autodialed, prerecorded, ringless",
    )


def test_a_reading_of_the_law_that_the_tenant_does_not_follow() -> None:
    told = left_out(rule("us.consent_marketing_statute"), facts())
    assert told == ("reading of the law is fcc, not statute",)


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("2027-01-30T12:00:00-05:00", "it begins on 2027-01-31; the message is of 2027-01-30"),
        ("2027-01-31T12:00:00-05:00", None),
    ],
)
def test_the_date_that_leaves_it_out(at: str, told: str | None) -> None:
    assert out_of_force(rule("us.revoke_all"), facts(at=at)) == told


def test_a_rule_that_has_ended_or_is_off() -> None:
    ended = replace(rule("us.dnc"), effective_to=facts().at.date().replace(day=1))
    assert out_of_force(ended, facts()) == "it ended on 2026-11-01; the message is of 2026-11-20"
    assert left_out(replace(rule("us.dnc"), mode=Mode.OFF), facts()) == ("it is switched off",)


def test_a_campaign_is_told_though_no_rule_names_it() -> None:
    named = replace(rule("us.dnc"), applies=Applies(campaigns=frozenset({"offers"})))
    assert left_out(named, facts(message={"campaign": "news"})) == ("campaign is news, not offers",)
