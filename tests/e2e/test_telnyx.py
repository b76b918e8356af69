"""Does an app keep its Telnyx SDK: what it sends, what it is told, and what people answer?"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web

from gatekeeper.domain.registry import InboundMode
from gatekeeper.ledger.webhooks import NewWebhook, register_webhook
from gatekeeper.providers.telnyx.signature import verify
from gatekeeper.proxy.raw import read_raw
from tests.support.acme import ANA, BEN, CY, NEWS, STOPPED, STRANGER
from tests.support.front import SECRET, Front, front_gate
from tests.support.gate import WORD, Told
from tests.support.golden import golden, resend
from tests.support.recording_carrier import cut, fail, reply
from tests.support.telnyx_requests import PUBLIC, came_in, event, finalized

pytestmark = pytest.mark.asyncio(loop_scope="module")
TRIES = "x-stainless-retry-count"


async def accepted(_: bytes) -> bytes:
    """As Telnyx takes a message."""
    return reply(200, {"data": {"record_type": "message", "id": "m-1"}})


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def front(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Front]:
    """A gate with an application at Telnyx, which waits a second for its carrier."""
    more = {"public_url": "https://gate.example", "upstream_timeout_s": 1.0, "relay_private": True}
    async with front_gate(tmp_path_factory.mktemp("gate"), "telnyx", "acme", **more) as standing:
        yield standing


@pytest.fixture
def acme(front: Front) -> Iterator[Front]:
    """The module's gate, before a carrier that accepts as Telnyx does."""
    front.stand.carrier.forget()
    front.stand.carrier.script = accepted
    yield front
    front.stand.carrier.forget()


async def send(front: Front, text: str, to: Any = ANA, path: str = "messages", **more: Any) -> Told:
    """A message as the SDK writes it; `tries` is which try of the SDK it is."""
    tries = more.pop("tries", 0)
    body = {"to": to, "from": NEWS, "text": f"{text} {WORD}", **more}
    headers = {"Authorization": f"Bearer {front.key}", TRIES: str(tries)}
    return await front.ask(f"/v2/{path}", body, headers=headers)


def code(told: Told) -> str:
    """Telnyx's error code."""
    return str(told.body["errors"][0]["code"])


@pytest.mark.parametrize("name", ["sms", "mms", "long_code", "sms.node"])
async def test_a_golden_request_goes_upstream_as_it_came_under_the_real_key(
    acme: Front, name: str
) -> None:
    told = await resend(acme, name)
    assert told.status == 200, told.body
    (sent,) = acme.sent
    assert acme.bodies == [golden("telnyx", name)["body"].encode()]
    assert f"authorization: bearer {SECRET}".encode() in sent.lower()
    assert acme.key.encode() not in sent


@pytest.mark.parametrize(
    "name",
    ["alphanumeric", "short_code", "number_pool", "rcs", "whatsapp_template", "speak", "transfer",
     "gather_using_speak"],
)  # fmt: skip
async def test_what_is_not_owned_or_cannot_be_read_stays_here(acme: Front, name: str) -> None:
    told = await resend(acme, name)
    assert told.status in (400, 403)
    assert told.headers["x-should-retry"] == "false"
    assert not acme.sent


@pytest.mark.parametrize(
    ("to", "text", "status", "wanted"),
    [
        (STOPPED, "Your order.", 403, "40300"),
        (STRANGER, "Your order.", 403, "10010"),
        ("+1212", "Your order.", 400, "40310"),
        (ANA, "4111 1111 1111 1111", 400, "40015"),
    ],
)
async def test_each_refusal_has_telnyx_own_code(
    acme: Front, to: str, text: str, status: int, wanted: str
) -> None:
    told = await send(acme, text, to)
    assert (told.status, code(told)) == (status, wanted)
    assert told.headers["x-should-retry"] == "false"
    assert not acme.sent


async def test_one_who_opted_out_keeps_the_whole_group_from_leaving(acme: Front) -> None:
    told = await send(acme, "Look.", path="messages/group_mms", to=[ANA, STOPPED])
    assert (told.status, code(told)) == (403, "40300")
    assert not acme.sent


async def test_an_unknown_key_is_told_as_telnyx_tells_it(acme: Front) -> None:
    body, headers = {"to": ANA}, {"Authorization": "Bearer KEY0123"}
    told = await acme.ask("/v2/messages", body, headers=headers)
    assert (told.status, code(told)) == (401, "10009")


async def half(_: bytes) -> bytes:
    """The answer breaks off."""
    return (await accepted(b""))[:-10]


async def late(_: bytes) -> bytes:
    """Longer than the gate waits."""
    await asyncio.sleep(2.0)
    return await accepted(b"")


