"""Which HTTP status and error type does each reason answer with at Bandwidth?

Types and codes are those of its error page (dev.bandwidth.com/docs/messaging/errors). Bandwidth
itself tells most of them later, by a `message-failed` webhook; the gate says them at once, in the
shape of a refused request:
- 4775 (the user has opted out) is for the recipient's own will only: apps unsubscribe on it. 4482
  (the number is on Bandwidth's own list) is not used, since apps may read it so.
- Missing consent and list hits answer 4404 (messaging to this number is forbidden).
- No status that makes an app send again, but 429 for a limiter and 503 for a lost dependency.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from gatekeeper.domain.reason import Reason


class Answer(NamedTuple):
    """The HTTP status, the error's type, and its code where it has one."""

    status: int
    type: str
    code: int | None = None


INVALID = "request-validation"

_NO_NUMBER = Answer(400, "malformed-invalid-to-number", 4303)
_FORBIDDEN_TO = Answer(400, "rejected-forbidden-to-number", 4404)
_FORBIDDEN_FROM = Answer(400, "rejected-forbidden-from-number", 4403)
_EMERGENCY = Answer(400, "reject-emergency", 4492)
_CAMPAIGN = Answer(400, "inactive-campaign", 4773)
_SPAM = Answer(400, "rejected-spam-detected", 4470)
_NOT_ALLOWED = Answer(400, "service-not-allowed", 4001)
_FULL = Answer(429, "max-message-queue-size-exceeded")
_FORBIDDEN = Answer(403, "forbidden")
_LATER = Answer(503, "service-unavailable")

ANSWERS: Mapping[Reason, Answer] = {
    Reason.SUSPENDED: Answer(403, "rejected-unauthorized", 4493),
    Reason.DESTINATION_EMERGENCY: _EMERGENCY,
    Reason.DESTINATION_CRISIS: _EMERGENCY,
    Reason.DESTINATION_SERVICE: _FORBIDDEN_TO,
    Reason.DESTINATION_INVALID: _NO_NUMBER,
    Reason.DESTINATION_PREMIUM: _FORBIDDEN_TO,
    Reason.DESTINATION_FICTIONAL: _NO_NUMBER,
    Reason.DESTINATION_DENIED_COUNTRY: Answer(400, "rejected-forbidden-country", 4432),
    Reason.SENDER_NOT_OWNED: _FORBIDDEN_FROM,
    Reason.SENDER_INACTIVE: _FORBIDDEN_FROM,
    Reason.SENDER_KIND: _FORBIDDEN_FROM,
    Reason.SENDER_UNREGISTERED: _CAMPAIGN,
    Reason.CONSENT_REVOKED: Answer(400, "destination-rejected-due-to-user-opt-out", 4775),
    Reason.CONSENT_MISSING: _FORBIDDEN_TO,
    Reason.CONSENT_INSUFFICIENT: _FORBIDDEN_TO,
    Reason.CONSENT_EXPIRED: _FORBIDDEN_TO,
    Reason.CONSENT_REASSIGNED: _FORBIDDEN_TO,
    Reason.DNC_LISTED: _FORBIDDEN_TO,
    Reason.DNC_STALE: _FORBIDDEN_TO,
    Reason.DNC_NOT_CHECKED: _FORBIDDEN_TO,
    Reason.LITIGATOR_LISTED: _FORBIDDEN_TO,
    Reason.CONTENT_PAYMENT: _SPAM,
    Reason.CONTENT_GOVERNMENT_ID: _SPAM,
    Reason.CONTENT_CREDENTIAL: _SPAM,
    Reason.CONTENT_HEALTH: _SPAM,
    Reason.CONTENT_DEMOGRAPHIC: _SPAM,
    Reason.CONTENT_OBSCENE: _SPAM,
    Reason.CONTENT_PROFANE: _SPAM,
    Reason.CONTENT_HATE: _SPAM,
    Reason.CONTENT_ACCUSATION: _SPAM,
    Reason.CONTENT_FORBIDDEN: _SPAM,
    Reason.CONTENT_LINK: _SPAM,
    Reason.CONTENT_UNINSPECTABLE: _SPAM,
    Reason.DISCLOSURE_MISSING: _SPAM,
    Reason.REGISTRATION_MISSING: _CAMPAIGN,
    Reason.QUIET_HOURS: _NOT_ALLOWED,
    Reason.DAY_BANNED: _NOT_ALLOWED,
    Reason.EMERGENCY_ORDER: _NOT_ALLOWED,
    Reason.FREQUENCY_CAP: _NOT_ALLOWED,
    Reason.RATE_LIMITED: _FULL,
    Reason.WINDOW_CLOSED: _NOT_ALLOWED,
    Reason.TEMPLATE_UNAPPROVED: _NOT_ALLOWED,
    Reason.CHANNEL_MARKETING_BLOCKED: _NOT_ALLOWED,
    Reason.RECORDING_CONSENT: _NOT_ALLOWED,
    Reason.FAIR_USE: _FULL,
    Reason.DEPENDENCY_UNAVAILABLE: _LATER,
    Reason.REQUEST_AMBIGUOUS: Answer(400, INVALID),
    Reason.CREDENTIAL_INVALID: Answer(401, "unauthorized"),
    Reason.PURPOSE_MISMATCH: _NOT_ALLOWED,
    Reason.COMPONENT_DISABLED: _FORBIDDEN,
    Reason.TERMS_MISSING: _FORBIDDEN,
    Reason.IDEMPOTENCY_MISMATCH: Answer(422, INVALID),
    Reason.INTERNAL_ERROR: _LATER,
}
"""Every reason has its answer; a test holds the table against the public reason codes."""

FIXED: Mapping[int, str] = {
    404: "not-found",
    405: "method-not-allowed",
    415: "unsupported-content-type",
    504: "unknown-outcome",
}
"""The type for an HTTP status that the refusal fixes itself; any other keeps its reason's."""
