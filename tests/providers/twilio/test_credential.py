"""Is the credential read in one way, and does a swap change nothing else?"""

from __future__ import annotations

from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.providers.contract import Credential, RawRequest
from gatekeeper.providers.twilio.credential import credential, swap
from tests.support.twilio_requests import ACCOUNT, MESSAGES, SECRET, request

from .conftest import Sdk

OTHER = "AC" + "7f" * 16
API_KEY = "SK" + "0a" * 16


def basic(pair: str) -> str:
    return "Basic " + b64encode(pair.encode()).decode()


def with_authorization(*values: str, target: str = MESSAGES) -> RawRequest:
    return RawRequest("POST", target, tuple(("Authorization", value) for value in values), b"")


async def test_the_real_sdks_credential_is_read(sdk: Sdk) -> None:
    raw = await sdk(lambda client: client.messages.create(to="+1", from_="+2", body="x"))
    assert credential(raw) == Credential(ACCOUNT, SECRET)


def test_an_api_key_names_the_account_in_the_path() -> None:
    assert credential(with_authorization(basic(f"{API_KEY}:s:3"))) == Credential(ACCOUNT, "s:3")


def test_a_path_without_account_takes_the_user() -> None:
    raw = with_authorization(basic(f"{ACCOUNT}:s"), target="/2010-04-01/Accounts.json")
    assert credential(raw) == Credential(ACCOUNT, "s")
    raw = with_authorization(basic(f"{API_KEY}:s"), target="/2010-04-01/Accounts.json")
    assert credential(raw) == Credential("", "s")


@pytest.mark.parametrize(
    "values",
    [
        (),
        ("Bearer abc",),
        (basic(f"{ACCOUNT}:s"), basic(f"{ACCOUNT}:s")),
        (basic(f"{OTHER}:s"),),
        (basic(f"{ACCOUNT}"),),
        (basic(f"{ACCOUNT}:"),),
        (basic("joe:s"),),
        (basic(f"{ACCOUNT}:s\r\nX: y"),),
        ("Basic !!!!",),
        ("Basic " + b64encode(b"AC\xff:x").decode(),),
        ("Basic QUM=QUM=",),
        ("Basic QUN=",),
        (basic(f"{ACCOUNT}:s") + " x",),
    ],
)
def test_what_has_no_one_reading_is_no_credential(values: tuple[str, ...]) -> None:
    assert credential(with_authorization(*values)) is None


@given(st.text(max_size=60))
def test_no_header_raises(value: str) -> None:
    credential(with_authorization(value))
    credential(with_authorization(f"Basic {value}"))


def test_a_swap_changes_the_credential_and_nothing_else() -> None:
    raw = request(f"{MESSAGES}", b"To=%2B1&From=%2b2&Body=%e9+a")
    swapped = swap(raw, Credential(ACCOUNT, "real:token"))
    assert credential(swapped) == Credential(ACCOUNT, "real:token")
    assert (swapped.method, swapped.target, swapped.body) == (raw.method, raw.target, raw.body)
    assert [name for name, _ in swapped.headers] == [name for name, _ in raw.headers]
    changed = [
        name for (name, a), (_, b) in zip(raw.headers, swapped.headers, strict=True) if a != b
    ]
    assert changed == ["Authorization"]


@pytest.mark.parametrize("tail", ["/Messages.json", ".json", "/Messages.json?To=AC1"])
def test_a_swap_renames_the_account_of_the_path_alone(tail: str) -> None:
    raw = request(f"/2010-04-01/Accounts/{ACCOUNT}{tail}", f"Body={ACCOUNT}".encode())
    swapped = swap(raw, Credential(OTHER, "t"))
    assert swapped.target == f"/2010-04-01/Accounts/{OTHER}{tail}"
    assert swapped.body == raw.body
