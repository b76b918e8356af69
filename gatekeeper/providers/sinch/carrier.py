"""What does the sandbox carrier answer in Sinch's name?"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from gatekeeper.domain.message import OutboundRequest
from gatekeeper.domain.words import Channel
from gatekeeper.providers.contract import Handling, Operation, RawRequest, Reply, Simulated
from gatekeeper.providers.json_body import read_object
from gatekeeper.providers.sinch.signature import NONCE, TIMESTAMP

_JSON = (("Content-Type", "application/json"),)
_THEN = "2026-01-01T00:00:00.000Z"


class SinchCarrier:
    """The success shapes of developers.sinch.com."""

    def accepted(
        self, raw: RawRequest, operation: Operation, request: OutboundRequest, sid: str
    ) -> Reply:
        """A batch as it was taken, or the id of a message."""
        if operation.name == "conversation":
            return _json(200, {"message_id": sid[:26].upper(), "accepted_time": _THEN})
        body = {"type": "mt_text", **read_object(raw)}
        own = {"id": sid[:26].upper(), "created_at": _THEN, "modified_at": _THEN, "canceled": False}
        status = 200 if raw.method == "PUT" else 201
        return _json(status, {"delivery_report": "none", **body, **own})

    def passed(self, raw: RawRequest, operation: Operation) -> Reply:
        """An empty page, or the count of a trial run."""
        if operation.handling is Handling.PASS and raw.path.endswith("/dry_run"):
            to = read_object(raw).get("to", [])
            counts = {"number_of_recipients": len(to), "number_of_messages": len(to)}
            return _json(200, counts)
        return _json(200, {"count": 0, "page": 0, "page_size": 0})

    def wrote(self, message: Simulated) -> RawRequest:
        """The webhook of a message that came in by SMS, or on another channel."""
        if message.channel in (Channel.SMS, Channel.MMS):
            body = {
                "type": "mo_text",
                "id": message.id[:26].upper(),
                "from": message.person.removeprefix("+"),
                "to": message.sender.removeprefix("+"),
                "body": message.text,
                "received_at": _written(message.at),
            }
            return _hook(message, body)
        told = {
            "id": message.id[:26].upper(),
            "direction": "TO_APP",
            "channel_identity": {"channel": message.channel.upper(), "identity": message.person},
            "contact_message": {"text_message": {"text": message.text}},
            "accept_time": _written(message.at),
        }
        return _hook(message, {"app_id": message.sender, "message": told})

    def delivered(self, state: Simulated) -> RawRequest:
        """The webhook of what became of a message to one number."""
        code = int(state.code) if state.code.isdecimal() else 0
        body = {
            "type": "recipient_delivery_report_sms",
            "batch_id": state.id[:26].upper(),
            "recipient": state.person.removeprefix("+"),
            "applied_originator": state.sender.removeprefix("+"),
            "code": code,
            "status": "Failed" if state.code else "Delivered",
            "at": _written(state.at),
        }
        return _hook(state, body)


def _json(status: int, body: dict[str, Any]) -> Reply:
    return Reply(status, _JSON, json.dumps(body).encode())


def _written(at: datetime | None) -> str:
    return at.isoformat() if at else _THEN


def _hook(told: Simulated, body: dict[str, Any]) -> RawRequest:
    seconds = str(int(told.at.timestamp())) if told.at else "0"
    headers = (*_JSON, (NONCE, told.id[:26]), (TIMESTAMP, seconds))
    return RawRequest("POST", "/", headers, json.dumps(body).encode())
