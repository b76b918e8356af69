"""What does an app send with Bird's Python SDK?"""

from __future__ import annotations

from typing import Any

from bird import Bird

from tests.sdk.scenario import Calls, Gate


def connect(gate: Gate) -> Calls:
    """The calls of a client that is pointed at the gate."""
    client = Bird(api_key=gate.secret, base_url=f"{gate.url}/bird")
    return {
        "sms": client.sms.send,
        "batch": client.sms.send_batch,
        "whatsapp": client.whatsapp.send,
        "get": client.sms.get,
    }


def read(error: Any) -> dict[str, Any]:
    """Status, category and code as an app reads them."""
    return {"status": error.status_code, "type": str(error.type), "code": error.code}