@pytest.mark.parametrize("script", [cut, half, late, fail], ids=["cut", "half", "late", "500"])
async def test_whatever_becomes_of_it_a_message_is_sent_once(acme: Front, script: Any) -> None:
    carrier = acme.stand.carrier
    carrier.script, carrier.hangs_up = script, script is half
    text = f"Unknown {script.__name__}."
    for tries in range(3):
        told = await send(acme, text, tries=tries)
        assert (told.status, code(told)) == (504, "10008")
        assert told.headers["x-should-retry"] == "false"
    carrier.hangs_up = False
    assert len(acme.sent) == 1


async def test_a_repeated_try_gets_the_answer_that_was_lost(acme: Front) -> None:
    first = await send(acme, "Lost.")
    again = await send(acme, "Lost.", tries=1)
    assert (first.status, again.status, again.body) == (200, 200, first.body)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert len(acme.sent) == 1


async def test_a_repeated_try_waits_for_the_first_that_is_under_way(acme: Front) -> None:
    async def slow(_: bytes) -> bytes:
        await asyncio.sleep(0.4)
        return await accepted(b"")

    acme.stand.carrier.script = slow
    first = asyncio.create_task(send(acme, "Slow."))
    await asyncio.sleep(0.1)
    again = await send(acme, "Slow.", tries=1)
    assert ((await first).status, again.status) == (200, 200)
    assert len(acme.sent) == 1


async def test_an_equal_message_that_is_no_repetition_is_sent(acme: Front) -> None:
    for _ in range(2):
        assert (await send(acme, "Twice.")).status == 200
    assert len(acme.sent) == 2


async def test_a_try_after_one_that_was_surely_not_sent_is_sent(acme: Front) -> None:
    answers = [reply(429, {"errors": [{"code": "10011"}]}, "Retry-After: 1")]

    async def limited_once(_: bytes) -> bytes:
        return answers.pop() if answers else await accepted(b"")

    acme.stand.carrier.script = limited_once
    assert (await send(acme, "Limited.")).status == 429
    assert (await send(acme, "Limited.", tries=1)).status == 200
    assert len(acme.sent) == 2


async def test_a_call_is_placed_once_for_its_command_id(acme: Front) -> None:
    answers = [await resend(acme, "call") for _ in range(2)]
    assert [told.status for told in answers] == [200, 200], answers[0].body
    assert answers[1].headers["Idempotency-Replayed"] == "true"
    assert len(acme.sent) == 1


async def registered(front: Front, **more: Any) -> None:
    """Register Telnyx's public key, and where webhooks go."""
    gate = front.stand.gate
    registry = gate.configuration.current.registry
    new = NewWebhook(secret=PUBLIC, **more)
    await register_webhook(gate.ground.registrar, front.application, new, registry, by="user:t")
    await gate.configuration.load()


async def hook(front: Front, kind: str, payload: dict[str, Any], **more: str) -> Told:
    """Telnyx calls, now; `more` are headers in place of its own."""
    raw = event(kind, payload, datetime.now(UTC))
    headers = dict(raw.headers) | {name.replace("_", "-"): value for name, value in more.items()}
    path = f"/v1/inbound/telnyx/{front.application}"
    return await front.stand.ask("POST", path, raw.body, headers)


async def test_a_stop_by_webhook_binds_the_next_send(acme: Front) -> None:
    await registered(acme, mode=InboundMode.TAP)
    payload = came_in("stop", CY, NEWS)
    assert (await hook(acme, "message.received", payload, Telnyx_Timestamp="1")).status == 403
    assert (await send(acme, "Before.", CY)).status == 200
    assert (await hook(acme, "message.received", payload)).status == 200
    assert code(await send(acme, "After.", CY)) == "40300"


async def test_a_block_at_telnyx_is_learned_from_a_failed_delivery(acme: Front) -> None:
    await registered(acme, mode=InboundMode.TAP)
    errors = [{"code": "40300", "title": "Blocked due to STOP message"}]
    payload = finalized(BEN, NEWS, errors=errors)
    assert (await hook(acme, "message.finalized", payload)).status == 200
    assert code(await send(acme, "After.", BEN)) == "40300"


async def test_what_is_passed_on_still_has_telnyx_own_signature(acme: Front) -> None:
    taken: list[bool] = []

    async def app(request: web.BaseRequest) -> web.StreamResponse:
        raw = await read_raw(request)
        taken.append(verify(raw, PUBLIC, datetime.now(UTC)) and b"thanks" in raw.body)
        return web.Response()

    server = web.ServerRunner(web.Server(app))
    await server.setup()
    await web.TCPSite(server, "127.0.0.1", 0).start()
    try:
        port = server.addresses[0][1]
        await registered(acme, mode=InboundMode.RELAY, url=f"http://127.0.0.1:{port}/in")
        assert (await hook(acme, "message.received", came_in("thanks", ANA, NEWS))).status == 200
    finally:
        await server.cleanup()
    assert taken == [True]


async def test_a_body_that_cannot_be_read_names_its_field(acme: Front) -> None:
    told = await send(acme, "Odd.", cc="x")
    assert (told.status, code(told)) == (400, "10015")
    assert "Unknown field cc" in json.dumps(told.body)
    assert not acme.sent
