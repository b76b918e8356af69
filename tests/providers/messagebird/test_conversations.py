"""Is every kind of content of a conversation read, and one kind only?"""

from __future__ import annotations

import pytest

from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.messagebird.conversations import CONTENT
from gatekeeper.providers.shape import read


def test_a_file_is_read_to_its_name() -> None:
    found = read(CONTENT, {"file": {"url": "https://a.example/1", "caption": "b", "filename": "c"}})
    assert [part.text for part in found.parts] == ["https://a.example/1", "b", "c"]
    assert found.media == ["https://a.example/1"]


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"text": "a", "image": {"url": "https://a.example"}},
        {"hsm": {"templateName": "a"}},
        {"email": {"subject": "a"}},
    ],
)
def test_what_is_not_known_is_refused(content: object) -> None:
    with pytest.raises(AmbiguousRequest):
        read(CONTENT, content)
