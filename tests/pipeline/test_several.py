"""Are all messages of one request judged, and do all of them leave or none?"""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from gatekeeper.pipeline.flight import Flight
from gatekeeper.pipeline.outbound import outbound
from gatekeeper.providers.contract import Reply
from tests.support.acme import ANA, BEN, STOPPED
from tests.support.gate import Stand
from tests.support.recording_carrier import cut
from tests.support.spine import flight, raw, rooms
from tests.support.two_messages import TwoMessages

pytestmark = pytest.mark.asyncio(loop_scope="module")


def both(acme: Stand, also: str, text: str = "Your order.", **fields: Any) -> Flight:
    """A request to ANA that sends to somebody else as well."""
    asked = raw(acme, **fields)
    headers = (*asked.headers, ("I-Also", also), ("I-Also-Text", text))
    under_way = flight(rooms(acme), replace(asked, headers=headers))
    under_way.provider = TwoMessages()
    return under_way


async def send(acme: Stand, also: str, **more: Any) -> Reply:
    return await outbound(both(acme, also, **more))


async def test_each_has_a_decision_and_an_outcome_and_one_request_leaves(acme: Stand) -> None:
    under_way = both(acme, BEN)
    reply = await outbound(under_way)
    assert reply.status == 201
    assert len(acme.carrier.requests) == 1
    ids = {under_way.id, *(part.id for part in under_way.parts)}
    assert len(ids) == 2
    assert ids <= {record.id for record in acme.records("decision")}


@pytest.mark.parametrize(
    ("to", "also"), [(ANA, STOPPED), (STOPPED, ANA)], ids=["the second", "the first"]
)
async def test_one_that_is_blocked_stops_all(acme: Stand, to: str, also: str) -> None:
    reply = await send(acme, also, To=to)
    assert (reply.status, acme.carrier.requests) == (400, [])
    assert dict(reply.headers)["Gatekeeper-Reason"] == "consent.revoked"


async def test_the_text_of_each_is_screened(acme: Stand) -> None:
    reply = await send(acme, BEN, text="Your card 4111 1111 1111 1111 was charged.")
    assert dict(reply.headers)["Gatekeeper-Reason"] == "content.payment"
    assert acme.carrier.requests == []


async def test_an_unknown_outcome_is_the_outcome_of_all_and_is_not_sent_again(acme: Stand) -> None:
    acme.carrier.script = cut
    under_way = both(acme, BEN, Body="Your order 7.")
    assert (await outbound(under_way)).status == 504
    again = await send(acme, BEN, Body="Your order 7.")
    assert (again.status, len(acme.carrier.requests)) == (504, 1)
