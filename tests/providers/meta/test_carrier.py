"""Does the sandbox carrier speak as Meta does, and are its webhooks ones that the gate reads?"""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from gatekeeper.domain.words import Channel
from gatekeeper.providers.contract import Handling, Operation, RawRequest, Simulated
from gatekeeper.providers.meta import META
from gatekeeper.providers.meta.carrier import MetaCarrier
from gatekeeper.providers.webhook import Meaning
from tests.support.golden import golden_raw

CARRIER, SID = MetaCarrier(), "0123456789abcdef" * 2
AT = datetime(2026, 11, 25, tzinfo=UTC)
ENDS = {
    Channel.WHATSAPP: ("+12122000211", "106540352242922"),
    Channel.MESSENGER: ("5551234567890123", "104829301234567"),
}


def test_a_send_is_accepted_in_the_shape_that_pywa_reads() -> None:
    raw = golden_raw("meta", "text")
    operation = META.match(raw)
    assert operation is not None
    body = json.loads(CARRIER.accepted(raw, operation, META.parse(raw, operation), SID).body)
    assert body["contacts"][0]["wa_id"] == "12122000211"
    assert body["messages"][0]["id"].startswith("wamid.")


def test_a_send_to_messenger_is_accepted_with_both_ids() -> None:
    raw = golden_raw("meta", "page_text")
    operation = META.match(raw)
    assert operation is not None
    body = json.loads(CARRIER.accepted(raw, operation, META.parse(raw, operation), SID).body)
    assert body == {"recipient_id": "5551234567890123", "message_id": f"m_{SID}"}


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("receipt", {"success": True}), ("upload", {"id": "1000000000000001"}), ("read", {"id": "7"})],
)
def test_what_sends_nothing_is_answered(name: str, wanted: object) -> None:
    raw = RawRequest("GET", "/v21.0/7", (), b"")
    assert json.loads(CARRIER.passed(raw, Operation(name, Handling.PASS)).body) == wanted


@pytest.mark.parametrize("channel", list(ENDS))
def test_its_webhooks_are_read(channel: Channel) -> None:
    person, sender = ENDS[channel]
    simulated = Simulated("id.1", channel, person, sender, "STOP", AT)
    (event,) = META.events(CARRIER.wrote(simulated))
    assert (event.text, event.person.value, event.at) == ("STOP", person, AT)
    assert META.events(CARRIER.delivered(simulated)) == () or channel is Channel.WHATSAPP


def test_a_failed_delivery_tells_its_code() -> None:
    person, sender = ENDS[Channel.WHATSAPP]
    state = Simulated("id.1", Channel.WHATSAPP, person, sender, at=AT, code="131050")
    (event,) = META.events(CARRIER.delivered(state))
    assert event.meaning is Meaning.OPTED_OUT
