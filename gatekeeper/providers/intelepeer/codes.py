"""Which HTTP status does each reason answer with at IntelePeer?

Its error body repeats the status as its code, so the status is all that an app can act on
(docs.intelepeer.com, "Sending SMS Messages", response codes):
- 400: a number is not in the proper format, or a field is missing.
- 401: the token has expired. Only a bad credential answers so, since apps log in anew on it.
- 403: forbidden, among others a destination that is not available.
- 404: the sending number is not available for use.
Nothing is documented for a recipient who has opted out, so apps cannot unsubscribe by a code: the
reason stands in the words and in `Gatekeeper-Reason`.
"""

from __future__ import annotations

from collections.abc import Mapping

from gatekeeper.domain.reason import Reason

FORBIDDEN = 403

STATUSES: Mapping[Reason, int] = {
    **dict.fromkeys(Reason, FORBIDDEN),
    Reason.DESTINATION_INVALID: 400,
    Reason.DESTINATION_FICTIONAL: 400,
    Reason.REQUEST_AMBIGUOUS: 400,
    Reason.SENDER_NOT_OWNED: 404,
    Reason.SENDER_INACTIVE: 404,
    Reason.CREDENTIAL_INVALID: 401,
    Reason.IDEMPOTENCY_MISMATCH: 422,
    Reason.RATE_LIMITED: 429,
    Reason.FAIR_USE: 429,
    Reason.DEPENDENCY_UNAVAILABLE: 503,
    Reason.INTERNAL_ERROR: 503,
}
"""Every reason has its answer; a test holds the table against the public reason codes."""
