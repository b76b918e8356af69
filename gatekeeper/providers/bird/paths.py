"""What does a method and path mean to Bird?

The paths are those of its SDK (messagebird-sdk 0.106). Broadcasts and audiences go to people whom
no request names, calls run sequences that Bird keeps, and codes go out from numbers of Bird's own:
none of them can be judged here, so they are refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from gatekeeper.domain.words import Channel
from gatekeeper.providers.closed import OVERRIDES, not_here, overridden, refused, showing, unnamed
from gatekeeper.providers.contract import Handling, Operation, RawRequest, Service

SERVICES: tuple[Service, ...] = (Service("", ("us1.platform.bird.com", "eu1.platform.bird.com")),)

_POSTED: Mapping[str, Operation] = {
    "/v1/sms/messages": Operation("sms", Handling.DECIDE),
    "/v1/sms/batches": Operation("batch", Handling.DECIDE),
    "/v1/whatsapp/messages": Operation("whatsapp", Handling.DECIDE, Channel.WHATSAPP),
    "/v1/verify/verifications/check": Operation("check", Handling.PASS),
    "/v1/sms/suppressions": Operation("suppression", Handling.PASS),
    "/v1/whatsapp/suppressions": Operation("suppression", Handling.PASS),
}
"""By the whole target; the last three send nothing, and take away what they change."""

_LISTED = frozenset(
    {"/v1/sms/messages", "/v1/whatsapp/messages", "/v1/sms/suppressions",
     "/v1/whatsapp/suppressions"}
)  # fmt: skip
"""What can be read as a list as well."""

_WHY: Mapping[str, str] = {
    "broadcasts": "A broadcast goes to people whom this request does not name.",
    "audiences": "An audience is people whom the gate does not see.",
    "voice": "A call runs a sequence that the gate does not see.",
    "verify": "A code goes out from a number that is not the tenant's: send its text as an SMS.",
}
_AREA = re.compile(r"/v1/(?:[a-z]+/)?(broadcasts|audiences|voice|verify)(?:/.*)?")


def match(raw: RawRequest) -> Operation:
    """The operation; only the exact spelling of a path has one that sends."""
    if overridden(raw):
        return refused(OVERRIDES)
    known = _POSTED.get(raw.target)
    if known is not None and raw.method == "POST":
        return known
    reads = raw.method in ("GET", "HEAD")
    if known is not None and not (reads and raw.target in _LISTED):
        return not_here(raw)
    area = _AREA.fullmatch(raw.path)
    if area is not None and not reads:
        return refused(_WHY[area[1]])
    return showing(raw) or unnamed(raw)
