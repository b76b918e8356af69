"""What does Plivo answer to a send that it takes, and what would its webhooks say?"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from gatekeeper.domain.message import OutboundRequest
from gatekeeper.domain.words import Channel
from gatekeeper.providers.contract import Operation, RawRequest, Reply, Simulated

_JSON = (("Content-Type", "application/json"),)
_FORM = (("Content-Type", "application/x-www-form-urlencoded"),)
_TYPES = {Channel.WHATSAPP: "whatsapp", Channel.MMS: "mms"}


class PlivoCarrier:
    """Plivo, as the sandbox plays it."""

    def accepted(
        self, raw: RawRequest, operation: Operation, request: OutboundRequest, sid: str
    ) -> Reply:
        """A queued message for each recipient, a call that is fired, or a command that began."""
        ids = [_uuid(sid, n) for n in range(len(request.recipients))]
        if operation.name == "message":
            return _told(202, {"message": "message(s) queued", "message_uuid": ids}, sid)
        if operation.name in ("call", "participant"):
            named = ids[0] if len(ids) == 1 else ids
            return _told(201, {"message": "call fired", "request_uuid": named}, sid)
        if operation.name == "verification":
            told = {"message": "Session initiated", "session_uuid": ids[0]}
            return _told(202, told, sid)
        return _told(202, {"message": f"{operation.name} started"}, sid)

    def passed(self, raw: RawRequest, operation: Operation) -> Reply:
        """A live call of no time, a checked code, or nothing at all."""
        if operation.name == "end":
            return Reply(204, (), b"")
        if operation.name == "check":
            return _told(200, {"message": "session validated successfully."}, "0" * 32)
        ends = {"direction": "outbound", "from": "13122000201", "to": "12122000211"}
        return _told(200, {"call_status": "in-progress", **ends}, "0" * 32)

    def wrote(self, message: Simulated) -> RawRequest:
        """A person's message."""
        return _form(message, message.person, message.sender, {"Text": message.text})

    def delivered(self, state: Simulated) -> RawRequest:
        """What became of a message."""
        status = "undelivered" if state.code else "delivered"
        code = {"ErrorCode": state.code} if state.code else {}
        return _form(state, state.sender, state.person, {"Status": status, **code})


def _form(told: Simulated, sender: str, to: str, more: dict[str, str]) -> RawRequest:
    ends = {"From": sender.removeprefix("+"), "To": to.removeprefix("+")}
    kind = _TYPES.get(told.channel, "sms")
    fields = {**ends, "Type": kind, "MessageUUID": told.id, **more}
    return RawRequest("POST", "/", _FORM, urlencode(fields).encode())


def _uuid(sid: str, place: int) -> str:
    """32 hexadecimal digits in the form of a UUID, another one for each place."""
    digits = f"{(int(sid, 16) + place) % (1 << 128):032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def _told(status: int, body: dict[str, Any], sid: str) -> Reply:
    return Reply(status, _JSON, json.dumps({**body, "api_id": _uuid(sid, 0)}).encode())
