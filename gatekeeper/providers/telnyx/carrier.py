"""What does Telnyx answer to a send that it takes, and what would its webhooks say?

The shapes are those that the SDK's own models read (`telnyx` 4.189: MessageSendResponse,
CallDialResponse, CreateVerificationResponse).
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from gatekeeper.domain.message import OutboundRequest
from gatekeeper.domain.words import Channel
from gatekeeper.providers.contract import Operation, RawRequest, Reply, Simulated
from gatekeeper.providers.telnyx.signature import TIMESTAMP

_JSON = (("Content-Type", "application/json"),)
_ENDED = {"result": "ok"}


class TelnyxCarrier:
    """Telnyx, as the sandbox plays it."""

    def accepted(
        self, raw: RawRequest, operation: Operation, request: OutboundRequest, sid: str
    ) -> Reply:
        """A queued message, a call that rings or a verification that waits for its code."""
        name = _uuid(sid)
        if operation.name == "call":
            return _told(_call(name))
        if operation.name == "verification":
            return _told(_verification(name, raw, request))
        return _told(_message(name, request))

    def passed(self, raw: RawRequest, operation: Operation) -> Reply:
        """A thing of that id, a cancelled message, or the result of a command."""
        if operation.name in ("end", "check"):
            return _told(_ENDED)
        name = raw.path.rpartition("/")[2]
        state = {"status": "cancelled"} if operation.name == "cancel" else {}
        return _told({"record_type": "message", "id": name, **state})

    def wrote(self, message: Simulated) -> RawRequest:
        """A person's message: `message.received`."""
        said: dict[str, Any] = {"text": message.text, "direction": "inbound"}
        ends = _ends(message.person, message.sender, "webhook_delivered")
        if message.channel is Channel.WHATSAPP:
            body = {"from": message.person, "type": "text", "text": {"body": message.text}}
            said, ends = {"direction": "inbound", "body": body}, {"to": message.sender}
        return _event("message.received", message, ends | said)

    def delivered(self, state: Simulated) -> RawRequest:
        """What became of a message: `message.finalized`."""
        ends = _ends(state.sender, state.person, "delivery_failed" if state.code else "delivered")
        title = "Blocked due to STOP message" if state.code == "40300" else "Not delivered"
        errors = [{"code": state.code, "title": title}] if state.code else []
        return _event("message.finalized", state, ends | {"errors": errors})


def _uuid(sid: str) -> str:
    """32 hexadecimal digits in the form of a UUID (RFC 9562)."""
    return "-".join((sid[:8], sid[8:12], sid[12:16], sid[16:20], sid[20:]))


def _message(name: str, request: OutboundRequest) -> dict[str, Any]:
    texts = [part.text for part in request.parts if part.path == "text"]
    return {
        "record_type": "message",
        "direction": "outbound",
        "id": name,
        "type": request.channel.upper(),
        "from": {"phone_number": request.sender.value, "carrier": "", "line_type": ""},
        "to": [
            {"phone_number": each.value, "status": "queued", "carrier": "", "line_type": ""}
            for each in request.recipients
        ],
        "text": "".join(texts),
        "media": [{"url": url} for url in request.media],
        "parts": 1,
        "errors": [],
    }


def _call(name: str) -> dict[str, Any]:
    return {
        "record_type": "call",
        "call_control_id": f"v3:{name}",
        "call_leg_id": name,
        "call_session_id": name,
        "is_alive": False,
    }


def _verification(name: str, raw: RawRequest, request: OutboundRequest) -> dict[str, Any]:
    return {
        "record_type": "verification",
        "id": name,
        "phone_number": request.recipients[0].value,
        "type": raw.path.rpartition("/")[2],
        "status": "pending",
        "verify_profile_id": request.sender.value,
    }


def _ends(sender: str, to: str, status: str) -> dict[str, Any]:
    return {"from": {"phone_number": sender}, "to": [{"phone_number": to, "status": status}]}


def _event(kind: str, told: Simulated, payload: dict[str, Any]) -> RawRequest:
    """A webhook, with the time that is to be signed in its header."""
    at = told.at or datetime.fromisoformat("1970-01-01T00:00:00+00:00")
    data = {
        "record_type": "event",
        "event_type": kind,
        "id": told.id,
        "occurred_at": at.isoformat(),
        "payload": {
            "record_type": "message", "id": told.id, "type": told.channel.upper(), **payload,
        },
    }  # fmt: skip
    headers = (*_JSON, (TIMESTAMP, str(int(at.timestamp()))))
    return RawRequest("POST", "/", headers, json.dumps({"data": data}).encode())


def _told(data: dict[str, Any]) -> Reply:
    return Reply(200, _JSON, json.dumps({"data": data}).encode())
