"""How does MessageBird word a refusal?

{"errors": [{"code": 103, "description": "...", "parameter": "recipients"}]}
"""

from __future__ import annotations

import json
import re

from gatekeeper.providers.contract import Refusal, Reply
from gatekeeper.providers.messagebird.codes import ANSWERS, FIXED, KEPT, REFUSED
from gatekeeper.providers.verdict_headers import fixed_status, verdict_headers

_FIELD = re.compile(r"[Ff]ield ([A-Za-z0-9_.]{1,100}?)\.?(?: |:|$)")


def refuse(refusal: Refusal) -> Reply:
    """The refusal in MessageBird's own error shape, with the gate's verdict in headers."""
    answer = ANSWERS[refusal.reason]
    status = fixed_status(refusal, answer.status)
    status = status if status in KEPT else REFUSED
    named = _FIELD.search(refusal.message)
    error = {
        "code": answer.code if status == answer.status else FIXED.get(status, answer.code),
        "description": refusal.message,
        "parameter": named[1] if named else answer.parameter,
    }
    headers = verdict_headers(refusal, status, "AccessKey")
    return Reply(status, headers, json.dumps({"errors": [error]}).encode())
