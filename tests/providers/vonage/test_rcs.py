"""Is an object of Google's own read whole, its addresses as files?"""

from __future__ import annotations

import pytest

from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.shape import read
from gatekeeper.providers.vonage.rcs import CARD, custom


def test_every_address_in_a_custom_object_is_a_file_and_a_text() -> None:
    found = read(custom, {"a": {"text": "hi", "fileUrl": "HTTPS://a.example/x"}})
    assert found.media == ["HTTPS://a.example/x"]
    assert [part.text for part in found.parts] == ["hi", "HTTPS://a.example/x"]


@pytest.mark.parametrize("value", [{}, "text", ["a"]])
def test_a_custom_object_is_one_with_something_in_it(value: object) -> None:
    with pytest.raises(AmbiguousRequest, match="must be an object"):
        read(custom, value)


def test_a_card_has_no_field_that_is_not_known() -> None:
    with pytest.raises(AmbiguousRequest, match="Unknown field"):
        read(CARD, {"title": "a", "footer": "b"})
