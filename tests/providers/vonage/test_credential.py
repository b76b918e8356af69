"""Is each of Vonage's credentials read, and only the secret replaced?"""

from __future__ import annotations

import pytest

from gatekeeper.providers.authorization import as_basic
from gatekeeper.providers.contract import Credential, RawRequest
from gatekeeper.providers.vonage.credential import claims_of, credential, key_of, swap
from tests.support.vonage_app import APPLICATION, token

JSON = ("Content-Type", "application/json")
FORM = ("Content-Type", "application/x-www-form-urlencoded")


def raw(*headers: tuple[str, str], body: bytes = b"", service: str = "") -> RawRequest:
    return RawRequest("POST", "/x", headers, body, service)


def test_key_and_secret_stand_in_basic() -> None:
    asked = raw(("Authorization", as_basic("a1b2", "gk_1")))
    assert credential(asked) == Credential("a1b2", "gk_1")
    swapped = swap(asked, Credential("a1b2", "real"))
    assert swapped.headers == (("Authorization", as_basic("a1b2", "real")),)


def test_a_token_names_its_application_and_itself() -> None:
    made = token()
    asked = raw(("Authorization", f"Bearer {made}"))
    assert credential(asked) == Credential(APPLICATION, made)
    assert (key_of(asked) or "").startswith("j-1:")
    assert key_of(asked) != key_of(raw(*asked.headers, body=b"another text"))
    assert key_of(raw(("Authorization", as_basic("a", "b")))) is None


@pytest.mark.parametrize("bearer", ["gk_1", "a.b.c", token(application_id=5)])
def test_a_token_that_names_nobody_is_no_credential(bearer: str) -> None:
    assert credential(raw(("Authorization", f"Bearer {bearer}"))) is None


def test_what_is_no_token_claims_nothing() -> None:
    assert claims_of("x") == {}


@pytest.mark.parametrize(
    ("body", "after"),
    [
        (
            b"to=1&api_key=k&api_secret=gk_1&text=a%20b",
            b"to=1&api_key=n&api_secret=r%26&text=a%20b",
        ),
        (
            b'{"api_key":"k", "api_secret":"gk_1","text":"a"}',
            b'{"api_key":"n", "api_secret":"r&","text":"a"}',
        ),
    ],
)
def test_key_and_secret_may_stand_in_the_body_of_an_sms(body: bytes, after: bytes) -> None:
    kind = JSON if body[:1] == b"{" else FORM
    asked = raw(kind, body=body, service="rest")
    assert credential(asked) == Credential("k", "gk_1")
    assert swap(asked, Credential("n", "r&")).body == after
    assert credential(raw(FORM, body=body)) is None


@pytest.mark.parametrize(
    "body", [b"to=1&sig=00&api_key=k", b"api_key=k&api_key=l&api_secret=s", b"{"]
)
def test_a_form_without_one_secret_is_no_credential(body: bytes) -> None:
    assert credential(raw(FORM, body=body, service="rest")) is None


@pytest.mark.parametrize(
    ("target", "body"),
    [("/x?api_key=k&api_secret=s", b""), ("/x?api%5Fsecret=s", b""), ("/x", b"api_key=k&to=1")],
)
def test_another_credential_beside_that_of_the_header_makes_none(target: str, body: bytes) -> None:
    for said in (as_basic("a1b2", "gk_1"), f"Bearer {token()}"):
        asked = RawRequest("POST", target, (FORM, ("Authorization", said)), body, "rest")
        assert credential(asked) is None
