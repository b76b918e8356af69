"""What does the journal keep of a decision? The facts that it rested on, and no personal data.

Numbers stand as tenant-keyed pseudonyms beside country and NPA-NXX; texts stand not at all, only
as a keyed commitment. What is kept suffices to judge again under another policy.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import sha256
from typing import Any, Protocol

from gatekeeper.domain.decision import Decision, strictest
from gatekeeper.domain.facts import Facts, SenderFacts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.match import Match, Span
from gatekeeper.domain.message import Claim
from gatekeeper.domain.number import Number
from gatekeeper.domain.reason import Reason
from gatekeeper.domain.registry import Caller
from gatekeeper.pipeline.case import Case
from gatekeeper.pipeline.gather import Target
from gatekeeper.providers.contract import Operation

Body = dict[str, Any]

_CLAIM = re.compile(r"[A-Za-z_.-]{1,40}", re.ASCII)
"""A claim's value is a word of the provider's; anything else could be a number or a secret."""


class Pseudonyms(Protocol):
    """What a record needs of the keyring."""

    def pseudonym(self, tenant: str, value: str) -> str:
        """The journal's name for an address."""


def decision_body(
    case: Case,
    judged: Sequence[tuple[Target, Facts, Decision]],
    keys: Pseudonyms,
    commitment: str,
    masked: Sequence[Span] = (),
) -> Body:
    """The body of a `decision` record; `masked` is what the forwarded text does not show."""
    whole = strictest(tuple([decision for _, _, decision in judged]))
    tenant, request = case.caller.tenant.id, case.request
    return {
        "request": case.id,
        "application": case.caller.application.id,
        "provider": request.provider,
        "operation": request.operation,
        "channel": request.channel,
        "purpose": case.purpose,
        "technology": case.technology,
        "posture": case.caller.tenant.posture,
        "campaign": case.campaign.id if case.campaign else None,
        "verdict": whole.verdict.label,
        "reason": whole.reason,
        "policy": whole.policy,
        "claims": [_claim(claim) for claim in case.claims],
        "sender": _sender(judged[0][1].sender, keys.pseudonym(tenant, case.sender_id)),
        "recipients": [
            _recipient(target, facts, decision, keys.pseudonym(tenant, target.key))
            for target, facts, decision in judged
        ],
        "masked": [{"path": span.path, "span": [span.start, span.end]} for span in masked],
        "digest": commitment,
    }


def refusal_body(
    caller: Caller, provider: str, operation: Operation, reason: Reason, detail: str
) -> Body:
    """The body of a decision about a request that could not be read or judged."""
    return {
        "application": caller.application.id,
        "provider": provider,
        "operation": operation.name,
        "channel": operation.channel,
        "verdict": "block",
        "reason": reason,
        "detail": detail,
        "recipients": [],
    }


def commit(keys: Pseudonyms, tenant: str, body: bytes) -> str:
    """A commitment to the request's exact bytes that only the holder of the keyring can check.

    Keyed, since a short text and a number beside a known salt could be found by trying them all.
    """
    return keys.pseudonym(tenant, "body:" + sha256(body).hexdigest())


def _recipient(target: Target, facts: Facts, decision: Decision, pseudonym: str) -> Body:
    number = target.reading.number
    return {
        "pseudonym": pseudonym,
        "country": number.region if number else None,
        "npanxx": _npanxx(number),
        "places": {
            "regions": sorted(target.places.regions),
            "zones": target.places.zones,
            "confidence": target.places.confidence,
        },
        "verdict": decision.verdict.label,
        "next_allowed_at": decision.next_allowed_at,
        "findings": [_finding(finding) for finding in decision.findings],
        "facts": _facts(facts),
    }


def _sender(sender: SenderFacts, pseudonym: str) -> Body:
    return {
        "pseudonym": pseudonym,
        "kind": sender.kind,
        "state": sender.state,
        "registered": sender.registration is not None,
        "proof": sender.proof,
        "barred": sender.barred,
    }


def _npanxx(number: Number | None) -> str | None:
    return number.e164[2:8] if number is not None and number.npa else None


def _finding(finding: Finding) -> Body:
    return {
        "rule": finding.rule,
        "reason": finding.reason,
        "verdict": finding.verdict.label,
        "mode": finding.mode,
        "stage": finding.stage,
        "citation": finding.citation,
        "detail": finding.detail,
        "until": finding.until,
    }


def _facts(facts: Facts) -> Body:
    """What re-judging needs; values of the domain are written field by field by the encoder."""
    return {
        "at": facts.at,
        "line_type": facts.line_type,
        "exemption": facts.exemption,
        "carrier_class": facts.carrier_class,
        "brand": facts.brand,
        "length": facts.length,
        "consent": facts.consent,
        "listings": facts.listings,
        "sent": facts.sent,
        "limits": facts.limits,
        "matches": [_match(match) for match in facts.matches],
        "opaque": [opaque.kind for opaque in facts.opaque],
        "suspended": facts.suspended,
        "terms": facts.terms,
        "component_disabled": facts.component_disabled,
        "template": facts.template.name if facts.template else None,
        "record": facts.record,
        "kind": facts.kind,
        "last_inbound_at": facts.last_inbound_at,
        "sandbox": facts.sandbox,
    }


def _match(match: Match) -> Body:
    return {
        "family": match.family,
        "detector": match.detector,
        "likelihood": match.likelihood.label,
        "path": match.path,
        "span": [match.start, match.end],
        "trace": match.trace,
    }


def _claim(claim: Claim) -> Body:
    known = _CLAIM.fullmatch(claim.value) is not None
    return {"name": claim.name, "value": claim.value if known else "(free text)"}
