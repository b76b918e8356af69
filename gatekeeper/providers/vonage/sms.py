"""What does a request to Vonage's legacy SMS API say, to whom and from whom?

Parameters of developer.vonage.com, "SMS API reference". A binary message is read where it is text;
what only a phone's program would read is refused.
"""

from __future__ import annotations

from gatekeeper.domain.message import Address, AddressKind, OutboundRequest, TextPart
from gatekeeper.domain.words import Channel, Role
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.binary_sms import readable
from gatekeeper.providers.contract import Operation, RawRequest
from gatekeeper.providers.fields import secret
from gatekeeper.providers.shape import (
    Found,
    claim,
    members,
    person,
    read,
    reference,
    refused,
    sender,
    setting,
    text,
)
from gatekeeper.providers.vonage.sms_body import fields_of

_SIGNED = "cannot be kept: what a signed request says must not be changed. Send key and secret"

_SMS = members(
    {
        "to": person(),
        "from": sender(),
        "text": text(Role.BODY),
        "type": setting(),
        "body": text(Role.BODY),
        "udh": text(Role.REFERENCE),
        "protocol-id": setting(),
        "ttl": setting(),
        "status-report-req": setting(),
        "message-class": setting(),
        "callback": reference(),
        "client-ref": reference(),
        "account-ref": reference(),
        "entity-id": reference(),
        "content-id": reference(),
        "trusted-number": claim(),
        "api_key": secret(),
        "api_secret": secret(),
        "sig": refused(_SIGNED),
        "timestamp": setting(),
    },
    need=("to", "from"),
)
_TYPES = frozenset({"", "text", "unicode", "binary"})


def parse_sms(raw: RawRequest, operation: Operation) -> OutboundRequest:
    """The message with its one meaning; raises AmbiguousRequest otherwise."""
    found = read(_SMS, fields_of(raw))
    kind = found.words.get("type", "")
    if kind not in _TYPES:
        raise AmbiguousRequest("The field type is not a kind of message that the gate can read.")
    parts = _binary(found) if kind == "binary" else _plain(found)
    return OutboundRequest(
        provider="vonage",
        operation=operation.name,
        channel=Channel.SMS,
        sender=found.senders[0] if found.senders else Address(AddressKind.UNKNOWN, "", "from"),
        recipients=tuple(found.recipients),
        parts=tuple(parts),
        claims=tuple(found.claims),
    )


def _plain(found: Found) -> list[TextPart]:
    if any(part.path in ("body", "udh") for part in found.parts):
        raise AmbiguousRequest("The fields body and udh go with type binary only.")
    if not any(part.path == "text" and part.text for part in found.parts):
        raise AmbiguousRequest("The field text is missing.")
    return found.parts


def _binary(found: Found) -> list[TextPart]:
    """The parts with what the data says in place of the data."""
    data = {part.path: part.text for part in found.parts if part.path in ("body", "udh")}
    if any(part.path == "text" and part.text for part in found.parts):
        raise AmbiguousRequest("A message has either a text or a body.")
    try:
        said = readable(bytes.fromhex(data.get("body", "")), bytes.fromhex(data.get("udh", "")))
    except ValueError:
        raise AmbiguousRequest("The fields body and udh must be hexadecimal digits.") from None
    if not said:
        raise AmbiguousRequest("The field body is no text that the gate can read.")
    others = [part for part in found.parts if part.path not in ("text", "body", "udh")]
    return [TextPart("body(decoded)", Role.BODY, said), *others]
