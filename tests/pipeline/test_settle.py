"""How a request ends: recorded, kept for its key, and with nothing reserved that was not used."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gatekeeper.pipeline.outbound import outbound
from gatekeeper.providers.contract import Reply
from tests.support.acme import OFFERS, asleep
from tests.support.gate import Stand, eventually
from tests.support.recording_carrier import accept, cut, reply
from tests.support.shipped import judged
from tests.support.spine import flight, raw, rooms

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def send(stand: Stand, key: str, **fields: Any) -> Reply:
    return await outbound(flight(rooms(stand), raw(stand, **fields), idempotency_key=key))


def outcome_of(stand: Stand, told: Reply) -> str | None:
    """The end on record for a reply's decision."""
    decision = dict(told.headers)["Gatekeeper-Decision"]
    ends = {record.id: record.content["end"] for record in stand.records("outcome")}
    return ends.get(decision)


async def test_a_sent_message_ends_sent(acme: Stand) -> None:
    told = await send(acme, "settle-1")
    await eventually(lambda: outcome_of(acme, told) == "sent")


async def test_the_providers_refusal_is_passed_on_and_kept(acme: Stand) -> None:
    async def refuse(_: bytes) -> bytes | None:
        return reply(400, {"code": 21614, "status": 400}, "X-Provider: yes")

    acme.carrier.script = refuse
    first = await send(acme, "settle-2")
    assert first.status == 400
    assert ("X-Provider", "yes") in first.headers
    await eventually(lambda: outcome_of(acme, first) == "refused")
    acme.carrier.script = accept
    assert (await send(acme, "settle-2")).body == first.body
    assert len(acme.carrier.requests) == 1


async def test_a_limited_send_may_be_tried_again_with_its_key(acme: Stand) -> None:
    async def limit(_: bytes) -> bytes | None:
        return reply(429, {"code": 20429, "status": 429}, "Retry-After: 7")

    acme.carrier.script = limit
    first = await send(acme, "settle-3")
    assert (first.status, dict(first.headers)["Retry-After"]) == (429, "7")
    await acme.settled()
    acme.carrier.script = accept
    assert (await send(acme, "settle-3")).status == 201


@pytest.mark.parametrize("half_hours", range(48))
async def test_at_any_hour_an_offer_must_wait_for_somebody(half_hours: int) -> None:
    """Tests that need somebody for whom it is night run at any hour."""
    at = datetime(2026, 11, 25, tzinfo=UTC) + timedelta(minutes=30 * half_hours)
    lists = {"us-national": "clear", "gb-national": "clear"}
    decision = judged(to=asleep(at), at=at.isoformat(), listings=lists)
    assert decision.reason == "quiet_hours"


async def test_a_deferred_message_frees_its_key(acme: Stand) -> None:
    """Time will lift the refusal: the same key must then be able to send."""
    offer = {"From": OFFERS, "To": asleep(), "Body": "Acme: 20% off. Reply STOP."}
    for _ in range(2):
        told = await send(acme, "settle-4", **offer)
        assert dict(told.headers)["Gatekeeper-Verdict"] == "defer"
        assert "Idempotency-Replayed" not in dict(told.headers)
        await acme.settled()


async def test_a_blocked_message_keeps_its_answer(acme: Stand) -> None:
    card = {"Body": "Card 4111 1111 1111 1111 exp 04/29"}
    first = await send(acme, "settle-5", **card)
    second = await send(acme, "settle-5", **card)
    assert dict(second.headers)["Idempotency-Replayed"] == "true"
    assert (second.status, second.body) == (first.status, first.body)


async def test_the_guard_stands_before_an_unknown_outcome_is_told(acme: Stand) -> None:
    """The very next equal request, in the same moment, is not sent."""
    acme.carrier.script = cut
    first = await outbound(flight(rooms(acme), raw(acme, Body="guarded")))
    acme.carrier.script = accept
    second = await outbound(flight(rooms(acme), raw(acme, Body="guarded")))
    assert (first.status, second.status) == (504, 504)
    assert len(acme.carrier.requests) == 1
    await eventually(lambda: outcome_of(acme, first) == "unknown")


async def test_ends_are_counted(acme: Stand) -> None:
    before = await acme.metrics()
    await send(acme, "settle-6")
    await asyncio.sleep(0)
    name = 'gatekeeper_outcomes_total{end="sent"}'
    assert _figure(await acme.metrics(), name) == _figure(before, name) + 1


def _figure(text: str, name: str) -> float:
    lines = (line for line in text.splitlines() if line.startswith(name))
    return sum(float(line.rpartition(" ")[2]) for line in lines)
