"""Which HTTP status and Twilio error code does each reason answer with?

Codes are from Twilio's error dictionary (twilio.com/docs/api/errors), but for 30034 and 63049,
which are known from public reports alone. Apps act on them, so:
- 21610 (recipient has opted out) is for the recipient's own will only: apps unsubscribe on it.
  30004 (message blocked) is not used at all, because public code treats it alike.
- Missing consent and list hits answer 21612 (this To cannot be reached from this From), for calls
  21216 (call blocked, also for regulatory reasons): neither says anything of the person's will.
- No status that makes an SDK or an app send again (408, 409, 5xx), but 429 for a limiter and 503
  for a lost dependency; an unknown outcome is 504 with 20500, whose page warns against resending.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from gatekeeper.domain.reason import Reason
from gatekeeper.domain.words import Channel


class Answer(NamedTuple):
    """The HTTP status, and the code for a message and for a call."""

    status: int
    message: int
    call: int

    def code(self, channel: Channel) -> int:
        """The Twilio code for that channel."""
        return self.call if channel is Channel.VOICE else self.message


_UNREACHABLE = Answer(400, 21612, 21216)
_BAD_NUMBER = Answer(400, 21211, 21211)
_BARRED_NUMBER = Answer(400, 21211, 21216)
_CONTENT = Answer(400, 30007, 30007)
_NOT_NOW = Answer(400, 30610, 30610)
_LIMITED = Answer(429, 20429, 20429)
_FORBIDDEN = Answer(403, 20403, 20403)

ANSWERS: Mapping[Reason, Answer] = {
    Reason.SUSPENDED: Answer(403, 20005, 20005),  # account not active
    Reason.DESTINATION_EMERGENCY: _BARRED_NUMBER,
    Reason.DESTINATION_CRISIS: _BARRED_NUMBER,
    Reason.DESTINATION_SERVICE: _BARRED_NUMBER,
    Reason.DESTINATION_INVALID: _BAD_NUMBER,
    Reason.DESTINATION_PREMIUM: Answer(400, 21211, 21202),  # called number is a premium number
    Reason.DESTINATION_FICTIONAL: _BAD_NUMBER,
    Reason.DESTINATION_DENIED_COUNTRY: Answer(400, 21408, 21215),  # geographic permission
    Reason.SENDER_NOT_OWNED: Answer(400, 21660, 21210),  # From is not this account's
    Reason.SENDER_INACTIVE: Answer(400, 21606, 21210),  # From cannot send
    Reason.SENDER_KIND: Answer(400, 21612, 21212),
    Reason.SENDER_UNREGISTERED: Answer(400, 30034, 21216),  # message from an unregistered number
    Reason.CONSENT_REVOKED: Answer(400, 21610, 21610),  # the recipient's own will, nothing else
    Reason.CONSENT_MISSING: _UNREACHABLE,
    Reason.CONSENT_INSUFFICIENT: _UNREACHABLE,
    Reason.CONSENT_EXPIRED: _UNREACHABLE,
    Reason.CONSENT_REASSIGNED: _UNREACHABLE,
    Reason.DNC_LISTED: _UNREACHABLE,
    Reason.DNC_STALE: _UNREACHABLE,
    Reason.DNC_NOT_CHECKED: _UNREACHABLE,
    Reason.LITIGATOR_LISTED: Answer(400, 30640, 21216),  # Compliance Toolkit: known litigator
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
    Reason.REGISTRATION_MISSING: Answer(400, 30034, 21216),
    Reason.QUIET_HOURS: _NOT_NOW,
    Reason.DAY_BANNED: _NOT_NOW,
    Reason.EMERGENCY_ORDER: _NOT_NOW,
    Reason.FREQUENCY_CAP: _NOT_NOW,
    Reason.RATE_LIMITED: _LIMITED,
    Reason.WINDOW_CLOSED: Answer(400, 63016, 63016),  # freeform outside the allowed window
    Reason.TEMPLATE_UNAPPROVED: Answer(400, 63016, 63016),  # neither window nor approved template
    Reason.CHANNEL_MARKETING_BLOCKED: Answer(400, 63049, 21216),  # marketing not delivered by Meta
    Reason.RECORDING_CONSENT: _UNREACHABLE,
    Reason.FAIR_USE: _LIMITED,
    Reason.DEPENDENCY_UNAVAILABLE: Answer(503, 20503, 20503),  # service unavailable, try again
    Reason.REQUEST_AMBIGUOUS: Answer(400, 20001, 20001),  # parameters not understood
    Reason.CREDENTIAL_INVALID: Answer(401, 20003, 20003),
    Reason.PURPOSE_MISMATCH: _UNREACHABLE,
    Reason.COMPONENT_DISABLED: _FORBIDDEN,
    Reason.TERMS_MISSING: _FORBIDDEN,
    Reason.IDEMPOTENCY_MISMATCH: Answer(422, 20001, 20001),
    Reason.INTERNAL_ERROR: Answer(503, 20500, 20500),  # internal server error
}
"""Every reason has its answer; a test holds the table against the public reason codes."""

FIXED: Mapping[int, int] = {
    404: 20404,
    405: 20004,
    413: 20413,
    504: 20500,
}
"""The code for an HTTP status that the refusal fixes itself; any other keeps its reason's code."""
