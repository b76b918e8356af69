"""Can records of each format be read?"""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from gatekeeper.domain.facts import Template
from gatekeeper.domain.registry import Posture
from gatekeeper.rollout.recorded import RecordedDecision
from gatekeeper.rollout.recording import facts_of

FIRST: dict[str, Any] = {
    "request": "r1",
    "application": "shop",
    "provider": "twilio",
    "operation": "message",
    "channel": "sms",
    "purpose": "transactional",
    "technology": "autodialed",
    "posture": "statute",
    "campaign": "news",
    "verdict": "allow",
    "reason": None,
    "policy": "48b38bd1156b",
    "claims": [],
    "sender": {
        "pseudonym": "4de99c735605ecad3cc16dbdcdad61a5",
        "kind": "long_code",
        "state": "active",
        "registered": True,
        "proof": "letter_of_authorization",
        "barred": None,
    },
    "recipients": [
        {
            "pseudonym": "cecbb9da8239b303719e461d671abfde",
            "country": "US",
            "npanxx": "212200",
            "places": {
                "regions": ["US-NY"],
                "zones": ["America/New_York"],
                "confidence": "area_code",
            },
            "verdict": "allow",
            "next_allowed_at": None,
            "findings": [],
            "facts": {
                "at": "2026-11-20T17:00:00Z",
                "line_type": None,
                "exemption": None,
                "brand": None,
                "length": 24,
                "consent": {"basis": "express_written", "given_at": "2026-10-21T17:00:00Z"},
                "listings": {"us-national": {"answer": "clear", "version": "v7"}},
                "sent": [{"at": "2026-11-19T11:00:00Z", "purpose": "transactional"}],
                "limits": [{"name": "tenant", "retry_after": 0.0}],
                "matches": [
                    {
                        "family": "payment",
                        "detector": "card",
                        "likelihood": "likely",
                        "path": "Body",
                        "span": [9, 28],
                        "trace": ["luhn"],
                    }
                ],
                "opaque": ["content_sid"],
                "suspended": None,
                "terms": [{"party": "tenant", "version": None}],
                "component_disabled": False,
                "template": "HX1",
                "record": False,
                "kind": None,
                "last_inbound_at": None,
                "sandbox": False,
            },
        }
    ],
    "masked": [],
    "digest": "cdcd",
}
"""A record as the version before this one wrote it."""


def read(body: dict[str, Any]) -> RecordedDecision:
    return msgspec.json.decode(json.dumps(body), type=RecordedDecision)


def test_a_record_of_the_first_format_is_read_as_far_as_it_goes() -> None:
    decision = read(FIRST)
    assert (decision.format, decision.asked, decision.posture) == (1, None, Posture.STATUTE)
    facts = facts_of("acme", decision, decision.recipients[0])
    assert (facts.tenant, facts.sender.registration) == ("acme", "(registered)")
    assert facts.recipient.number is not None
    assert (facts.recipient.number.e164, facts.recipient.number.npa) == ("+1212200", "212")
    assert facts.template == Template("HX1")
    assert (facts.matches[0].detector, facts.matches[0].span) == ("card", ("Body", 9, 28))
    assert facts.consent.basis == "express_written"
    assert facts.places.regions == {"US-NY"}


@pytest.mark.parametrize("name", ["policy", "recipients", "sender"])
def test_what_is_no_decision_about_a_message_cannot_be_read(name: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        read({key: value for key, value in FIRST.items() if key != name})
