"""What does a provider do that says nothing of its own?"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from gatekeeper.domain.match import Span
from gatekeeper.domain.message import Address, AddressKind
from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import Handling, Operation, RawRequest, Reply
from gatekeeper.providers.plain import Plain
from gatekeeper.providers.webhook import InboundEvent, Meaning

PLAIN = Plain()
RAW = RawRequest("POST", "/x", (("Content-Type", "application/json"),), b'{"text":"a 1"}')


def test_a_text_in_its_json_can_be_masked() -> None:
    masked = PLAIN.redact(RAW, [Span("text", 2, 3)])
    assert masked is not None
    assert masked.body == b'{"text":"a *"}'


def test_no_recipient_can_be_dropped() -> None:
    assert PLAIN.drop(RAW, Operation("message", Handling.DECIDE), [0]) is None
    assert PLAIN.unrecorded(RAW, Operation("call", Handling.DECIDE)) is None


def test_a_webhook_is_acknowledged_and_its_answer_sends_nothing() -> None:
    person = Address(AddressKind.PHONE, "+12122000211", "from")
    event = InboundEvent("m1", Meaning.MESSAGE, Channel.SMS, person, ())
    assert PLAIN.reply(["hello"]) == Reply(200, (), b"")
    assert PLAIN.answers(Reply(200, (), b"anything"), event) == ()
    assert PLAIN.told(Reply(400, (), b"")) is Meaning.OTHER


def test_there_is_no_list_to_pull() -> None:
    with pytest.raises(AmbiguousRequest, match="no list of opt-outs"):
        PLAIN.opt_outs("a", datetime(2026, 1, 1, tzinfo=UTC))
    with pytest.raises(AmbiguousRequest, match="no list of opt-outs"):
        PLAIN.read_opt_outs(Reply(200, (), b"{}"))
