"""What does Meta answer to a send that it takes, and what would its webhooks say?

The shapes are those that pywa's models need (`messages[0].id`, `contacts[0]`) and that fbmessenger
hands on.
"""

from __future__ import annotations

import json
from base64 import b64encode
from typing import Any

from gatekeeper.domain.message import OutboundRequest
from gatekeeper.domain.words import Channel
from gatekeeper.providers.contract import Operation, RawRequest, Reply, Simulated

_JSON = (("Content-Type", "application/json"),)
_SUCCESS = {"success": True}


class MetaCarrier:
    """Meta, as the sandbox plays it."""

    def accepted(
        self, raw: RawRequest, operation: Operation, request: OutboundRequest, sid: str
    ) -> Reply:
        """A message that was taken, with its id."""
        person = request.recipients[0].value
        if request.channel is Channel.MESSENGER:
            return _told({"recipient_id": person, "message_id": f"m_{sid}"})
        return _told(
            {
                "messaging_product": "whatsapp",
                "contacts": [{"input": person, "wa_id": person.lstrip("+")}],
                "messages": [{"id": _wamid(sid)}],
            }
        )

    def passed(self, raw: RawRequest, operation: Operation) -> Reply:
        """A receipt that was taken, an uploaded file, or a thing of that id."""
        if operation.name == "receipt":
            return _told(_SUCCESS)
        if operation.name == "upload":
            return _told({"id": "1000000000000001"})
        return _told({"id": raw.path.rpartition("/")[2]})

    def wrote(self, message: Simulated) -> RawRequest:
        """A person's message."""
        if message.channel is Channel.MESSENGER:
            return _page(message, {"message": {"mid": message.id, "text": message.text}})
        said = {
            "from": message.person.lstrip("+"),
            "id": message.id,
            "timestamp": str(_seconds(message)),
            "type": "text",
            "text": {"body": message.text},
        }
        contact = {"wa_id": message.person.lstrip("+"), "profile": {"name": "Somebody"}}
        return _account(message, {"contacts": [contact], "messages": [said]})

    def delivered(self, state: Simulated) -> RawRequest:
        """What became of a message."""
        if state.channel is Channel.MESSENGER:
            return _page(state, {"delivery": {"mids": [state.id], "watermark": _ms(state)}})
        errors = [{"code": int(state.code), "title": "Not delivered"}] if state.code else []
        status = {
            "id": state.id,
            "status": "failed" if state.code else "delivered",
            "timestamp": str(_seconds(state)),
            "recipient_id": state.person.lstrip("+"),
            "errors": errors,
        }
        return _account(state, {"statuses": [status]})


def _wamid(sid: str) -> str:
    return f"wamid.{b64encode(sid.encode()).decode()}"


def _account(told: Simulated, value: dict[str, Any]) -> RawRequest:
    metadata = {"display_phone_number": told.sender, "phone_number_id": told.sender}
    whole = {"messaging_product": "whatsapp", "metadata": metadata, **value}
    change = {"field": "messages", "value": whole}
    return _hook("whatsapp_business_account", {"id": "1", "changes": [change]})


def _page(told: Simulated, event: dict[str, Any]) -> RawRequest:
    ends = {"sender": {"id": told.person}, "recipient": {"id": told.sender}}
    messaging = [{**ends, "timestamp": _ms(told), **event}]
    return _hook("page", {"id": told.sender, "time": _ms(told), "messaging": messaging})


def _hook(kind: str, entry: dict[str, Any]) -> RawRequest:
    return RawRequest("POST", "/", _JSON, json.dumps({"object": kind, "entry": [entry]}).encode())


def _seconds(told: Simulated) -> int:
    return int(told.at.timestamp()) if told.at else 0


def _ms(told: Simulated) -> int:
    return _seconds(told) * 1000


def _told(body: dict[str, Any]) -> Reply:
    return Reply(200, _JSON, json.dumps(body).encode())
