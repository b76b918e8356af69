"""Which headers does a refusal have in every provider's form? The gate's own verdict is in them."""

from __future__ import annotations

import re

from gatekeeper.domain.reason import Reason
from gatekeeper.providers.contract import Headers, Refusal

HELP = "/help/reasons#"
"""Path on the gate that explains a reason code."""

RETRY_AFTER_S = 5
"""Seconds to wait where a refusal that may be tried again names no other time."""

RETRIED = frozenset({408, 409, 425, 429, 500, 501, 502, 505})
"""Statuses that a refusal may not fix, since SDKs or proxies would send again."""

_UNSAFE = re.compile(r"[^\x20-\x7e]")
_LONGEST_HEADER = 200
_TRIES_AGAIN = frozenset({429, 503})


def verdict_headers(
    refusal: Refusal, status: int, challenge: str = "", content_type: str = "application/json"
) -> Headers:
    """The headers of a refusal; `challenge` is what WWW-Authenticate says of a bad credential."""
    values = {
        "Content-Type": content_type,
        "Gatekeeper-Decision": refusal.decision,
        "Gatekeeper-Verdict": refusal.verdict.label,
        "Gatekeeper-Reason": refusal.reason,
        "Gatekeeper-Rule": refusal.rule,
        "Gatekeeper-Next-Allowed-At": refusal.next_allowed_at,
        "Gatekeeper-Observe": refusal.observe,
        "Gatekeeper-Help": HELP + refusal.reason,
    }
    if status in _TRIES_AGAIN:
        values["Retry-After"] = str(max(1, refusal.retry_after or RETRY_AFTER_S))
    if refusal.reason is Reason.CREDENTIAL_INVALID and challenge:
        values["WWW-Authenticate"] = challenge
    return tuple((name, _safe(value)) for name, value in values.items() if value)


def fixed_status(refusal: Refusal, usual: int) -> int:
    """The status that a refusal fixes itself, else the usual one of its reason."""
    fixed = refusal.status
    return usual if fixed is None or fixed < 400 or fixed in RETRIED else fixed


def _safe(value: str) -> str:
    """A header value of printable ASCII: no line break can start another header."""
    return _UNSAFE.sub("?", value)[:_LONGEST_HEADER]
