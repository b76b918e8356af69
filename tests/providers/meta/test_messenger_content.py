"""Is every text of a template read, and nothing beside it let through?"""

from __future__ import annotations

from typing import Any

import pytest

from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.meta.messenger_content import MESSAGE
from gatekeeper.providers.shape import read


def attached(payload: dict[str, Any]) -> dict[str, Any]:
    return {"attachment": {"type": "template", "payload": payload}}


def test_a_media_template_shows_a_picture_or_an_opaque_file() -> None:
    buttons = [{"type": "web_url", "url": "https://a.example", "title": "See"}]
    elements = [{"media_type": "image", "url": "https://a.example/a.png", "buttons": buttons}]
    found = read(MESSAGE, attached({"template_type": "media", "elements": elements}))
    assert found.media == ["https://a.example/a.png"]
    kept = [{"media_type": "image", "attachment_id": "1"}]
    found = read(MESSAGE, attached({"template_type": "media", "elements": kept}))
    assert [each.kind for each in found.opaque] == ["media_id"]


def test_a_product_is_opaque() -> None:
    found = read(MESSAGE, attached({"template_type": "product", "elements": [{"id": "7"}]}))
    assert [each.ref for each in found.opaque] == ["7"]


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"text": "hi", "attachment": {"type": "image", "payload": {"url": "https://a.example"}}},
        {"attachment": {"type": "image", "payload": {}}},
        {"text": "hi", "template": {"name": "x"}},
        attached({"template_type": "button", "text": "t", "buttons": [{"type": "element_share"}]}),
    ],
)
def test_what_has_no_one_meaning_is_refused(message: dict[str, Any]) -> None:
    with pytest.raises(AmbiguousRequest):
        read(MESSAGE, message)
