"""Do the recorded facts suffice to judge again, and hold nothing that they must not?"""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import given, settings

from gatekeeper.domain.decision import Decision
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.message import Claim
from gatekeeper.evaluate import evaluate
from gatekeeper.rollout.recorded import FORMAT, RecordedDecision
from gatekeeper.rollout.recording import (
    FREE_TEXT,
    facts_of,
    recorded_claims,
    recorded_recipient,
    recorded_sender,
)
from tests.support.any_facts import FIELDS, FREE, any_facts
from tests.support.shipped import facts as told
from tests.support.shipped import shipped

decode = msgspec.json.Decoder(RecordedDecision).decode


def written(facts: Facts, decision: Decision | None = None) -> bytes:
    """A record's body with these facts, as far as it is read back."""
    judged = decision or evaluate(facts, shipped().policy)
    body = {
        "format": FORMAT,
        "policy": judged.policy,
        "channel": facts.channel,
        "purpose": facts.purpose,
        "technology": facts.technology,
        "posture": facts.posture,
        "campaign": facts.campaign,
        "claims": recorded_claims(facts.claims),
        "sender": recorded_sender(facts.sender, "s1"),
        "asked": {},
        "recipients": [recorded_recipient(facts, judged, "p1")],
    }
    return msgspec.json.encode(body)


def read_back(facts: Facts) -> Facts:
    decision = decode(written(facts))
    return facts_of(facts.tenant or "", decision, decision.recipients[0])


def test_the_facts_drawn_are_all_that_there_are() -> None:
    assert tuple(FIELDS) == Facts.__struct_fields__


@settings(max_examples=300, deadline=None)
@given(any_facts)
def test_what_is_read_back_is_judged_as_it_was(facts: Facts) -> None:
    """Verdict, findings and next allowed time are the same; so nothing else may be asked."""
    policy = shipped().policy
    assert evaluate(read_back(facts), policy) == evaluate(facts, policy)


@settings(max_examples=300, deadline=None)
@given(any_facts)
def test_no_number_address_or_secret_is_written(facts: Facts) -> None:
    text = written(facts).decode()
    numbers = [each.number for each in (facts.recipient, facts.sender.reading) if each.number]
    national = [number.e164[-7:] for number in numbers]
    assert [secret for secret in (*FREE, "10001", *national) if secret in text] == []


def test_a_verdict_of_the_record_is_what_was_decided() -> None:
    facts = told(at="2026-11-20T21:00:00-05:00")
    decision = evaluate(facts, shipped().policy)
    (recipient,) = decode(written(facts)).recipients
    assert recipient.verdict == "defer"
    assert recipient.next_allowed_at == decision.next_allowed_at
    (finding,) = recipient.findings
    assert (finding.rule, finding.until) == ("us.quiet_hours", decision.findings[0].until)


def test_a_claim_that_is_no_word_is_told_as_free_text() -> None:
    claims = recorded_claims((Claim("purpose", "marketing"), Claim("x", "+12122000123")))
    assert [claim.value for claim in claims] == ["marketing", FREE_TEXT]


def test_an_ordinary_message_names_only_what_is_not_so_by_default() -> None:
    body: dict[str, Any] = msgspec.json.decode(written(told()))
    (recipient,) = body["recipients"]
    assert {"country", "npanxx", "places", "facts"} <= set(recipient)
    assert "problem" not in recipient
    assert "component_disabled" not in recipient["facts"]
