"""Does an app keep its Plivo SDK: what it sends, what it is told, and what people answer?"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web

from gatekeeper.domain.registry import InboundMode
from gatekeeper.ledger.changes import document_entry
from gatekeeper.ledger.registrar import content_of
from gatekeeper.ledger.webhooks import NewWebhook, register_webhook
from gatekeeper.providers.authorization import as_basic
from tests.support import webhooks
from tests.support.acme import ANA, BEN, CY, NEWS, STOPPED, STRANGER, TENANT
from tests.support.front import SECRET, Front, front_gate
from tests.support.gate import WORD, Told
from tests.support.golden import golden, resend
from tests.support.plivo_requests import ACCOUNT, ROOT, came_in, form, signed, state
from tests.support.recording_carrier import cut, fail, reply

pytestmark = pytest.mark.asyncio(loop_scope="module")
PUBLIC = "https://gate.example"
CALL = "Call/93b35e56-5b28-4f2b-9b5b-000000000000/"
ANSWER = "https://app.example/answer"
EMPTY = "<Response></Response>"


async def accepted(request: bytes) -> bytes:
    """As Plivo takes a message or a call, and tells of a live one."""
    if request.startswith(b"GET "):
        ends = {"from": NEWS.removeprefix("+"), "to": ANA.removeprefix("+")}
        return reply(200, {"direction": "outbound", "call_status": "in-progress", **ends})
    return reply(202, {"message": "queued", "message_uuid": ["m-1"], "api_id": "a"})


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def front(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Front]:
    """A gate with an application at Plivo, whose call script is registered."""
    folder = tmp_path_factory.mktemp("gate")
    more = {"public_url": PUBLIC, "upstream_timeout_s": 1.0, "relay_private": True}
    async with front_gate(folder, "plivo", ACCOUNT, **more) as standing:
        ground, texts = standing.stand.gate.ground, ("Your order is ready.",)
        content = content_of(TENANT, "answer_url", ANSWER, texts, None)
        await ground.ledger.commit(ground.store, [document_entry(content)])
        await standing.stand.gate.configuration.load()
        yield standing


@pytest.fixture
def acme(front: Front) -> Iterator[Front]:
    """The module's gate, before a carrier that accepts as Plivo does."""
    front.stand.carrier.forget()
    front.stand.carrier.script = accepted
    yield front
    front.stand.carrier.forget()


async def post(front: Front, path: str, body: dict[str, Any]) -> Told:
    headers = {"Authorization": as_basic(ACCOUNT, front.key)}
    return await front.ask(ROOT + path, body, headers=headers)


async def send(front: Front, text: str, to: str = ANA) -> Told:
    """A message as the SDK writes it."""
    return await post(front, "Message/", {"src": NEWS, "dst": to, "text": f"{text} {WORD}"})


async def call(front: Front, to: str = ANA, **more: Any) -> Told:
    """A call as the SDK writes it."""
    return await post(front, "Call/", {"from": NEWS, "to": to, "answer_url": ANSWER, **more})


@pytest.mark.parametrize("name", ["sms", "mms", "sms_many", "sms.node", "sms_many.node"])
async def test_a_golden_request_goes_upstream_as_it_came_under_the_real_token(
    acme: Front, name: str
) -> None:
    told = await resend(acme, name)
    assert told.status == 202, told.body
    (sent,) = acme.sent
    assert acme.bodies == [golden("plivo", name)["body"].encode()]
    assert f"authorization: {as_basic(ACCOUNT, SECRET)}".lower().encode() in sent.lower()
    assert acme.key.encode() not in sent


@pytest.mark.parametrize(
    "name", ["powerpack", "verify", "whatsapp_template", "whatsapp_location", "whatsapp_buttons"]
)
async def test_what_is_not_owned_or_cannot_be_seen_stays_here(acme: Front, name: str) -> None:
    told = await resend(acme, name)
    assert told.status in (400, 202)
    assert (told.status == 202) is bool(acme.sent)


@pytest.mark.parametrize(
    ("to", "text", "wanted"),
    [
        (STOPPED, "Your order.", "code 200, reason consent.revoked"),
        (STRANGER, "Your order.", "(reason consent."),
        ("+1212", "Your order.", "code 50"),
        (ANA, "4111 1111 1111 1111", "code 30"),
        (f"{ANA}<{STOPPED}", "Your order.", "code 200"),
    ],
)
async def test_each_refusal_is_an_error_whose_text_has_the_code(
    acme: Front, to: str, text: str, wanted: str
) -> None:
    told = await send(acme, text, to)
    assert (told.status, sorted(told.body)) == (400, ["api_id", "error"])
    assert wanted in told.body["error"]
    assert told.headers["Gatekeeper-Decision"] in told.body["error"]
    assert not acme.sent


async def test_a_call_goes_out_if_what_it_says_is_registered(acme: Front) -> None:
    assert (await call(acme)).status == 202
    other = await call(acme, answer_url="https://app.example/other")
    assert (other.status, other.headers["Gatekeeper-Reason"]) == (400, "content.uninspectable")
    assert len(acme.sent) == 1


