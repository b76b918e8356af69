"""What does a request get that another one with its key has come before?"""

from __future__ import annotations

import asyncio
import json

import pytest

from gatekeeper.pipeline.outbound import outbound
from gatekeeper.pipeline.rooms import Rooms
from gatekeeper.pipeline.twins import twin_reply
from gatekeeper.providers.contract import Reply
from gatekeeper.store.contract import Answer, Turn
from tests.support.gate import Stand, eventually
from tests.support.recording_carrier import slow
from tests.support.spine import flight, raw, rooms

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def send(parts: Rooms, stand: Stand, key: str, text: str = "Your order.") -> Reply:
    return await outbound(flight(parts, raw(stand, Body=text), idempotency_key=key))


async def test_a_twin_gets_the_first_ones_answer(acme: Stand) -> None:
    first = await send(rooms(acme), acme, "twin-1")
    second = await send(rooms(acme), acme, "twin-1")
    assert (second.status, second.body) == (first.status, first.body)
    assert second.headers == (*first.headers, ("Idempotency-Replayed", "true"))
    assert len(acme.carrier.requests) == 1


async def test_a_twin_that_has_waited_long_enough_is_told_that_nobody_knows(acme: Stand) -> None:
    acme.carrier.script = slow(0.6)
    impatient = rooms(acme, upstream_timeout_s=0.1)
    first = asyncio.create_task(send(rooms(acme), acme, "twin-2"))
    await eventually(lambda: acme.carrier.requests)
    second = await send(impatient, acme, "twin-2")
    assert (second.status, json.loads(second.body)["code"]) == (504, 20500)
    assert (await first).status == 201
    assert (await send(rooms(acme), acme, "twin-2")).status == 201, "the first one's answer stands"
    assert len(acme.carrier.requests) == 1


async def test_a_twin_with_another_payload_is_refused(acme: Stand) -> None:
    await send(rooms(acme), acme, "twin-3")
    assert (await send(rooms(acme), acme, "twin-3", "Something else.")).status == 422


async def test_without_a_trip_there_is_no_twin(acme: Stand) -> None:
    with pytest.raises(ValueError, match="trip"):
        twin_reply(flight(rooms(acme), raw(acme)), Answer(1, 1, Turn.ANSWERED, (), ()))
