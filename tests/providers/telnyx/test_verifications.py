"""Is a verification sent by the profile's words alone? (See also the cases.)"""

from __future__ import annotations

import pytest

from gatekeeper.errors import AmbiguousRequest
from tests.support.telnyx_requests import parsed, request

CODE = {"phone_number": "+12122000211", "verify_profile_id": "p-1"}


def test_its_profile_is_both_who_sends_and_what_is_said() -> None:
    read = parsed(request("/v2/verifications/sms", CODE))
    assert (read.sender.value, read.opaque[0].ref) == ("p-1", "p-1")


@pytest.mark.parametrize("path", ["sms", "call", "flashcall", "whatsapp"])
def test_every_way_of_it_has_its_recipient(path: str) -> None:
    read = parsed(request(f"/v2/verifications/{path}", CODE))
    assert [each.value for each in read.recipients] == ["+12122000211"]


@pytest.mark.parametrize("code", ["1", "12345678901", "call me", "12-45", 12345])
def test_a_code_is_too_short_for_a_text(code: object) -> None:
    with pytest.raises(AmbiguousRequest, match="The field custom_code"):
        parsed(request("/v2/verifications/sms", CODE | {"custom_code": code}))


def test_an_extension_holds_digits_alone() -> None:
    with pytest.raises(AmbiguousRequest, match="The field extension"):
        parsed(request("/v2/verifications/call", CODE | {"extension": "ring Bob"}))
