"""What holds for the shipped policy whatever the message is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace as altered

from gatekeeper.domain.consent import Basis, Consent, ConsentAct, ConsentEvent, Topic
from gatekeeper.domain.facts import Facts, LimitAnswer, Listing, SenderFacts, Sent
from gatekeeper.domain.fold import fold
from gatekeeper.domain.match import Match
from gatekeeper.domain.number import Reading
from gatekeeper.domain.reason import Reason
from gatekeeper.domain.registry import Posture
from gatekeeper.domain.standing import Exemption
from gatekeeper.domain.verdict import Verdict
from gatekeeper.domain.words import (
    Channel,
    Family,
    Likelihood,
    ListAnswer,
    Purpose,
    SenderKind,
    SenderState,
    Technology,
)
from gatekeeper.evaluate import INTERNAL_ERROR, evaluate
from gatekeeper.numbering.parse import read
from gatekeeper.numbering.places import places_of
from gatekeeper.policy.model import Policy
from gatekeeper.rollout.ready import loaded
from gatekeeper.settings import CHECKOUT

START = datetime(2026, 11, 1, tzinfo=UTC)
NUMBERS = ("+12122000123", "+18502000123", "+12142000123", "+14162200123", "+442079460123",
           "+18002200123", "+17872000123", "+18092200123", "911", "nonsense")  # fmt: skip
LISTS = ("us-national", "us-fl", "us-tx", "us-reassigned", "ca-national", "internal", "litigators")


@cache
def shipped() -> Policy:
    return loaded(CHECKOUT / "policies").policy


@cache
def reading(number: str) -> Reading:
    return read(number)


def minutes(most: int) -> st.SearchStrategy[timedelta]:
    return st.integers(0, most).map(lambda n: timedelta(minutes=n))


HISTORIES = st.lists(
    st.tuples(st.sampled_from(ConsentAct), minutes(60 * 24 * 900), st.sampled_from(Basis)),
    max_size=3,
)
"""Acts, how long ago, and on which basis."""


@st.composite
def messages(draw: Any) -> Facts:
    at = START + draw(minutes(60 * 24 * 60))
    to = reading(draw(st.sampled_from(NUMBERS)))
    channel = draw(st.sampled_from(Channel))
    purpose = draw(st.sampled_from(Purpose))
    events = [
        ConsentEvent(f"e{i}", act, at - ago, basis)
        for i, (act, ago, basis) in enumerate(draw(HISTORIES))
    ]
    return Facts(
        at=at,
        channel=channel,
        purpose=purpose,
        technology=draw(st.sampled_from(Technology)),
        sender=SenderFacts(
            draw(st.sampled_from(SenderKind)),
            draw(st.sampled_from([SenderState.ACTIVE, SenderState.ACTIVE, SenderState.NOT_OWNED])),
            draw(st.sampled_from([None, "C1"])),
            free_to_end_user=draw(st.booleans()),
        ),
        recipient=to,
        places=places_of(to.number) if to.number else Facts(at, channel).places,
        consent=fold(events, Topic(channel, purpose), at),
        listings={
            name: Listing(draw(st.sampled_from(ListAnswer)), "v", at)
            for name in draw(st.sets(st.sampled_from(LISTS)))
        },
        sent=tuple(Sent(at - ago, purpose) for ago in draw(st.lists(minutes(3000), max_size=8))),
        limits=tuple(draw(st.sampled_from([(), (LimitAnswer("tenant", 2.0),)]))),
        matches=tuple(
            Match(family, "d", likelihood, "Body", 0, 1)
            for family, likelihood in draw(
                st.lists(
                    st.tuples(st.sampled_from(Family), st.sampled_from(Likelihood)), max_size=2
                )
            )
        ),
        last_inbound_at=draw(st.sampled_from([None, at - timedelta(hours=1)])),
        kind=draw(st.sampled_from([None, None, "help_reply", "opt_out_confirmation"])),
        posture=draw(st.sampled_from([None, *Posture])),
        line_type=draw(st.sampled_from([None, "landline", "mobile"])),
        exemption=draw(st.sampled_from([None, *Exemption])),
        length=draw(st.sampled_from([None, 1, 160, 161])),
    )


@settings(max_examples=60, deadline=None)
@given(messages(), st.randoms(use_true_random=False))
def test_the_order_of_the_rules_does_not_matter(message: Facts, random: Any) -> None:
    rules = list(shipped().rules)
    random.shuffle(rules)
    shuffled = replace(shipped(), rules=tuple(rules), by_check={})
    assert evaluate(message, shuffled) == evaluate(message, shipped())


@settings(max_examples=60, deadline=None)
@given(messages())
def test_no_message_makes_a_check_fail_and_findings_are_told_in_order(message: Facts) -> None:
    decision = evaluate(message, shipped())
    assert INTERNAL_ERROR not in {finding.rule for finding in decision.findings}
    stages = [finding.stage for finding in decision.findings]
    assert stages == sorted(stages)
    assert decision.verdict == max((f.effect for f in decision.findings), default=Verdict.ALLOW)


@settings(max_examples=60, deadline=None)
@given(messages())
def test_a_stop_blocks_whatever_else_is_so_until_a_new_opt_in(message: Facts) -> None:
    stopped = altered(
        message, consent=Consent(ended_by=ConsentAct.OPT_OUT, ended_at=message.at), kind=None
    )
    decision = evaluate(stopped, shipped())
    if message.purpose is not Purpose.EMERGENCY:
        assert decision.verdict is Verdict.BLOCK
        assert Reason.CONSENT_REVOKED in {finding.reason for finding in decision.findings}


@settings(max_examples=60, deadline=None)
@given(messages(), st.integers(0, 200))
def test_a_policy_with_a_rule_less_is_never_stricter(message: Facts, index: int) -> None:
    rules = shipped().rules
    gone = index % len(rules)
    less = replace(shipped(), rules=rules[:gone] + rules[gone + 1 :], by_check={})
    assert evaluate(message, less).verdict <= evaluate(message, shipped()).verdict


@settings(max_examples=60, deadline=None)
@given(messages())
def test_a_named_next_instant_lets_the_message_out(message: Facts) -> None:
    decision = evaluate(message, shipped())
    if decision.next_allowed_at is not None:
        assert decision.verdict is Verdict.DEFER
        later = altered(message, at=decision.next_allowed_at, limits=())
        assert evaluate(later, shipped()).verdict.forwards
        assert decision.next_allowed_at > message.at


@settings(max_examples=60, deadline=None)
@given(messages())
def test_no_sentence_of_a_finding_holds_the_number(message: Facts) -> None:
    number = message.recipient.number
    told = " ".join(finding.detail for finding in evaluate(message, shipped()).findings)
    assert number is None or number.e164.lstrip("+") not in told


@settings(max_examples=100, deadline=None)
@given(messages())
def test_where_no_reading_of_the_law_is_known_nothing_more_is_permitted(message: Facts) -> None:
    unknown = evaluate(altered(message, posture=None), shipped()).verdict
    assert all(evaluate(altered(message, posture=p), shipped()).verdict <= unknown for p in Posture)


@settings(max_examples=100, deadline=None)
@given(messages())
def test_an_unknown_line_is_judged_no_milder_than_a_mobile(message: Facts) -> None:
    known, unknown = [altered(message, line_type=line) for line in ("mobile", None)]
    assert evaluate(unknown, shipped()) == evaluate(known, shipped())


@settings(max_examples=100, deadline=None)
@given(messages(), st.sampled_from(Basis))
def test_more_consent_is_never_judged_worse(message: Facts, basis: Basis) -> None:
    """Of one person, at one instant, with all elements on record."""
    stronger = max(basis, message.consent.basis, key=lambda each: each.rank)
    given_at = message.consent.given_at or message.at
    more = altered(
        message, consent=altered(message.consent, basis=stronger, given_at=given_at, missing=())
    )
    if message.consent.ended_by is None and message.consent.basis is not Basis.IMPLIED:
        assert evaluate(more, shipped()).verdict <= evaluate(message, shipped()).verdict
