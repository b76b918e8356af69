"""What may a WhatsApp template or interactive message hold, as Plivo writes it?

Like Meta's own objects (`providers.whatsapp_content`), but flatter: a language is a word, a file a
URL, a button has its address beside its title.
"""

from __future__ import annotations

from typing import Any

from gatekeeper.domain.message import Opaque
from gatekeeper.domain.words import Role
from gatekeeper.providers.shape import (
    Found,
    each,
    link,
    maybe_none,
    media,
    members,
    reference,
    setting,
    string,
    text,
    wrong,
)
from gatekeeper.providers.whatsapp_content import LOCATION
from gatekeeper.providers.whatsapp_content import TEMPLATE as KIND

_WORD, _BODY, _BUTTON = setting(), text(Role.BODY), text(Role.BUTTON)
_SUBJECT, _VARIABLE, _NOTE = text(Role.SUBJECT), text(Role.TEMPLATE_VAR), reference()


def _name(value: Any, path: str, found: Found) -> None:
    if not 0 < len(string(value, path)) <= 512:
        raise wrong(path, "must be the name of a template")
    found.words[path] = value


_PARAMETER = members(
    {
        "type": _WORD,
        "parameter_name": _WORD,
        "text": _VARIABLE,
        "media": media(),
        "payload": _NOTE,
        "currency": members(
            {"fallback_value": _VARIABLE, "currency_code": _WORD, "amount_1000": _WORD}
        ),
        "date_time": members({"fallback_value": _VARIABLE}),
        "location": LOCATION,
    }
)

_TEMPLATE = members(
    {
        "name": _name,
        "language": _WORD,
        "components": maybe_none(
            each(
                members(
                    {
                        "type": _WORD,
                        "sub_type": _WORD,
                        "index": _WORD,
                        "parameters": maybe_none(each(_PARAMETER)),
                    }
                )
            )
        ),
    },
    need=("name", "language"),
)


def TEMPLATE(value: Any, path: str, found: Found) -> None:  # noqa: N802 - a shape like the others
    """A template, by its name and language, with what is put into it."""
    _TEMPLATE(value, path, found)
    name, language = (found.words.pop(f"{path}/{word}") for word in ("name", "language"))
    found.opaque.append(Opaque(KIND, f"{name}:{language}", path))


_SAID = members({"text": _BODY})

INTERACTIVE = members(
    {
        "type": _WORD,
        "header": members({"type": _WORD, "text": _SUBJECT, "media": media()}),
        "body": _SAID,
        "footer": _SAID,
        "action": members(
            {
                "buttons": maybe_none(
                    each(members({"id": _NOTE, "title": _BUTTON, "cta_url": link()}))
                ),
                "sections": maybe_none(
                    each(
                        members(
                            {
                                "title": _BUTTON,
                                "rows": maybe_none(
                                    each(
                                        members(
                                            {"id": _NOTE, "title": _BUTTON, "description": _BODY}
                                        )
                                    )
                                ),
                            }
                        )
                    )
                ),
            }
        ),
    }
)
