"""What does a method and path mean to IntelePeer?

From its references (docs.intelepeer.com: "Sending SMS Messages", "API Authentication", "Trigger a
Flow"), and the older spellings of the same send that its former pages name. Whatever else could
send, or could lead replies past the gate (`my/did/sms/webhook`), is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from gatekeeper.providers.closed import OVERRIDES, UNREAD, not_here, overridden, refused, unnamed
from gatekeeper.providers.contract import Handling, Operation, RawRequest, Service

CUSTOMER, FLOWS = "customer", "flows"

SERVICES: tuple[Service, ...] = (
    Service("", ("api.intelepeer.com",)),
    Service("eu", ("eu.api.intelepeer.com",)),
    Service(CUSTOMER, ("customer.intelepeer.com",)),
    Service(FLOWS, ("smart-flows.intelepeer.com",)),
)

AUTHENTICATE = "/_rest/v4/authenticate"

_POSTED: Mapping[str, Operation] = {
    AUTHENTICATE: Operation("authenticate", Handling.LOGIN),
    "/_rest/v4/app/sms/send": Operation("message", Handling.DECIDE),
    "/sms/v4/app/sms/send": Operation("message", Handling.DECIDE),
    "/sms/v4/send": Operation("message", Handling.DECIDE),
    "/_rest/v4/sfgen/apitriggers": Operation("flow", Handling.DECIDE),
    "/v2/api/apitriggers": Operation("flow", Handling.DECIDE, service=FLOWS),
}
FROM_PATH = re.compile(r"/sms/v[13]/((?:\+|%2[Bb])?[0-9]{3,15}|[0-9]{1,3}-[0-9A-Za-z]{1,15})/send")
"""Older versions name the sender in the path."""

_ACTS = re.compile(r"(?i)(?:send|trigger|authenticate)[^/]*/*$")
_REPLIES = re.compile(r"(?i)webhook|provision")
_OPERATORS = (
    "Where replies go, and by which code they prove themselves, is for the gate's operator to set: "
    "STOP must reach it."
)


def match(raw: RawRequest) -> Operation:
    """The operation; only the exact spelling of a path has one that sends."""
    known = _POSTED.get(raw.target)
    if known is None and FROM_PATH.fullmatch(raw.target):
        known = _POSTED["/sms/v4/send"]
    if known is None:
        return _unknown(raw)
    if raw.method != "POST":
        return not_here(raw)
    return refused(OVERRIDES) if overridden(raw) else known


def _unknown(raw: RawRequest) -> Operation:
    if _ACTS.search(raw.path):
        return refused(UNREAD)  # also by GET: nobody says that such a path only reads
    if _REPLIES.search(raw.path):
        return refused(_OPERATORS)
    return unnamed(raw)
