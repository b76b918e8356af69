"""Which texts are in a message of Sinch's Conversation API?

The omni-channel messages of developers.sinch.com, "Message types", as the models of its SDKs have
them. What a channel gets in that channel's own form (`explicit_channel_message`,
`channel_specific_message`) is refused: it replaces the rest, and its forms are many.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gatekeeper.domain.words import Role
from gatekeeper.providers.shape import (
    Reader,
    anything,
    each,
    link,
    media,
    members,
    opaque,
    reference,
    refused,
    setting,
    text,
    values,
)

_BUTTON = text(Role.BUTTON)
_CAPTION = text(Role.CAPTION)
_CARD = anything(Role.CAPTION)
"""A contact card or address: whatever is in it, people read it."""

TEXT = members({"text": text(Role.BODY)}, need=("text",))
MEDIA = members(
    {"url": media(), "thumbnail_url": media(), "filename_override": text(Role.FILENAME)},
    need=("url",),
)
LOCATION = members({"coordinates": _CARD, "label": _CAPTION, "title": _CAPTION})
CONTACT = members(
    {
        "name": _CARD,
        "phone_numbers": _CARD,
        "addresses": _CARD,
        "email_addresses": _CARD,
        "organization": _CARD,
        "urls": _CARD,
        "birthday": _CARD,
    }
)

_TITLED = {"title": _BUTTON, "url": link(), "fallback_url": link()}
CHOICE_OPTION = members(
    {
        "text_message": members({"text": _BUTTON}, need=("text",)),
        "url_message": members(_TITLED),
        "call_message": members({"title": _BUTTON, "phone_number": _BUTTON}),
        "location_message": LOCATION,
        "share_location_message": members(_TITLED),
        "calendar_message": members(
            {
                **_TITLED,
                "event_start": setting(),
                "event_end": setting(),
                "event_title": _CAPTION,
                "event_description": _CAPTION,
            }
        ),
        "postback_data": anything(Role.REFERENCE),
        "display_mode": setting(),
    }
)
CHOICES = each(CHOICE_OPTION, most=100)
CHOICE = members(
    {
        "text_message": TEXT,
        "choices": CHOICES,
        "message_properties": members({"whatsapp_footer": _CAPTION}),
    },
    need=("choices",),
)
CARD = members(
    {
        "title": _CAPTION,
        "description": text(Role.BODY),
        "media_message": MEDIA,
        "height": setting(),
        "choices": CHOICES,
        "message_properties": members({"whatsapp_header": _CAPTION}),
    }
)
CAROUSEL = members({"cards": each(CARD, most=100), "choices": CHOICES}, need=("cards",))

_ITEM = members(
    {
        "title": _BUTTON,
        "description": _CAPTION,
        "media": MEDIA,
        "postback_data": anything(Role.REFERENCE),
    }
)
_PRODUCT = members(
    {
        "id": opaque("product"),
        "marketplace": reference(),
        "quantity": setting(),
        "item_price": setting(),
        "currency": setting(),
    }
)
_SECTION = members(
    {
        "title": _CAPTION,
        "items": each(members({"choice": _ITEM, "product": _PRODUCT}), most=100),
    }
)
LIST = members(
    {
        "title": text(Role.BODY),
        "description": _CAPTION,
        "media": MEDIA,
        "sections": each(_SECTION, most=100),
        "message_properties": members(
            {"catalog_id": reference(), "menu": _BUTTON, "whatsapp_header": _CAPTION}
        ),
    },
    need=("sections",),
)

_TEMPLATE_REFERENCE = members(
    {
        "template_id": opaque("template"),
        "version": setting(),
        "language_code": setting(),
        "parameters": values(text(Role.TEMPLATE_VAR)),
    },
    need=("template_id",),
)
TEMPLATE = members(
    {
        "channel_template": values(_TEMPLATE_REFERENCE),
        "omni_template": _TEMPLATE_REFERENCE,
    }
)

_OMNI: Mapping[str, Reader] = {
    "text_message": TEXT,
    "media_message": MEDIA,
    "location_message": LOCATION,
    "contact_info_message": CONTACT,
    "choice_message": CHOICE,
    "card_message": CARD,
    "carousel_message": CAROUSEL,
    "list_message": LIST,
}
_ALONE = members({**_OMNI, "template_reference": _TEMPLATE_REFERENCE})
_RAW = refused("is in a channel's own form, which the gate does not read: use a message type")

MESSAGE = members(
    {
        **_OMNI,
        "template_message": TEMPLATE,
        "explicit_channel_omni_message": values(_ALONE),
        "explicit_channel_message": _RAW,
        "channel_specific_message": _RAW,
        "agent": members({"display_name": _CAPTION, "type": setting(), "picture_url": media()}),
    }
)


def says_something(message: Mapping[str, Any]) -> bool:
    """Whether a message has one of the types, and not only what stands beside one."""
    return any(message.get(name) for name in (*_OMNI, "template_message"))
