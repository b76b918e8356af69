"""Is MessageBird's key read and replaced, and nothing else?"""

from __future__ import annotations

from gatekeeper.providers.contract import Credential, RawRequest
from gatekeeper.providers.messagebird.credential import credential, swap


def asked(authorization: str) -> RawRequest:
    return RawRequest("POST", "/", (("A", "b"), ("authorization", authorization)), b"{}")


def test_the_key_alone_identifies_and_is_replaced() -> None:
    raw = asked("AccessKey gk_x")
    assert credential(raw) == Credential("", "gk_x")
    assert swap(raw, Credential("acme", "real")) == asked("AccessKey real")
    assert credential(asked("Bearer gk_x")) is None
