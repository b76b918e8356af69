"""How does Graph word a refusal?

    {"error": {"message": "(#131050) ...", "type": "OAuthException", "code": 131050,
               "error_data": {"messaging_product": "whatsapp", "details": "..."},
               "fbtrace_id": "<the decision>"}}

Messenger has an `error_subcode` in place of `error_data`. pywa raises by the code; fbmessenger and
pymessenger raise nothing and hand the object to the app.
"""

from __future__ import annotations

import json
from typing import Any

from gatekeeper.domain.words import Channel
from gatekeeper.providers.contract import Refusal, Reply
from gatekeeper.providers.meta.codes import ANSWERS, FIXED
from gatekeeper.providers.meta.paths import PAGE_MESSAGE
from gatekeeper.providers.verdict_headers import fixed_status, verdict_headers


def refuse(refusal: Refusal) -> Reply:
    """The refusal in Graph's own error shape, with the gate's verdict in headers."""
    answer = ANSWERS[refusal.reason]
    status = fixed_status(refusal, answer.status)
    if status != answer.status:
        answer = FIXED.get(status, answer)
    by_page = refusal.operation == PAGE_MESSAGE
    code = answer.code(Channel.MESSENGER if by_page else refusal.channel)
    error: dict[str, Any] = {
        "message": f"(#{code.code}) {refusal.message}",
        "type": "OAuthException",
        "code": code.code,
    }
    if refusal.channel is Channel.WHATSAPP and not by_page:
        error["error_data"] = {"messaging_product": "whatsapp", "details": refusal.message}
    if code.subcode is not None:
        error["error_subcode"] = code.subcode
    error["fbtrace_id"] = refusal.decision or "-"
    headers = verdict_headers(refusal, status, 'OAuth "Facebook Platform" "invalid_token"')
    return Reply(status, headers, json.dumps({"error": error}).encode())
