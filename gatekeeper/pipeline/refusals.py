"""How does a decision, or a failure before one, become the refusal that a provider words?"""

from __future__ import annotations

from datetime import datetime

from gatekeeper.domain.decision import Decision
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import OWN_WILL_STAGE, Reason
from gatekeeper.domain.verdict import Verdict
from gatekeeper.domain.words import Channel
from gatekeeper.errors import (
    AmbiguousRequest,
    CredentialInvalid,
    DependencyUnavailable,
)
from gatekeeper.providers.contract import Refusal

RETRY_DEPENDENCY_S = 5
"""Seconds after which an app may try again when a dependency was away."""


def of_decision(decision: Decision, channel: Channel, request_id: str) -> Refusal:
    """The refusal of a message that was judged; the primary finding gives its reason."""
    primary = decision.primary
    if primary is None:
        raise ValueError("a clean allow cannot be refused")
    reason = _reported(primary)
    until = decision.next_allowed_at
    return Refusal(
        reason=reason,
        verdict=decision.verdict,
        message=_message(decision, primary),
        channel=channel,
        retry_after=_retry_after(reason, decision.at, until),
        decision=request_id,
        rule=primary.rule,
        next_allowed_at=until.isoformat() if until else None,
    )


def _reported(primary: Finding) -> Reason:
    """A number on the internal list is there by its owner's will: apps hear of an opt-out."""
    if primary.reason is Reason.DNC_LISTED and primary.stage == OWN_WILL_STAGE:
        return Reason.CONSENT_REVOKED
    return primary.reason


def _message(decision: Decision, primary: Finding) -> str:
    sentence = primary.detail or primary.reason
    if decision.verdict in (Verdict.DEFER, Verdict.HOLD):
        kind = "deferred" if decision.verdict is Verdict.DEFER else "held for review"
        return f"Not sent ({kind} messages are not queued yet): {sentence}"
    return f"Blocked: {sentence}"


def _retry_after(reason: Reason, at: datetime, until: datetime | None) -> int | None:
    if reason is not Reason.RATE_LIMITED:
        return None
    return max(1, round((until - at).total_seconds() + 0.5)) if until else 1


def of_error(error: Exception, request_id: str | None = None) -> Refusal:
    """The refusal for what went wrong before a decision; unknown errors refuse as well."""
    if isinstance(error, AmbiguousRequest):
        return Refusal(
            Reason.REQUEST_AMBIGUOUS,
            Verdict.BLOCK,
            str(error),
            status=error.status,
            decision=request_id,
        )
    if isinstance(error, CredentialInvalid):
        return Refusal(Reason.CREDENTIAL_INVALID, Verdict.BLOCK, "Authentication failed")
    if isinstance(error, DependencyUnavailable):
        return Refusal(
            Reason.DEPENDENCY_UNAVAILABLE,
            Verdict.BLOCK,
            f"Not sent: {error.dependency} is not available, so the checks could not be made",
            retry_after=RETRY_DEPENDENCY_S,
            decision=request_id,
        )
    return Refusal(
        Reason.INTERNAL_ERROR,
        Verdict.BLOCK,
        "Not sent: the gate met an error of its own",
        retry_after=RETRY_DEPENDENCY_S,
        decision=request_id,
    )


def unknown_outcome(request_id: str, channel: Channel) -> Refusal:
    """The answer when nobody can say whether the provider took the message: 504, once."""
    return Refusal(
        Reason.DEPENDENCY_UNAVAILABLE,
        Verdict.ALLOW,
        "The provider's answer was lost: the message may have been sent. It is not sent again; "
        "look it up at the provider before you send anew",
        channel=channel,
        status=504,
        decision=request_id,
    )


def mismatch(request_id: str, channel: Channel) -> Refusal:
    """The same idempotency key came with another payload."""
    return Refusal(
        Reason.IDEMPOTENCY_MISMATCH,
        Verdict.BLOCK,
        "This idempotency key was used with another payload",
        channel=channel,
        status=422,
        decision=request_id,
    )
