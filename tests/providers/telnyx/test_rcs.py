"""Is no text of a card or suggestion left unread? (The cases name each.)"""

from __future__ import annotations

import pytest

from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.shape import read
from gatekeeper.providers.telnyx.rcs import AGENT_MESSAGE, FALLBACK


def test_a_carousel_is_read_card_by_card() -> None:
    cards = [{"title": "a"}, {"description": "b", "suggestions": [{"reply": {"text": "c"}}]}]
    card = {"carousel_card": {"card_width": "SMALL", "card_contents": cards}}
    found = read(AGENT_MESSAGE, {"content_message": {"rich_card": card}})
    assert [part.text for part in found.parts] == ["a", "b", "c"]


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"event": {"event_type": "IS_TYPING"}},
        {"content_message": {"text": "a", "footer": "b"}},
        {"content_message": {"suggestions": [{"reply": {"text": "a", "to": "b"}}]}},
    ],
)
def test_what_is_no_message_or_not_known_is_refused(message: dict[str, object]) -> None:
    with pytest.raises(AmbiguousRequest):
        read(AGENT_MESSAGE, message)


def test_a_fallback_has_text_and_media_and_nothing_else() -> None:
    found = read(FALLBACK, {"from": "+13122000201", "text": "a", "media_urls": ["https://a.b/c"]})
    assert (found.senders[0].value, found.media) == ("+13122000201", ["https://a.b/c"])
    with pytest.raises(AmbiguousRequest, match="Unknown field to"):
        read(FALLBACK, {"to": "+12122000212", "text": "a"})
