"""What does Twilio answer to a send that it takes, and what would its webhooks say?

The shapes are those that the SDK's resources read (`twilio` 9.13). A call that is asked about is
one that we placed, and every conversation is with one person; both are the sandbox's own.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from gatekeeper.domain.message import OutboundRequest
from gatekeeper.domain.words import Channel
from gatekeeper.providers.contract import Operation, RawRequest, Reply, Simulated
from gatekeeper.providers.form_body import FORM_TYPE
from gatekeeper.providers.twilio.lookup import CONVERSATION, LIVE_CALL, USER_MESSAGE

PERSON, OWN = "+12025550143", "+15005550006"
"""Whom the sandbox's calls and conversations are with, and Twilio's own number for tests."""

_JSON = (("Content-Type", "application/json"),)
_FORM = (("Content-Type", FORM_TYPE),)
_PREFIXED = {Channel.WHATSAPP: "whatsapp:", Channel.MESSENGER: "messenger:", Channel.RCS: "rcs:"}
_WORDS = {Channel.VOICE: "call"}
"""What Verify calls a channel, where that is not our own word."""


def _sid(name: str) -> str:
    """A message's id in Twilio's form: 32 hexadecimal digits get its prefix."""
    return f"SM{name}" if len(name) == 32 else name


class TwilioCarrier:
    """Twilio, as the sandbox plays it."""

    def accepted(
        self, raw: RawRequest, operation: Operation, request: OutboundRequest, sid: str
    ) -> Reply:
        """A queued message or call, a pending verification, a flow that has begun."""
        shape = _SHAPES.get(operation.name, _message)
        return _told(shape(raw, request, sid), 201)

    def passed(self, raw: RawRequest, operation: Operation) -> Reply:
        """A thing of that id; of a conversation, its one participant."""
        if operation.name == "delete":
            return Reply(204, (), b"")
        if raw.path.endswith("/Participants"):
            binding = {"type": "sms", "address": PERSON, "proxy_address": OWN}
            people = [{"sid": "MB" + "0" * 32, "messaging_binding": binding}]
            return _told({"participants": people, "meta": {"next_page_url": None}})
        named = raw.path.rpartition("/")[2].removesuffix(".json")
        ends = {"direction": "outbound-api", "to": PERSON, "from": OWN}
        told = {"sid": named, "status": "completed"}
        return _told(told | ends if "/Calls/" in raw.path else told)

    def wrote(self, message: Simulated) -> RawRequest:
        """A person's message, as a number's or service's webhook has it."""
        prefix = _PREFIXED.get(message.channel, "")
        said = {
            "MessageSid": _sid(message.id),
            "AccountSid": message.account,
            "From": prefix + message.person,
            "To": prefix + message.sender,
            "Body": message.text,
            "NumMedia": "0",
            "SmsStatus": "received",
        }
        return RawRequest("POST", "/", _FORM, urlencode(said).encode())

    def delivered(self, state: Simulated) -> RawRequest:
        """What became of a message, as a status callback has it."""
        prefix = _PREFIXED.get(state.channel, "")
        said = {
            "MessageSid": _sid(state.id),
            "AccountSid": state.account,
            "From": prefix + state.sender,
            "To": prefix + state.person,
            "MessageStatus": "undelivered" if state.code else "delivered",
        }
        said |= {"ErrorCode": state.code} if state.code else {}
        return RawRequest("POST", "/", _FORM, urlencode(said).encode())


def _told(body: dict[str, Any], status: int = 200) -> Reply:
    return Reply(status, _JSON, json.dumps(body).encode())


def _message(raw: RawRequest, request: OutboundRequest, sid: str) -> dict[str, Any]:
    prefix = _PREFIXED.get(request.channel, "")
    return {
        "sid": ("MM" if request.media else "SM") + sid,
        "status": "scheduled" if request.send_at else "queued",
        "to": prefix + request.recipients[0].value,
        "from": prefix + request.sender.value,
        "body": _body(request),
        "num_segments": "1",
        "num_media": str(len(request.media)),
        "direction": "outbound-api",
    }


def _call(raw: RawRequest, request: OutboundRequest, sid: str) -> dict[str, Any]:
    ends = {"to": request.recipients[0].value, "from": request.sender.value}
    return {"sid": "CA" + sid, "status": "queued", "direction": "outbound-api", **ends}


def _live_call(raw: RawRequest, request: OutboundRequest, sid: str) -> dict[str, Any]:
    named = raw.path.rpartition("/")[2].removesuffix(".json")
    return {"sid": named, "status": "in-progress", "to": PERSON, "from": OWN}


def _user_message(raw: RawRequest, request: OutboundRequest, sid: str) -> dict[str, Any]:
    return {"sid": "KX" + sid, "call_sid": raw.path.split("/")[5]}


def _participant(raw: RawRequest, request: OutboundRequest, sid: str) -> dict[str, Any]:
    conference = raw.path.split("/")[5]
    return {"call_sid": "CA" + sid, "conference_sid": conference, "status": "queued"}


def _conversation(raw: RawRequest, request: OutboundRequest, sid: str) -> dict[str, Any]:
    conversation = raw.path.split("/")[-2]
    body = _body(request)
    return {"sid": "IM" + sid, "conversation_sid": conversation, "index": 0, "body": body}


def _verification(raw: RawRequest, request: OutboundRequest, sid: str) -> dict[str, Any]:
    return {
        "sid": "VE" + sid,
        "service_sid": request.sender.value,
        "to": request.recipients[0].value,
        "channel": _WORDS.get(request.channel, request.channel),
        "status": "pending",
        "valid": False,
    }


def _execution(raw: RawRequest, request: OutboundRequest, sid: str) -> dict[str, Any]:
    flow, person = raw.path.split("/")[3], request.recipients[0].value
    ends = {"flow_sid": flow, "contact_channel_address": person}
    return {"sid": "FN" + sid, "status": "active", **ends}


def _notification(raw: RawRequest, request: OutboundRequest, sid: str) -> dict[str, Any]:
    return {"sid": "NT" + sid, "service_sid": request.sender.value, "body": _body(request)}


def _body(request: OutboundRequest) -> str | None:
    return next((part.text for part in request.parts if part.path == "Body"), None)


_SHAPES: Mapping[str, Callable[[RawRequest, OutboundRequest, str], dict[str, Any]]] = {
    "call": _call,
    LIVE_CALL: _live_call,
    USER_MESSAGE: _user_message,
    "participant": _participant,
    CONVERSATION: _conversation,
    "verification": _verification,
    "execution": _execution,
    "notification": _notification,
}
"""The resource that each operation makes, but for messages."""
