"""Which HTTP status and Graph error code does each reason answer with?

WhatsApp's are from developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes, Messenger's
from .../docs/messenger-platform/error-codes. pywa raises its exception by the code alone. So:
- 131050 (the person stopped marketing messages) and Messenger's 551 with 1545041 (the person is
  not available) are for the recipient's own will only: apps unsubscribe on them.
- Missing consent, list hits and hours have no code of their own: WhatsApp's 131049 (not delivered,
  to keep the ecosystem healthy; says nothing of the person's will) and Messenger's 10.
- 429 for limiters and 503 for a lost dependency alone may be tried again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from gatekeeper.domain.reason import Reason
from gatekeeper.domain.words import Channel


class Code(NamedTuple):
    """A Graph error code, and the subcode where there is one."""

    code: int
    subcode: int | None = None


class Answer(NamedTuple):
    """The HTTP status, and the code for each of the two products."""

    status: int
    whatsapp: Code
    messenger: Code

    def code(self, channel: Channel) -> Code:
        """The code for that channel."""
        return self.messenger if channel is Channel.MESSENGER else self.whatsapp


def _both(status: int, code: int) -> Answer:
    return Answer(status, Code(code), Code(code))


_KEPT_BACK = Answer(400, Code(131049), Code(10))
_BAD_NUMBER = Answer(400, Code(131026), Code(100, 2018001))
_BAD_SENDER = Answer(400, Code(131005), Code(200))
_CONTENT = Answer(400, Code(368), Code(368))
_LIMITED = Answer(429, Code(130429), Code(613))
_DENIED = _both(400, 10)
_WINDOW = Answer(400, Code(131047), Code(10, 2018278))
_LOST = Answer(503, Code(131016), Code(2))

ANSWERS: Mapping[Reason, Answer] = {
    Reason.SUSPENDED: _both(400, 368),
    Reason.DESTINATION_EMERGENCY: _BAD_NUMBER,
    Reason.DESTINATION_CRISIS: _BAD_NUMBER,
    Reason.DESTINATION_SERVICE: _BAD_NUMBER,
    Reason.DESTINATION_INVALID: _BAD_NUMBER,
    Reason.DESTINATION_PREMIUM: _BAD_NUMBER,
    Reason.DESTINATION_FICTIONAL: _BAD_NUMBER,
    Reason.DESTINATION_DENIED_COUNTRY: Answer(400, Code(130497), Code(10)),
    Reason.SENDER_NOT_OWNED: _BAD_SENDER,
    Reason.SENDER_INACTIVE: _BAD_SENDER,
    Reason.SENDER_KIND: _BAD_SENDER,
    Reason.SENDER_UNREGISTERED: _BAD_SENDER,
    Reason.CONSENT_REVOKED: Answer(400, Code(131050), Code(551, 1545041)),  # their own will alone
    Reason.CONSENT_MISSING: _KEPT_BACK,
    Reason.CONSENT_INSUFFICIENT: _KEPT_BACK,
    Reason.CONSENT_EXPIRED: _KEPT_BACK,
    Reason.CONSENT_REASSIGNED: _KEPT_BACK,
    Reason.DNC_LISTED: _KEPT_BACK,
    Reason.DNC_STALE: _KEPT_BACK,
    Reason.DNC_NOT_CHECKED: _KEPT_BACK,
    Reason.LITIGATOR_LISTED: _KEPT_BACK,
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
    Reason.REGISTRATION_MISSING: _BAD_SENDER,
    Reason.QUIET_HOURS: _KEPT_BACK,
    Reason.DAY_BANNED: _KEPT_BACK,
    Reason.EMERGENCY_ORDER: _KEPT_BACK,
    Reason.FREQUENCY_CAP: _KEPT_BACK,
    Reason.RATE_LIMITED: _LIMITED,
    Reason.WINDOW_CLOSED: _WINDOW,
    Reason.TEMPLATE_UNAPPROVED: Answer(400, Code(132001), Code(100)),
    Reason.CHANNEL_MARKETING_BLOCKED: _KEPT_BACK,
    Reason.RECORDING_CONSENT: _DENIED,
    Reason.FAIR_USE: _LIMITED,
    Reason.DEPENDENCY_UNAVAILABLE: _LOST,
    Reason.REQUEST_AMBIGUOUS: _both(400, 100),
    Reason.CREDENTIAL_INVALID: _both(401, 190),
    Reason.PURPOSE_MISMATCH: _KEPT_BACK,
    Reason.COMPONENT_DISABLED: _DENIED,
    Reason.TERMS_MISSING: _DENIED,
    Reason.IDEMPOTENCY_MISMATCH: _both(422, 100),
    Reason.INTERNAL_ERROR: _LOST,
}
"""Every reason has its answer; a test holds the table against the public reason codes."""

FIXED: Mapping[int, Answer] = {
    404: _both(404, 100),
    413: _both(413, 100),
    415: _both(415, 100),
    504: Answer(504, Code(131000), Code(1)),
}
"""The code for an HTTP status that the refusal fixes itself; any other keeps its reason's code."""
