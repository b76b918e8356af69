"""Does an app keep its MessageBird SDK: what it sends, what it is told, and what people answer?"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
import pytest_asyncio

from gatekeeper.providers.messagebird.signature import SIGNATURE, TIMESTAMP, signed
from tests.support.acme import ANA, CY, NEWS, STOPPED
from tests.support.front import SECRET, Front, front_gate
from tests.support.gate import WORD, Told
from tests.support.golden import golden, listening, resend
from tests.support.recording_carrier import cut, reply

KEY = "the-signing-key-of-acme"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def front(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Front]:
    """A gate with an application at MessageBird that listens to webhooks."""
    folder = tmp_path_factory.mktemp("gate")
    public = "https://gate.example"
    async with front_gate(folder, "messagebird", "acme", public_url=public) as standing:
        yield standing


@pytest.fixture
def acme(front: Front) -> Iterator[Front]:
    """The module's gate, before a carrier that accepts as MessageBird does."""

    async def accepted(_: bytes) -> bytes:
        return reply(201, {"id": "a"})

    front.stand.carrier.forget()
    front.stand.carrier.script = accepted
    yield front
    front.stand.carrier.forget()


async def send(front: Front, recipients: object) -> Told:
    body = {
        "originator": NEWS[1:],
        "recipients": recipients,
        "body": f"Your order is ready. {WORD}",
    }
    return await front.ask("/messages", body, headers={"Authorization": f"AccessKey {front.key}"})


@pytest.mark.asyncio(loop_scope="module")
async def test_a_golden_text_goes_upstream_as_it_came_under_the_real_key(acme: Front) -> None:
    told = await resend(acme, "sms")
    assert told.status == 201, told.body
    (sent,) = acme.sent
    assert acme.bodies == [golden("messagebird", "sms")["body"].encode()]
    assert f"Authorization: AccessKey {SECRET}".encode() in sent
    assert acme.key.encode() not in sent


@pytest.mark.asyncio(loop_scope="module")
async def test_a_read_passes(acme: Front) -> None:
    assert (await resend(acme, "balance")).status == 201
    assert len(acme.sent) == 1


@pytest.mark.asyncio(loop_scope="module")
async def test_one_who_opted_out_stops_all_of_the_text(acme: Front) -> None:
    told = await send(acme, f"{ANA[1:]},{STOPPED[1:]}")
    assert told.status == 422
    assert told.body["errors"][0]["code"] == 103
    assert told.headers["Gatekeeper-Reason"] == "consent.revoked"
    assert not acme.sent


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("name", ["sms_many", "verify", "conversation"])
async def test_what_comes_from_nobody_of_ours_stays_here(acme: Front, name: str) -> None:
    told = await resend(acme, name)
    assert told.status == 422, told.body
    assert not acme.sent


@pytest.mark.asyncio(loop_scope="module")
async def test_a_body_that_cannot_be_read_names_its_field(acme: Front) -> None:
    told = await send(acme, [{"recipient": ANA}])
    assert (told.status, told.body["errors"][0]["parameter"]) == (422, "recipients.0")
    assert not acme.sent


@pytest.mark.asyncio(loop_scope="module")
async def test_a_lost_answer_is_told_and_nothing_is_sent_again(acme: Front) -> None:
    acme.stand.carrier.script = cut
    assert (await send(acme, ANA[1:])).status == 504
    assert len(acme.sent) == 1


@pytest.mark.asyncio(loop_scope="module")
async def test_a_stop_by_signed_webhook_binds_the_next_send(acme: Front) -> None:
    await listening(acme, KEY)
    said = {"id": "a1b2c3d4", "originator": CY[1:], "recipient": NEWS[1:], "body": "STOP"}
    query, stamp = urlencode(said), str(int(datetime.now(UTC).timestamp()))
    path = f"/v1/inbound/messagebird/{acme.application}?{query}"

    async def told(key: str) -> int:
        headers = {SIGNATURE: b64encode(signed(stamp, query, b"", key)).decode(), TIMESTAMP: stamp}
        return (await acme.stand.ask("GET", path, b"", headers)).status

    assert await told("another") == 403
    assert (await send(acme, CY[1:])).status == 201
    assert await told(KEY) == 200
    assert (await send(acme, CY[1:])).headers["Gatekeeper-Reason"] == "consent.revoked"
