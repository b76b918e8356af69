"""Does an app keep its Bird SDK: what it sends, what it is told, and what people answer?"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio

from gatekeeper.providers.standard_webhooks import ID, SIGNATURE, TIMESTAMP, signed
from tests.support.acme import ANA, CY, NEWS, STOPPED
from tests.support.front import SECRET, Front, front_gate
from tests.support.gate import WORD, Told
from tests.support.golden import golden, listening, resend
from tests.support.recording_carrier import cut, reply

KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def front(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Front]:
    """A gate with an application at Bird that listens to webhooks."""
    folder = tmp_path_factory.mktemp("gate")
    public = "https://gate.example"
    async with front_gate(folder, "bird", "acme", public_url=public) as standing:
        yield standing


@pytest.fixture
def acme(front: Front) -> Iterator[Front]:
    """The module's gate, before a carrier that accepts as Bird does."""

    async def accepted(_: bytes) -> bytes:
        return reply(202, {"id": "sms_" + "0" * 26})

    front.stand.carrier.forget()
    front.stand.carrier.script = accepted
    yield front
    front.stand.carrier.forget()


async def send(front: Front, to: object, **headers: str) -> Told:
    body = {"to": to, "from": NEWS, "text": f"Your order is ready. {WORD}"}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    bearer = {"Authorization": f"Bearer {front.key}"}
    return await front.ask("/v1/sms/messages", body, headers=bearer | named)


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("name", ["sms", "sms_category"])
async def test_a_golden_text_goes_upstream_as_it_came_under_the_real_key(
    acme: Front, name: str
) -> None:
    told = await resend(acme, name)
    assert told.status == 202, told.body
    (sent,) = acme.sent
    assert acme.bodies == [golden("bird", name)["body"].encode()]
    assert f"Authorization: Bearer {SECRET}".encode() in sent
    assert acme.key.encode() not in sent


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("name", ["batch", "sms_template", "whatsapp", "whatsapp_template"])
async def test_what_has_no_sender_or_window_of_ours_stays_here(acme: Front, name: str) -> None:
    told = await resend(acme, name)
    assert told.status in (403, 422), told.body
    assert told.body["error"]["type"] in ("validation_error", "permission_error")
    assert not acme.sent


@pytest.mark.asyncio(loop_scope="module")
async def test_one_who_opted_out_is_told_so(acme: Front) -> None:
    told = await send(acme, STOPPED)
    assert (told.status, told.body["error"]["code"]) == (422, "recipient_opted_out")
    assert not acme.sent


@pytest.mark.asyncio(loop_scope="module")
async def test_a_body_that_cannot_be_read_names_its_field(acme: Front) -> None:
    told = await send(acme, [ANA])
    assert (told.status, told.body["error"]["param"]) == (422, "to")
    assert not acme.sent


@pytest.mark.asyncio(loop_scope="module")
async def test_a_lost_answer_is_kept_under_its_key_and_never_sent_again(acme: Front) -> None:
    """The SDK sends again on 5xx, each time under the same Idempotency-Key."""
    acme.stand.carrier.script = cut
    for _ in range(3):
        told = await send(acme, ANA, Idempotency_Key="a-key-of-the-sdk")
        assert (told.status, told.body["error"]["code"]) == (504, "unknown_outcome")
    assert len(acme.sent) == 1


@pytest.mark.asyncio(loop_scope="module")
async def test_a_stop_by_signed_webhook_binds_the_next_send(acme: Front) -> None:
    await listening(acme, KEY)
    data = {"sms_id": "sms_1", "workspace_id": "ws_1", "from": CY, "to": NEWS, "text": "STOP"}
    now = datetime.now(UTC)
    body = json.dumps({"type": "sms.received", "timestamp": now.isoformat(), "data": data}).encode()
    path, stamp = f"/v1/inbound/bird/{acme.application}", str(int(now.timestamp()))

    async def told(key: str) -> int:
        headers = {ID: "msg_1", TIMESTAMP: stamp, SIGNATURE: signed("msg_1", stamp, body, key)}
        return (await acme.stand.ask("POST", path, body, headers)).status

    assert await told("whsec_AAAA") == 403
    assert (await send(acme, CY)).status == 202
    assert await told(KEY) == 200
    assert (await send(acme, CY)).headers["Gatekeeper-Reason"] == "consent.revoked"
