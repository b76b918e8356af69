"""What does an SMS at Infobip say, to whom and from whom?

Fields of the model SmsRequest (version 3), and of the older `text/advanced` and `text/single`.
"""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from gatekeeper.domain.message import OutboundRequest, TextPart
from gatekeeper.domain.words import Channel, Role, Technology
from gatekeeper.providers.batches import found_in, several, together, unread
from gatekeeper.providers.binary_sms import readable
from gatekeeper.providers.contract import Operation, RawRequest
from gatekeeper.providers.infobip.batches import key_of, request_of
from gatekeeper.providers.infobip.fields import (
    DESTINATIONS,
    LEGACY,
    LINKS,
    OPTIONS,
    REQUEST_OPTIONS,
    WEBHOOKS,
)
from gatekeeper.providers.json_body import read_object
from gatekeeper.providers.shape import (
    Found,
    Reader,
    members,
    one_or_each,
    person,
    read,
    reference,
    sender,
    setting,
    string,
    text,
    wrong,
)


def _hex(value: Any, path: str, found: Found) -> None:
    """Bytes in hexadecimal digits: read as the text that a phone would show, or refused."""
    try:
        data = bytes.fromhex(string(value, path))
    except ValueError:
        raise wrong(path, "must be hexadecimal digits") from None
    shown = readable(data)
    if shown is None:
        raise wrong(path, "is data that nobody can read as a text")
    found.parts.append(TextPart(f"{path}(decoded)", Role.BODY, shown))


def _no_header(value: Any, path: str, _found: Found) -> None:
    """A class with a header in the data makes it a matter for a program on the phone."""
    if value != 0:
        raise wrong(path, "must be 0: data with a header is not a text")


CONTENT = members(
    {
        "text": text(Role.BODY),
        "transliteration": setting(),
        "language": members(
            {"languageCode": setting(), "singleShift": setting(), "lockingShift": setting()}
        ),
        "hex": _hex,
        "dataCoding": setting(),
        "esmClass": _no_header,
    },
    one_of=("text", "hex"),
)

MESSAGE = members(
    {
        "sender": sender(),
        "destinations": DESTINATIONS,
        "content": CONTENT,
        "options": OPTIONS,
        "webhooks": WEBHOOKS,
    },
    need=("destinations", "content"),
)

_OLDER: dict[str, Reader] = {"from": sender(), "text": text(Role.BODY), **LEGACY}
ADVANCED = members({**_OLDER, "destinations": DESTINATIONS}, need=("destinations", "text"))
SINGLE = members({**_OLDER, "to": one_or_each(person())}, need=("to", "text"))

_SHARED = {
    "sms": members({"messages": unread, "options": REQUEST_OPTIONS}, need=("messages",)),
    "sms_advanced": members(
        {
            "messages": unread,
            "bulkId": reference(),
            "tracking": members(
                {
                    "track": setting(),
                    "type": setting(),
                    "baseUrl": reference(),
                    "processKey": reference(),
                }
            ),
            "urlOptions": LINKS,
            "includeSmsCountInResponse": setting(),
        },
        need=("messages",),
    ),
}
_ONE = {"sms": MESSAGE, "sms_advanced": ADVANCED}


def parse_sms(raw: RawRequest, operation: Operation) -> OutboundRequest:
    """The first message with the others beside it; raises AmbiguousRequest otherwise."""
    body = read_object(raw)
    shared = read(_SHARED[operation.name], body)
    take = _ONE[operation.name]

    def one(value: Any, path: str) -> list[OutboundRequest]:
        return [_request(found_in(take, value, path), operation)]

    every = several(body["messages"], "messages", one)
    ids = [
        each.get("messageId") for message in body["messages"] for each in message["destinations"]
    ]
    return replace(together(every, shared), natural_key=key_of(ids))


def parse_single(raw: RawRequest, operation: Operation) -> OutboundRequest:
    """One text for one or several people, in the older API."""
    return _request(read(SINGLE, read_object(raw)), operation)


def _request(found: Found, operation: Operation) -> OutboundRequest:
    return request_of(found, operation, Channel.SMS, Technology.UNKNOWN)
