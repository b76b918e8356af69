"""Is every text of a rich message of Infobip read?"""

from __future__ import annotations

import pytest

from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.infobip.contents import CONTENT, TEMPLATE_CONTENT, template
from gatekeeper.providers.shape import Found, read


def test_a_carousel_is_read_to_its_buttons() -> None:
    card = {
        "body": {"title": "One", "text": "Two", "url": "https://a.example/1", "isVideo": False},
        "buttons": [{"type": "DIAL_PHONE", "text": "Three", "phoneNumber": "+13122000201"}],
    }
    found = read(CONTENT, {"body": {"type": "CAROUSEL", "cards": [card]}})
    texts = [part.text for part in found.parts]
    assert texts == ["One", "Two", "https://a.example/1", "Three", "+13122000201"]
    assert found.media == ["https://a.example/1"]


def test_a_template_is_named_by_name_and_language_or_by_an_id() -> None:
    found = Found()
    template({"templateName": "ready", "language": "en"}, "t", found)
    template({"templateName": "ready"}, "t", found)
    template({"referenceId": "r-1"}, "t", found)
    assert [each.ref for each in found.opaque] == ["ready:en", "ready", "r-1"]
    with pytest.raises(AmbiguousRequest):
        template({"language": "en"}, "t", found)


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"body": {"type": "ORDER_REQUEST"}},
        {"body": {"type": "TEXT", "text": "a", "url": "https://a.example"}},
        {"body": {"type": "TEXT", "text": "a"}, "buttons": [{"type": "PAY"}]},
    ],
)
def test_what_is_not_known_is_refused(content: object) -> None:
    with pytest.raises(AmbiguousRequest):
        read(CONTENT, content)


def test_a_flow_in_a_template_is_refused() -> None:
    with pytest.raises(AmbiguousRequest):
        read(TEMPLATE_CONTENT, {"buttons": [{"type": "FLOW", "data": {"a": "b"}}]})
