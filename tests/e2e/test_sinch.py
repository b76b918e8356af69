"""Does an app keep its Sinch SDK: how it logs in, what it sends, and what people answer?"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
import pytest_asyncio

from gatekeeper.pipeline.case import Hints
from gatekeeper.pipeline.flight import Flight
from gatekeeper.pipeline.outbound import outbound
from gatekeeper.providers import SINCH
from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.sinch.signature import NONCE, SIGNATURE, TIMESTAMP, signature
from tests.support.acme import ANA, BEN, CY, NEWS, STOPPED, TENANT
from tests.support.front import SECRET, Front, front_gate, listening, one_more
from tests.support.gate import WORD, Told
from tests.support.golden import golden, resend
from tests.support.listening_app import listening_app
from tests.support.recording_carrier import cut, reply
from tests.support.spine import rooms

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLAN, PROJECT = "the-service-plan", "the-project"
KEY_ID, KEY_SECRET = "the-key-id", "the-real-key-secret-of-acme"
TOKEN = "the-token-that-sinch-gives-for-an-hour"
HOOKS = "the-secret-of-webhooks"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def front(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Front]:
    """A gate with an application by service plan."""
    folder = tmp_path_factory.mktemp("gate")
    settings = {"public_url": "https://gate.example", "relay_private": True}
    async with front_gate(folder, "sinch", PLAN, **settings) as standing:
        standing.stand.canaries.add(TOKEN)
        yield standing


async def as_sinch(request: bytes) -> bytes:
    """A token for a log-in, an id for anything else."""
    if request.startswith(b"POST /oauth2/token "):
        return reply(200, {"access_token": TOKEN, "expires_in": 3599, "token_type": "bearer"})
    return reply(201, {"id": "01FC66621XXXXX119Z8PMV1QPQ"})


@pytest.fixture
def acme(front: Front) -> Iterator[Front]:
    """The module's gate, before a carrier that accepts as Sinch does."""
    front.stand.carrier.forget()
    front.stand.carrier.script = as_sinch
    yield front
    front.stand.carrier.forget()


async def send(
    front: Front, to: list[str], body: str = "Your order is ready.", **more: Any
) -> Told:
    batch = {"to": to, "from": NEWS, "body": f"{body} {WORD}", **more}
    headers = {"Authorization": f"Bearer {front.key}"}
    return await front.ask(f"/xms/v1/{PLAN}/batches", batch, headers=headers)


async def test_a_golden_batch_goes_upstream_as_it_came_under_the_real_token(acme: Front) -> None:
    told = await resend(acme, "sms_many")
    assert told.status == 201, told.body
    (sent,) = acme.sent
    assert acme.bodies == [golden("sinch", "sms_many")["body"].encode()]
    assert f"Authorization: Bearer {SECRET}".encode() in sent
    assert acme.key.encode() not in sent


async def test_an_app_logs_in_with_its_key_and_sinch_sees_the_real_one_alone(acme: Front) -> None:
    """As the SDK does: a key's id and secret for a token, then a message under that token."""
    key = await one_more(acme, "project", PROJECT, f"{KEY_ID}:{KEY_SECRET}")
    pair = b64encode(f"any-id:{key}".encode()).decode()
    form = {"Authorization": f"Basic {pair}", "Content-Type": "application/x-www-form-urlencoded"}
    body = b"grant_type=client_credentials"
    told = await acme.ask("/oauth2/token", body, service="auth", headers=form)
    assert (told.status, told.body["access_token"]) == (200, key)
    assert not acme.sent
    who = {"identified_by": {"channel_identities": [{"channel": "SMS", "identity": ANA}]}}
    message = {
        "app_id": "APP",
        "recipient": who,
        "message": {"text_message": {"text": f"Your order is ready. {WORD}"}},
        "channel_properties": {"SMS_SENDER": NEWS},
    }
    bearer = {"Authorization": f"Bearer {told.body['access_token']}"}
    path = f"/v1/projects/{PROJECT}/messages:send"
    for _ in range(2):
        got = await acme.ask(path, message, service="conversation", headers=bearer)
        assert got.status == 201, got.body
    login, *sent = acme.sent
    assert b64encode(f"{KEY_ID}:{KEY_SECRET}".encode()) in login
    assert [request.count(f"Bearer {TOKEN}".encode()) for request in sent] == [1, 1]
    assert not any(key.encode() in request for request in acme.sent)


async def test_a_wrong_key_does_not_log_in(acme: Front) -> None:
    pair = b64encode(b"any-id:gk_nobody").decode()
    told = await acme.ask(
        "/oauth2/token", b"", service="auth", headers={"Authorization": f"Basic {pair}"}
    )
    assert (told.status, told.body["error"]) == (401, "invalid_client")


async def test_one_who_opted_out_keeps_the_batch_from_leaving(acme: Front) -> None:
    told = await send(acme, [ANA, STOPPED])
    assert (told.status, told.body["code"]) == (403, "forbidden")
    assert told.headers["Gatekeeper-Reason"] == "consent.revoked"
    assert not acme.sent


async def test_a_card_cut_between_text_and_parameter_is_found(acme: Front) -> None:
    values = {"rest": {ANA: "1111 1111", "default": ""}}
    told = await send(acme, [ANA], "Card 4111 1111 ${rest} is charged.", parameters=values)
    assert told.headers["Gatekeeper-Reason"] == "content.payment"
    assert not acme.sent
    assert "4111" not in json.dumps(told.body)


