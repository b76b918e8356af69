"""What does a message of MessageBird's Conversations API say, to whom and through which channel?

Fields from developers.messagebird.com/api/conversations. Which kind of channel an id stands for,
only MessageBird knows; the gate judges all of them as WhatsApp, for which it is used: window and
templates count.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gatekeeper.domain.message import AddressKind, Opaque, OutboundRequest
from gatekeeper.domain.words import Channel, Role, Technology
from gatekeeper.providers.contract import Operation, RawRequest
from gatekeeper.providers.json_body import read_object
from gatekeeper.providers.messagebird.messages import request_of
from gatekeeper.providers.shape import (
    Found,
    Reader,
    anything,
    claim,
    each,
    maybe_none,
    media,
    members,
    person,
    read,
    reference,
    refused,
    sender,
    setting,
    string,
    text,
)
from gatekeeper.providers.whatsapp_content import CONTACTS, INTERACTIVE, TEMPLATE

_CHANNEL = sender(AddressKind.SERVICE)
_FILE = members({"url": media(), "caption": text(Role.CAPTION), "filename": text(Role.FILENAME)})


def _named(value: Any, path: str, _found: Found) -> None:
    string(value, path)


_HSM = members(
    {
        "namespace": reference(),
        "templateName": _named,
        "language": members({"policy": setting(), "code": setting()}, need=("code",)),
        "params": maybe_none(each(anything(Role.TEMPLATE_VAR))),
        "components": maybe_none(anything(Role.TEMPLATE_VAR)),
    },
    need=("templateName", "language"),
)


def _hsm(value: Any, path: str, found: Found) -> None:
    """A template by its name and language, with what is put into it."""
    _HSM(value, path, found)
    ref = f"{value['templateName']}:{value['language']['code']}"
    found.opaque.append(Opaque(TEMPLATE, ref, path))


_KINDS: Mapping[str, Reader] = {
    "text": text(Role.BODY),
    "image": _FILE,
    "video": _FILE,
    "audio": _FILE,
    "file": _FILE,
    "whatsappSticker": members({"link": media()}),
    "location": members({"latitude": setting(), "longitude": setting()}),
    "hsm": _hsm,
    "interactive": INTERACTIVE,
    "contacts": CONTACTS,
}
CONTENT = members(_KINDS, one_of=tuple(_KINDS))

_ASIDE: Mapping[str, Reader] = {
    "to": person(),
    "type": setting(),
    "content": CONTENT,
    "reportUrl": reference(),
    "source": maybe_none(anything(Role.REFERENCE)),
    "tag": claim("tag"),
    "trackId": reference(),
    "ttl": setting(),
    "fallback": refused("sends through another channel"),
}
_SHAPES = {
    "conversation": members({**_ASIDE, "channelId": _CHANNEL}, need=("to", "channelId", "content")),
    "conversation_send": members({**_ASIDE, "from": _CHANNEL}, need=("to", "from", "content")),
}


def parse_conversation(raw: RawRequest, operation: Operation) -> OutboundRequest:
    """The message with its one meaning; raises AmbiguousRequest otherwise."""
    found = read(_SHAPES[operation.name], read_object(raw))
    return request_of(found, operation, Channel.WHATSAPP, Technology.UNKNOWN)
