"""Is the SDK's token found where it stands, and nothing but it and the account replaced?"""

from __future__ import annotations

from msgspec.structs import replace

from gatekeeper.providers.contract import Credential
from gatekeeper.providers.plivo.credential import credential, swap
from tests.support.plivo_requests import ACCOUNT, SECRET, captured, request


def test_the_account_of_the_path_and_its_token_identify() -> None:
    assert credential(request("Message/", {})) == Credential(ACCOUNT, SECRET)
    told = credential(captured()["sms.node"])
    assert told is not None
    assert told.account == ACCOUNT


def test_another_account_than_the_paths_is_no_credential() -> None:
    raw = request("Message/", {})
    other = raw.target.replace("X/Message", "Y/Message")
    assert credential(replace(raw, target=other)) is None
    assert credential(replace(raw, headers=())) is None


def test_a_swap_changes_account_and_token_and_no_other_byte() -> None:
    raw = captured()["sms"]
    own = Credential("MA" + "R" * 18, "real")
    swapped = swap(raw, own)
    assert credential(swapped) == own
    assert swapped.target == raw.target.replace(ACCOUNT, own.account)
    assert swapped.body == raw.body
