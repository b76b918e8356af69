"""Which HTTP status and Vonage error code does each reason answer with?

Codes and titles are from developer.vonage.com, "API errors" of the Messages and SMS APIs. Vonage
itself learns of an opt-out after it took the message, so it has no code of an answer for it: 1050
and 7 ("number barred") are the closest, and only for the recipient's own will.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from gatekeeper.domain.reason import Reason


class Answer(NamedTuple):
    """The HTTP status and code of Messages and Voice, and the status of the SMS API."""

    status: int
    code: str
    sms: str


TITLES: Mapping[str, str] = {
    "1000": "Throttled",
    "1020": "Invalid params",
    "1030": "Internal error",
    "1040": "Invalid message",
    "1050": "Number barred",
    "1060": "Partner account barred",
    "1100": "Communication Failed",
    "1110": "Invalid Signature",
    "1120": "Illegal Sender Address - rejected",
    "1140": "Facility not allowed",
    "1160": "Non white-listed destination",
    "1340": "Outside of allowed window",
}
"""As the Messages API names its codes."""

_ACCOUNT = Answer(403, "1060", "8")
_NUMBER = Answer(422, "1040", "6")
_SENDER = Answer(422, "1120", "15")
_REGION = Answer(422, "1160", "29")
_NOT_ALLOWED = Answer(422, "1140", "6")
_WINDOW = Answer(422, "1340", "6")
_LIMITED = Answer(429, "1000", "1")
_LOST = Answer(503, "1030", "5")
_UNCLEAR = Answer(422, "1020", "3")

_NOT_WILL = (
    Reason.CONSENT_MISSING,
    Reason.CONSENT_INSUFFICIENT,
    Reason.CONSENT_EXPIRED,
    Reason.CONSENT_REASSIGNED,
    Reason.DNC_LISTED,
    Reason.DNC_STALE,
    Reason.DNC_NOT_CHECKED,
    Reason.LITIGATOR_LISTED,
    Reason.CONTENT_PAYMENT,
    Reason.CONTENT_GOVERNMENT_ID,
    Reason.CONTENT_CREDENTIAL,
    Reason.CONTENT_HEALTH,
    Reason.CONTENT_DEMOGRAPHIC,
    Reason.CONTENT_OBSCENE,
    Reason.CONTENT_PROFANE,
    Reason.CONTENT_HATE,
    Reason.CONTENT_ACCUSATION,
    Reason.CONTENT_FORBIDDEN,
    Reason.CONTENT_LINK,
    Reason.CONTENT_UNINSPECTABLE,
    Reason.DISCLOSURE_MISSING,
    Reason.REGISTRATION_MISSING,
    Reason.QUIET_HOURS,
    Reason.DAY_BANNED,
    Reason.EMERGENCY_ORDER,
    Reason.FREQUENCY_CAP,
    Reason.CHANNEL_MARKETING_BLOCKED,
    Reason.RECORDING_CONSENT,
    Reason.PURPOSE_MISMATCH,
)
"""What Vonage has no code for: "facility not allowed" says nothing of the person's will."""

ANSWERS: Mapping[Reason, Answer] = {
    **dict.fromkeys(_NOT_WILL, _NOT_ALLOWED),
    Reason.SUSPENDED: _ACCOUNT,
    Reason.COMPONENT_DISABLED: _ACCOUNT,
    Reason.TERMS_MISSING: _ACCOUNT,
    Reason.DESTINATION_EMERGENCY: _NUMBER,
    Reason.DESTINATION_CRISIS: _NUMBER,
    Reason.DESTINATION_SERVICE: _NUMBER,
    Reason.DESTINATION_INVALID: _NUMBER,
    Reason.DESTINATION_PREMIUM: _NUMBER,
    Reason.DESTINATION_FICTIONAL: _NUMBER,
    Reason.DESTINATION_DENIED_COUNTRY: _REGION,
    Reason.SENDER_NOT_OWNED: _SENDER,
    Reason.SENDER_INACTIVE: _SENDER,
    Reason.SENDER_KIND: _SENDER,
    Reason.SENDER_UNREGISTERED: _SENDER,
    Reason.CONSENT_REVOKED: Answer(422, "1050", "7"),  # the recipient's own will alone
    Reason.RATE_LIMITED: _LIMITED,
    Reason.FAIR_USE: _LIMITED,
    Reason.WINDOW_CLOSED: _WINDOW,
    Reason.TEMPLATE_UNAPPROVED: _WINDOW,
    Reason.DEPENDENCY_UNAVAILABLE: _LOST,
    Reason.INTERNAL_ERROR: _LOST,
    Reason.REQUEST_AMBIGUOUS: _UNCLEAR,
    Reason.IDEMPOTENCY_MISMATCH: _UNCLEAR,
    Reason.CREDENTIAL_INVALID: Answer(401, "1110", "4"),
}
"""Every reason has its answer; a test holds the table against the public reason codes."""
