"""Is every text of a WhatsApp message at Bird read?"""

from __future__ import annotations

import pytest

from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.bird.whatsapp import MESSAGE
from gatekeeper.providers.shape import read

ENDS = {"to": "+12122000211", "from": "+13122000203"}


def test_a_carousel_is_read_to_its_buttons() -> None:
    button = {"type": "cta_url", "cta_url": {"text": "Go", "url": "https://a.example"}}
    header = {"type": "image", "url": "https://a.example/1"}
    card = {"header": header, "body_text": "One", "buttons": [button]}
    found = read(MESSAGE, {**ENDS, "interactive": {"type": "carousel", "cards": [card]}})
    texts = [part.text for part in found.parts]
    assert texts == ["https://a.example/1", "One", "Go", "https://a.example"]
    assert found.media == ["https://a.example/1"]


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"reaction": {"emoji": "a"}},
        {"image": {"caption": "a"}},
        {"template": {"slug": "a", "id": "b"}},
        {"interactive": {"type": "flow", "flow": {}}},
    ],
)
def test_what_is_not_known_is_refused(content: dict[str, object]) -> None:
    with pytest.raises(AmbiguousRequest):
        read(MESSAGE, {**ENDS, **content})
