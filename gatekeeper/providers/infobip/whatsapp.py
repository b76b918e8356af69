"""What does a message of Infobip's WhatsApp API say, to whom and from whom?

Fields from infobip.com/docs/api/channels/whatsapp/whatsapp-outbound-messages: one shape for each
kind of content, and templates in a list of messages.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from gatekeeper.domain.message import Opaque, OutboundRequest
from gatekeeper.domain.words import Channel, Role, Technology
from gatekeeper.providers.batches import found_in, several, together, unread
from gatekeeper.providers.contract import Operation, RawRequest
from gatekeeper.providers.infobip.batches import key_of, request_of
from gatekeeper.providers.infobip.fields import LINKS
from gatekeeper.providers.json_body import read_object
from gatekeeper.providers.shape import (
    Found,
    Reader,
    anything,
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
from gatekeeper.providers.whatsapp_content import TEMPLATE

_ASIDE: Mapping[str, Reader] = {
    "messageId": reference(),
    "callbackData": reference(),
    "notifyUrl": reference(),
    "urlOptions": LINKS,
    "entityId": reference(),
    "applicationId": reference(),
}
_ENDS: Mapping[str, Reader] = {"from": sender(), "to": person(), **_ASIDE}

_FILE: Mapping[str, Reader] = {"mediaUrl": media(), "caption": text(Role.CAPTION)}
_CONTENTS: Mapping[str, Reader] = {
    "text": members({"text": text(Role.BODY), "previewUrl": setting()}, need=("text",)),
    "image": members(_FILE, need=("mediaUrl",)),
    "video": members(_FILE, need=("mediaUrl",)),
    "audio": members({"mediaUrl": media()}, need=("mediaUrl",)),
    "sticker": members({"mediaUrl": media()}, need=("mediaUrl",)),
    "document": members({**_FILE, "filename": text(Role.FILENAME)}, need=("mediaUrl",)),
}
_SHAPES = {
    kind: members({**_ENDS, "content": content}, need=("from", "to", "content"))
    for kind, content in _CONTENTS.items()
}


def _named(value: Any, path: str, _found: Found) -> None:
    string(value, path)


_FILLED = members(
    {
        "templateName": _named,
        "templateData": anything(Role.TEMPLATE_VAR),
        "language": setting(),
    },
    need=("templateName", "language"),
)


def _template(value: Any, path: str, found: Found) -> None:
    """A template by name and language; its files are named in what is put into it."""
    _FILLED(value, path, found)
    ref = f"{value['templateName']}:{value['language']}"
    found.opaque.append(Opaque(TEMPLATE, ref, path))
    found.media.extend(part.text for part in found.parts if part.path.endswith("/mediaUrl"))


_MESSAGE = members(
    {**_ENDS, "content": _template, "smsFailover": refused("is not supported by the gate")},
    need=("from", "to", "content"),
)
_SHARED = members({"messages": unread, "bulkId": reference()}, need=("messages",))


def parse_whatsapp(raw: RawRequest, operation: Operation) -> OutboundRequest:
    """One message of one kind of content; raises AmbiguousRequest otherwise."""
    body = read_object(raw)
    found = read(_SHAPES[operation.name.removeprefix("whatsapp_")], body)
    return replace(_request(found, operation), natural_key=key_of([body.get("messageId")]))


def parse_templates(raw: RawRequest, operation: Operation) -> OutboundRequest:
    """The first of several messages by template, with the others beside it."""
    body = read_object(raw)
    shared = read(_SHARED, body)

    def one(value: Any, path: str) -> list[OutboundRequest]:
        return [_request(found_in(_MESSAGE, value, path), operation)]

    every = several(body["messages"], "messages", one)
    ids = [message.get("messageId") for message in body["messages"]]
    return replace(together(every, shared), natural_key=key_of(ids))


def _request(found: Found, operation: Operation) -> OutboundRequest:
    return request_of(found, operation, Channel.WHATSAPP, Technology.UNKNOWN)
