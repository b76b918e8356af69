"""What does a request to Vonage's Messages API say, to whom and from whom?

One message, and with `failover` further ones that go out where the one before was not delivered:
each is a message of its own (developer.vonage.com, "Messages API reference").
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gatekeeper.domain.message import AddressKind, Opaque, OutboundRequest
from gatekeeper.domain.words import Channel, Role
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import Operation, RawRequest
from gatekeeper.providers.json_body import read_object
from gatekeeper.providers.shape import (
    Found,
    Reader,
    anything,
    claim,
    each,
    members,
    opaque,
    person,
    reference,
    sender,
    setting,
    text,
    wrong,
)
from gatekeeper.providers.shape import media as link_to_media
from gatekeeper.providers.vonage.credential import key_of
from gatekeeper.providers.whatsapp_content import MEDIA_ID, TEMPLATE

MOST_FAILOVERS = 10

_CHANNELS = {
    "sms": Channel.SMS,
    "mms": Channel.MMS,
    "rcs": Channel.RCS,
    "whatsapp": Channel.WHATSAPP,
    "messenger": Channel.MESSENGER,
}
_SENDERS = {
    Channel.WHATSAPP: AddressKind.PHONE,
    Channel.MESSENGER: AddressKind.PAGE,
    Channel.RCS: AddressKind.UNKNOWN,
}

_WORD, _CLAIM, _NOTE = setting(), claim(), reference()

_FILE = members(
    {
        "url": link_to_media(),
        "id": opaque(MEDIA_ID),
        "caption": text(Role.CAPTION),
        "name": text(Role.FILENAME),
        "thumb_url": link_to_media(),
        "duration": _WORD,
        "file_size": _WORD,
        "ttl": _WORD,
    }
)
_TEMPLATE = members(
    {"name": reference(), "parameters": anything(Role.TEMPLATE_VAR)}, need=("name",)
)
_ALL = anything(Role.BODY)


def _failover(_value: Any, _path: str, _found: Found) -> None:
    """Read by itself: messages of their own."""


_COMMON: Mapping[str, Reader] = {
    "channel": _WORD,
    "message_type": _WORD,
    "text": text(Role.BODY),
    **dict.fromkeys(("image", "audio", "video", "file", "vcard", "sticker"), _FILE),
    "template": _TEMPLATE,
    **dict.fromkeys(("custom", "card", "carousel", "content", "suggestions", "reaction"), _ALL),
    **dict.fromkeys(("location", "product", "contact", "button", "buttons"), _ALL),
    "client_ref": _NOTE,
    "webhook_url": _NOTE,
    "webhook_version": _WORD,
    "ttl": _WORD,
    "trusted_recipient": _CLAIM,
    "sms": members(
        {"encoding_type": _WORD, "content_id": _NOTE, "entity_id": _NOTE, "pool_id": _NOTE}
    ),
    "whatsapp": members({"policy": _CLAIM, "locale": _WORD}),
    "messenger": members({"category": _CLAIM, "tag": _CLAIM}),
    "rcs": members({"category": _CLAIM, "trusted_recipient": _CLAIM, "card_orientation": _WORD,
                    "image_alignment": _WORD, "card_width": _WORD}),
    "mms": anything(Role.BODY),
    "context": members({"message_uuid": _NOTE, "whatsapp_referred_product": _ALL}),
    "failover": _failover,
}  # fmt: skip


def _shape(channel: Channel) -> Reader:
    psid = channel is Channel.MESSENGER
    ends = {
        "to": person(AddressKind.PSID if psid else AddressKind.PHONE),
        "from": sender(_SENDERS.get(channel)),
    }
    return members({**_COMMON, **ends}, need=("to", "from", "message_type"))


_SHAPES = {channel: _shape(channel) for channel in _CHANNELS.values()}


def parse_message(raw: RawRequest, operation: Operation) -> OutboundRequest:
    """The message and those of its `failover`; raises AmbiguousRequest otherwise."""
    body = read_object(raw)
    others = body.get("failover")
    also: list[OutboundRequest] = []
    if others is not None:
        each(lambda value, path, _: also.append(_message(value, path, operation)), MOST_FAILOVERS)(
            others, "failover", Found()
        )
    return _message(body, "", operation, tuple(also), key_of(raw))


def _message(
    value: Any,
    path: str,
    operation: Operation,
    also: tuple[OutboundRequest, ...] = (),
    key: str | None = None,
) -> OutboundRequest:
    if not isinstance(value, dict):
        raise wrong(path, "must be an object")
    if path and value.get("failover") is not None:
        raise wrong(f"{path}/failover", "cannot stand within another")
    word = value.get("channel")
    channel = _CHANNELS.get(word) if isinstance(word, str) else None
    if channel is None:
        raise wrong(f"{path}/channel" if path else "channel", "names no channel that the gate "
                    "speaks: sms, mms, rcs, whatsapp or messenger")  # fmt: skip
    found = Found()
    _SHAPES[channel](value, path, found)
    _require_content(found, path)
    return OutboundRequest(
        provider="vonage",
        operation=operation.name,
        channel=channel,
        sender=found.senders[0],
        recipients=tuple(found.recipients),
        parts=tuple(found.parts),
        media=tuple(found.media),
        opaque=(*found.opaque, *_template(value, path, found)),
        claims=tuple(found.claims),
        natural_key=key,
        extras=_tag(value),
        also=also,
    )


def _tag(value: dict[str, Any]) -> dict[str, str]:
    """Messenger's tag, by which a message may leave outside of its window."""
    settings = value.get("messenger")
    tag = settings.get("tag") if isinstance(settings, dict) else None
    return {"tag": tag} if isinstance(tag, str) else {}


def _require_content(found: Found, path: str) -> None:
    if not (found.media or found.opaque or any(part.text for part in found.parts)):
        where = f"In {path.replace('/', '.')} there" if path else "There"
        raise AmbiguousRequest(f"{where} is nothing to send: neither text nor media.")


def _template(value: dict[str, Any], path: str, found: Found) -> tuple[Opaque, ...]:
    """A WhatsApp template, by its name and language: what it says itself is registered."""
    template = value.get("template")
    if template is None:
        return ()
    inner = f"{path}/" if path else ""
    locale = found.words.get(f"{inner}whatsapp/locale", "")
    name = template["name"]
    return (Opaque(TEMPLATE, f"{name}:{locale}" if locale else name, f"{inner}template"),)
