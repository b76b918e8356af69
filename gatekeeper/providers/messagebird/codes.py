"""Which HTTP status and error code does each reason answer with at MessageBird?

Codes of its error page (developers.messagebird.com/api, "API errors"): 2 request not allowed, 9 and
10 missing and invalid params, 20 not found, 25 no balance, 98 API not found, 99 internal error;
those above 100 are of its list of SMS error codes. Its SDK reads errors from 401, 404, 405 and 422
alone (http_client.py): every refusal is one of these, but for a limiter and a lost dependency.
- 103 (the subscriber has opted out) is for the recipient's own will only: apps unsubscribe on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from gatekeeper.domain.reason import Reason

REFUSED = 422


class Answer(NamedTuple):
    """The HTTP status, the error's code, and the parameter that it is about."""

    status: int
    code: int
    parameter: str | None = None


OPTED_OUT = 103

_TO = Answer(REFUSED, 2, "recipients")
_BAD_NUMBER = Answer(REFUSED, 10, "recipients")
_FROM = Answer(REFUSED, 2, "originator")
_UNREGISTERED = Answer(REFUSED, 104, "originator")
_BODY = Answer(REFUSED, 2, "body")
_NOT_ALLOWED = Answer(REFUSED, 2)
_LIMITED = Answer(429, 2)
_LATER = Answer(503, 99)

ANSWERS: Mapping[Reason, Answer] = {
    Reason.SUSPENDED: _NOT_ALLOWED,
    Reason.DESTINATION_EMERGENCY: _BAD_NUMBER,
    Reason.DESTINATION_CRISIS: _BAD_NUMBER,
    Reason.DESTINATION_SERVICE: _BAD_NUMBER,
    Reason.DESTINATION_INVALID: _BAD_NUMBER,
    Reason.DESTINATION_PREMIUM: _TO,
    Reason.DESTINATION_FICTIONAL: _BAD_NUMBER,
    Reason.DESTINATION_DENIED_COUNTRY: _TO,
    Reason.SENDER_NOT_OWNED: _FROM,
    Reason.SENDER_INACTIVE: _FROM,
    Reason.SENDER_KIND: _FROM,
    Reason.SENDER_UNREGISTERED: _UNREGISTERED,
    Reason.CONSENT_REVOKED: Answer(REFUSED, OPTED_OUT, "recipients"),
    Reason.CONSENT_MISSING: _TO,
    Reason.CONSENT_INSUFFICIENT: _TO,
    Reason.CONSENT_EXPIRED: _TO,
    Reason.CONSENT_REASSIGNED: _TO,
    Reason.DNC_LISTED: _TO,
    Reason.DNC_STALE: _TO,
    Reason.DNC_NOT_CHECKED: _TO,
    Reason.LITIGATOR_LISTED: _TO,
    Reason.CONTENT_PAYMENT: _BODY,
    Reason.CONTENT_GOVERNMENT_ID: _BODY,
    Reason.CONTENT_CREDENTIAL: _BODY,
    Reason.CONTENT_HEALTH: _BODY,
    Reason.CONTENT_DEMOGRAPHIC: _BODY,
    Reason.CONTENT_OBSCENE: _BODY,
    Reason.CONTENT_PROFANE: _BODY,
    Reason.CONTENT_HATE: _BODY,
    Reason.CONTENT_ACCUSATION: _BODY,
    Reason.CONTENT_FORBIDDEN: _BODY,
    Reason.CONTENT_LINK: _BODY,
    Reason.CONTENT_UNINSPECTABLE: _BODY,
    Reason.DISCLOSURE_MISSING: _BODY,
    Reason.REGISTRATION_MISSING: _UNREGISTERED,
    Reason.QUIET_HOURS: _NOT_ALLOWED,
    Reason.DAY_BANNED: _NOT_ALLOWED,
    Reason.EMERGENCY_ORDER: _NOT_ALLOWED,
    Reason.FREQUENCY_CAP: _NOT_ALLOWED,
    Reason.RATE_LIMITED: _LIMITED,
    Reason.WINDOW_CLOSED: _NOT_ALLOWED,
    Reason.TEMPLATE_UNAPPROVED: _BODY,
    Reason.CHANNEL_MARKETING_BLOCKED: _NOT_ALLOWED,
    Reason.RECORDING_CONSENT: _NOT_ALLOWED,
    Reason.FAIR_USE: _LIMITED,
    Reason.DEPENDENCY_UNAVAILABLE: _LATER,
    Reason.REQUEST_AMBIGUOUS: Answer(REFUSED, 10),
    Reason.CREDENTIAL_INVALID: Answer(401, 2, "access_key"),
    Reason.PURPOSE_MISMATCH: _NOT_ALLOWED,
    Reason.COMPONENT_DISABLED: _NOT_ALLOWED,
    Reason.TERMS_MISSING: _NOT_ALLOWED,
    Reason.IDEMPOTENCY_MISMATCH: Answer(REFUSED, 10),
    Reason.INTERNAL_ERROR: _LATER,
}
"""Every reason has its answer; a test holds the table against the public reason codes."""

KEPT = frozenset({401, 404, 405, 429, 503, 504})
"""Statuses that a refusal may fix; any other becomes 422, which the SDK reads."""

FIXED: Mapping[int, int] = {404: 20, 405: 98, 504: 99}
"""The code for a status that the refusal fixes itself."""
