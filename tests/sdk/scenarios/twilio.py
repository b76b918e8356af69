"""What does an app send with Twilio's Python SDK?"""

from __future__ import annotations

from typing import Any

from twilio.rest import Client

from tests.sdk.scenario import Calls, Gate


def connect(gate: Gate) -> Calls:
    """The calls of a client whose products are each pointed at the gate."""
    client = Client(gate.account, gate.secret)
    client.api.base_url = gate.url
    for product in ("verify", "conversations", "studio", "notify"):
        getattr(client, product).base_url = f"{gate.url}/twilio-{product}"
    return {
        "sms": client.messages.create,
        "call": client.calls.create,
        "update": lambda sid, **fields: client.messages(sid).update(**fields),
        "live_call": lambda sid, **fields: client.calls(sid).update(**fields),
        "fetch": lambda sid: client.messages(sid).fetch(),
        "participant": lambda conference, **fields: client.conferences(
            conference
        ).participants.create(**fields),
        "conversation": lambda sid, **fields: client.conversations.v1.conversations(
            sid
        ).messages.create(**fields),
        "verify": lambda sid, **fields: client.verify.v2.services(sid).verifications.create(
            **fields
        ),
        "studio": lambda sid, **fields: client.studio.v2.flows(sid).executions.create(**fields),
        "notify": lambda sid, **fields: client.notify.v1.services(sid).notifications.create(
            **fields
        ),
    }


def read(error: Any) -> dict[str, Any]:
    """Status and code as an app reads them."""
    return {"status": error.status, "code": error.code}
