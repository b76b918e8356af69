"""What may a WhatsApp message hold, as Meta's Cloud API writes it?

Telnyx and Plivo pass the same objects on, so their modules and Meta's own read them by these
shapes (developers.facebook.com/docs/whatsapp/cloud-api/reference/messages). What the business
keeps elsewhere and only names here (a template, a flow, a product, an uploaded file) is opaque.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gatekeeper.domain.message import Opaque
from gatekeeper.domain.words import Role
from gatekeeper.providers.shape import (
    Found,
    Reader,
    anything,
    by_word,
    each,
    link,
    maybe_none,
    media,
    members,
    opaque,
    reference,
    setting,
    string,
    text,
    wrong,
)

TEMPLATE = "whatsapp_template"
"""The kind of a template; its reference is `name:language`, since each language has its text."""
MEDIA_ID = "media_id"
FLOW = "whatsapp_flow"
PRODUCT = "whatsapp_product"

_WORD = setting()
_BODY, _BUTTON, _VARIABLE = text(Role.BODY), text(Role.BUTTON), text(Role.TEMPLATE_VAR)
_SUBJECT = text(Role.SUBJECT)
_NOTE = reference()

FILE = members(
    {
        "link": media(),
        "id": opaque(MEDIA_ID),
        "caption": text(Role.CAPTION),
        "filename": text(Role.FILENAME),
        "voice": _WORD,
    },
    one_of=("link", "id"),
)
"""A picture, a recording, a film, a document or a sticker."""

TEXT = members({"body": _BODY, "preview_url": _WORD}, need=("body",))

LOCATION = members({"latitude": _WORD, "longitude": _WORD, "name": _BODY, "address": _BODY})

REACTION = members({"message_id": _NOTE, "emoji": _BODY})

CONTACTS = each(anything(Role.BODY))
"""Contact cards: every string in them is read by who gets them."""


def _template(value: Any, path: str, found: Found) -> None:
    """A template, by its name and language, with what is put into it."""
    _TEMPLATE(value, path, found)
    name = found.words.pop(f"{path}/name", "")
    code = found.words.pop(f"{path}/language/code", "")
    found.opaque.append(Opaque(TEMPLATE, f"{name}:{code}" if code else name, path))


def _kept(value: Any, path: str, found: Found) -> None:
    """A template's name, which only becomes a reference together with its language."""
    name = string(value, path)
    if not 0 < len(name) <= 512:
        raise wrong(path, "must be the name of a template")
    found.words[path] = name


def _components(value: Any, path: str, found: Found) -> None:
    """The parts of a template; those of a carousel's cards are of the same shape."""
    _COMPONENTS(value, path, found)


_PARAMETER = members(
    {
        "type": _WORD,
        "parameter_name": _WORD,
        "text": _VARIABLE,
        "payload": _NOTE,
        "coupon_code": _VARIABLE,
        "currency": members({"fallback_value": _VARIABLE, "code": _WORD, "amount_1000": _WORD}),
        "date_time": anything(Role.TEMPLATE_VAR),
        "image": FILE,
        "video": FILE,
        "document": FILE,
        "location": LOCATION,
        "limited_time_offer": members({"expiration_time_ms": _NOTE}),
        "action": members(
            {
                "flow_token": _NOTE,
                "flow_action_data": anything(Role.TEMPLATE_VAR),
                "thumbnail_product_retailer_id": opaque(PRODUCT),
            }
        ),
    }
)

_COMPONENTS = maybe_none(
    each(
        members(
            {
                "type": _WORD,
                "sub_type": _WORD,
                "index": _WORD,
                "parameters": maybe_none(each(_PARAMETER)),
                "cards": each(members({"card_index": _WORD, "components": _components})),
            }
        )
    )
)

_TEMPLATE = members(
    {
        "name": _kept,
        "language": members({"code": _WORD, "policy": _WORD}, need=("code",)),
        "components": _components,
    },
    need=("name",),
)

_HEADER = members(
    {
        "type": _WORD,
        "text": _SUBJECT,
        "sub_text": _SUBJECT,
        "image": FILE,
        "video": FILE,
        "document": FILE,
    }
)

_PARAMETERS = members(
    {
        "display_text": _BUTTON,
        "url": link(),
        "flow_id": opaque(FLOW),
        "flow_name": opaque(FLOW),
        "flow_cta": _BUTTON,
        "flow_token": _NOTE,
        "flow_action": _WORD,
        "flow_message_version": _WORD,
        "mode": _WORD,
        "flow_action_payload": members({"screen": _NOTE, "data": anything(Role.BODY)}),
    }
)

_SECTION = members(
    {
        "title": _BUTTON,
        "rows": each(members({"id": _NOTE, "title": _BUTTON, "description": _BODY})),
        "product_items": each(members({"product_retailer_id": opaque(PRODUCT)})),
    }
)

_SAID = members({"text": _BODY})

_CARD = members(
    {
        "card_index": _WORD,
        "type": _WORD,
        "header": _HEADER,
        "body": _SAID,
        "action": members(
            {
                "catalog_id": opaque(PRODUCT),
                "product_retailer_id": opaque(PRODUCT),
                "name": _WORD,
                "parameters": _PARAMETERS,
            }
        ),
    }
)

_BUTTONS = each(
    members(
        {
            "type": _WORD,
            "id": _NOTE,
            "title": _BUTTON,
            "reply": members({"id": _NOTE, "title": _BUTTON}),
        }
    )
)

INTERACTIVE = members(
    {
        "type": _WORD,
        "header": _HEADER,
        "body": _SAID,
        "footer": _SAID,
        "action": members(
            {
                "name": _WORD,
                "button": _BUTTON,
                "buttons": _BUTTONS,
                "sections": each(_SECTION),
                "cards": each(_CARD),
                "parameters": _PARAMETERS,
                "mode": _WORD,
                "catalog_id": opaque(PRODUCT),
                "product_retailer_id": opaque(PRODUCT),
                "thumbnail_product_retailer_id": opaque(PRODUCT),
            }
        ),
    }
)

OBJECTS: Mapping[str, Reader] = {
    "text": TEXT,
    "template": _template,
    "interactive": INTERACTIVE,
    "image": FILE,
    "video": FILE,
    "audio": FILE,
    "document": FILE,
    "sticker": FILE,
    "location": LOCATION,
    "contacts": CONTACTS,
    "reaction": REACTION,
}
"""What a message of each `type` holds in the member of that name."""


def typed(aside: Mapping[str, Reader], types: tuple[str, ...] = tuple(OBJECTS)) -> Reader:
    """A message whose `type` tells which one object it holds; `aside` are its other members."""
    return by_word(
        "type",
        {
            word: members({**aside, "type": _WORD, word: OBJECTS[word]}, need=(word,))
            for word in types
        },
    )
