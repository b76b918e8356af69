"""What may an RCS message hold: files, cards, suggestions, or Google's own object?"""

from __future__ import annotations

from typing import Any

from gatekeeper.domain.words import Role
from gatekeeper.providers.shape import (
    Found,
    anything,
    each,
    link,
    media,
    members,
    reference,
    setting,
    text,
    wrong,
)

_WORD, _BODY, _BUTTON = setting(), text(Role.BODY), text(Role.BUTTON)
_ANYTHING = anything(Role.BODY)

SUGGESTIONS = each(
    members(
        {
            "type": _WORD,
            "text": _BUTTON,
            "postback_data": reference(),
            "phone_number": text(Role.LINK),
            "fallback_url": link(),
            "latitude": _WORD,
            "longitude": _WORD,
            "pin_label": _BODY,
            "url": link(),
            "description": _BODY,
            "view_mode": _WORD,
            "start_time": _WORD,
            "end_time": _WORD,
            "title": _BODY,
        },
        need=("type", "text"),
    ),
    most=11,
)
"""Buttons below a message: they reply, dial, locate or open something."""

CARD = members(
    {
        "title": _BODY,
        "text": _BODY,
        "media_url": media(),
        "media_description": text(Role.CAPTION),
        "media_height": _WORD,
        "media_force_refresh": _WORD,
        "thumbnail_url": media(),
        "suggestions": SUGGESTIONS,
    }
)

CAROUSEL = members({"cards": each(CARD, most=10)}, need=("cards",))


def custom(value: Any, path: str, found: Found) -> None:
    """An object of Google's API: all of it is text, and every address in it is a file too."""
    if not isinstance(value, dict) or not value:
        raise wrong(path, "must be an object")
    begun = len(found.parts)
    _ANYTHING(value, path, found)
    for part in found.parts[begun:]:
        if part.text.lower().startswith(("http://", "https://")):
            found.media.append(part.text)
