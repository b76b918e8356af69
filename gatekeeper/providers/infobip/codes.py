"""Which HTTP status, and which status of a message, does each reason answer with at Infobip?

Infobip takes a request and says of each destination what became of it: a message that is not sent
has a status of the group REJECTED. Ids and names are those of "Response status and error codes"
(infobip.com/docs/essentials/response-status-and-error-codes):
- 10 REJECTED_DND (the user does not want such messages) is for the recipient's own will only.
- Missing consent and list hits answer 18 (the destination is not registered).
- What no destination is to blame for (a credential, a limit, a lost dependency, a body that cannot
  be read) is an error of the whole request.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from gatekeeper.domain.reason import Reason


class Answer(NamedTuple):
    """The HTTP status and, where that is 200, the status of the message."""

    status: int
    id: int = 0
    name: str = ""


_BAD_NUMBER = Answer(200, 52, "REJECTED_DESTINATION")
_NETWORK = Answer(200, 6, "REJECTED_NETWORK")
_SENDER = Answer(200, 13, "REJECTED_SENDER")
_SOURCE = Answer(200, 11, "REJECTED_SOURCE")
_NOT_REGISTERED = Answer(200, 18, "REJECTED_DESTINATION_NOT_REGISTERED")
_NO_ROUTE = Answer(200, 19, "REJECTED_ROUTE_NOT_AVAILABLE")
_FLOOD = Answer(200, 20, "REJECTED_FLOODING_FILTER")

ANSWERS: Mapping[Reason, Answer] = {
    Reason.SUSPENDED: Answer(403),
    Reason.DESTINATION_EMERGENCY: _BAD_NUMBER,
    Reason.DESTINATION_CRISIS: _BAD_NUMBER,
    Reason.DESTINATION_SERVICE: _BAD_NUMBER,
    Reason.DESTINATION_INVALID: _BAD_NUMBER,
    Reason.DESTINATION_PREMIUM: _NETWORK,
    Reason.DESTINATION_FICTIONAL: _BAD_NUMBER,
    Reason.DESTINATION_DENIED_COUNTRY: _NETWORK,
    Reason.SENDER_NOT_OWNED: _SENDER,
    Reason.SENDER_INACTIVE: _SENDER,
    Reason.SENDER_KIND: _SENDER,
    Reason.SENDER_UNREGISTERED: _SOURCE,
    Reason.CONSENT_REVOKED: Answer(200, 10, "REJECTED_DND"),
    Reason.CONSENT_MISSING: _NOT_REGISTERED,
    Reason.CONSENT_INSUFFICIENT: _NOT_REGISTERED,
    Reason.CONSENT_EXPIRED: _NOT_REGISTERED,
    Reason.CONSENT_REASSIGNED: _NOT_REGISTERED,
    Reason.DNC_LISTED: _NOT_REGISTERED,
    Reason.DNC_STALE: _NOT_REGISTERED,
    Reason.DNC_NOT_CHECKED: _NOT_REGISTERED,
    Reason.LITIGATOR_LISTED: _NOT_REGISTERED,
    Reason.CONTENT_PAYMENT: _NO_ROUTE,
    Reason.CONTENT_GOVERNMENT_ID: _NO_ROUTE,
    Reason.CONTENT_CREDENTIAL: _NO_ROUTE,
    Reason.CONTENT_HEALTH: _NO_ROUTE,
    Reason.CONTENT_DEMOGRAPHIC: _NO_ROUTE,
    Reason.CONTENT_OBSCENE: _NO_ROUTE,
    Reason.CONTENT_PROFANE: _NO_ROUTE,
    Reason.CONTENT_HATE: _NO_ROUTE,
    Reason.CONTENT_ACCUSATION: _NO_ROUTE,
    Reason.CONTENT_FORBIDDEN: _NO_ROUTE,
    Reason.CONTENT_LINK: _NO_ROUTE,
    Reason.CONTENT_UNINSPECTABLE: _NO_ROUTE,
    Reason.DISCLOSURE_MISSING: _NO_ROUTE,
    Reason.REGISTRATION_MISSING: _SOURCE,
    Reason.QUIET_HOURS: _NO_ROUTE,
    Reason.DAY_BANNED: _NO_ROUTE,
    Reason.EMERGENCY_ORDER: _NO_ROUTE,
    Reason.FREQUENCY_CAP: _FLOOD,
    Reason.RATE_LIMITED: Answer(429),
    Reason.WINDOW_CLOSED: _NO_ROUTE,
    Reason.TEMPLATE_UNAPPROVED: _NO_ROUTE,
    Reason.CHANNEL_MARKETING_BLOCKED: _NO_ROUTE,
    Reason.RECORDING_CONSENT: _NO_ROUTE,
    Reason.FAIR_USE: Answer(429),
    Reason.DEPENDENCY_UNAVAILABLE: Answer(503),
    Reason.REQUEST_AMBIGUOUS: Answer(400),
    Reason.CREDENTIAL_INVALID: Answer(401),
    Reason.PURPOSE_MISMATCH: _NOT_REGISTERED,
    Reason.COMPONENT_DISABLED: Answer(403),
    Reason.TERMS_MISSING: Answer(403),
    Reason.IDEMPOTENCY_MISMATCH: Answer(422),
    Reason.INTERNAL_ERROR: Answer(503),
}
"""Every reason has its answer; a test holds the table against the public reason codes."""

WITHOUT_STATUS = 403
"""The HTTP status of a refusal by an API that answers for no single destination."""

NAMES: Mapping[int, str] = {
    400: "BAD_REQUEST",
    401: "UNAUTHORIZED",
    403: "FORBIDDEN",
    404: "NOT_FOUND",
    405: "METHOD_NOT_ALLOWED",
    413: "REQUEST_TOO_LARGE",
    415: "UNSUPPORTED_MEDIA_TYPE",
    422: "UNPROCESSABLE_ENTITY",
    429: "TOO_MANY_REQUESTS",
    503: "SERVICE_UNAVAILABLE",
    504: "UNKNOWN_OUTCOME",
}
"""How the older error shape names an HTTP status."""
