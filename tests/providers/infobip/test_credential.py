"""Is Infobip's key read and replaced, and nothing else?"""

from __future__ import annotations

from gatekeeper.providers.authorization import as_basic
from gatekeeper.providers.contract import Credential, RawRequest
from gatekeeper.providers.infobip.credential import credential, swap

REAL = Credential("acme", "real")


def asked(authorization: str) -> RawRequest:
    return RawRequest("POST", "/", (("Authorization", authorization), ("A", "b")), b"{}")


def test_a_key_or_a_password_alone_identifies() -> None:
    assert credential(asked("App gk_x")) == Credential("", "gk_x")
    assert credential(asked("app  gk_x")) == Credential("", "gk_x")
    assert credential(asked(as_basic("user", "gk_x"))) == Credential("", "gk_x")
    for other in ("Bearer gk_x", "App", "App ", "App a b", "IBSSO gk_x"):
        assert credential(asked(other)) is None


def test_the_scheme_stays_and_so_does_the_user() -> None:
    assert swap(asked("App gk_x"), REAL) == asked("App real")
    assert swap(asked(as_basic("user", "gk_x")), REAL) == asked(as_basic("user", "real"))