async def test_what_is_said_into_a_live_call_is_judged_for_who_hears_it(acme: Front) -> None:
    told = await post(acme, f"{CALL}Speak/", {"text": "Your parcel arrives today."})
    assert told.status == 202, told.body
    asked, said = acme.sent
    assert asked.startswith(f"GET {ROOT}{CALL}?status=live".encode())
    assert said.startswith(f"POST {ROOT}{CALL}Speak/".encode())

    async def stopped(request: bytes) -> bytes:
        ends = {"from": NEWS, "to": STOPPED}
        return reply(200, {"direction": "outbound", **ends}) if request[:3] == b"GET" else b""

    acme.stand.carrier.script = stopped
    refused = await post(acme, f"{CALL}Speak/", {"text": "Your parcel arrives today."})
    assert "reason consent.revoked" in refused.body["error"]
    assert len(acme.sent) == 3


async def half(request: bytes) -> bytes:
    """The answer breaks off."""
    return (await accepted(request))[:-10]


async def late(request: bytes) -> bytes:
    """Longer than the gate waits."""
    await asyncio.sleep(2.0)
    return await accepted(request)


@pytest.mark.parametrize("script", [cut, half, late, fail], ids=["cut", "half", "late", "500"])
async def test_a_call_with_an_unknown_end_is_a_400_and_placed_once(
    acme: Front, script: Any
) -> None:
    carrier = acme.stand.carrier
    carrier.script, carrier.hangs_up = script, script is half
    for _ in range(3):
        told = await call(acme, caller_name=f"Acme {script.__name__}")
        assert told.status == 400
        assert "may have been sent" in told.body["error"]
    carrier.hangs_up = False
    assert len(acme.sent) == 1


async def test_a_message_with_an_unknown_end_is_a_504_and_sent_once(acme: Front) -> None:
    acme.stand.carrier.script = cut
    for _ in range(2):
        assert (await send(acme, "Unknown.")).status == 504
    assert len(acme.sent) == 1


async def test_a_call_that_could_not_be_placed_is_no_server_error(acme: Front) -> None:
    await acme.stand.carrier.stop()
    told, message = await call(acme, caller_name="Acme lost"), await send(acme, "Lost.")
    await acme.stand.carrier.start()
    assert (told.status, message.status) == (400, 503)
    assert told.headers["Retry-After"]
    await acme.stand.settled()
    assert (await call(acme, caller_name="Acme lost")).status == 202


async def registered(front: Front, **more: Any) -> None:
    """Listen to what Plivo tells, under the auth token that the gate has."""
    gate = front.stand.gate
    registry = gate.configuration.current.registry
    new = NewWebhook(**({"mode": InboundMode.TAP} | more))
    await register_webhook(gate.ground.registrar, front.application, new, registry, by="user:t")
    await gate.configuration.load()


async def answered(front: Front, fields: dict[str, str]) -> str:
    """What Plivo hears of a webhook that holds."""
    path = f"/v1/inbound/plivo/{front.application}"
    raw = signed(fields, PUBLIC + path, SECRET)
    told = await webhooks.post(front.stand, path, raw.body, dict(raw.headers))
    assert told.status == 200
    return told.text


async def hook(front: Front, fields: dict[str, str], secret: str = SECRET) -> int:
    """Plivo calls."""
    path = f"/v1/inbound/plivo/{front.application}"
    raw = signed(fields, PUBLIC + path, secret)
    return (await webhooks.post(front.stand, path, raw.body, dict(raw.headers))).status


async def test_a_stop_by_webhook_binds_the_next_send(acme: Front) -> None:
    await registered(acme)
    stop = came_in("stop", CY, NEWS)
    assert await hook(acme, stop, "another") == 403
    unsigned = form(stop)
    path = f"/v1/inbound/plivo/{acme.application}"
    assert (await acme.stand.ask("POST", path, unsigned.body, dict(unsigned.headers))).status == 403
    assert (await send(acme, "Before.", CY)).status == 202
    assert await hook(acme, stop) == 200
    assert "reason consent.revoked" in (await send(acme, "After.", CY)).body["error"]


async def test_an_apps_answer_goes_back_only_if_what_it_sends_may_go(acme: Front) -> None:
    answers = [
        f'<Response><Message src="{NEWS}" dst="{to}">Thanks for your order.</Message></Response>'
        for to in (ANA, STRANGER)
    ]

    async def app(_: web.BaseRequest) -> web.StreamResponse:
        return web.Response(text=answers[0], content_type="text/xml")

    server = web.ServerRunner(web.Server(app))
    await server.setup()
    await web.TCPSite(server, "127.0.0.1", 0).start()
    try:
        port = server.addresses[0][1]
        await registered(acme, mode=InboundMode.RELAY, url=f"http://127.0.0.1:{port}/in")
        permitted = await answered(acme, came_in("thanks", ANA, NEWS, MessageUUID="a-1"))
        assert permitted == answers.pop(0)
        assert await answered(acme, came_in("thanks", ANA, NEWS, MessageUUID="a-2")) == EMPTY
    finally:
        await server.cleanup()


async def test_a_block_at_plivo_is_learned_from_a_failed_delivery(acme: Front) -> None:
    await registered(acme)
    assert await hook(acme, state("failed", "200", BEN, NEWS)) == 200
    assert "reason consent.revoked" in (await send(acme, "After.", BEN)).body["error"]


async def test_a_body_that_cannot_be_read_names_its_field(acme: Front) -> None:
    told = await post(acme, "Message/", {"src": NEWS, "dst": ANA, "text": "a", "cc": "x"})
    assert told.status == 400
    assert "Unknown field cc" in json.dumps(told.body)
    assert not acme.sent
