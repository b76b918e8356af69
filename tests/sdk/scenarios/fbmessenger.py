"""What does an app send to Messenger with fbmessenger? It raises nothing: a refusal is returned."""

from __future__ import annotations

from typing import Any

from fbmessenger import MessengerClient

from tests.sdk.scenario import Calls, Gate


def connect(gate: Gate) -> Calls:
    """The calls of a client that is pointed at the gate."""
    client = MessengerClient(gate.secret, api_version=21.0)
    client.graph_url = f"{gate.url}/meta/v21.0"
    return {"text": client.send, "action": client.send_action}


def read(error: Any) -> dict[str, Any]:
    """Nothing of its own."""
    return {}
