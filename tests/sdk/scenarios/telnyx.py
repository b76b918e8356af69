"""What does an app send with Telnyx's Python SDK?"""

from __future__ import annotations

from typing import Any

from telnyx import Telnyx

from tests.sdk.scenario import Calls, Gate


def connect(gate: Gate) -> Calls:
    """The calls of a client that is pointed at the gate."""
    client = Telnyx(api_key=gate.secret, base_url=f"{gate.url}/telnyx/v2")
    messages, actions = client.messages, client.calls.actions
    return {
        "sms": messages.send,
        "group_mms": messages.send_group_mms,
        "number_pool": messages.send_number_pool,
        "short_code": messages.send_short_code,
        "long_code": messages.send_long_code,
        "alphanumeric": messages.send_with_alphanumeric_sender,
        "schedule": messages.schedule,
        "whatsapp": messages.whatsapp,
        "rcs": messages.rcs.send,
        "retrieve": messages.retrieve,
        "call": client.calls.dial,
        "speak": actions.speak,
        "gather_using_speak": actions.gather_using_speak,
        "transfer": actions.transfer,
    }


def read(error: Any) -> dict[str, Any]:
    """Status and code as an app reads them."""
    first = error.body["errors"][0]
    return {"status": error.status_code, "code": first["code"], "title": first.get("title")}
