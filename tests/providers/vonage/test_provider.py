"""Is Vonage one provider of the contract, whole?"""

from __future__ import annotations

from gatekeeper.domain.match import Span
from gatekeeper.providers import VONAGE
from gatekeeper.providers.contract import Credential
from tests.support.vonage_app import NOW, SIGNED, captured, webhook


def test_it_identifies_swaps_masks_and_verifies_by_its_own_modules() -> None:
    raw = captured("legacy_sms")
    assert VONAGE.credential(VONAGE.swap(raw, Credential("k", "KEY"))) == Credential("k", "KEY")
    masked = VONAGE.redact(raw, [Span("text", 0, 4)])
    assert masked is not None
    assert b"text=****+order" in masked.body
    told = webhook(b'{"api-key": "a1"}')
    assert VONAGE.verify(told, "https://gate.example", SIGNED, NOW)
    assert VONAGE.inbound(told).account == "a1"
    assert VONAGE.events(told) == ()


def test_nobody_is_left_out_of_a_call() -> None:
    raw = captured("call_ncco")
    operation = VONAGE.match(raw)
    assert operation is not None
    assert VONAGE.drop(raw, operation, [0]) is None
