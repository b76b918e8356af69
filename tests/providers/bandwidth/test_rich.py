"""Is every text of a rich message read?"""

from __future__ import annotations

import pytest

from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.bandwidth.rich import RBM
from gatekeeper.providers.shape import read


def test_a_card_is_read_to_its_buttons() -> None:
    card = {
        "title": "One",
        "description": "Two",
        "media": {"fileUrl": "https://a.example/1", "thumbnailUrl": "https://a.example/2"},
        "suggestions": [{"type": "REQUEST_LOCATION", "text": "Three", "postbackData": "Four!"}],
    }
    found = read(RBM, {"orientation": "VERTICAL", "cardContent": card, "suggestions": []})
    texts = [part.text for part in found.parts]
    assert texts == ["One", "Two", "https://a.example/1", "https://a.example/2", "Three", "Four!"]
    assert found.media == ["https://a.example/1", "https://a.example/2"]


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"text": "a", "cardContent": {"title": "b"}},
        {"text": "a", "suggestions": [{"type": "PAY", "text": "b"}]},
        {"text": "a", "suggestions": [{"type": "REPLY", "text": "b", "url": "https://a.example"}]},
        {"cardContent": {"title": "a", "subtitle": "b"}},
        {"text": "a", "suggestions": [{"type": "REPLY", "text": "b"}] * 12},
    ],
)
def test_what_is_not_known_is_refused(content: object) -> None:
    with pytest.raises(AmbiguousRequest):
        read(RBM, content)