async def test_what_cannot_be_seen_stays_here_in_the_words_of_its_api(acme: Front) -> None:
    told = await resend(acme, "update")
    assert (told.status, told.body["code"]) == (400, "syntax_constraint_violation")
    bearer = {"Authorization": f"Bearer {acme.key}"}
    body = {"app_id": "A", "recipient": {"contact_id": "../C"}, "message": {}}
    path = f"/v1/projects/{PLAN}/messages:send"
    told = await acme.ask(path, body, service="conversation", headers=bearer)
    assert told.body["error"]["status"] == "INVALID_ARGUMENT"
    assert "recipient.contact_id" in told.body["error"]["message"]
    assert not acme.sent


@pytest.mark.parametrize(("person", "status"), [(ANA, 201), (STOPPED, 403)])
async def test_a_contact_is_asked_for_and_judged_by_its_number(
    acme: Front, person: str, status: int
) -> None:
    identities = [{"channel": "SMS", "identity": person.lstrip("+"), "app_id": ""}]

    async def script(request: bytes) -> bytes:
        if request.startswith(b"GET "):
            return reply(200, {"id": "C1", "channel_identities": identities})
        return await as_sinch(request)

    acme.stand.carrier.script = script
    body = {
        "app_id": "A",
        "recipient": {"contact_id": "C1"},
        "message": {"text_message": {"text": f"Your order is ready. {WORD}"}},
        "channel_properties": {"SMS_SENDER": NEWS},
    }
    told = await acme.ask(
        f"/v1/projects/{PLAN}/messages:send",
        body,
        service="conversation",
        headers={"Authorization": f"Bearer {acme.key}"},
    )
    assert told.status == status, told.body
    asked, *sent = acme.sent
    assert asked.startswith(f"GET /v1/projects/{PLAN}/contacts/C1 ".encode())
    assert f"Authorization: Bearer {SECRET}".encode() in asked
    assert len(sent) == (status == 201)


async def test_a_lost_answer_is_told_and_nothing_is_sent_again(acme: Front) -> None:
    acme.stand.carrier.script = cut
    told = await send(acme, [BEN])
    assert (told.status, told.body["code"]) == (504, "outcome_unknown")
    assert len(acme.sent) == 1


def hook(text: str, secret: str = HOOKS, number: int = 1) -> RawRequest:
    body = json.dumps(
        {"type": "mo_text", "id": f"01FC66621XXXXX119Z8PMV1Q{number}", "from": CY.lstrip("+"),
         "to": NEWS.lstrip("+"), "body": text}
    ).encode()  # fmt: skip
    now = str(int(datetime.now(UTC).timestamp()))
    signed = ((SIGNATURE, signature(body, "n", now, secret)), (NONCE, "n"), (TIMESTAMP, now))
    return RawRequest("POST", "", (("Content-Type", "application/json"), *signed), body)


async def test_a_signed_stop_binds_the_next_send_and_a_start_lifts_it(acme: Front) -> None:
    await listening(acme, HOOKS)
    path = f"/v1/inbound/sinch/{acme.application}"

    async def tell(raw: RawRequest) -> int:
        return (await acme.stand.ask("POST", path, raw.body, dict(raw.headers))).status

    assert await tell(hook("STOP", "another")) == 403
    assert (await send(acme, [CY])).status == 201
    assert await tell(hook("STOP")) == 200
    assert (await send(acme, [CY])).headers["Gatekeeper-Reason"] == "consent.revoked"
    assert await tell(hook("START", number=2)) == 200
    assert (await send(acme, [CY])).status == 201


async def test_a_webhook_reaches_the_app_signed_for_it_alone(acme: Front) -> None:
    async with listening_app() as app:
        theirs = await listening(acme, HOOKS, app.url)
        raw = hook("Is it ready?", number=3)
        path = f"/v1/inbound/sinch/{acme.application}"
        assert (await acme.stand.ask("POST", path, raw.body, dict(raw.headers))).status == 200
    (heard,) = app.heard
    assert (heard.target, heard.body) == ("/hook?shop=7", raw.body)
    assert SINCH.verify(heard, app.url, theirs, datetime.now(UTC))
    assert not SINCH.verify(heard, app.url, HOOKS, datetime.now(UTC))


async def test_where_the_tenant_says_so_the_others_get_their_batch(acme: Front) -> None:
    """One who opted out is left out, with what was to be said to that one alone."""
    values = {"name": {STOPPED: "Sue", ANA: "Ana", "default": "you"}}
    batch = {"to": [STOPPED, ANA, BEN], "from": NEWS, "body": f"Hi ${{name}} {WORD}",
             "parameters": values}  # fmt: skip
    headers = (("Content-Type", "application/json"), ("Authorization", f"Bearer {acme.key}"))
    raw = RawRequest("POST", f"/xms/v1/{PLAN}/batches", headers, json.dumps(batch).encode())
    operation = SINCH.match(raw)
    assert operation is not None
    under_way = Flight(rooms(acme.stand), SINCH, operation, raw, Hints())
    policy = replace(under_way.snapshot.policy, drops=frozenset({TENANT}))
    under_way.snapshot = replace(under_way.snapshot, policy=policy)
    reply = await outbound(under_way)
    assert (reply.status, dict(reply.headers)["Gatekeeper-Dropped"]) == (201, "0")
    (sent,) = acme.bodies
    assert json.loads(sent) == batch | {
        "to": [ANA, BEN],
        "parameters": {"name": {ANA: "Ana", "default": "you"}},
    }
