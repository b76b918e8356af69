"""What does a message of Sinch's Conversation API say, to whom and from whom?

Fields from developers.sinch.com, "Send a message". Sinch tries the channels of
`channel_priority_order` one after another, so every identity that is named may get the message:
each is a message of its own, and all of them leave or none. `message_content_type` is the caller's
word for what it sends: a claim.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    refused,
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

_IDENTITIES = "recipient/identified_by/channel_identities"
_OWN = "channel_properties"


def _identity() -> Reader:
    """An address on one channel; its kind follows from the channel beside it."""

    def reader(value: Any, path: str, found: Found) -> None:
        found.recipients.append(recipient_of(string(value, path), path, AddressKind.UNKNOWN))

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
        "contact_id": refused(
            "names a person whom the gate does not know: give identified_by.channel_identities"
        ),
    },
    need=("identified_by",),
)  # fmt: skip

SEND = members(
    {
        "app_id": sender(AddressKind.SERVICE),
        "recipient": _WHO,
        "message": MESSAGE,
        "channel_priority_order": maybe_none(each(setting(), most=20)),
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
    ways = list(_ways(found))
    _keeps_to(body.get("channel_priority_order") or (), {way for way, _ in ways})
    first, *others = [_message(operation, found, way, to) for way, to in ways]
    return replace(first, also=tuple(others))


def _ways(found: Found) -> Iterator[tuple[str, Address]]:
    """Each identity with the word of its channel, in their order."""
    for place, to in enumerate(found.recipients):
        path = f"{_IDENTITIES}/{place}/channel"
        word = found.words[path]
        if word not in CHANNELS:
            raise wrong(path, "is a channel that the gate does not know")
        kind = AddressKind.PSID if word == "MESSENGER" else AddressKind.PHONE
        yield word, recipient_of(to.value, to.path, kind)


def _keeps_to(order: Any, named: set[str]) -> None:
    """A channel without an identity would reach whatever address the contact has on it."""
    for place, word in enumerate(order):
        if word not in named:
            raise wrong(f"channel_priority_order/{place}", "has no identity among the recipient's")


def _message(operation: Operation, found: Found, way: str, to: Address) -> OutboundRequest:
    return OutboundRequest(
        provider="sinch",
        operation=operation.name,
        channel=CHANNELS[way],
        sender=_from(found, way),
        recipients=(to,),
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
