"""How does IntelePeer word a refusal?

{"code": 403, "error": "..."}
"""

from __future__ import annotations

import json

from gatekeeper.providers.contract import Refusal, Reply
from gatekeeper.providers.intelepeer.codes import STATUSES
from gatekeeper.providers.verdict_headers import fixed_status, verdict_headers


def refuse(refusal: Refusal) -> Reply:
    """The refusal in IntelePeer's own error shape, with the gate's verdict in headers."""
    status = fixed_status(refusal, STATUSES[refusal.reason])
    body = {"code": status, "error": refusal.message}
    return Reply(status, verdict_headers(refusal, status, "Bearer"), json.dumps(body).encode())
