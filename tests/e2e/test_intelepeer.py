"""Does an app keep its calls to IntelePeer: how it logs in, what it sends, what people answer?"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
import pytest_asyncio

from gatekeeper.ledger.changes import document_entry
from gatekeeper.ledger.registrar import content_of
from tests.support.acme import ANA, BEN, CY, NEWS, STOPPED, TENANT
from tests.support.front import SECRET, Front, front_gate, listening
from tests.support.gate import WORD, Told
from tests.support.listening_app import listening_app
from tests.support.recording_carrier import cut, reply

pytestmark = pytest.mark.asyncio(loop_scope="module")

USER, TOKEN, CODE = "acme-api", "the-token-that-intelepeer-gives-for-a-day", "the-shared-code"
SEND, FLOW = "/_rest/v4/app/sms/send", "/_rest/v4/sfgen/apitriggers"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def front(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Front]:
    """A gate with an application that logs in by a user and password."""
    folder = tmp_path_factory.mktemp("gate")
    settings = {"public_url": "https://gate.example", "relay_private": True}
    async with front_gate(folder, "intelepeer", USER, **settings) as gate:
        gate.stand.canaries.add(TOKEN)
        yield gate


async def as_intelepeer(request: bytes) -> bytes:
    """A token for a log-in, an id for anything else."""
    if request.startswith(b"POST /_rest/v4/authenticate "):
        return reply(200, {"token": TOKEN})
    return reply(202, {"state": "CREATED", "refid": "SM1"})


@pytest.fixture
def acme(front: Front) -> Iterator[Front]:
    """The module's gate, before a carrier that accepts as IntelePeer does."""
    front.stand.carrier.forget()
    front.stand.carrier.script = as_intelepeer
    yield front
    front.stand.carrier.forget()


async def log_in(front: Front, password: str) -> Told:
    body = {"username": USER, "password": password}
    return await front.ask("/_rest/v4/authenticate", body, service="customer")


async def post(front: Front, path: str, body: dict[str, Any]) -> Told:
    """As an app does: log in, then send under the token that it was given."""
    token = (await log_in(front, front.key)).body["token"]
    return await front.ask(path, body, headers={"Authorization": f"Bearer {token}"})


async def send(front: Front, to: str = ANA, **more: Any) -> Told:
    text = f"Your order is ready. {WORD}"
    return await post(front, SEND, {"from": NEWS, "to": to, "text": text, **more})


async def test_the_provider_sees_the_real_password_and_token_alone(acme: Front) -> None:
    told = await send(acme)
    assert (told.status, told.body["state"]) == (202, "CREATED")
    login, message = acme.sent
    assert json.loads(acme.bodies[0]) == {"username": USER, "password": SECRET}
    assert f"Authorization: Bearer {TOKEN}".encode() in message
    assert not any(acme.key.encode() in request for request in acme.sent)
    assert login.startswith(b"POST /_rest/v4/authenticate ")


async def test_a_wrong_password_or_token_is_refused_here(acme: Front) -> None:
    told = await log_in(acme, "gk_nobody")
    assert (told.status, told.body["code"]) == (401, 401)
    told = await acme.ask(SEND, {}, headers={"Authorization": "Bearer gk_nobody"})
    assert told.status == 401
    assert not acme.sent


async def test_a_guid_is_sent_once_and_answered_twice(acme: Front) -> None:
    first = await send(acme, guid="order-1001")
    again = await send(acme, guid="order-1001")
    assert (first.status, again.status, first.body) == (202, 202, again.body)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert sum(SEND.encode() in request for request in acme.sent) == 1


@pytest.mark.parametrize(
    ("change", "status", "reason"),
    [
        ({"to": STOPPED}, 403, "consent.revoked"),
        ({"from": "+13122000299"}, 404, "sender.not_owned"),
        ({"text": "Card 4111 1111 1111 1111"}, 403, "content.payment"),
        ({"media": [{"text": "Card 4111 1111 1111 1111"}]}, 403, "content.payment"),
        ({"cc": BEN}, 400, "request.ambiguous"),
    ],
)
async def test_what_may_not_leave_is_refused_in_its_words(
    acme: Front, change: dict[str, Any], status: int, reason: str
) -> None:
    told = await send(acme, **change)
    assert (told.status, told.headers["Gatekeeper-Reason"]) == (status, reason)
    assert told.body.keys() == {"code", "error"}
    assert not any(SEND.encode() in request for request in acme.sent)


async def test_a_flow_starts_only_once_its_texts_are_registered(acme: Front) -> None:
    start = {"flowId": "order-ready", "ANI": ANA, "DNIS": NEWS, "$name": f"Ana {WORD}"}
    told = await post(acme, FLOW, start)
    assert told.headers["Gatekeeper-Reason"] == "content.uninspectable"
    ground = acme.stand.gate.ground
    content = content_of(TENANT, "flow", "order-ready", ("$name, your order is ready.",), "utility")
    await ground.ledger.commit(ground.store, [document_entry(content)])
    await acme.stand.gate.configuration.load()
    assert (await post(acme, FLOW, start)).status == 202
    assert (await post(acme, FLOW, start | {"ANI": STOPPED})).status == 403
    told = await post(acme, FLOW, start | {"$card": "4111 1111 1111 1111"})
    assert told.headers["Gatekeeper-Reason"] == "content.payment"


async def test_a_lost_answer_is_told_and_nothing_is_sent_again(acme: Front) -> None:
    acme.stand.carrier.script = cut
    told = await send(acme, BEN)
    assert (told.status, told.body["code"]) == (504, 504)
    assert sum(SEND.encode() in request for request in acme.sent) == 1


def hook(text: str, code: str, number: int) -> bytes:
    body = {"refid": f"{number:032d}", "from": CY, "to": NEWS, "message": text, "signature": code}
    return json.dumps(body).encode()


async def test_a_webhook_reaches_the_app_with_its_own_code_and_never_the_providers(
    acme: Front,
) -> None:
    async with listening_app() as app:
        theirs = await listening(acme, CODE, app.url)
        sent, kind = hook("Is it ready?", CODE, 9), {"Content-Type": "application/json"}
        path = f"/v1/inbound/intelepeer/{acme.application}"
        assert (await acme.stand.ask("POST", path, sent, kind)).status == 200
    (heard,) = app.heard
    assert heard.body == hook("Is it ready?", theirs, 9)
    assert CODE.encode() not in heard.body


async def test_a_stop_under_the_code_binds_and_a_start_does_not_lift_it(acme: Front) -> None:
    await listening(acme, CODE)
    path = f"/v1/inbound/intelepeer/{acme.application}"

    async def tell(text: str, code: str, number: int) -> int:
        headers = {"Content-Type": "application/json"}
        return (await acme.stand.ask("POST", path, hook(text, code, number), headers)).status

    assert await tell("STOP", "another", 1) == 403
    assert (await send(acme, CY)).status == 202
    assert await tell("STOP", CODE, 2) == 200
    assert (await send(acme, CY)).headers["Gatekeeper-Reason"] == "consent.revoked"
    assert await tell("START", CODE, 3) == 200
    assert (await send(acme, CY)).headers["Gatekeeper-Reason"] == "consent.revoked"
