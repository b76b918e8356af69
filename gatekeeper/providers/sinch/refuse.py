"""How does Sinch word a refusal? Each of its APIs in a way of its own.

SMS            {"code": "forbidden", "text": "..."}
Conversation   {"error": {"code": 403, "message": "...", "status": "PERMISSION_DENIED",
                          "details": []}}
OAuth 2.0      {"error": "...", "error_code": 401, "error_description": "..."}
"""

from __future__ import annotations

import json
from typing import Any

from gatekeeper.providers.contract import Refusal, Reply
from gatekeeper.providers.sinch.codes import RPC_NAMES, SMS_CODES, STATUSES
from gatekeeper.providers.sinch.paths import AUTH, CONVERSATION
from gatekeeper.providers.verdict_headers import fixed_status, verdict_headers


def refuse(refusal: Refusal) -> Reply:
    """The refusal in the shape of the API that was asked, with the gate's verdict in headers."""
    status = fixed_status(refusal, STATUSES[refusal.reason])
    headers = verdict_headers(refusal, status, "Bearer")
    return Reply(status, headers, json.dumps(_body(refusal, status)).encode())


def _body(refusal: Refusal, status: int) -> dict[str, Any]:
    if refusal.service == AUTH:
        error = "invalid_client" if status == 401 else "invalid_request"
        return {"error": error, "error_code": status, "error_description": refusal.message}
    if refusal.service.startswith(CONVERSATION):
        name = RPC_NAMES.get(status, "FAILED_PRECONDITION")
        told = {"code": status, "message": refusal.message, "status": name, "details": []}
        return {"error": told}
    return {"code": SMS_CODES.get(status, "forbidden"), "text": refusal.message}
