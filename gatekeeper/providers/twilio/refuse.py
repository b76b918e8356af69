"""How does Twilio word a refusal?

    {"code": 21610, "message": "...", "more_info": "...", "status": 400}

Never with both `type` and `title`: from those the SDKs make a TwilioServiceException, which is not
the TwilioRestException that apps catch (twilio-python, base/version.py).
"""

from __future__ import annotations

import json
import re

from gatekeeper.domain.reason import Reason
from gatekeeper.providers.contract import Headers, Refusal, Reply
from gatekeeper.providers.twilio.codes import ANSWERS, FIXED, RETRIED

HELP = "/help/reasons#"
"""Path on the gate that explains a reason code."""

RETRY_AFTER_S = 5
"""Seconds to wait where a refusal that may be tried again names no other time."""

_UNSAFE = re.compile(r"[^\x20-\x7e]")
_LONGEST_HEADER = 200
_TRIES_AGAIN = frozenset({429, 503})


def refuse(refusal: Refusal) -> Reply:
    """The refusal in Twilio's own error shape, with the gate's verdict in headers."""
    status, code = _status_and_code(refusal)
    body = {
        "code": code,
        "message": refusal.message,
        "more_info": HELP + refusal.reason,
        "status": status,
    }
    return Reply(status, _headers(refusal, status), json.dumps(body).encode())


def _status_and_code(refusal: Refusal) -> tuple[int, int]:
    answer = ANSWERS[refusal.reason]
    code = answer.code(refusal.channel)
    fixed = refusal.status
    if fixed is None or fixed < 400 or fixed in RETRIED:
        return answer.status, code
    return fixed, FIXED.get(fixed, code)


def _headers(refusal: Refusal, status: int) -> Headers:
    values = {
        "Content-Type": "application/json",
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
    if refusal.reason is Reason.CREDENTIAL_INVALID:
        values["WWW-Authenticate"] = 'Basic realm="Twilio API"'
    return tuple((name, _safe(value)) for name, value in values.items() if value)


def _safe(value: str) -> str:
    """A header value of printable ASCII: no line break can start another header."""
    return _UNSAFE.sub("?", value)[:_LONGEST_HEADER]
