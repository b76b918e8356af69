"""What does an app send with Plivo's Python SDK? It has no option for its address."""

from __future__ import annotations

from typing import Any

import plivo
from plivo.rest import client as rest
from plivo.utils.interactive import Interactive
from plivo.utils.location import Location
from plivo.utils.template import Template

from tests.sdk.scenario import Calls, Gate


def connect(gate: Gate) -> Calls:
    """The calls of a client whose module was pointed at the gate.

    Each call has a client of its own: how often one has tried outlives a call that failed.
    """
    if gate.more.get("patch", "yes") == "yes":
        _point(f"{gate.url}/plivo/v1/Account")
    client = plivo.RestClient(gate.account, gate.secret)
    client.session.verify = gate.more.get("authority", True)  # it asks no environment for this
    return {
        "sms": lambda **fields: client.messages.create(**_made(fields)),
        "call": lambda **fields: plivo.RestClient(gate.account, gate.secret).calls.create(**fields),
        "speak": client.calls.speak,
        "verify": lambda **fields: client.verify_session.create(**fields),
    }


def _point(base: str) -> None:
    rest.PLIVO_API_BASE_URI = base
    rest.API_VOICE_BASE_URI = base
    rest.API_VOICE_BASE_URI_FALLBACK_1 = base
    rest.API_VOICE_BASE_URI_FALLBACK_2 = base


def _made(fields: dict[str, Any]) -> dict[str, Any]:
    kinds = {"template": Template, "interactive": Interactive, "location": Location}
    return {
        name: kinds[name](**value) if name in kinds else value for name, value in fields.items()
    }


def read(error: Any) -> dict[str, Any]:
    """Plivo's exceptions have a text alone."""
    return {"text": str(error)}
