"""Do Twilio's functions fit together as one provider?"""

from __future__ import annotations

from gatekeeper.domain.words import Channel
from gatekeeper.providers import PROVIDERS, TWILIO
from gatekeeper.providers.contract import Credential
from tests.support.twilio_requests import ACCOUNT, CALLS, MESSAGES, SECRET, form, request


def test_twilio_is_among_the_providers() -> None:
    assert TWILIO in PROVIDERS
    assert TWILIO.name == "twilio"


def test_the_operation_decides_how_the_body_is_read() -> None:
    fields: dict[str, object] = {"To": "+1", "From": "+2"}
    for target, extra, channel in (
        (MESSAGES, {"Body": "x"}, Channel.SMS),
        (CALLS, {"Twiml": "<Response/>"}, Channel.VOICE),
    ):
        raw = form(target, {**fields, **extra})
        operation = TWILIO.match(raw)
        assert operation is not None
        assert TWILIO.parse(raw, operation).channel is channel


def test_a_swapped_request_is_the_same_operation_under_another_credential() -> None:
    raw = request(MESSAGES, b"To=1")
    swapped = TWILIO.swap(raw, Credential(ACCOUNT, "real"))
    assert TWILIO.credential(raw) == Credential(ACCOUNT, SECRET)
    assert TWILIO.credential(swapped) == Credential(ACCOUNT, "real")
    assert TWILIO.match(swapped) == TWILIO.match(raw)
