"""Are a WhatsApp user and tones read as what they are?"""

from __future__ import annotations

import pytest

from gatekeeper.domain.message import AddressKind
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.shape import read
from gatekeeper.providers.vonage.fields import digits, whatsapp_user


@pytest.mark.parametrize(
    ("value", "kind", "told"),
    [("12122000211", AddressKind.PHONE, "+12122000211"), ("US.12", AddressKind.BSUID, "US.12")],
)
def test_a_whatsapp_user_is_a_number_or_an_id(value: str, kind: AddressKind, told: str) -> None:
    (address,) = read(whatsapp_user(), value).recipients
    assert (address.kind, address.value) == (kind, told)


def test_tones_hold_no_letters() -> None:
    assert read(digits(), "1p2#").parts[0].text == "1p2#"
    with pytest.raises(AmbiguousRequest, match="may hold digits"):
        read(digits(), "call me")
