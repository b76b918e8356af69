"""What does a message of Sinch's Conversation API say, to whom and from whom?

Fields from developers.sinch.com, "Send a message". Sinch tries the channels of
`channel_priority_order` one after another, so every identity that is named may get the message:
each is a message of its own, and all of them leave or none. A person may be named by Sinch's own
id: then Sinch is asked for the identities (`lookup`). `message_content_type` is the caller's
word for what it sends: a claim.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from gatekeeper.domain.message import Address, AddressKind, OutboundRequest
from gatekeeper.domain.words import Channel, Role
from gatekeeper.providers.contract import Operation, RawRequest
from gatekeeper.providers.json_body import read_object
from gatekeeper.providers.numbers import recipient_of
from gatekeeper.providers.shape import (
    Found,
    Reader,
    anything,
    claim,
    each,
    maybe_none,
    members,
    read,
    reference,
    sender,
    setting,
    string,
    wrong,
)
from gatekeeper.providers.sinch.content import MESSAGE, says_something

CHANNELS: Mapping[str, Channel] = {
    "SMS": Channel.SMS,
    "MMS": Channel.MMS,
    "WHATSAPP": Channel.WHATSAPP,
    "RCS": Channel.RCS,
    "MESSENGER": Channel.MESSENGER,
}

CONTACT = "contact_id"
_ORDER = "channel_priority_order"
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_IDENTITIES = "recipient/identified_by/channel_identities"
_OWN = "channel_properties"


def _identity() -> Reader:
    """An address on one channel; its kind follows from the channel beside it."""

    def reader(value: Any, path: str, found: Found) -> None:
        found.recipients.append(recipient_of(string(value, path), path, AddressKind.UNKNOWN))

    return reader


def _plain_id() -> Reader:
    """The id of a contact: nothing else may stand in the path that asks for it."""

    def reader(value: Any, path: str, _found: Found) -> None:
        if not _ID.fullmatch(string(value, path)):
            raise wrong(path, "is no id of a contact")

    return reader


_WHO = members(
    {
        "identified_by": members(
            {
                "channel_identities": each(
                    members({"channel": setting(), "identity": _identity()},
                            need=("channel", "identity")),
                    most=20,
                )
            },
            need=("channel_identities",),
        ),
        CONTACT: _plain_id(),
    },
    one_of=("identified_by", CONTACT),
)  # fmt: skip

SEND = members(
    {
        "app_id": sender(AddressKind.SERVICE),
        "recipient": _WHO,
        "message": MESSAGE,
        _ORDER: maybe_none(each(setting(), most=20)),
        "channel_properties": maybe_none(
            members(
                {
                    "SMS_SENDER": sender(),
                    "MMS_SENDER": sender(),
                    "SMS_FLASH_MESSAGE": setting(),
                    "SMS_MAX_NUMBER_OF_MESSAGE_PARTS": setting(),
                    "MMS_STRICT_VALIDATION": setting(),
                }
            )
        ),
        "callback_url": reference(),
        "message_metadata": reference(),
        "conversation_metadata": anything(Role.REFERENCE),
        "conversation_metadata_update_strategy": setting(),
        "correlation_id": reference(),
        "ttl": setting(),
        "queue": setting(),
        "processing_strategy": setting(),
        "message_content_type": claim("message_content_type"),
    },
    need=("app_id", "recipient", "message"),
)


def parse_conversation(raw: RawRequest, operation: Operation) -> OutboundRequest:
    """The message to its first identity, and those to the others beside it."""
    body = read_object(raw)
    found = read(SEND, body)
    if not says_something(body["message"]):
        raise wrong("message", "has nothing to send")
    order = body.get(_ORDER) or ()
    if body["recipient"].get(CONTACT):
        return _to_whoever_it_is(operation, found, order)
    ways = list(_ways(found))
    _keeps_to(order, {way for way, _ in ways})
    first, *others = [_message(operation, found, way, to) for way, to in ways]
    return replace(first, also=tuple(others))


def _to_whoever_it_is(operation: Operation, found: Found, order: Any) -> OutboundRequest:
    """A message on each channel that may be tried, to nobody yet: Sinch knows the identities."""
    _keeps_to(order, CHANNELS)
    first, *others = [_message(operation, found, way) for way in dict.fromkeys(order or CHANNELS)]
    return replace(first, also=tuple(others))


def _ways(found: Found) -> Iterator[tuple[str, Address]]:
    """Each identity with the word of its channel, in their order."""
    for place, to in enumerate(found.recipients):
        path = f"{_IDENTITIES}/{place}/channel"
        word = found.words[path]
        if word not in CHANNELS:
            raise wrong(path, "is a channel that the gate does not know")
        yield word, identity_on(word, to.value, to.path)


def identity_on(word: str, value: str, path: str) -> Address:
    """An identity as its channel knows people: by a page's own id, or by a number."""
    kind = AddressKind.PSID if word == "MESSENGER" else AddressKind.PHONE
    return recipient_of(value, path, kind)


def _keeps_to(order: Any, named: Container[str]) -> None:
    """A channel without an identity would reach whatever address the contact has on it."""
    for place, word in enumerate(order):
        if word not in named:
            raise wrong(f"{_ORDER}/{place}", "has no identity among the recipient's")


def _message(operation: Operation, found: Found, way: str, *to: Address) -> OutboundRequest:
    return OutboundRequest(
        provider="sinch",
        operation=operation.name,
        channel=CHANNELS[way],
        sender=_from(found, way),
        recipients=to,
        parts=tuple(found.parts),
        media=tuple(found.media),
        opaque=tuple(found.opaque),
        claims=tuple(found.claims),
    )


def _from(found: Found, way: str) -> Address:
    """The number that is named for a channel, else the app: it sends from what it is linked to."""
    own = f"{_OWN}/{way}_SENDER"
    for address in found.senders:
        if address.path == own:
            return address
    return next(address for address in found.senders if address.path == "app_id")
