"""Which HTTP status, type and code does each reason answer with at Bird?

Types are those that its SDK tells apart (`ErrorType`), codes the words that it uses for a failed
message (`SMSErrorCode`, messagebird-sdk 0.106). The SDK sends again on 429 and 5xx but 501, each
time under the same Idempotency-Key, and on no other status.
- `recipient_opted_out` is for the recipient's own will only: apps unsubscribe on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from gatekeeper.domain.reason import Reason

VALIDATION, PERMISSION = "validation_error", "permission_error"


class Answer(NamedTuple):
    """The HTTP status, the error's type and code, and the parameter that it is about."""

    status: int
    type: str
    code: str
    param: str | None = None


OPTED_OUT = "recipient_opted_out"

_BAD_NUMBER = Answer(422, VALIDATION, "invalid_destination", "to")
_BLOCKED_TO = Answer(403, PERMISSION, "recipient_not_allowed", "to")
_FROM = Answer(422, VALIDATION, "sender_not_configured", "from")
_UNREGISTERED = Answer(422, VALIDATION, "sender_unregistered", "from")
_CONTENT = Answer(422, VALIDATION, "content_rejected", "text")
_NOT_NOW = Answer(403, PERMISSION, "outside_delivery_window")
_FORBIDDEN = Answer(403, PERMISSION, "not_allowed")
_LIMITED = Answer(429, "rate_limit_error", "rate_limited")
_LATER = Answer(503, "service_unavailable_error", "service_unavailable")

ANSWERS: Mapping[Reason, Answer] = {
    Reason.SUSPENDED: _FORBIDDEN,
    Reason.DESTINATION_EMERGENCY: _BAD_NUMBER,
    Reason.DESTINATION_CRISIS: _BAD_NUMBER,
    Reason.DESTINATION_SERVICE: _BAD_NUMBER,
    Reason.DESTINATION_INVALID: _BAD_NUMBER,
    Reason.DESTINATION_PREMIUM: _BLOCKED_TO,
    Reason.DESTINATION_FICTIONAL: _BAD_NUMBER,
    Reason.DESTINATION_DENIED_COUNTRY: _BLOCKED_TO,
    Reason.SENDER_NOT_OWNED: _FROM,
    Reason.SENDER_INACTIVE: _FROM,
    Reason.SENDER_KIND: _FROM,
    Reason.SENDER_UNREGISTERED: _UNREGISTERED,
    Reason.CONSENT_REVOKED: Answer(422, VALIDATION, OPTED_OUT, "to"),
    Reason.CONSENT_MISSING: _BLOCKED_TO,
    Reason.CONSENT_INSUFFICIENT: _BLOCKED_TO,
    Reason.CONSENT_EXPIRED: _BLOCKED_TO,
    Reason.CONSENT_REASSIGNED: _BLOCKED_TO,
    Reason.DNC_LISTED: _BLOCKED_TO,
    Reason.DNC_STALE: _BLOCKED_TO,
    Reason.DNC_NOT_CHECKED: _BLOCKED_TO,
    Reason.LITIGATOR_LISTED: _BLOCKED_TO,
    Reason.CONTENT_PAYMENT: _CONTENT,
    Reason.CONTENT_GOVERNMENT_ID: _CONTENT,
    Reason.CONTENT_CREDENTIAL: _CONTENT,
    Reason.CONTENT_HEALTH: _CONTENT,
    Reason.CONTENT_DEMOGRAPHIC: _CONTENT,
    Reason.CONTENT_OBSCENE: _CONTENT,
    Reason.CONTENT_PROFANE: _CONTENT,
    Reason.CONTENT_HATE: _CONTENT,
    Reason.CONTENT_ACCUSATION: _CONTENT,
    Reason.CONTENT_FORBIDDEN: _CONTENT,
    Reason.CONTENT_LINK: _CONTENT,
    Reason.CONTENT_UNINSPECTABLE: _CONTENT,
    Reason.DISCLOSURE_MISSING: _CONTENT,
    Reason.REGISTRATION_MISSING: _UNREGISTERED,
    Reason.QUIET_HOURS: _NOT_NOW,
    Reason.DAY_BANNED: _NOT_NOW,
    Reason.EMERGENCY_ORDER: _NOT_NOW,
    Reason.FREQUENCY_CAP: _NOT_NOW,
    Reason.RATE_LIMITED: _LIMITED,
    Reason.WINDOW_CLOSED: Answer(422, VALIDATION, "service_window_expired", "to"),
    Reason.TEMPLATE_UNAPPROVED: Answer(422, VALIDATION, "content_rejected", "template"),
    Reason.CHANNEL_MARKETING_BLOCKED: _BLOCKED_TO,
    Reason.RECORDING_CONSENT: _FORBIDDEN,
    Reason.FAIR_USE: _LIMITED,
    Reason.DEPENDENCY_UNAVAILABLE: _LATER,
    Reason.REQUEST_AMBIGUOUS: Answer(422, VALIDATION, "invalid_request"),
    Reason.CREDENTIAL_INVALID: Answer(401, "auth_error", "invalid_api_key"),
    Reason.PURPOSE_MISMATCH: _FORBIDDEN,
    Reason.COMPONENT_DISABLED: _FORBIDDEN,
    Reason.TERMS_MISSING: _FORBIDDEN,
    Reason.IDEMPOTENCY_MISMATCH: Answer(422, VALIDATION, "idempotency_mismatch"),
    Reason.INTERNAL_ERROR: _LATER,
}
"""Every reason has its answer; a test holds the table against the public reason codes."""

FIXED: Mapping[int, tuple[str, str]] = {
    400: ("bad_request_error", "invalid_request"),
    404: ("not_found_error", "not_found"),
    405: ("bad_request_error", "method_not_allowed"),
    413: ("payload_too_large_error", "payload_too_large"),
    415: ("bad_request_error", "unsupported_media_type"),
    504: ("internal_error", "unknown_outcome"),
}
"""Type and code for a status that the refusal fixes itself."""
