"""What may a message of Infobip's Messages API hold?

Fields of the models MessagesApiMessageContent, MessagesApiTemplateMessageContent and their bodies,
headers and buttons (infobip-api-python-client 6.0). Forms, flows, payments, orders and products
are refused: they lead the person where the gate does not see.
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
)
from gatekeeper.providers.whatsapp_content import TEMPLATE

_WORD, _NOTE = setting(), reference()
_SAID, _BUTTON, _CAPTION = text(Role.BODY), text(Role.BUTTON), text(Role.CAPTION)
_PLACE: Mapping[str, Reader] = {"latitude": _WORD, "longitude": _WORD, "name": _SAID}


def _typed(shapes: Mapping[str, Mapping[str, Reader]]) -> Reader:
    return by_word("type", {w: members({"type": _WORD, **more}) for w, more in shapes.items()})


_BUTTON_OF: Mapping[str, Reader] = {"text": _BUTTON, "postbackData": _NOTE}
BUTTONS = maybe_none(
    each(
        _typed(
            {
                "REPLY": _BUTTON_OF,
                "REQUEST_LOCATION": _BUTTON_OF,
                "OPEN_URL": {**_BUTTON_OF, "url": link(), "openIn": _WORD},
                "DIAL_PHONE": {**_BUTTON_OF, "phoneNumber": _BUTTON},
                "SHOW_LOCATION": {**_BUTTON_OF, **_PLACE},
                "ADD_CALENDAR_EVENT": {
                    **_BUTTON_OF,
                    "startTime": _WORD,
                    "endTime": _WORD,
                    "title": _BUTTON,
                    "description": _BUTTON,
                },
            }
        )
    )
)

_CARD_OPTIONS = members({"orientation": _WORD, "alignment": _WORD, "height": _WORD})
_FILM: Mapping[str, Reader] = {"url": media(), "isVideo": _WORD, "thumbnailUrl": media()}
_CARD = members(
    {
        "body": members({"title": _SAID, "text": _SAID, **_FILM, "cardOptions": _CARD_OPTIONS}),
        "buttons": BUTTONS,
    }
)
_ITEM = members({"id": _NOTE, "text": _BUTTON, "description": _SAID, "imageUrl": media()})
_SECTION = members({"sectionTitle": _BUTTON, "multipleSelection": _WORD, "items": each(_ITEM)})

BODY = _typed(
    {
        "TEXT": {"text": _SAID},
        "IMAGE": {"url": media(), "text": _CAPTION},
        "VIDEO": {"url": media(), "text": _CAPTION, "thumbnailUrl": media()},
        "DOCUMENT": {"url": media(), "text": _CAPTION, "filename": text(Role.FILENAME)},
        "STICKER": {"reference": media()},
        "LOCATION": {**_PLACE, "address": _SAID},
        "CONTACT": {"name": _SAID, "phoneNumber": _SAID},
        "LIST": {
            "text": _SAID,
            "subtext": _SAID,
            "imageUrl": media(),
            "sections": each(_SECTION),
        },
        "CAROUSEL": {"cards": each(_CARD)},
        "RICH_LINK": {
            **_FILM,
            "text": _SAID,
            "redirectUrl": link(),
            "buttonText": _BUTTON,
            "cardOptions": _CARD_OPTIONS,
        },
    }
)

CONTENT = members(
    {
        "header": _typed({"TEXT": {"text": text(Role.SUBJECT)}}),
        "body": BODY,
        "buttons": BUTTONS,
        "footer": members({"text": _SAID}),
        "confirmationBody": members({"text": _SAID, "description": _SAID, "imageUrl": media()}),
        "senderDisplayInfo": members({"name": text(Role.SUBJECT), "avatarUrl": media()}),
    },
    need=("body",),
)

_VARIABLES = anything(Role.TEMPLATE_VAR)
_FILLED_FILE: Mapping[str, Reader] = {"url": media(), "filename": text(Role.FILENAME)}
_HEADER = by_word(
    "type",
    {
        "TEXT": _VARIABLES,
        "IMAGE": members({"type": _WORD, **_FILLED_FILE}),
        "VIDEO": members({"type": _WORD, **_FILLED_FILE}),
        "DOCUMENT": members({"type": _WORD, **_FILLED_FILE}),
        "LOCATION": members({"type": _WORD, **_PLACE, "address": _SAID}),
    },
)
_FILLED_BUTTON = by_word(
    "type",
    {
        "OPEN_URL": members({"type": _WORD, "suffix": link()}),
        "QUICK_REPLY": members({"type": _WORD, "postbackData": _NOTE}),
        "PHONE_NUMBER": members({"type": _WORD}),
        "COPY_CODE": members({"type": _WORD, "code": text(Role.TEMPLATE_VAR)}),
    },
)

TEMPLATE_CONTENT = members(
    {
        "header": _HEADER,
        "body": by_word("type", {"TEXT": _VARIABLES}),
        "buttons": maybe_none(each(_FILLED_BUTTON)),
    }
)
"""What is put into a template: its texts have names of the app's own choice."""


def template(value: Any, path: str, found: Found) -> None:
    """A template by its name and language: it has been registered with its text, or it is not."""
    _TEMPLATE(value, path, found)
    name, language = value.get("templateName"), value.get("language")
    if name is not None:
        whole = string(name, path)
        ref = f"{whole}:{language}" if isinstance(language, str) and language else whole
        found.opaque.append(Opaque(TEMPLATE, ref, path))


def _named(value: Any, path: str, _found: Found) -> None:
    string(value, path)


_TEMPLATE = members(
    {"templateName": _named, "language": _WORD, "referenceId": opaque("infobip_template")},
    one_of=("templateName", "referenceId"),
)
