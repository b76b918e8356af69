"""Is Bird's key read and replaced, and nothing else?"""

from __future__ import annotations

from gatekeeper.providers.bird.credential import credential, swap
from gatekeeper.providers.contract import Credential, RawRequest


def asked(authorization: str) -> RawRequest:
    return RawRequest("POST", "/", (("A", "b"), ("Authorization", authorization)), b"{}")


def test_the_key_alone_identifies_and_is_replaced() -> None:
    raw = asked("Bearer gk_x")
    assert credential(raw) == Credential("", "gk_x")
    assert swap(raw, Credential("acme", "real")) == asked("Bearer real")
    assert credential(asked("AccessKey gk_x")) is None
