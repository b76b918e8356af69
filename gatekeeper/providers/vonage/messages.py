"""What does a request to Vonage's Messages API say, on which channels, to whom and from whom?

Fields of the models of vonage-messages 1.8 (developer.vonage.com/api/messages). Each entry of
`failover` is a whole message with a recipient and a text of its own: it is judged as one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gatekeeper.domain.message import AddressKind, Opaque, OutboundRequest
from gatekeeper.domain.words import Channel, Role
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import Operation, RawRequest
from gatekeeper.providers.fields import identifier
from gatekeeper.providers.json_body import read_object
from gatekeeper.providers.shape import (
    Found,
    Reader,
    by_word,
    claim,
    each,
    media,
    members,
    opaque,
    person,
    reference,
    refused,
    sender,
    setting,
    string,
    text,
    wrong,
)
from gatekeeper.providers.vonage import rcs
from gatekeeper.providers.vonage.credential import key_of
from gatekeeper.providers.vonage.fields import ABOUT, whatsapp_user
from gatekeeper.providers.whatsapp_content import TEMPLATE, typed

FAILOVER = "failover"
MOST_FAILOVERS = 10
_TAG = "messenger/tag"
_VIBER = "is Viber, which is no channel that the gate judges"
_POOL = "lets Vonage choose among senders: name the one in from"

_WORD, _BODY = setting(), text(Role.BODY)
_TYPES = {"channel": _WORD, "message_type": _WORD}

_FILE = members(
    {
        "url": media(),
        "caption": text(Role.CAPTION),
        "name": text(Role.FILENAME),
        "type": _WORD,
    },
    need=("url",),
)
_STICKER = members({"url": media(), "id": opaque("media_id")}, one_of=("url", "id"))


def _named(value: Any, path: str, found: Found) -> None:
    if not string(value, path):
        raise wrong(path, "must be the name of a template")
    found.words[path] = value


_TEMPLATE = members(
    {"name": _named, "parameters": each(text(Role.TEMPLATE_VAR), most=100)}, need=("name",)
)
_TEXTS: Mapping[str, Reader] = {
    "text": _BODY,
    **dict.fromkeys(("image", "audio", "video", "file", "vcard"), _FILE),
    "content": each(_FILE, most=10),
    "sticker": _STICKER,
    "template": _TEMPLATE,
    "reaction": members({"action": _WORD, "emoji": _BODY}),
    "card": rcs.CARD,
    "carousel": rcs.CAROUSEL,
    "custom": rcs.custom,
}
"""What a message of each `message_type` holds in the member of that name."""

_COSTS: Mapping[str, Reader] = {"ttl": _WORD, "trusted_recipient": claim("trusted_recipient")}

_SMS_OPTIONS = members(
    {
        "encoding_type": _WORD,
        "content_id": reference(),
        "entity_id": reference(),
        "pool_id": refused(_POOL),
    }
)
_RCS_OPTIONS = members(
    {
        "category": claim("rcs/category"),
        "card_orientation": _WORD,
        "image_alignment": _WORD,
        "card_width": _WORD,
    }
)
_CONTEXT = members({"message_uuid": identifier()})


def _channel(types: str, aside: Mapping[str, Reader], own: Mapping[str, Reader]) -> Reader:
    """A channel: its message types, and what may stand beside what each of them holds."""
    beside = {**_TYPES, **ABOUT, **aside}
    texts = {**_TEXTS, **own}
    return by_word(
        "message_type",
        {
            word: members({**beside, word: texts[word]}, need=("to", "from", word))
            for word in types.split()
        },
    )


_CHANNELS: Mapping[str, Reader] = {
    Channel.SMS: _channel(
        "text", {"to": person(), "from": sender(), "sms": _SMS_OPTIONS, **_COSTS}, {}
    ),
    Channel.MMS: _channel(
        "text image vcard audio video file content",
        {"to": person(), "from": sender(), **_COSTS},
        {},
    ),
    Channel.RCS: _channel(
        "text image video file card carousel custom",
        {
            "to": person(),
            "from": sender(AddressKind.UNKNOWN),
            "rcs": _RCS_OPTIONS,
            "suggestions": rcs.SUGGESTIONS,
            **_COSTS,
        },
        {},
    ),
    Channel.WHATSAPP: _channel(
        "text image audio video file template sticker reaction custom",
        {
            "to": whatsapp_user(),
            "from": sender(AddressKind.PHONE),
            "context": _CONTEXT,
            "whatsapp": members({"locale": _WORD, "policy": claim("whatsapp/policy")}),
        },
        {"custom": typed({})},
    ),
    Channel.MESSENGER: _channel(
        "text image audio video file",
        {
            "to": person(AddressKind.PSID),
            "from": sender(AddressKind.PAGE),
            "messenger": members({"category": claim("messenger/category"), "tag": claim(_TAG)}),
        },
        {},
    ),
}

_MESSAGE = by_word("channel", {**_CHANNELS, "viber_service": refused(_VIBER)})
"""The word of a channel is the gate's own word for it, but for Viber."""


def parse_message(raw: RawRequest, operation: Operation) -> OutboundRequest:
    """The message and its failovers, each with its one meaning; AmbiguousRequest otherwise."""
    body = read_object(raw)
    others = body.pop(FAILOVER, None)
    return _message(body, "", operation, _failovers(others, operation), key_of(raw))


def _failovers(value: Any, operation: Operation) -> tuple[OutboundRequest, ...]:
    """What goes out instead, in turn, if the message before it cannot be delivered."""
    if value in (None, []):
        return ()
    if not isinstance(value, list) or len(value) > MOST_FAILOVERS:
        raise AmbiguousRequest(
            f"The field {FAILOVER} must be an array of at most {MOST_FAILOVERS} messages."
        )
    return tuple(
        _message(entry, f"{FAILOVER}/{place}", operation) for place, entry in enumerate(value)
    )


def _message(
    value: Any,
    path: str,
    operation: Operation,
    also: tuple[OutboundRequest, ...] = (),
    key: str | None = None,
) -> OutboundRequest:
    found = Found()
    _MESSAGE(value, path, found)
    channel = Channel(value["channel"])
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
        extras=_tag(found),
        also=also,
    )


def _tag(found: Found) -> dict[str, str]:
    """Messenger's tag, by which a message may leave outside of its window."""
    tags = [said.value for said in found.claims if said.name == _TAG]
    return {"tag": tags[0]} if tags else {}


def _template(message: Any, path: str, found: Found) -> tuple[Opaque, ...]:
    """A template, by its name and language: each language has a text of its own."""
    head = f"{path}/" if path else ""
    name = found.words.get(f"{head}template/name")
    if name is None:
        return ()
    locale = found.words.get(f"{head}whatsapp/locale")
    return (Opaque(TEMPLATE, f"{name}:{locale}" if locale else name, f"{head}template"),)
