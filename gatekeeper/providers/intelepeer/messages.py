"""What does a send at IntelePeer say, to whom and from whom?

Fields from docs.intelepeer.com, "Sending SMS Messages" and "Understanding MMS Messaging".
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

from gatekeeper.domain.message import Address, AddressKind, OutboundRequest
from gatekeeper.domain.words import Channel, Role
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import Operation, RawRequest
from gatekeeper.providers.intelepeer.paths import FROM_PATH
from gatekeeper.providers.json_body import read_object
from gatekeeper.providers.numbers import international, sender_of
from gatekeeper.providers.shape import (
    Found,
    Reader,
    each,
    media,
    members,
    person,
    read,
    reference,
    refused,
    setting,
    string,
    text,
    wrong,
)

STORED = "cpaasmedia://"
"""The scheme of a file that IntelePeer keeps."""

_CODE = re.compile(r"([0-9]{1,3})-([0-9A-Za-z]{1,15})")
"""A short code or name with the country in which it is used: `1-12345`, `57-MyCompany`."""
_HOME = "1"


def from_code(value: str, path: str) -> Address:
    """Our side, as it is registered: a number, a short code, or a name.

    A short code of the North American plan is registered without its country, as at any other
    provider; those of other countries with it, since the same digits are another's elsewhere.
    """
    coded = _CODE.fullmatch(value)
    if coded is None:
        return Address(AddressKind.PHONE, international(value), path)
    country, code = coded.groups()
    named = sender_of(code, path)
    if named.kind is AddressKind.ALPHANUMERIC or country == _HOME:
        return named
    return Address(AddressKind.SHORT_CODE, value, path)


def _sender() -> Reader:
    def reader(value: Any, path: str, found: Found) -> None:
        found.senders.append(from_code(string(value, path), path))

    return reader


def _file() -> Reader:
    """A link to a file; one that IntelePeer keeps cannot be looked at."""
    take, stored = media(), refused("names a stored file, which the gate cannot see: give a link")

    def reader(value: Any, path: str, found: Found) -> None:
        held = string(value, path).lower().startswith(STORED)
        (stored if held else take)(value, path, found)

    return reader


_UNSEEN = refused("holds a file's own bytes, which the gate cannot see: give a link")

MEDIA = members(
    {
        "link": _file(),
        "text": text(Role.CAPTION),
        "filename": text(Role.FILENAME),
        "content-type": setting(),
        "data": _UNSEEN,
        "encoding": _UNSEEN,
    },
    one_of=("link", "text"),
)

SEND = members(
    {
        "from": _sender(),
        "to": person(),
        "text": text(Role.BODY),
        "guid": reference(),
        "eid": setting(),
        "media": each(MEDIA, most=20),
    },
    need=("to",),
)


def parse_message(raw: RawRequest, operation: Operation) -> OutboundRequest:
    """The message with its one meaning; raises AmbiguousRequest otherwise."""
    body = read_object(raw)
    found = read(SEND, body)
    if not (body.get("text") or body.get("media")):
        raise AmbiguousRequest("There is nothing to send: neither text nor media.")
    return OutboundRequest(
        provider="intelepeer",
        operation=operation.name,
        channel=Channel.MMS if "media" in body else Channel.SMS,
        sender=_from(raw, found),
        recipients=tuple(found.recipients),
        parts=tuple(found.parts),
        media=tuple(found.media),
        natural_key=str(body["guid"]) if body.get("guid") else None,
    )


def _from(raw: RawRequest, found: Found) -> Address:
    """The sender of the body or, in older versions, of the path; never two."""
    in_path = FROM_PATH.fullmatch(raw.target)
    named = from_code(unquote(in_path[1]), "tn") if in_path else None
    given = found.senders[0] if found.senders else named
    if given is None:
        raise wrong("from", "is missing")
    if named is not None and named.value != given.value:
        raise wrong("from", "names another sender than the path")
    return given
