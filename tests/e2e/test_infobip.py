"""Does an app keep its Infobip SDK: what it sends, what it is told, and what people answer?"""

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
from tests.support.recording_carrier import reply

PUBLIC = "https://gate.example"
PASSWORD = "ib:the-password-of-webhooks"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def front(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Front]:
    """A gate with an application at Infobip that listens to webhooks."""
    folder = tmp_path_factory.mktemp("gate")
    async with front_gate(folder, "infobip", "acme", public_url=PUBLIC) as standing:
        yield standing


@pytest.fixture
def acme(front: Front) -> Iterator[Front]:
    """The module's gate, before a carrier that accepts as Infobip does."""

    async def accepted(_: bytes) -> bytes:
        return reply(200, {"messages": []})

    front.stand.carrier.forget()
    front.stand.carrier.script = accepted
    yield front
    front.stand.carrier.forget()


async def send(front: Front, *people: str) -> Told:
    to = [{"to": number.removeprefix("+")} for number in people]
    content = {"text": f"Your order is ready. {WORD}"}
    message = {"sender": NEWS.removeprefix("+"), "destinations": to, "content": content}
    headers = {"Authorization": f"App {front.key}"}
    return await front.ask("/sms/3/messages", {"messages": [message]}, headers=headers)


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("name", ["sms", "messages", "sms_binary"])
async def test_a_golden_send_goes_upstream_as_it_came_under_the_real_key(
    acme: Front, name: str
) -> None:
    told = await resend(acme, name)
    assert told.status == 200, told.body
    (sent,) = acme.sent
    assert acme.bodies == [golden("infobip", name)["body"].encode()]
    assert f"Authorization: App {SECRET}".encode() in sent
    assert acme.key.encode() not in sent


@pytest.mark.asyncio(loop_scope="module")
async def test_one_who_opted_out_is_told_for_each_destination(acme: Front) -> None:
    told = await send(acme, ANA, STOPPED)
    assert told.status == 200
    names = [each["status"]["name"] for each in told.body["messages"]]
    assert names == ["REJECTED_DND", "REJECTED_DND"]
    assert told.headers["Gatekeeper-Reason"] == "consent.revoked"
    assert not acme.sent


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("name", ["sms_many", "messages_failover"])
async def test_one_message_that_may_not_leave_keeps_all_of_them(acme: Front, name: str) -> None:
    told = await resend(acme, name)
    assert told.status == 200
    statuses = [each["status"]["groupName"] for each in told.body["messages"]]
    assert statuses
    assert set(statuses) == {"REJECTED"}
    assert not acme.sent


@pytest.mark.asyncio(loop_scope="module")
async def test_a_body_that_cannot_be_read_names_its_field(acme: Front) -> None:
    body: dict[str, Any] = {"messages": [{"sender": "a", "destinations": 7, "content": {}}]}
    headers = {"Authorization": f"App {acme.key}"}
    told = await acme.ask("/sms/3/messages", body, headers=headers)
    assert (told.status, told.body["errorCode"]) == (400, "E400")
    assert told.body["violations"][0]["property"] == "messages.0.destinations"
    assert not acme.sent


@pytest.mark.asyncio(loop_scope="module")
async def test_a_stop_by_webhook_binds_the_next_send(acme: Front) -> None:
    await listening(acme, PASSWORD)
    said = {"messageId": "m-1", "from": CY[1:], "to": NEWS[1:], "text": "STOP"}
    path, body = f"/v1/inbound/infobip/{acme.application}", json.dumps({"results": [said]}).encode()
    forged = {"Authorization": as_basic("ib", "another")}
    assert (await acme.stand.ask("POST", path, body, forged)).status == 403
    assert (await send(acme, CY)).body == {"messages": []}
    true = {"Authorization": as_basic(*PASSWORD.split(":"))}
    assert (await acme.stand.ask("POST", path, body, true)).status == 200
    assert (await send(acme, CY)).headers["Gatekeeper-Reason"] == "consent.revoked"
    assert (await send(acme, BEN)).body == {"messages": []}
