"""Does an app keep its Bandwidth SDK: what it sends, what it is told, and what people answer?"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
import pytest_asyncio

from gatekeeper.providers.authorization import as_basic
from tests.support.acme import ANA, BEN, CY, NEWS, STOPPED
from tests.support.front import SECRET, Front, front_gate
from tests.support.gate import WORD, Told
from tests.support.golden import golden, listening, resend
from tests.support.recording_carrier import cut, reply

PUBLIC = "https://gate.example"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def front(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Front]:
    """A gate with an application at Bandwidth that listens to webhooks."""
    folder = tmp_path_factory.mktemp("gate")
    async with front_gate(folder, "bandwidth", "9900000", public_url=PUBLIC) as standing:
        yield standing


@pytest.fixture
def acme(front: Front) -> Iterator[Front]:
    """The module's gate, before a carrier that accepts as Bandwidth does."""

    async def accepted(_: bytes) -> bytes:
        return reply(202, {"id": "1" * 29})

    front.stand.carrier.forget()
    front.stand.carrier.script = accepted
    yield front
    front.stand.carrier.forget()


async def send(front: Front, to: list[str], text: str = "Your order is ready.") -> Told:
    body = {"applicationId": "a", "to": to, "from": NEWS, "text": f"{text} {WORD}"}
    headers = {"Authorization": as_basic("api-user", front.key)}
    return await front.ask("/api/v2/users/9900000/messages", body, headers=headers)


@pytest.mark.asyncio(loop_scope="module")
async def test_a_golden_text_goes_upstream_as_it_came_under_the_real_password(acme: Front) -> None:
    told = await resend(acme, "sms")
    assert told.status == 202, told.body
    (sent,) = acme.sent
    assert acme.bodies == [golden("bandwidth", "sms")["body"].encode()]
    assert f"Authorization: {as_basic('9900000', SECRET)}".encode() in sent
    assert acme.key.encode() not in sent


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("name", ["call", "bxml", "multi_channel"])
async def test_what_cannot_be_seen_or_is_not_owned_stays_here(acme: Front, name: str) -> None:
    told = await resend(acme, name)
    assert told.status == 400
    assert not acme.sent


@pytest.mark.asyncio(loop_scope="module")
async def test_one_who_opted_out_keeps_the_whole_thread_from_leaving(acme: Front) -> None:
    told = await send(acme, [ANA, STOPPED])
    assert told.status == 400
    assert told.body["type"] == "destination-rejected-due-to-user-opt-out"
    assert told.headers["Gatekeeper-Reason"] == "consent.revoked"
    assert not acme.sent


@pytest.mark.asyncio(loop_scope="module")
async def test_a_body_that_cannot_be_read_names_its_field(acme: Front) -> None:
    told = await send(acme, [ANA.removeprefix("+")])
    assert (told.status, told.body["type"]) == (400, "request-validation")
    assert told.body["fieldErrors"][0]["fieldName"] == "to.0"
    assert not acme.sent


@pytest.mark.asyncio(loop_scope="module")
async def test_a_lost_answer_is_told_and_nothing_is_sent_again(acme: Front) -> None:
    acme.stand.carrier.script = cut
    told = await send(acme, [BEN])
    assert (told.status, told.body["type"]) == (504, "unknown-outcome")
    assert len(acme.sent) == 1


@pytest.mark.asyncio(loop_scope="module")
async def test_a_stop_by_webhook_binds_the_next_send(acme: Front) -> None:
    await listening(acme, "bw:the-password-of-webhooks")
    message: dict[str, Any] = {"id": "1476207046", "owner": NEWS, "from": CY, "text": "STOP"}
    event = [{"type": "message-received", "to": NEWS, "message": {**message, "to": [NEWS]}}]
    path, body = f"/v1/inbound/bandwidth/{acme.application}", json.dumps(event).encode()
    forged = {"Authorization": as_basic("bw", "another")}
    assert (await acme.stand.ask("POST", path, body, forged)).status == 403
    assert (await send(acme, [CY])).status == 202
    true = {"Authorization": as_basic("bw", "the-password-of-webhooks")}
    assert (await acme.stand.ask("POST", path, body, true)).status == 200
    assert (await send(acme, [CY])).headers["Gatekeeper-Reason"] == "consent.revoked"
