"""What is read of the start of a Studio flow?"""

from __future__ import annotations

import pytest

from gatekeeper.domain.message import Opaque, OutboundRequest
from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from tests.support.twilio_requests import sent

FW, ANA, SHOP = "FW" + "1b" * 16, "+12122000211", "+13122000201"


def execution(**fields: object) -> OutboundRequest:
    return sent(f"/v2/Flows/{FW}/Executions", **{"To": ANA, "From": SHOP, **fields})


def test_a_flow_may_call_or_text_so_it_is_both() -> None:
    read = execution(Parameters='{"name":"Ana","order":{"id":7}}')
    assert (read.channel, [each.channel for each in read.also]) == (Channel.VOICE, [Channel.SMS])
    for each in (read, *read.also):
        assert each.sender.value == SHOP
        assert [person.value for person in each.recipients] == [ANA]
        assert each.opaque == (Opaque("flow", FW, "Flow"),)
        assert {part.path: part.text for part in each.parts} == {
            "Parameters/name": "Ana",
            "Parameters/order/id": "7",
        }


def test_a_flow_to_a_channel_is_one_message_on_it() -> None:
    read = execution(To=f"whatsapp:{ANA}", From=f"whatsapp:{SHOP}")
    assert (read.channel, read.also) == (Channel.WHATSAPP, ())


@pytest.mark.parametrize(
    "fields",
    [
        {"To": None},
        {"From": None},
        {"To": f"whatsapp:{ANA}"},
        {"To": [ANA, ANA]},
        {"Parameters": "[]"},
        {"Parameters": '{"a":1,"a":2}'},
        {"Context": "{}"},
    ],
)
def test_an_execution_without_one_meaning_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(AmbiguousRequest):
        execution(**fields)
