"""What does the sandbox carrier answer in MessageBird's name?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from gatekeeper.domain.message import OutboundRequest
from gatekeeper.providers.contract import Operation, RawRequest, Reply, Simulated
from gatekeeper.providers.json_body import read_object

_JSON = (("Content-Type", "application/json"),)
_NO_TIME = "2026-01-01T00:00:00+00:00"
"""The carrier has no clock: a time that can be read, and is no news."""
_SHOWN = ("originator", "body", "reference", "subject", "mediaUrls", "language", "voice", "repeat")


class MessageBirdCarrier:
    """The success shapes of messagebird 2.2."""

    def accepted(
        self, raw: RawRequest, operation: Operation, request: OutboundRequest, sid: str
    ) -> Reply:
        """201 with what was taken, and the state of each recipient."""
        body = read_object(raw)
        match operation.name:
            case "verify":
                return _reply(_verify(body, request, sid))
            case "conversation" | "conversation_send":
                return _reply(_conversation(body, sid))
            case "call":
                return _reply({"data": [_call(body, sid)]})
            case _:
                return _reply(_message(body, request, sid))

    def passed(self, raw: RawRequest, operation: Operation) -> Reply:
        """An empty list, or nothing of what was deleted."""
        if operation.name == "delete":
            return Reply(204, (), b"")
        page = {"offset": 0, "limit": 20, "count": 0, "totalCount": 0, "links": {}, "items": []}
        return Reply(200, _JSON, json.dumps(page).encode())

    def wrote(self, message: Simulated) -> RawRequest:
        """The webhook of an SMS that came in, unsigned."""
        said = {
            "id": message.id,
            "originator": message.person.removeprefix("+"),
            "recipient": message.sender.removeprefix("+"),
            "body": message.text,
        }
        return RawRequest("POST", "/", _JSON, json.dumps(said).encode())

    def delivered(self, state: Simulated) -> RawRequest:
        """A status report, unsigned."""
        said = {
            "id": state.id,
            "originator": state.sender.removeprefix("+"),
            "recipient": state.person.removeprefix("+"),
            "status": "delivery_failed" if state.code else "delivered",
            "statusErrorCode": state.code,
        }
        return RawRequest("POST", "/", _JSON, json.dumps(said).encode())


def _message(body: Mapping[str, Any], request: OutboundRequest, sid: str) -> dict[str, Any]:
    items = [
        {"recipient": _digits(to.value), "status": "sent", "statusDatetime": _NO_TIME}
        for to in request.recipients
    ]
    counts = {
        "totalCount": len(items),
        "totalSentCount": len(items),
        "totalDeliveredCount": 0,
        "totalDeliveryFailedCount": 0,
    }
    return {
        "id": sid,
        "href": f"https://rest.messagebird.com/messages/{sid}",
        "direction": "mt",
        "type": body.get("type") or "sms",
        **{name: body.get(name) for name in _SHOWN},
        "scheduledDatetime": None,
        "createdDatetime": _NO_TIME,
        "recipients": {**counts, "items": items},
    }


def _verify(body: Mapping[str, Any], request: OutboundRequest, sid: str) -> dict[str, Any]:
    return {
        "id": sid,
        "href": f"https://rest.messagebird.com/verify/{sid}",
        "recipient": _digits(request.recipients[0].value),
        "reference": body.get("reference"),
        "messages": {"href": f"https://rest.messagebird.com/messages/{sid}"},
        "status": "sent",
        "createdDatetime": _NO_TIME,
        "validUntilDatetime": _NO_TIME,
    }


def _conversation(body: Mapping[str, Any], sid: str) -> dict[str, Any]:
    return {
        "id": sid,
        "contactId": sid,
        "contact": {"id": sid, "msisdn": body["to"]},
        "lastUsedChannelId": body.get("channelId") or body.get("from"),
        "channels": [],
        "messages": {"totalCount": 1, "href": ""},
        "status": "active",
        "createdDatetime": _NO_TIME,
        "updatedDatetime": _NO_TIME,
    }


def _call(body: Mapping[str, Any], sid: str) -> dict[str, Any]:
    return {
        "id": sid,
        "status": "queued",
        "source": body["source"],
        "destination": body["destination"],
        "createdAt": _NO_TIME,
        "updatedAt": _NO_TIME,
        "endedAt": None,
    }


def _digits(number: str) -> int | str:
    bare = number.removeprefix("+")
    return int(bare) if bare.isdecimal() else bare


def _reply(body: Any) -> Reply:
    return Reply(201, _JSON, json.dumps(body).encode())
