"""What does Vonage answer to a send that it takes, and what would its webhooks say?

The shapes are those that the SDK's own models need (`vonage` 4.9: SendMessageResponse,
SmsResponse, CreateCallResponse).
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import jwt

from gatekeeper.domain.message import OutboundRequest
from gatekeeper.providers.authorization import as_bearer
from gatekeeper.providers.contract import Operation, RawRequest, Reply, Simulated

_JSON = (("Content-Type", "application/json"),)
_UNSIGNED = "not-signed-yet-not-signed-yet-not-signed"


class VonageCarrier:
    """Vonage, as the sandbox plays it."""

    def accepted(
        self, raw: RawRequest, operation: Operation, request: OutboundRequest, sid: str
    ) -> Reply:
        """A message that was taken, an SMS that was queued, or a call that has begun."""
        name = _uuid(sid)
        if operation.name == "call":
            told = {"uuid": name, "status": "started", "direction": "outbound"}
            return _told(201, told | {"conversation_uuid": f"CON-{name}"})
        if operation.name == "verify":
            return _told(202, {"request_id": name})
        if operation.name == "sms":
            return _told(200, _sms(sid, request))
        tried = {"workflow_id": f"3TcNjguHxr2vcCZ9Ddsnq6tw8yQUpZ9r:{name}"} if request.also else {}
        return _told(202, {"message_uuid": name} | tried)

    def passed(self, raw: RawRequest, operation: Operation) -> Reply:
        """A call of that id, or nothing more than that it was done."""
        if operation.name == "read":
            return _told(200, {"uuid": raw.path.rpartition("/")[2], "status": "answered"})
        if operation.name == "check":
            name = raw.path.rpartition("/")[2]
            return _told(200, {"request_id": name, "status": "completed"})
        if operation.name == "stop":
            return _told(200, {"message": "Stopped", "uuid": raw.path.split("/")[3]})
        return Reply(204, (), b"")

    def wrote(self, message: Simulated) -> RawRequest:
        """A person's message."""
        ends = {"from": message.person.lstrip("+"), "to": message.sender.lstrip("+")}
        return _webhook(message, ends | {"message_type": "text", "text": message.text})

    def delivered(self, state: Simulated) -> RawRequest:
        """What became of a message."""
        ends = {"from": state.sender.lstrip("+"), "to": state.person.lstrip("+")}
        if not state.code:
            return _webhook(state, ends | {"status": "delivered"})
        page = f"https://developer.vonage.com/api-errors/messages#{state.code}"
        return _webhook(state, ends | {"status": "rejected", "error": {"type": page}})


def _uuid(sid: str) -> str:
    """32 hexadecimal digits in the form of a UUID (RFC 9562)."""
    return "-".join((sid[:8], sid[8:12], sid[12:16], sid[16:20], sid[20:]))


def _sms(sid: str, request: OutboundRequest) -> dict[str, Any]:
    sent = [
        {
            "to": each.value.lstrip("+"),
            "message-id": sid[:16].upper(),
            "status": "0",
            "remaining-balance": "10.00000000",
            "message-price": "0.03330000",
            "network": "310000",
        }
        for each in request.recipients
    ]
    return {"message-count": str(len(sent)), "messages": sent}


def _webhook(told: Simulated, more: dict[str, Any]) -> RawRequest:
    """A webhook with its time in a token that `resign` signs."""
    at = told.at or datetime.fromisoformat("1970-01-01T00:00:00+00:00")
    body = {"channel": str(told.channel), "message_uuid": told.id, "timestamp": at.isoformat()}
    token = jwt.encode({"iat": int(at.timestamp())}, _UNSIGNED, algorithm="HS256")
    headers = (*_JSON, ("Authorization", as_bearer(token)))
    return RawRequest("POST", "/", headers, json.dumps(body | more).encode())


def _told(status: int, body: dict[str, Any]) -> Reply:
    return Reply(status, _JSON, json.dumps(body).encode())
