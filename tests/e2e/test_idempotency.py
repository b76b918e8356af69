"""Is one message sent at most once, whatever the app repeats and the network loses?"""

from __future__ import annotations

import asyncio

import pytest

from tests.support.acme import ANA, CY, DEE, NEWS
from tests.support.gate import WORD, Stand, eventually
from tests.support.recording_carrier import accept, cut, fail, reply, slow

pytestmark = pytest.mark.asyncio(loop_scope="module")


def form(text: str, to: str = ANA) -> dict[str, str]:
    """A message that no other test sends."""
    return {"To": to, "From": NEWS, "Body": f"{text} {WORD}"}


async def test_a_key_sends_once_and_its_answer_is_replayed(acme: Stand) -> None:
    first = await acme.post(form("a"), Idempotency_Key="k-1")
    second = await acme.post(form("a"), Idempotency_Key="k-1")
    assert (first.status, second.status, second.body) == (201, 201, first.body)
    assert second.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert len(acme.carrier.requests) == 1


async def test_without_a_key_an_equal_message_is_another_message(acme: Stand) -> None:
    for _ in range(2):
        assert (await acme.post(form("b"))).status == 201
    assert len(acme.carrier.requests) == 2


async def test_a_key_with_another_payload_is_refused(acme: Stand) -> None:
    await acme.post(form("c"), Idempotency_Key="k-2")
    told = await acme.post(form("d"), Idempotency_Key="k-2")
    assert (told.status, told.headers["Gatekeeper-Reason"]) == (422, "idempotency.mismatch")
    assert len(acme.carrier.requests) == 1


async def test_a_twin_in_flight_waits_for_the_first_answer(acme: Stand) -> None:
    acme.carrier.script = slow(0.5)
    twins = [acme.post(form("e"), Idempotency_Key="k-3") for _ in range(3)]
    answers = await asyncio.gather(*twins)
    assert [told.status for told in answers] == [201] * 3
    assert len({str(told.body) for told in answers}) == 1
    assert len(acme.carrier.requests) == 1


async def test_a_twin_goes_itself_if_the_first_was_surely_not_sent(acme: Stand) -> None:
    turns = [reply(429, {"code": 20429, "status": 429}, "Retry-After: 1")]

    async def once_limited(request: bytes) -> bytes | None:
        await asyncio.sleep(0.3)
        return turns.pop() if turns else await accept(request)

    acme.carrier.script = once_limited
    answers = await asyncio.gather(*(acme.post(form("f"), Idempotency_Key="k-4") for _ in range(2)))
    assert sorted(told.status for told in answers) == [201, 429]
    assert len(acme.carrier.requests) == 2
    again = await acme.post(form("f"), Idempotency_Key="k-4")
    assert (again.status, again.headers["Idempotency-Replayed"]) == (201, "true")


@pytest.mark.parametrize("script", [cut, fail], ids=["cut", "500"])
async def test_an_unknown_outcome_is_answered_504_and_never_resent(
    acme: Stand, script: object
) -> None:
    acme.carrier.script = cut if script is cut else fail
    text = "g" if script is cut else "h"
    first = await acme.post(form(text))
    assert (first.status, first.code) == (504, 20500)
    acme.carrier.script = accept
    second = await acme.post(form(text))
    assert (second.status, second.code) == (504, 20500)
    assert second.headers["Idempotency-Replayed"] == "true"
    assert len(acme.carrier.requests) == 1
    assert (await acme.post(form(text + " other"))).status == 201
    decision = first.headers["Gatekeeper-Decision"]
    outcomes = {record.id: record.content["end"] for record in acme.records("outcome")}
    assert outcomes[decision] == "unknown"


async def test_an_unknown_outcome_binds_its_key_with_and_without_it(acme: Stand) -> None:
    acme.carrier.script = cut
    assert (await acme.post(form("i"), Idempotency_Key="k-5")).status == 504
    acme.carrier.script = accept
    assert (await acme.post(form("i"), Idempotency_Key="k-5")).status == 504
    assert (await acme.post(form("i"), Idempotency_Key="k-6")).status == 504
    assert (await acme.post(form("i"))).status == 504
    assert len(acme.carrier.requests) == 1


async def test_a_carrier_that_takes_no_connection_may_be_tried_again(acme: Stand) -> None:
    await acme.carrier.stop()
    first = await acme.post(form("j"), Idempotency_Key="k-7")
    await acme.carrier.start()
    assert (first.status, first.code) == (503, 20503)
    assert int(first.headers["Retry-After"]) >= 1
    await acme.settled()
    assert (await acme.post(form("j"), Idempotency_Key="k-7")).status == 201
    assert len(acme.carrier.requests) == 1


async def test_a_blocked_message_with_a_key_is_answered_alike_and_uses_up_nothing(
    acme: Stand,
) -> None:
    card = form("4111 1111 1111 1111", to=CY)
    for _ in range(25):
        told = await acme.post(card, Idempotency_Key="k-8")
        assert (told.status, told.code) == (400, 30007)
    await acme.settled()
    for n in range(20):
        assert (await acme.post(form(f"k{n}", to=CY))).status == 201


async def test_what_the_carrier_refuses_uses_up_nothing(acme: Stand) -> None:
    async def refuse(_: bytes) -> bytes | None:
        return reply(400, {"code": 21614, "message": "not mobile", "status": 400})

    acme.carrier.script = refuse
    for n in range(25):
        assert (await acme.post(form(f"l{n}", to=DEE))).code == 21614
        await acme.settled()
    acme.carrier.script = accept
    for n in range(20):
        assert (await acme.post(form(f"m{n}", to=DEE))).status == 201


async def test_an_app_that_hangs_up_does_not_stop_its_message_halfway(acme: Stand) -> None:
    acme.carrier.script = slow(0.3)
    sending = asyncio.create_task(acme.post(form("n"), Idempotency_Key="k-9"))
    await eventually(lambda: acme.carrier.requests)
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)
    told = await acme.post(form("n"), Idempotency_Key="k-9")
    assert told.status == 201
    assert len(acme.carrier.requests) == 1
