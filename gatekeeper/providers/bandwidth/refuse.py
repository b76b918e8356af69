"""How does Bandwidth word a refusal? Each of its APIs in its own way.

messages:       {"type": "...", "description": "...", "fieldErrors": [...]}
multi-channel:  {"errors": [{"type": "...", "description": "...", "source": {"field": "..."}}]}
calls:          {"type": "...", "description": "...", "id": "..."}
codes:          {"error": "...", "requestId": "..."}, for 401 and 403 {"message": "..."}
"""

from __future__ import annotations

import json
import re
from typing import Any

from gatekeeper.domain.words import Channel
from gatekeeper.providers.bandwidth.codes import ANSWERS, FIXED
from gatekeeper.providers.contract import Refusal, Reply
from gatekeeper.providers.verdict_headers import fixed_status, verdict_headers

_FIELD = re.compile(r"field ([A-Za-z0-9_.]{1,100}?)\.?(?: |:|$)")
_CODES = frozenset({"code", "code_call", "verify"})


def refuse(refusal: Refusal) -> Reply:
    """The refusal in the shape of the API that was asked, with the gate's verdict in headers."""
    answer = ANSWERS[refusal.reason]
    status = fixed_status(refusal, answer.status)
    kind, description = answer.type, refusal.message
    if status != answer.status:
        kind = FIXED.get(status, kind)
    elif answer.code is not None:
        description = f"{description} (errorCode {answer.code})"
    body = _body(refusal, status, kind, description)
    headers = verdict_headers(refusal, status, 'Basic realm="Bandwidth"')
    return Reply(status, headers, json.dumps(body).encode())


def _body(refusal: Refusal, status: int, kind: str, description: str) -> dict[str, Any]:
    named = _FIELD.search(refusal.message)
    if refusal.operation in _CODES:
        if status in (401, 403):
            return {"message": description}
        return {"error": description, "requestId": refusal.decision or ""}
    error = {"type": kind, "description": description}
    if refusal.operation == "multi_channel":
        return {"errors": [{**error, "source": {"field": named[1]} if named else {}}]}
    if refusal.channel is Channel.VOICE:
        return {**error, "id": refusal.decision or ""}
    if named:
        return {**error, "fieldErrors": [{"fieldName": named[1], "description": description}]}
    return error
