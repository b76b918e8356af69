"""What does the sandbox carrier answer in Bandwidth's name?

The shapes are those that the SDK's models require: a send is 202 exactly, or the SDK returns
nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from gatekeeper.domain.message import OutboundRequest
from gatekeeper.domain.words import Channel
from gatekeeper.providers.contract import Operation, RawRequest, Reply, Simulated
from gatekeeper.providers.json_body import read_object

_JSON = (("Content-Type", "application/json"),)
_NO_TIME = "2026-01-01T00:00:00Z"
"""The carrier has no clock: a time that can be read, and is no news."""
_CHANNELS = {Channel.RCS: "RBM", Channel.MMS: "MMS"}


class BandwidthCarrier:
    """The success shapes of bandwidth-sdk 23.3."""

    def accepted(
        self, raw: RawRequest, operation: Operation, request: OutboundRequest, sid: str
    ) -> Reply:
        """202 for a message, 201 for a call, 200 for a code."""
        body = read_object(raw)
        match operation.name:
            case "message":
                return _reply(202, _message(body, request, sid))
            case "multi_channel":
                return _reply(202, {"links": [], "data": _several(body, sid), "errors": []})
            case "call":
                return _reply(201, _call(body, operation.account, sid))
            case "code_call":
                return _reply(200, {"callId": f"c-{sid}"})
            case _:
                return _reply(200, {"messageId": sid})

    def passed(self, raw: RawRequest, operation: Operation) -> Reply:
        """An empty list, a code that was the right one, or nothing."""
        if operation.name == "verify":
            return _reply(200, {"valid": True})
        if operation.name != "read":
            return Reply(200, (), b"")
        if raw.path.endswith("/messages"):
            return _reply(200, {"totalCount": 0, "pageInfo": {}, "messages": []})
        return _reply(200, [])

    def wrote(self, message: Simulated) -> RawRequest:
        """A `message-received` webhook, without a password."""
        event = {
            "type": "message-received",
            "time": _time(message.at),
            "description": "Incoming message received",
            "to": message.sender,
            "message": _told(message, "in", message.person, message.sender),
        }
        return _webhook(event)

    def delivered(self, state: Simulated) -> RawRequest:
        """A `message-delivered` or `message-failed` webhook, without a password."""
        event: dict[str, Any] = {
            "type": "message-failed" if state.code else "message-delivered",
            "time": _time(state.at),
            "description": f"failed with {state.code}" if state.code else "ok",
            "to": state.person,
            "message": _told(state, "out", state.sender, state.person),
        }
        if state.code:
            event["errorCode"] = int(state.code)
        return _webhook(event)


def _message(body: Mapping[str, Any], request: OutboundRequest, sid: str) -> dict[str, Any]:
    named = ("applicationId", "text", "media", "tag", "priority", "expiration")
    return {
        "id": sid,
        "owner": request.sender.value,
        "time": _NO_TIME,
        "segmentCount": 1,
        "direction": "out",
        "to": [each.value for each in request.recipients],
        "from": request.sender.value,
        **{name: body[name] for name in named if body.get(name) is not None},
    }


def _several(body: Mapping[str, Any], sid: str) -> dict[str, Any]:
    bodies = [{**each, "owner": each["from"]} for each in body["channelList"]]
    head = {"id": sid, "time": _NO_TIME, "direction": "out", "to": [body["to"]]}
    named = {name: body[name] for name in ("tag", "priority") if body.get(name) is not None}
    return {**head, "channelList": bodies, **named}


def _call(body: Mapping[str, Any], account: str, sid: str) -> dict[str, Any]:
    named = ("to", "from", "answerUrl", "callTimeout", "callbackTimeout", "tag", "priority")
    return {
        "applicationId": str(body.get("applicationId") or ""),
        "accountId": account,
        "callId": f"c-{sid}",
        "enqueuedTime": _NO_TIME,
        "callUrl": f"https://voice.bandwidth.com/api/v2/accounts/{account}/calls/c-{sid}",
        "answerMethod": body.get("answerMethod") or "POST",
        "disconnectMethod": body.get("disconnectMethod") or "POST",
        **{name: body[name] for name in named if body.get(name) is not None},
    }


def _told(of: Simulated, direction: str, sent_by: str, sent_to: str) -> dict[str, Any]:
    return {
        "id": of.id,
        "owner": of.sender,
        "applicationId": "93de2206-9669-4e07-948d-329f4b722ee2",
        "time": _time(of.at),
        "segmentCount": 1,
        "direction": direction,
        "to": [sent_to],
        "from": sent_by,
        "text": of.text,
        "channel": _CHANNELS.get(of.channel, "SMS"),
    }


def _time(at: datetime | None) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else _NO_TIME


def _webhook(event: Mapping[str, Any]) -> RawRequest:
    return RawRequest("POST", "/", _JSON, json.dumps([event]).encode())


def _reply(status: int, body: Any) -> Reply:
    return Reply(status, _JSON, json.dumps(body).encode())
