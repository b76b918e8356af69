"""Is what the real SDK sends to the SMS API read? (The cases hold the rest.)"""

from __future__ import annotations

import pytest

from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.vonage.paths import SMS
from gatekeeper.providers.vonage.sms import parse_sms
from tests.support.vonage_app import captured


@pytest.mark.parametrize(
    ("name", "said"),
    [("legacy_sms", "Your order is ready. Ça va?"), ("legacy_unicode", "Ваш заказ готов")],
)
def test_what_the_sdk_sends_is_read(name: str, said: str) -> None:
    request = parse_sms(captured(name), SMS)
    assert request.parts[0].text == said
    assert [each.value for each in request.recipients] == ["+12122000211"]


@pytest.mark.parametrize("name", ["legacy_binary", "legacy_signed"])
def test_what_nobody_can_read_or_change_is_refused(name: str) -> None:
    with pytest.raises(AmbiguousRequest):
        parse_sms(captured(name), SMS)
