"""Does an app keep its Vonage SDK: what it sends, what it is told, and what people answer?"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio

from gatekeeper.domain.registry import CredentialMode
from gatekeeper.ledger.registrar import NewApplication
from gatekeeper.providers.authorization import as_basic
from tests.support.acme import ANA, BEN, CY, NEWS, STOPPED, TENANT
from tests.support.front import SECRET, Front, front_gate
from tests.support.gate import WORD, Told
from tests.support.golden import golden, listening, resend
from tests.support.recording_carrier import cut, reply
from tests.support.vonage_app import APPLICATION, SIGNED, keys, token, webhook

pytestmark = pytest.mark.asyncio(loop_scope="module")
PUBLIC = "https://gate.example"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def front(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Front]:
    folder = tmp_path_factory.mktemp("gate")
    async with front_gate(folder, "vonage", "a1b2c3d4", public_url=PUBLIC) as standing:
        gate = standing.stand.gate
        registry = gate.configuration.current.registry
        mode, public = CredentialMode.PASS_THROUGH, keys()[1]
        new = NewApplication("signing", TENANT, "vonage", APPLICATION, public, mode)
        assert await gate.ground.registrar.add_application(new, registry, by="user:t") is None
        await gate.configuration.load()
        yield standing


@pytest.fixture
def acme(front: Front) -> Iterator[Front]:
    async def accepted(_: bytes) -> bytes:
        return reply(202, {"message_uuid": "1" * 32})

    front.stand.carrier.forget()
    front.stand.carrier.script = accepted
    yield front
    front.stand.carrier.forget()


async def send(front: Front, to: str, text: str = "Your order is ready.", **headers: str) -> Told:
    ends = {"to": to.lstrip("+"), "from": NEWS.lstrip("+")}
    body = {"channel": "sms", "message_type": "text", "text": f"{text} {WORD}", **ends}
    told = {"Authorization": as_basic("a1b2c3d4", front.key)} | headers
    return await front.ask("/v1/messages", body, headers=told)


@pytest.mark.parametrize("name", ["sms", "legacy_sms"])
async def test_a_golden_text_goes_upstream_as_it_came_under_the_real_secret(
    acme: Front, name: str
) -> None:
    told = await resend(acme, name)
    assert told.status == 202, told.body
    (sent,) = acme.sent
    assert acme.bodies == [golden("vonage", name)["body"].encode()]
    assert f"Authorization: {as_basic('a1b2c3d4', SECRET)}".encode() in sent
    assert acme.key.encode() not in sent


async def test_one_who_opted_out_is_a_barred_number(acme: Front) -> None:
    told = await send(acme, STOPPED)
    assert (told.status, told.body["title"]) == (422, "Number barred")
    form = f"to={STOPPED.lstrip('+')}&from={NEWS.lstrip('+')}&text=hi".encode()
    headers = {"Authorization": as_basic("a1b2c3d4", acme.key)}
    legacy = await acme.ask("/sms/json", form, service="rest", headers=headers)
    assert (legacy.status, legacy.body["messages"][0]["status"]) == (200, "7")
    assert not acme.sent


async def test_who_opted_out_is_not_reached_by_a_failover_either(acme: Front) -> None:
    ends = {"channel": "sms", "message_type": "text", "from": NEWS.lstrip("+"), "text": "hi"}
    other = ends | {"to": STOPPED.lstrip("+")}
    body = ends | {"to": ANA.lstrip("+"), "failover": [other]}
    headers = {"Authorization": as_basic("a1b2c3d4", acme.key)}
    told = await acme.ask("/v1/messages", body, headers=headers)
    assert told.headers["Gatekeeper-Reason"] == "consent.revoked"
    assert not acme.sent


async def test_an_app_that_signs_its_tokens_is_known_by_its_public_key(acme: Front) -> None:
    made = token(datetime.now(UTC), jti="fresh")
    told = await send(acme, ANA, Authorization=f"Bearer {made}")
    assert told.status == 202, told.body
    assert f"Authorization: Bearer {made}".encode() in acme.sent[0]


@pytest.mark.parametrize("how", ["old", "foreign", "tampered"])
async def test_a_token_that_does_not_hold_is_nobodys(acme: Front, how: str) -> None:
    made = token() if how == "old" else token(datetime.now(UTC))
    if how == "foreign":
        made = token(datetime.now(UTC), application_id="another")
    if how == "tampered":
        made = made[:-8] + "AAAAAAAA"
    told = await send(acme, ANA, Authorization=f"Bearer {made}")
    assert (told.status, told.body["title"]) == (401, "Invalid Signature")
    assert not acme.sent


async def test_ten_tries_of_one_token_are_one_message(acme: Front) -> None:
    acme.stand.carrier.script = cut
    headers = {"Authorization": f"Bearer {token(datetime.now(UTC), jti='ten')}"}
    told = [await send(acme, BEN, "Ten tries.", **headers) for _ in range(10)]
    assert {each.status for each in told} == {504}
    assert len(acme.sent) == 1


async def test_one_token_for_two_texts_sends_both(acme: Front) -> None:
    headers = {"Authorization": f"Bearer {token(datetime.now(UTC), jti='kept')}"}
    told = [await send(acme, ANA, text, **headers) for text in ("One.", "Another.")]
    assert [each.status for each in told] == [202, 202]
    assert len(acme.sent) == 2


async def test_no_step_of_a_code_reaches_who_opted_out(acme: Front) -> None:
    people = ({"channel": "sms", "to": ANA.lstrip("+"), "from": NEWS.lstrip("+")},
              {"channel": "sms", "to": STOPPED.lstrip("+"), "from": NEWS.lstrip("+")})  # fmt: skip
    headers = {"Authorization": as_basic("a1b2c3d4", acme.key)}
    told = await acme.ask("/v2/verify", {"brand": "Acme", "workflow": people}, headers=headers)
    assert (told.status, told.headers["Gatekeeper-Reason"]) == (422, "consent.revoked")
    assert not acme.sent


@pytest.mark.parametrize("service", ["", "rest"])
@pytest.mark.parametrize("path", ["/sms/json", "/tts/json", "/verify/json", "/sc/us/alert/json"])
async def test_nothing_is_sent_by_a_get(acme: Front, path: str, service: str) -> None:
    target = f"{path}?to={ANA.lstrip('+')}&from=1&text=hi"
    headers = {"Authorization": as_basic("a1b2c3d4", acme.key)}
    told = await acme.ask(target, method="GET", service=service, headers=headers)
    assert told.headers["Gatekeeper-Reason"] == "request.ambiguous"
    assert not acme.sent


async def test_a_signed_stop_ends_it_and_a_forged_one_does_not(acme: Front) -> None:
    await listening(acme, SIGNED)
    said = {"channel": "sms", "message_uuid": "in-1", "from": CY.lstrip("+")}
    body = json.dumps(said | {"to": NEWS.lstrip("+"), "text": "STOP"}).encode()
    path = f"/v1/inbound/vonage/{acme.application}"
    forged = webhook(body, datetime.now(UTC), "not-the-secret-that-vonage-signs-with")
    assert (await acme.stand.ask("POST", path, body, dict(forged.headers))).status == 403
    assert (await send(acme, CY)).status == 202
    true = webhook(body, datetime.now(UTC))
    assert (await acme.stand.ask("POST", path, body, dict(true.headers))).status == 200
    assert (await send(acme, CY)).headers["Gatekeeper-Reason"] == "consent.revoked"
