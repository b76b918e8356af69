"""What may an RCS message to Telnyx hold?

Google's agent message (developers.google.com/business-communications/rcs-business-messaging),
spelled as Telnyx does: text, cards, and suggestions that dial, open, locate and reply.
"""

from __future__ import annotations

from gatekeeper.domain.words import Role
from gatekeeper.providers.shape import (
    anything,
    each,
    link,
    maybe_none,
    media,
    members,
    reference,
    sender,
    setting,
    text,
)
from gatekeeper.providers.telnyx.fields import TEXTS

_WORD, _BODY, _BUTTON = setting(), text(Role.BODY), text(Role.BUTTON)

_FILE = members({"file_url": media(), "thumbnail_url": media(), "force_refresh": _WORD})

_ACTION = members(
    {
        "text": _BUTTON,
        "postback_data": reference(),
        "fallback_url": link(),
        "dial_action": members({"phone_number": text(Role.LINK)}),
        "open_url_action": members(
            {
                "url": link(),
                "application": _WORD,
                "webview_view_mode": _WORD,
                "description": _BODY,
            }
        ),
        "create_calendar_event_action": members(
            {"title": _BODY, "description": _BODY, "start_time": _WORD, "end_time": _WORD}
        ),
        "view_location_action": members(
            {
                "label": _BODY,
                "query": _BODY,
                "lat_long": members({"latitude": _WORD, "longitude": _WORD}),
            }
        ),
        "share_location_action": anything(Role.BODY),
    }
)

_SUGGESTIONS = maybe_none(
    each(
        members(
            {
                "reply": members({"text": _BUTTON, "postback_data": reference()}),
                "action": _ACTION,
            }
        )
    )
)

_CARD = members(
    {
        "title": _BODY,
        "description": _BODY,
        "media": members({"content_info": _FILE, "height": _WORD}),
        "suggestions": _SUGGESTIONS,
    }
)

_RICH_CARD = members(
    {
        "standalone_card": members(
            {
                "card_content": _CARD,
                "card_orientation": _WORD,
                "thumbnail_image_alignment": _WORD,
            }
        ),
        "carousel_card": members({"card_contents": each(_CARD), "card_width": _WORD}),
    }
)

AGENT_MESSAGE = members(
    {
        "content_message": members(
            {
                "text": _BODY,
                "content_info": _FILE,
                "rich_card": _RICH_CARD,
                "suggestions": _SUGGESTIONS,
            }
        ),
        "event": members({"event_type": _WORD}),
        "expire_time": _WORD,
        "ttl": _WORD,
    },
    need=("content_message",),
)
"""An event alone (typing, read) is no message, and nothing that an app must send here."""

FALLBACK = members({"from": sender(), **TEXTS})
"""The SMS or MMS that is sent in place of the message."""
