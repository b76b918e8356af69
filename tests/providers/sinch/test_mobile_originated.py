"""Are a person's words found in every form?"""

from __future__ import annotations

from typing import Any

import pytest

from gatekeeper.providers.sinch.mobile_originated import said_in


@pytest.mark.parametrize(
    ("kind", "told", "said"),
    [
        ("mo_text", {"body": "STOP"}, "STOP"),
        ("mo_binary", {"body": "U1RPUA==", "udh": "050003010201"}, "STOP"),
        ("mo_binary", {"body": "U1RPUA==", "udh": "0605040B8423F0"}, ""),
        ("mo_binary", {"body": "not base64", "udh": "zz"}, ""),
        ("mo_media", {"body": {"message": "STOP", "subject": "x"}}, "STOP"),
        ("mo_media", {"body": {"subject": "STOP"}}, "STOP"),
        ("mo_media", {"body": "STOP"}, ""),
        ("mo_text", {"body": ["STOP"]}, ""),
        ("conversation", {"text_message": {"text": "STOP"}}, "STOP"),
        ("conversation", {"choice_response_message": {"postback_data": "STOP"}}, "STOP"),
        ("conversation", {"media_card_message": {"caption": "STOP"}}, "STOP"),
        ("conversation", {"fallback_message": {"raw_message": "STOP"}}, "STOP"),
        ("conversation", {"location_message": {}}, ""),
    ],
)
def test_words_are_found_and_nothing_is_made_up(kind: str, told: dict[str, Any], said: str) -> None:
    assert said_in(kind, told) == said
