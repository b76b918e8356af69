"""Is nothing of a message's content left unread? (The texts of each type are cases.)"""

from __future__ import annotations

from typing import Any

import pytest

from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.shape import read
from gatekeeper.providers.sinch.content import MESSAGE, says_something


@pytest.mark.parametrize(
    "message",
    [
        {"video_message": {"url": "https://x.example"}},
        {"text_message": {"text": "a", "html": "b"}},
        {"card_message": {"title": "a", "footer": "b"}},
        {"choice_message": {"choices": [{"pay_message": {"title": "a"}}]}},
        {"channel_specific_message": {"WHATSAPP": {}}},
        {"explicit_channel_message": {"SMS": "{}"}},
        {"explicit_channel_omni_message": {"SMS": {"explicit_channel_message": {}}}},
    ],
)
def test_what_nobody_knows_is_refused(message: dict[str, Any]) -> None:
    with pytest.raises(AmbiguousRequest):
        read(MESSAGE, message)


def test_what_stands_beside_a_message_is_none() -> None:
    assert says_something({"text_message": {"text": "a"}})
    assert says_something({"template_message": {"omni_template": {}}})
    assert not says_something({"agent": {"display_name": "Ann"}})
    assert not says_something({"explicit_channel_omni_message": {}, "text_message": None})
