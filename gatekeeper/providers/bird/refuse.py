"""How does Bird word a refusal?

{"error": {"type": "validation_error", "code": "...", "message": "...", "param": "to",
           "details": [{"param": "to", "message": "..."}], "request_id": "..."}}
"""

from __future__ import annotations

import json
import re
from typing import Any

from gatekeeper.providers.bird.codes import ANSWERS, FIXED, VALIDATION
from gatekeeper.providers.contract import Refusal, Reply
from gatekeeper.providers.verdict_headers import fixed_status, verdict_headers

_FIELD = re.compile(r"[Ff]ield ([A-Za-z0-9_.]{1,100}?)\.?(?: |:|$)")


def refuse(refusal: Refusal) -> Reply:
    """The refusal in Bird's own error shape, with the gate's verdict in headers."""
    answer = ANSWERS[refusal.reason]
    status = fixed_status(refusal, answer.status)
    if status == 400:
        status = answer.status  # a body that cannot be read is a validation error to the SDK
    kind, code = answer.type, answer.code
    if status != answer.status:
        kind, code = FIXED.get(status, (kind, code))
    named = _FIELD.search(refusal.message)
    param = named[1] if named else answer.param
    error: dict[str, Any] = {"type": kind, "code": code, "message": refusal.message}
    if param is not None:
        error["param"] = param
    if kind == VALIDATION:
        error["details"] = [{"param": param or "", "message": refusal.message}]
    if refusal.decision:
        error["request_id"] = refusal.decision
    headers = verdict_headers(refusal, status, "Bearer")
    return Reply(status, headers, json.dumps({"error": error}).encode())
