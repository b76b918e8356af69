"""What does a WhatsApp message at Bird say, to whom and from whom?

Of the model WhatsAppMessageSendRequest and those below it (messagebird-sdk 0.106).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gatekeeper.domain.message import OutboundRequest
from gatekeeper.domain.words import Channel, Role
from gatekeeper.providers.bird.fields import LABELS, named, request_of, template_of
from gatekeeper.providers.contract import Operation, RawRequest
from gatekeeper.providers.fields import e164
from gatekeeper.providers.json_body import read_object
from gatekeeper.providers.shape import (
    Found,
    Reader,
    anything,
    each,
    link,
    maybe_none,
    media,
    members,
    read,
    reference,
    sender,
    setting,
    text,
)

_SAID, _BUTTON, _WORD = text(Role.BODY), text(Role.BUTTON), setting()
_FILE = members(
    {
        "url": media(),
        "caption": text(Role.CAPTION),
        "filename": text(Role.FILENAME),
        "voice": _WORD,
    },
    need=("url",),
)
_PLACE = members({"latitude": _WORD, "longitude": _WORD, "name": _SAID, "address": _SAID})

_PARAMETER = members(
    {
        "type": _WORD,
        "name": _WORD,
        "text": text(Role.TEMPLATE_VAR),
        "url": link(),
        "filename": text(Role.FILENAME),
        "location": _PLACE,
    }
)
_COMPONENT: Mapping[str, Reader] = {"type": _WORD, "parameters": maybe_none(each(_PARAMETER))}
_CARDS = each(members({"components": maybe_none(each(members(_COMPONENT)))}))
_TEMPLATE = members(
    {
        "id": named,
        "slug": named,
        "language": _WORD,
        "bid_multiplier": _WORD,
        "components": maybe_none(each(members({**_COMPONENT, "cards": maybe_none(_CARDS)}))),
    },
    one_of=("id", "slug"),
)


def _template(value: Any, path: str, found: Found) -> None:
    """A template with what is put into it."""
    _TEMPLATE(value, path, found)
    template_of(value, path, found)


_LINK = members({"text": _BUTTON, "url": link()})
_HEADER = members({"type": _WORD, "text": text(Role.SUBJECT), "url": media()})
_BUTTONS = each(
    members(
        {
            "type": _WORD,
            "quick_reply": members({"slug": reference(), "text": _BUTTON}),
            "cta_url": _LINK,
        }
    )
)
_ROW = members({"slug": reference(), "text": _BUTTON, "description": _SAID})
_INTERACTIVE = members(
    {
        "type": _WORD,
        "header": _HEADER,
        "body_text": _SAID,
        "footer_text": _SAID,
        "buttons": _BUTTONS,
        "list": members(
            {
                "button_text": _BUTTON,
                "sections": each(members({"title": _BUTTON, "rows": each(_ROW)})),
            }
        ),
        "cta_url": _LINK,
        "cards": each(members({"header": _HEADER, "body_text": _SAID, "buttons": _BUTTONS})),
    },
    need=("type",),
)

_CONTENTS: Mapping[str, Reader] = {
    "text": members({"body": _SAID, "preview_url": _WORD}, need=("body",)),
    "image": _FILE,
    "video": _FILE,
    "audio": _FILE,
    "sticker": _FILE,
    "document": _FILE,
    "location": _PLACE,
    "interactive": _INTERACTIVE,
    "contact_cards": each(anything(Role.BODY)),
    "template": _template,
}
MESSAGE = members(
    {
        "to": e164(),
        "from": sender(),
        "in_reply_to_message_id": reference(),
        **LABELS,
        **_CONTENTS,
    },
    need=("to",),
    one_of=tuple(_CONTENTS),
)


def parse_whatsapp(raw: RawRequest, operation: Operation) -> OutboundRequest:
    """The message with its one meaning; raises AmbiguousRequest otherwise."""
    return request_of(read(MESSAGE, read_object(raw)), operation, Channel.WHATSAPP)
