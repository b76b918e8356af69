"""What does a batch of SMS or MMS at Sinch say, to whom and from whom?

Fields from developers.sinch.com, "Batches", and the models of its SDKs.
"""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from gatekeeper.domain.match import Span
from gatekeeper.domain.message import Address, AddressKind, OutboundRequest, TextPart
from gatekeeper.domain.words import Channel, Role
from gatekeeper.providers.binary_sms import readable
from gatekeeper.providers.contract import Operation, RawRequest
from gatekeeper.providers.fields import later
from gatekeeper.providers.json_body import masked_json, read_object
from gatekeeper.providers.json_edit import without
from gatekeeper.providers.shape import (
    Found,
    Reader,
    each,
    maybe_none,
    media,
    members,
    person,
    read,
    reference,
    sender,
    setting,
    string,
    text,
    wrong,
)
from gatekeeper.providers.sinch.parameters import (
    FIELD,
    NUMBER,
    filled_in,
    parameters,
    same_number,
    written_path,
)


def _number() -> Reader:
    """A recipient; the id of a group says nothing of who is in it."""
    take = person()

    def reader(value: Any, path: str, found: Found) -> None:
        if not NUMBER.fullmatch(string(value, path)):
            raise wrong(path, "is no number, and the gate cannot tell who is in a group")
        take(value, path, found)

    return reader


_COMMON: Mapping[str, Reader] = {
    "to": each(_number()),
    "from": sender(),
    "type": setting(),
    "send_at": later(),
    "expire_at": setting(),
    "delivery_report": setting(),
    "callback_url": reference(),
    "client_reference": reference(),
    "feedback_enabled": setting(),
}
_SHORT: Mapping[str, Reader] = {"from_ton": setting(), "from_npi": setting()}

TEXT = members(
    {
        **_COMMON,
        **_SHORT,
        "body": text(Role.BODY),
        "parameters": maybe_none(parameters()),
        "flash_message": setting(),
        "truncate_concat": setting(),
        "max_number_of_message_parts": setting(),
    },
    need=("to", "body"),
)
MEDIA = members(
    {
        **_COMMON,
        "body": members(
            {"url": media(), "message": text(Role.BODY), "subject": text(Role.SUBJECT)},
            need=("url",),
        ),
        "parameters": maybe_none(parameters()),
        "strict_validation": setting(),
    },
    need=("to", "body"),
)


def _bytes(decode: Callable[[str], bytes], how: str) -> Reader:
    """Bytes in some writing, which `_binary` reads together."""

    def reader(value: Any, path: str, found: Found) -> None:
        try:
            decode(string(value, path))
        except ValueError:
            raise wrong(path, f"must be {how}") from None

    return reader


def _from_base64(value: str) -> bytes:
    try:
        return b64decode(value, validate=True)
    except binascii.Error:
        raise ValueError("not base64") from None


BINARY = members(
    {
        **_COMMON,
        **_SHORT,
        "body": _bytes(_from_base64, "base64"),
        "udh": _bytes(bytes.fromhex, "hexadecimal"),
    },
    need=("to", "body", "udh"),
)

_SHAPES = {"mt_text": TEXT, "mt_media": MEDIA, "mt_binary": BINARY}


def parse_batch(raw: RawRequest, operation: Operation) -> OutboundRequest:
    """The batch with its one meaning; raises AmbiguousRequest otherwise."""
    body = read_object(raw)
    kind = body.get("type") or "mt_text"
    shape = _SHAPES.get(kind) if isinstance(kind, str) else None
    if shape is None:
        raise wrong("type", "is not a word that the gate knows")
    found = read(shape, body)
    if shape is BINARY:
        found.parts.append(_binary(body))
    values = body.get(FIELD) or {}
    return OutboundRequest(
        provider="sinch",
        operation=operation.name,
        channel=Channel.MMS if shape is MEDIA else Channel.SMS,
        sender=found.senders[0] if found.senders else _pool(operation),
        recipients=tuple(found.recipients),
        parts=(*found.parts, *filled_in(found.parts, values, found.recipients)),
        media=tuple(found.media),
        send_at=found.send_at,
    )


def _pool(operation: Operation) -> Address:
    """Without a sender the plan's own default one: its numbers are registered as a service."""
    return Address(AddressKind.SERVICE, operation.account, "service_plan_id")


def _binary(body: Mapping[str, str]) -> TextPart:
    said = readable(_from_base64(body["body"]), bytes.fromhex(body["udh"]))
    if said is None:
        raise wrong("body", "holds data that the gate cannot read as a text")
    return TextPart("body", Role.BODY, said)


def redact(raw: RawRequest, spans: Sequence[Span]) -> RawRequest | None:
    """The batch with these spans masked; None where one lies in what is not written as a text."""
    body = read_object(raw)
    if body.get("type") == "mt_binary":
        return None
    placed = [span._replace(path=written_path(span.path, body)) for span in spans]
    return masked_json(raw, placed)


def drop(raw: RawRequest, indexes: Sequence[int]) -> RawRequest | None:
    """The batch without these recipients and what is said to them alone; None if nobody is left."""
    body = read_object(raw)
    to: list[str] = body["to"]
    gone = set(indexes)
    stay = {same_number(number) for place, number in enumerate(to) if place not in gone}
    if not stay or not gone <= set(range(len(to))):
        return None
    left = {same_number(number) for number in to} - stay
    document = without(raw.body.decode(), ("to",), gone)
    for name, values in (body.get(FIELD) or {}).items():
        theirs = {key for key in values if same_number(key) in left}
        document = without(document, (FIELD, name), theirs)
    return RawRequest(raw.method, raw.target, raw.headers, document.encode(), raw.service)
