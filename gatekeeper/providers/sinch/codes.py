"""Which HTTP status and error code does each reason answer with at Sinch?

SMS answers `{"code", "text"}`; its documented codes (developers.sinch.com, "HTTP Status Codes for
the SMS REST API") are of form and syntax, so a block is a 403 whose code is the gate's own word.
Conversation answers as Google's RPCs do: a status with a name. Nothing is documented for a
recipient who has opted out, so apps cannot unsubscribe by a code: the reason stands in the words
and in `Gatekeeper-Reason`. Its SDKs send again on 429 alone, and honour Retry-After.
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
    Reason.CREDENTIAL_INVALID: 401,
    Reason.IDEMPOTENCY_MISMATCH: 422,
    Reason.RATE_LIMITED: 429,
    Reason.FAIR_USE: 429,
    Reason.DEPENDENCY_UNAVAILABLE: 503,
    Reason.INTERNAL_ERROR: 503,
}
"""Every reason has its answer; a test holds the table against the public reason codes."""

SMS_CODES: Mapping[int, str] = {
    400: "syntax_constraint_violation",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    413: "syntax_constraint_violation",
    415: "syntax_constraint_violation",
    422: "syntax_constraint_violation",
    429: "too_many_requests",
    503: "service_unavailable",
    504: "outcome_unknown",
}
"""The code of an SMS refusal, by its HTTP status."""

RPC_NAMES: Mapping[int, str] = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    405: "UNIMPLEMENTED",
    413: "INVALID_ARGUMENT",
    415: "INVALID_ARGUMENT",
    422: "INVALID_ARGUMENT",
    429: "RESOURCE_EXHAUSTED",
    503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
}
"""The status name of a Conversation refusal (google.rpc.Code), by its HTTP status."""
