"""Which HTTP status and Plivo error code does each reason answer with?

Plivo's own words are `{"api_id", "error"}` with 400; its codes (plivo.com/docs, "Error codes") come
later by a status callback, so the gate puts the closest one into the text. Apps act on them, so:
- 200 (blocked by STOP) is for the recipient's own will only: apps unsubscribe on it.
- 403 is for a country that is not permitted and for nothing else: of it the SDK makes a
  GeoPermissionError.
- What has no code of Plivo's (consent, lists, hours) has none here: the gate's own reason stands in
  the text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from gatekeeper.domain.reason import Reason


class Answer(NamedTuple):
    """The HTTP status and Plivo's code, None where it has none."""

    status: int
    code: int | None = None


_PLAIN = Answer(400)
_BAD_NUMBER = Answer(400, 50)
_BAD_SENDER = Answer(400, 40)
_CONTENT = Answer(400, 30)
_LIMITED = Answer(429)

ANSWERS: Mapping[Reason, Answer] = dict.fromkeys(Reason, _PLAIN) | {
    Reason.DESTINATION_EMERGENCY: _BAD_NUMBER,
    Reason.DESTINATION_CRISIS: _BAD_NUMBER,
    Reason.DESTINATION_SERVICE: _BAD_NUMBER,
    Reason.DESTINATION_INVALID: _BAD_NUMBER,
    Reason.DESTINATION_PREMIUM: _BAD_NUMBER,
    Reason.DESTINATION_FICTIONAL: _BAD_NUMBER,
    Reason.DESTINATION_DENIED_COUNTRY: Answer(403, 450),  # destination country barred
    Reason.SENDER_NOT_OWNED: _BAD_SENDER,
    Reason.SENDER_INACTIVE: _BAD_SENDER,
    Reason.SENDER_KIND: _BAD_SENDER,
    Reason.SENDER_UNREGISTERED: _BAD_SENDER,
    Reason.REGISTRATION_MISSING: _BAD_SENDER,
    Reason.CONSENT_REVOKED: Answer(400, 200),  # the recipient's own will, nothing else
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
    Reason.RATE_LIMITED: _LIMITED,
    Reason.FAIR_USE: _LIMITED,
    Reason.DEPENDENCY_UNAVAILABLE: Answer(503),
    Reason.CREDENTIAL_INVALID: Answer(401),
    Reason.IDEMPOTENCY_MISMATCH: Answer(422),
    Reason.INTERNAL_ERROR: Answer(503),
}
"""Every reason has its answer."""

SERVER_ERROR = 500
FOR_CALLS = 400
"""In place of any status from 500 on, where a call is concerned: the SDK would place it twice
more, and by its own list of fallback hosts perhaps not through the gate."""
