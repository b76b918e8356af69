"""How does Telnyx word a refusal?

    {"errors": [{"code": "40300", "title": "Blocked due to STOP message", "detail": "...",
                 "meta": {"url": "..."}}]}

Its SDKs send again after 408, 409, 429, any 5xx and a lost connection, unless `x-should-retry`
says no. It says so in every refusal but those that may well be tried again, with Retry-After.
"""

from __future__ import annotations

import json

from gatekeeper.providers.contract import Refusal, Reply
from gatekeeper.providers.telnyx.codes import ANSWERS, FIXED, TITLES
from gatekeeper.providers.verdict_headers import HELP, fixed_status, verdict_headers

NO_RETRY = ("x-should-retry", "false")
_TRIES_AGAIN = frozenset({429, 503})


def refuse(refusal: Refusal) -> Reply:
    """The refusal in Telnyx's own error shape, with the gate's verdict in headers."""
    answer = ANSWERS[refusal.reason]
    status = fixed_status(refusal, answer.status)
    code = answer.code(refusal.channel)
    code = code if status == answer.status else FIXED.get(status, code)
    error = {
        "code": code,
        "title": TITLES[code],
        "detail": refusal.message,
        "meta": {"url": HELP + refusal.reason},
    }
    headers = verdict_headers(refusal, status, "Bearer")
    if status not in _TRIES_AGAIN:
        headers = (*headers, NO_RETRY)
    return Reply(status, headers, json.dumps({"errors": [error]}).encode())
