"""Is Bandwidth's password read and replaced, and nothing else?"""

from __future__ import annotations

from gatekeeper.providers.authorization import as_basic
from gatekeeper.providers.bandwidth.credential import credential, swap
from gatekeeper.providers.contract import Credential, RawRequest

TARGET = "/api/v2/users/9900000/messages"


def asked(authorization: str | None, target: str = TARGET) -> RawRequest:
    headers = (("Authorization", authorization),) if authorization else ()
    return RawRequest("POST", target, headers, b"{}")


def test_the_path_names_the_account_and_the_password_is_the_secret() -> None:
    assert credential(asked(as_basic("api-user", "gk_x"))) == Credential("9900000", "gk_x")
    elsewhere = asked(as_basic("api-user", "gk_x"), "/api/v2/tollFreeVerification/useCases")
    assert credential(elsewhere) == Credential("", "gk_x")


def test_anything_but_one_user_and_password_is_no_credential() -> None:
    for value in (None, "Bearer gk_x", "Basic ???"):
        assert credential(asked(value)) is None
    doubled = (("Authorization", as_basic("a", "b")), ("authorization", as_basic("a", "c")))
    assert credential(RawRequest("POST", TARGET, doubled, b"")) is None


def test_the_user_stays_under_another_password() -> None:
    swapped = swap(asked(as_basic("api-user", "gk_x")), Credential("9900000", "real"))
    assert swapped == asked(as_basic("api-user", "real"))


def test_the_account_of_the_path_becomes_that_of_the_credential() -> None:
    swapped = swap(asked(as_basic("u", "gk_x"), TARGET + "?a=9900000"), Credential("77", "real"))
    assert swapped.target == "/api/v2/users/77/messages?a=9900000"
