"""What may a Messenger message hold?

Fields from developers.facebook.com/docs/messenger-platform/reference/send-api and its pages on
templates and buttons. What the page keeps elsewhere (an uploaded file, a product) is opaque.
"""

from __future__ import annotations

from gatekeeper.domain.words import Role
from gatekeeper.providers.shape import (
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
    text,
)

MEDIA_ID = "media_id"
PRODUCT = "messenger_product"

_WORD = setting()
_BODY, _SUBJECT, _BUTTON = text(Role.BODY), text(Role.SUBJECT), text(Role.BUTTON)
_NOTE = reference()
_FORMAT = {
    "webview_height_ratio": _WORD,
    "webview_share_button": _WORD,
    "messenger_extensions": _WORD,
    "fallback_url": link(),
}

BUTTON = by_word(
    "type",
    {
        "web_url": members(
            {"type": _WORD, "url": link(), "title": _BUTTON, **_FORMAT}, need=("url",)
        ),
        "postback": members({"type": _WORD, "title": _BUTTON, "payload": _NOTE}),
        "phone_number": members({"type": _WORD, "title": _BUTTON, "payload": _BODY}),
        "account_link": members({"type": _WORD, "url": link()}),
        "account_unlink": members({"type": _WORD}),
        "game_play": members({"type": _WORD, "title": _BUTTON, "payload": _NOTE}),
    },
)
_BUTTONS = maybe_none(each(BUTTON))

_TAP = members({"type": _WORD, "url": link(), **_FORMAT})

_ELEMENT = members(
    {
        "title": _SUBJECT,
        "subtitle": _BODY,
        "image_url": media(),
        "default_action": _TAP,
        "buttons": _BUTTONS,
    },
    need=("title",),
)
_SHOWN = members(
    {
        "media_type": _WORD,
        "attachment_id": opaque(MEDIA_ID),
        "url": media(),
        "buttons": _BUTTONS,
    },
    one_of=("attachment_id", "url"),
)
_BOUGHT = members(
    {
        "title": _SUBJECT,
        "subtitle": _BODY,
        "quantity": _WORD,
        "price": _WORD,
        "currency": _WORD,
        "image_url": media(),
    }
)
_TEMPLATE = {"template_type": _WORD, "sharable": _WORD}

TEMPLATE = by_word(
    "template_type",
    {
        "generic": members(
            {**_TEMPLATE, "image_aspect_ratio": _WORD, "elements": each(_ELEMENT)},
            need=("elements",),
        ),
        "button": members({**_TEMPLATE, "text": _BODY, "buttons": _BUTTONS}, need=("text",)),
        "media": members({**_TEMPLATE, "elements": each(_SHOWN)}, need=("elements",)),
        "receipt": members(
            {
                **_TEMPLATE,
                "recipient_name": _BODY,
                "merchant_name": _BODY,
                "order_number": _BODY,
                "currency": _WORD,
                "payment_method": _BODY,
                "order_url": link(),
                "timestamp": _WORD,
                "address": anything(Role.BODY),
                "summary": anything(Role.BODY),
                "adjustments": anything(Role.BODY),
                "elements": maybe_none(each(_BOUGHT)),
            }
        ),
        "product": members(
            {**_TEMPLATE, "elements": each(members({"id": opaque(PRODUCT)}))}, need=("elements",)
        ),
    },
)

_FILE = members(
    {"url": media(), "is_reusable": _WORD, "attachment_id": opaque(MEDIA_ID)},
    one_of=("url", "attachment_id"),
)
_ATTACHED = {
    kind: members({"type": _WORD, "payload": _FILE}, need=("payload",))
    for kind in ("image", "video", "audio", "file")
}
ATTACHMENT = by_word(
    "type",
    {**_ATTACHED, "template": members({"type": _WORD, "payload": TEMPLATE}, need=("payload",))},
)

QUICK_REPLY = members(
    {"content_type": _WORD, "title": _BUTTON, "payload": _NOTE, "image_url": media()}
)

MESSAGE = members(
    {
        "text": _BODY,
        "attachment": ATTACHMENT,
        "attachments": each(by_word("type", _ATTACHED)),
        "quick_replies": maybe_none(each(QUICK_REPLY)),
        "metadata": _NOTE,
    },
    one_of=("text", "attachment", "attachments"),
)
