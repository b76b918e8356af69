"""What does an app send with MessageBird's classic Python SDK? It has no option for its address."""

from __future__ import annotations

from typing import Any

import messagebird
from messagebird import client as module

from tests.sdk.scenario import Calls, Gate


def connect(gate: Gate) -> Calls:
    """The calls of a client whose module was pointed at the gate."""
    module.ENDPOINT = f"{gate.url}/messagebird/"
    module.CONVERSATION_API_ROOT = f"{gate.url}/messagebird-conversations/v1/"
    module.VOICE_API_ROOT = f"{gate.url}/messagebird-voice/"
    client = messagebird.Client(gate.secret)
    return {
        "sms": client.message_create,
        "mms": client.mms_create,
        "voice": client.voice_message_create,
        "conversation": client.conversation_start,
        "verify": client.verify_create,
        "balance": client.balance,
    }


def read(error: Any) -> dict[str, Any]:
    """Code and field as an app reads them; other statuses are raised by its HTTP library."""
    if not hasattr(error, "errors"):
        return {"status": error.response.status_code}
    first = error.errors[0]
    return {"code": first.code, "description": first.description, "field": first.parameter}
