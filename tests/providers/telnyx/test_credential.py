"""Is the SDK's key found where it stands, and nothing but it replaced?"""

from __future__ import annotations

from gatekeeper.providers.contract import Credential, RawRequest
from gatekeeper.providers.telnyx.credential import credential, swap
from tests.support.telnyx_requests import captured, request


def test_the_key_of_the_sdk_identifies_without_an_account() -> None:
    told = credential(captured()["sms"])
    assert told is not None
    assert (told.account, told.secret[:3]) == ("", "gk_")


def test_without_one_bearer_key_there_is_no_credential() -> None:
    assert credential(RawRequest("POST", "/v2/messages", (), b"")) is None
    assert credential(request("/v2/messages", {}, Authorization="Bearer other")) is None


def test_a_swap_changes_the_key_and_no_other_byte() -> None:
    raw = captured()["mms"]
    swapped = swap(raw, Credential("", "KEY-real"))
    assert swapped.header("Authorization") == "Bearer KEY-real"
    assert (swapped.target, swapped.body) == (raw.target, raw.body)
    assert [k for k, _ in swapped.headers] == [k for k, _ in raw.headers]
