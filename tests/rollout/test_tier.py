"""Is the tier that is told the one by which a send is judged?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gatekeeper.checks.months import months_after
from gatekeeper.domain.consent import Basis, ConsentAct
from gatekeeper.domain.words import Channel, Purpose, Technology
from gatekeeper.evaluate import evaluate
from gatekeeper.rollout.tier import TierAnswer, tier
from tests.support.shipped import facts, shipped

NEW_YORK, MIAMI, TORONTO = "+12122000123", "+13052000123", "+14162200123"
LONDON, BERLIN, NOWHERE = "+442079460123", "+4930123456", "+18002200123"


def told(**row: Any) -> TierAnswer:
    return tier(facts(**row), shipped().policy)


MARKETING = {"channel": "sms", "purpose": "marketing", "technology": "autodialed"}


@pytest.mark.parametrize(
    ("to", "message", "needed"),
    [
        (NEW_YORK, {}, "express_written"),
        (NEW_YORK, {"technology": "unknown"}, "express_written"),
        (NEW_YORK, {"technology": "manual"}, "none"),
        (NEW_YORK, {"purpose": "transactional"}, "express"),
        (NEW_YORK, {"purpose": "emergency"}, "none"),
        (MIAMI, {}, "express_written"),
        (TORONTO, {}, "implied"),
        (TORONTO, {"channel": "voice", "technology": "ai_voice"}, "express"),
        (TORONTO, {"class": "quote"}, "none"),
        (LONDON, {}, "express"),
        (LONDON, {"purpose": "transactional"}, "implied"),
        (BERLIN, {"channel": "voice", "technology": "live"}, "express"),
        (NOWHERE, {}, "express_written"),
    ],
)
def test_the_tier_needed_follows_place_channel_technology_and_purpose(
    to: str, message: dict[str, Any], needed: str
) -> None:
    assert told(to=to, message={**MARKETING, **message}).needed == needed


def test_what_is_held_is_told_against_it_with_the_source() -> None:
    answer = told(message=MARKETING, consent="express")
    assert (answer.held, answer.sufficient) == ("express", False)
    assert (answer.reason, answer.citation is not None) == ("consent.insufficient", True)
    assert "express written consent is needed" in answer.detail
    met = told(message=MARKETING, consent="express_written")
    assert (met.sufficient, met.reason, met.citation) == (True, None, None)


def test_each_missing_element_is_named() -> None:
    bare = {"basis": "express_written", "missing": ["technology", "seller"]}
    answer = told(message=MARKETING, consent=bare)
    assert answer.missing == ("seller", "technology")
    assert answer.reason == "consent.insufficient"


def test_rules_that_are_met_are_told_too_the_strictest_first() -> None:
    answer = told(to=MIAMI, message=MARKETING, consent="express_written")
    assert [rule.rule for rule in answer.rules] == [
        "gate.own_will",
        "us-fl.consent",
        "us.consent_marketing",
    ]
    assert all(rule.met for rule in answer.rules)


def test_an_ending_is_told_before_all_else() -> None:
    answer = told(message=MARKETING, consent="revoked")
    assert (answer.held, answer.reason) == (str(ConsentAct.OPT_OUT), "consent.revoked")
    assert not answer.sufficient and answer.needed == "express_written"
    assert answer.expires is None


BOUGHT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_the_expiry_is_told_to_the_instant_and_holds() -> None:
    """One second before, the same consent suffices; at the instant it does not."""
    bought = {"events": [{"event": "purchase", "at": BOUGHT.isoformat()}]}
    ends = told(to=TORONTO, message=MARKETING, consent=bought).expires
    assert ends == months_after(BOUGHT, 24)
    for at, sufficient in ((ends - timedelta(seconds=1), True), (ends, False)):
        later = told(to=TORONTO, message=MARKETING, consent=bought, at=at.isoformat())
        assert later.sufficient is sufficient


def test_the_count_of_an_exemption_is_part_of_the_answer() -> None:
    notice = {
        "channel": "sms",
        "purpose": "transactional",
        "exemption": "package",
        "text": "Acme: your parcel is here. STOP to end.",
    }
    free = {"kind": "short_code", "free_to_end_user": True}
    now = facts().at
    first = told(message=notice, sender=free, consent="none")
    assert (first.needed, first.sufficient) == ("none", True)
    assert "exempt as a free package delivery notice" in str(first.rules)
    sent = [{"at": (now - timedelta(hours=1)).isoformat(), "purpose": "transactional"}]
    second = told(message=notice, sender=free, consent="none", sent=sent)
    assert (second.sufficient, second.reason) == (False, "frequency.cap")
    assert told(message=notice, sender=free, consent="express", sent=sent).sufficient


@pytest.mark.parametrize(
    ("posture", "needed"),
    [("fcc", "express_written"), ("statute", "express"), ("unknown", "express_written")],
)
def test_the_posture_chooses_the_reading(posture: str, needed: str) -> None:
    answer = told(message=MARKETING, posture=posture)
    assert (answer.posture, answer.needed) == (posture, needed)
    assert told(to=MIAMI, message=MARKETING, posture=posture).needed == "express_written"


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([NEW_YORK, MIAMI, TORONTO, LONDON, BERLIN, NOWHERE, "+17872000123"]),
    st.sampled_from(Channel),
    st.sampled_from(Purpose),
    st.sampled_from(Technology),
    st.sampled_from(["revoked", *Basis]),
)
def test_it_agrees_with_the_decision_of_a_send(
    to: str, channel: Channel, purpose: Purpose, technology: Technology, held: str
) -> None:
    """Sufficient is what leaves no finding of consent or of the recipient's will."""
    message = {"channel": channel, "purpose": purpose, "technology": technology}
    given_facts = facts(to=to, message=message, consent=str(held))
    answer = tier(given_facts, shipped().policy)
    found = {f.rule for f in evaluate(given_facts, shipped().policy).findings}
    asked = {rule.rule for rule in answer.rules}
    assert answer.sufficient is (not found & asked)
    assert {f for f in found if "consent" in f or f == "gate.own_will"} <= asked
    if answer.sufficient and held != "revoked":
        assert Basis(answer.held).rank >= Basis(answer.needed).rank
