"""Which HTTP status and Telnyx error code does each reason answer with?

Codes and titles are from developers.telnyx.com, "API error codes" and "Messaging error code
reference". Apps act on them, so:
- 40300 (blocked due to STOP message) is for the recipient's own will only: apps unsubscribe on it.
  Telnyx documents HTTP 409 for it, on which its own SDKs send again; public code knows 400, 403
  and 422 as well. The gate answers 403.
- Missing consent, list hits and hours have no code of Telnyx's own: they answer 10010 with 403,
  which says that this action is not permitted, and nothing of the person's will.
- No status that makes an SDK send again, but 429 for a limiter and 503 for a lost dependency; an
  unknown outcome is 504 with `x-should-retry: false`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from gatekeeper.domain.reason import Reason
from gatekeeper.domain.words import Channel


class Answer(NamedTuple):
    """The HTTP status, and the code for a message and for a call."""

    status: int
    message: str
    call: str

    def code(self, channel: Channel) -> str:
        """The Telnyx code for that channel."""
        return self.call if channel is Channel.VOICE else self.message


TITLES: Mapping[str, str] = {
    "10002": "Invalid phone number",
    "10005": "Resource not found",
    "10007": "Unexpected error",
    "10008": "Request timeout",
    "10009": "Authentication failed",
    "10010": "Authorization failed",
    "10011": "Too many requests",
    "10012": "Duplicate resource",
    "10014": "Unsupported Media Type",
    "10015": "Bad Request",
    "40010": "Message not sent, not 10DLC registered",
    "40015": "Blocked by the internal spam filter",
    "40300": "Blocked due to STOP message",
    "40305": "Invalid 'from' address",
    "40309": "Invalid destination region",
    "40310": "Invalid 'to' address",
}

_FORBIDDEN = Answer(403, "10010", "10010")
_BAD_NUMBER = Answer(400, "40310", "10002")
_BAD_SENDER = Answer(400, "40305", "10002")
_REGION = Answer(403, "40309", "10010")
_UNREGISTERED = Answer(403, "40010", "10010")
_CONTENT = Answer(400, "40015", "10015")
_LIMITED = Answer(429, "10011", "10011")
_UNCLEAR = Answer(400, "10015", "10015")

ANSWERS: Mapping[Reason, Answer] = {
    Reason.SUSPENDED: _FORBIDDEN,
    Reason.DESTINATION_EMERGENCY: _BAD_NUMBER,
    Reason.DESTINATION_CRISIS: _BAD_NUMBER,
    Reason.DESTINATION_SERVICE: _BAD_NUMBER,
    Reason.DESTINATION_INVALID: _BAD_NUMBER,
    Reason.DESTINATION_PREMIUM: _BAD_NUMBER,
    Reason.DESTINATION_FICTIONAL: _BAD_NUMBER,
    Reason.DESTINATION_DENIED_COUNTRY: _REGION,
    Reason.SENDER_NOT_OWNED: _BAD_SENDER,
    Reason.SENDER_INACTIVE: _BAD_SENDER,
    Reason.SENDER_KIND: _BAD_SENDER,
    Reason.SENDER_UNREGISTERED: _UNREGISTERED,
    Reason.CONSENT_REVOKED: Answer(403, "40300", "40300"),  # the recipient's own will alone
    Reason.CONSENT_MISSING: _FORBIDDEN,
    Reason.CONSENT_INSUFFICIENT: _FORBIDDEN,
    Reason.CONSENT_EXPIRED: _FORBIDDEN,
    Reason.CONSENT_REASSIGNED: _FORBIDDEN,
    Reason.DNC_LISTED: _FORBIDDEN,
    Reason.DNC_STALE: _FORBIDDEN,
    Reason.DNC_NOT_CHECKED: _FORBIDDEN,
    Reason.LITIGATOR_LISTED: _FORBIDDEN,
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
    Reason.QUIET_HOURS: _FORBIDDEN,
    Reason.DAY_BANNED: _FORBIDDEN,
    Reason.EMERGENCY_ORDER: _FORBIDDEN,
    Reason.FREQUENCY_CAP: _FORBIDDEN,
    Reason.RATE_LIMITED: _LIMITED,
    Reason.WINDOW_CLOSED: _FORBIDDEN,
    Reason.TEMPLATE_UNAPPROVED: _FORBIDDEN,
    Reason.CHANNEL_MARKETING_BLOCKED: _FORBIDDEN,
    Reason.RECORDING_CONSENT: _FORBIDDEN,
    Reason.FAIR_USE: _LIMITED,
    Reason.DEPENDENCY_UNAVAILABLE: Answer(503, "10007", "10007"),
    Reason.REQUEST_AMBIGUOUS: _UNCLEAR,
    Reason.CREDENTIAL_INVALID: Answer(401, "10009", "10009"),
    Reason.PURPOSE_MISMATCH: _FORBIDDEN,
    Reason.COMPONENT_DISABLED: _FORBIDDEN,
    Reason.TERMS_MISSING: _FORBIDDEN,
    Reason.IDEMPOTENCY_MISMATCH: Answer(422, "10012", "10012"),
    Reason.INTERNAL_ERROR: Answer(503, "10007", "10007"),
}
"""Every reason has its answer; a test holds the table against the public reason codes."""

FIXED: Mapping[int, str] = {404: "10005", 413: "10015", 415: "10014", 504: "10008"}
"""The code for an HTTP status that the refusal fixes itself; any other keeps its reason's code."""
