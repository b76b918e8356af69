"""What does a request to Infobip's Messages API say, to whom and from whom?

Fields of the models MessagesApiMessage, MessagesApiTemplateMessage and their failovers. A failover
goes to the same people if the first does not reach them: it is a message of its own.
"""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from gatekeeper.domain.message import AddressKind, OutboundRequest
from gatekeeper.domain.words import Channel, Technology
from gatekeeper.providers.batches import found_in, several, together, unread
from gatekeeper.providers.contract import Operation, RawRequest
from gatekeeper.providers.infobip.batches import key_of, request_of
from gatekeeper.providers.infobip.contents import CONTENT, TEMPLATE_CONTENT, template
from gatekeeper.providers.infobip.fields import OPTIONS, REQUEST_OPTIONS, WEBHOOKS
from gatekeeper.providers.json_body import read_object
from gatekeeper.providers.shape import (
    Found,
    Reader,
    each,
    members,
    person,
    read,
    reference,
    refused,
    sender,
    setting,
    wrong,
)

_CHANNELS = {
    "SMS": Channel.SMS,
    "MMS": Channel.MMS,
    "WHATSAPP": Channel.WHATSAPP,
    "RCS": Channel.RCS,
    "MESSENGER": Channel.MESSENGER,
}
_MOST_FAILOVERS = 10

SHARED = members({"messages": unread, "options": REQUEST_OPTIONS}, need=("messages",))


def _destinations(kind: AddressKind) -> Reader:
    known = {
        "to": person(kind),
        "messageId": reference(),
        "byChannel": refused("names other people for other channels"),
    }
    return each(members(known, need=("to",)))


def _message(channel: Channel, *, templated: bool, failover: bool) -> Reader:
    of_messenger = channel is Channel.MESSENGER
    known: dict[str, Reader] = {
        "channel": setting(),
        "sender": sender(AddressKind.PAGE if of_messenger else None),
        "content": TEMPLATE_CONTENT if templated else CONTENT,
    }
    if templated:
        known["template"] = template
    if failover:
        known["validityPeriod"] = members({"amount": setting(), "timeUnit": setting()})
        return members(known, need=("template" if templated else "content",))
    kind = AddressKind.PSID if of_messenger else AddressKind.PHONE
    known |= {
        "destinations": _destinations(kind),
        "options": OPTIONS,
        "webhooks": WEBHOOKS,
        "failover": unread,
    }
    return members(known, need=("destinations", "template" if templated else "content"))


_SHAPES = {
    (channel, templated, failover): _message(channel, templated=templated, failover=failover)
    for channel in _CHANNELS.values()
    for templated in (False, True)
    for failover in (False, True)
}


def parse_messages(raw: RawRequest, operation: Operation) -> OutboundRequest:
    """The first message with all others and all failovers; raises AmbiguousRequest otherwise."""
    body = read_object(raw)
    shared = read(SHARED, body)
    every = several(body["messages"], "messages", lambda value, at: _one(value, at, operation))
    ids = [
        each.get("messageId") for message in body["messages"] for each in message["destinations"]
    ]
    return replace(together(every, shared), natural_key=key_of(ids))


def _one(value: Any, path: str, operation: Operation) -> list[OutboundRequest]:
    """A message and its failovers."""
    channel, shape = _shape(value, path, failover=False)
    found = found_in(shape, value, path)
    made = [_request(found, operation, channel)]
    if value.get("failover") not in (None, []):

        def other(inner: Any, at: str, _found: Found) -> None:
            way, take = _shape(inner, at, failover=True)
            made.append(_request(found_in(take, inner, at, found.recipients), operation, way))

        each(other, most=_MOST_FAILOVERS)(value["failover"], f"{path}/failover", Found())
    return made


def _shape(value: Any, path: str, *, failover: bool) -> tuple[Channel, Reader]:
    if not isinstance(value, dict):
        raise wrong(path, "must be an object")
    word = value.get("channel")
    channel = _CHANNELS.get(word) if isinstance(word, str) else None
    if channel is None:
        raise wrong(f"{path}/channel", "is not a channel that the gate knows")
    return channel, _SHAPES[channel, value.get("template") is not None, failover]


def _request(found: Found, operation: Operation, channel: Channel) -> OutboundRequest:
    return request_of(found, operation, channel, Technology.UNKNOWN)
