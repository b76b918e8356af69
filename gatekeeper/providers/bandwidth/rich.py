"""What may a message have that Bandwidth sends by RCS (its RBM channel)?

Fields of the models RbmMessageContentText, RbmMessageMedia, RbmStandaloneCard,
RbmMessageCarouselCard and the actions of MultiChannelAction (bandwidth-sdk 23.3).
"""

from __future__ import annotations

from collections.abc import Mapping

from gatekeeper.domain.words import Role
from gatekeeper.providers.fields import payload
from gatekeeper.providers.shape import (
    Reader,
    by_word,
    each,
    link,
    maybe_none,
    media,
    members,
    setting,
    text,
)

_FILE: Mapping[str, Reader] = {"fileUrl": media(), "thumbnailUrl": media()}


def _action(more: Mapping[str, Reader], *need: str) -> Reader:
    known = {"type": setting(), "text": text(Role.BUTTON), "postbackData": payload()}
    return members({**known, **more}, need=("type", *need))


ACTION = by_word(
    "type",
    {
        "REPLY": _action({}, "text"),
        "REQUEST_LOCATION": _action({}, "text"),
        "DIAL_PHONE": _action({"phoneNumber": text(Role.BUTTON)}, "text", "phoneNumber"),
        "OPEN_URL": _action(
            {"url": link(), "application": setting(), "webviewViewMode": setting()}, "url"
        ),
        "SHOW_LOCATION": _action(
            {"latitude": setting(), "longitude": setting(), "label": text(Role.BUTTON)}
        ),
        "CREATE_CALENDAR_EVENT": _action(
            {
                "title": text(Role.BUTTON),
                "description": text(Role.BUTTON),
                "startTime": setting(),
                "endTime": setting(),
            },
            "title",
        ),
    },
)
SUGGESTIONS = maybe_none(each(ACTION, most=11))

CARD = members(
    {
        "title": text(Role.BODY),
        "description": text(Role.BODY),
        "media": members({**_FILE, "height": setting()}, need=("fileUrl",)),
        "suggestions": SUGGESTIONS,
    }
)

RBM = members(
    {
        "text": text(Role.BODY),
        "media": each(members(_FILE, need=("fileUrl",)), most=10),
        "cardContent": CARD,
        "cardContents": each(CARD, most=10),
        "orientation": setting(),
        "thumbnailImageAlignment": setting(),
        "cardWidth": setting(),
        "suggestions": SUGGESTIONS,
    },
    one_of=("text", "media", "cardContent", "cardContents"),
)
