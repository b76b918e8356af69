"""What does the sandbox carrier answer in Bird's name?

The SDK's models are strict: an id is its kind and 26 signs of Crockford's alphabet, and twelve
fields of an SMS must be there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from gatekeeper.domain.message import OutboundRequest
from gatekeeper.providers.contract import Operation, RawRequest, Reply, Simulated
from gatekeeper.providers.json_body import read_object

_JSON = (("Content-Type", "application/json"),)
_NO_TIME = "2026-01-01T00:00:00Z"
"""The carrier has no clock: a time that can be read, and is no news."""
_LENGTH = 26


class BirdCarrier:
    """The success shapes of messagebird-sdk 0.106."""

    def accepted(
        self, raw: RawRequest, operation: Operation, request: OutboundRequest, sid: str
    ) -> Reply:
        """202 with the message, or with every message of a batch."""
        body = read_object(raw)
        if operation.name == "whatsapp":
            return _reply(202, _whatsapp(body, request, sid))
        every = (request, *request.also)
        bodies = body["messages"] if operation.name == "batch" else [body]
        data = [
            _sms(one, each, f"{sid[:-3]}{place:03d}")
            for place, (one, each) in enumerate(zip(bodies, every, strict=True))
        ]
        if operation.name == "batch":
            return _reply(202, {"data": data, "summary": {"accepted_count": len(data)}})
        return _reply(202, data[0])

    def passed(self, raw: RawRequest, operation: Operation) -> Reply:
        """An empty list."""
        return _reply(200, {"data": [], "has_more": False})

    def wrote(self, message: Simulated) -> RawRequest:
        """The webhook of an SMS that came in, unsigned."""
        data = {
            "sms_id": _id("sms", message.id),
            "workspace_id": _id("ws", "0"),
            "from": message.person,
            "to": message.sender,
            "text": message.text,
            "segments": _SEGMENTS,
        }
        return _webhook("sms.received", data, message.at)

    def delivered(self, state: Simulated) -> RawRequest:
        """The webhook of what became of an SMS, unsigned."""
        data: dict[str, Any] = {
            "sms_id": _id("sms", state.id),
            "workspace_id": _id("ws", "0"),
            "from": state.sender,
            "to": state.person,
        }
        if state.code:
            error = {"code": state.code, "description": "failed", "occurred_at": _NO_TIME}
            data["error"] = error
        return _webhook("sms.failed" if state.code else "sms.delivered", data, state.at)


_SEGMENTS = {"count": 1, "encoding": "GSM_7BIT", "characters": 1}


def _sms(body: Mapping[str, Any], request: OutboundRequest, sid: str) -> dict[str, Any]:
    language = (body.get("template") or {}).get("language")
    return {
        "id": _id("sms", sid),
        "direction": "outbound",
        "status": "accepted",
        "to": request.recipients[0].value,
        "from": request.sender.value,
        "text": body.get("text") or "sandbox",
        "category": body.get("category"),
        "requested_language": language,
        "resolved_language": language,
        "template_id": None,
        "template_version_id": None,
        "template_content_hash": None,
        "segments": _SEGMENTS,
        "created_at": _NO_TIME,
    }


def _whatsapp(body: Mapping[str, Any], request: OutboundRequest, sid: str) -> dict[str, Any]:
    return {
        "id": _id("wam", sid),
        "direction": "outbound",
        "from": {"phone_number": request.sender.value},
        "to": {"phone_number": request.recipients[0].value},
        "status": "accepted",
        "created_at": _NO_TIME,
        **({"text": body["text"]} if body.get("text") else {}),
    }


def _id(kind: str, digits: str) -> str:
    """Hexadecimal digits are letters and digits that Crockford's alphabet has as well."""
    plain = "".join(sign for sign in digits.lower() if sign in "0123456789abcdef")
    return f"{kind}_{plain[-_LENGTH:].rjust(_LENGTH, '0')}"


def _webhook(kind: str, data: Mapping[str, Any], at: datetime | None) -> RawRequest:
    time = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else _NO_TIME
    body = {"type": kind, "timestamp": time, "data": data}
    stamp = str(int(at.timestamp())) if at else "0"
    headers = (("webhook-id", f"msg-{data['sms_id']}"), ("webhook-timestamp", stamp))
    return RawRequest("POST", "/", (*_JSON, *headers), json.dumps(body).encode())


def _reply(status: int, body: Any) -> Reply:
    return Reply(status, _JSON, json.dumps(body).encode())
