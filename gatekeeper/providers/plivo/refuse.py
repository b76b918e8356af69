"""How does Plivo word a refusal?

    {"api_id": "...", "error": "Blocked: ... (code 200, reason consent.revoked, decision ...)"}

The SDK raises an error with that text. Codes and the decision's id stand in it, since its app sees
neither headers nor other members.
"""

from __future__ import annotations

import json

from gatekeeper.domain.words import Channel
from gatekeeper.providers.contract import Refusal, Reply
from gatekeeper.providers.plivo.codes import ANSWERS, FOR_CALLS, SERVER_ERROR
from gatekeeper.providers.verdict_headers import RETRY_AFTER_S, fixed_status, verdict_headers

_NO_CALLS = frozenset({"message", "verification"})
"""What the SDK does not send again; all else may be of its voice API, reads too."""
_TRIES_AGAIN = 503


def refuse(refusal: Refusal) -> Reply:
    """The refusal in Plivo's own error shape, with the gate's verdict in headers."""
    answer = ANSWERS[refusal.reason]
    status = fixed_status(refusal, answer.status)
    headers = verdict_headers(refusal, status, 'Basic realm="Plivo API"')
    if status >= SERVER_ERROR and _concerns_a_call(refusal):
        again = (("Retry-After", str(refusal.retry_after or RETRY_AFTER_S)),)
        headers = verdict_headers(refusal, FOR_CALLS) + (again if status == _TRIES_AGAIN else ())
        status = FOR_CALLS
    body = {"api_id": refusal.decision or "", "error": _text(refusal, answer.code)}
    return Reply(status, headers, json.dumps(body).encode())


def _concerns_a_call(refusal: Refusal) -> bool:
    if refusal.operation:
        return refusal.operation not in _NO_CALLS
    return refusal.channel is Channel.VOICE


def _text(refusal: Refusal, code: int | None) -> str:
    named = [f"code {code}"] if code is not None else []
    named.append(f"reason {refusal.reason}")
    if refusal.decision:
        named.append(f"decision {refusal.decision}")
    return f"{refusal.message} ({', '.join(named)})"
