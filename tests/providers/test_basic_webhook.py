"""Is a webhook without a signature believed only under its user and password?"""

from __future__ import annotations

from gatekeeper.providers.authorization import as_basic
from gatekeeper.providers.basic_webhook import resign, verify
from gatekeeper.providers.contract import RawRequest


def hook(password: str | None = None) -> RawRequest:
    headers = (("Authorization", as_basic("bw", password)),) if password else ()
    return RawRequest("POST", "/v1/inbound/x/app", headers, b"[]")


def test_it_holds_only_under_the_user_and_password_agreed() -> None:
    assert verify(hook("p"), "bw:p")
    for secret in ("bw:q", "other:p", "p", "", "bw:"):
        assert not verify(hook("p"), secret)
    assert not verify(hook(), "bw:p")


def test_a_relayed_webhook_has_the_apps_own_password() -> None:
    passed = resign(hook("p"), "https://app.example/in", "just-a-secret")
    assert passed.header("Authorization") == as_basic("gatekeeper", "just-a-secret")
    assert (passed.target, passed.body) == ("/in", b"[]")
    assert verify(resign(hook("p"), "https://app.example/in", "app:ours"), "app:ours")
