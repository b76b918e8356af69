"""What does the sandbox carrier answer in Infobip's name?

The shapes that its SDK's models require: `groupName` is one of the words they know.
"""

from __future__ import annotations

import json
from typing import Any

from gatekeeper.domain.message import Address, OutboundRequest
from gatekeeper.providers.contract import Operation, RawRequest, Reply, Simulated

_JSON = (("Content-Type", "application/json"),)
_PENDING = {
    "groupId": 1,
    "groupName": "PENDING",
    "id": 26,
    "name": "PENDING_ACCEPTED",
    "description": "Message accepted, pending for delivery.",
}
_DELIVERED = {
    "groupId": 3,
    "groupName": "DELIVERED",
    "id": 5,
    "name": "DELIVERED_TO_HANDSET",
    "description": "Message delivered to handset",
}


class InfobipCarrier:
    """The success shapes of infobip-api-python-client 6.0."""

    def accepted(
        self, raw: RawRequest, operation: Operation, request: OutboundRequest, sid: str
    ) -> Reply:
        """200 with the status of each destination."""
        people = _people(request)
        if operation.name.startswith("code"):
            to = people[0].value.removeprefix("+")
            return _reply({"pinId": sid.upper(), "to": to, "smsStatus": "MESSAGE_SENT"})
        name = "destination" if operation.name in ("sms", "messages") else "to"
        statuses = [
            {name: to.value.removeprefix("+"), "messageId": f"{sid}-{place}", "status": _PENDING}
            for place, to in enumerate(people)
        ]
        alone = operation.name.startswith("whatsapp") and operation.name != "whatsapp_template"
        if alone:
            return _reply({**statuses[0], "messageCount": 1})
        return _reply({"bulkId": sid, "messages": statuses})

    def passed(self, raw: RawRequest, operation: Operation) -> Reply:
        """Nothing to show, or a code that was the right one."""
        if operation.name == "verify":
            return _reply({"verified": True, "attemptsRemaining": 0})
        return _reply({"results": []} if operation.name == "read" else {})

    def wrote(self, message: Simulated) -> RawRequest:
        """The webhook of an SMS that came in, without a password."""
        said = {
            "messageId": message.id,
            "from": message.person.removeprefix("+"),
            "to": message.sender.removeprefix("+"),
            "text": message.text,
            "cleanText": message.text,
            "smsCount": 1,
        }
        return _webhook(said)

    def delivered(self, state: Simulated) -> RawRequest:
        """A delivery report, without a password; the code is the name of a status."""
        rejected = {"groupId": 5, "groupName": "REJECTED", "id": 0, "name": state.code}
        said = {
            "messageId": state.id,
            "to": state.person.removeprefix("+"),
            "sender": state.sender.removeprefix("+"),
            "status": rejected if state.code else _DELIVERED,
        }
        return _webhook(said)


def _people(request: OutboundRequest) -> list[Address]:
    """Every destination once: a failover goes to those of its message."""
    every = [to for each in (request, *request.also) for to in each.recipients]
    return list({to.path: to for to in every}.values())


def _webhook(said: dict[str, Any]) -> RawRequest:
    return RawRequest("POST", "/", _JSON, json.dumps({"results": [said]}).encode())


def _reply(body: Any) -> Reply:
    return Reply(200, _JSON, json.dumps(body).encode())
