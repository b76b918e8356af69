"""Who is left out of a message to several people, and when is nobody?"""

from __future__ import annotations

from dataclasses import replace as changed
from typing import Any

import pytest
from msgspec.structs import replace

from gatekeeper.pipeline.flight import Flight
from gatekeeper.pipeline.outbound import outbound
from gatekeeper.providers.twilio.provider import Twilio
from tests.support.acme import ANA, BEN, CY, STOPPED, TENANT
from tests.support.gate import Stand
from tests.support.several_people import SeveralPeople, Shared
from tests.support.spine import flight, raw, rooms

pytestmark = pytest.mark.asyncio(loop_scope="module")


def to(acme: Stand, *people: str, some: bool = True, **more: Any) -> Flight:
    """A request to these people, of a tenant that has chosen."""
    asked = raw(acme, **more.pop("fields", {}))
    under_way = flight(
        rooms(acme), replace(asked, headers=(*asked.headers, ("I-To", "<".join(people))))
    )
    under_way.provider = more.get("provider", SeveralPeople())
    policy = under_way.snapshot.policy
    drops = frozenset({TENANT}) if some else frozenset[str]()
    under_way.snapshot = changed(under_way.snapshot, policy=changed(policy, drops=drops))
    return under_way


async def test_the_others_get_it_in_their_order_and_the_record_tells_who_did_not(
    acme: Stand,
) -> None:
    under_way = to(acme, STOPPED, ANA, BEN)
    reply = await outbound(under_way)
    assert reply.status == 201
    assert dict(reply.headers)["Gatekeeper-Dropped"] == "0"
    (sent,) = acme.carrier.requests
    assert f"I-To: {ANA}<{BEN}\r\n".encode() in sent
    (record,) = [each for each in acme.records("decision") if each.id == under_way.id]
    assert record.content["dropped"] == [0]
    verdicts = [each["verdict"] for each in record.content["recipients"]]
    assert verdicts[0] == "block" and "block" not in verdicts[1:]
    assert record.content["verdict"] != "block"


@pytest.mark.parametrize(
    ("people", "some", "provider"),
    [
        ((STOPPED, ANA), False, SeveralPeople()),
        ((STOPPED, STOPPED), True, SeveralPeople()),
        ((STOPPED, ANA), True, Shared()),
    ],
    ids=["the tenant has not chosen so", "nobody may get it", "one shared thread"],
)
async def test_else_nothing_leaves(
    acme: Stand, people: tuple[str, ...], some: bool, provider: Twilio
) -> None:
    reply = await outbound(to(acme, *people, some=some, provider=provider))
    assert dict(reply.headers)["Gatekeeper-Reason"] == "consent.revoked"
    assert acme.carrier.requests == []


async def test_a_form_that_does_not_leave_out_just_those_is_not_trusted(acme: Stand) -> None:
    class Careless(SeveralPeople):
        def drop(self, raw: Any, operation: Any, indexes: Any) -> Any:
            return raw

    reply = await outbound(to(acme, STOPPED, ANA, provider=Careless()))
    assert (reply.status, acme.carrier.requests) == (400, [])


async def test_where_all_may_get_it_nothing_changes(acme: Stand) -> None:
    reply = await outbound(to(acme, ANA, CY))
    assert reply.status == 201
    assert "Gatekeeper-Dropped" not in dict(reply.headers)


async def test_what_was_reserved_for_those_left_out_is_released(acme: Stand) -> None:
    under_way = to(acme, STOPPED, ANA)
    await outbound(under_way)
    await acme.settled()
    again = to(acme, STOPPED, ANA)
    assert again.caller is None
    await outbound(again)
    assert again.case is not None and again.ask is not None
    answer = await acme.gate.ground.store.gather(again.ask)
    mine, hers = answer.persons[0].sent, answer.persons[1].sent
    assert len(hers) > len(mine)
