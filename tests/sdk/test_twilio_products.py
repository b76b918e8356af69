"""What does an app see that sends by Twilio's other products, with the real SDK?"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import pytest_asyncio
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from gatekeeper.domain.registry import Sender
from gatekeeper.domain.standing import Proof, ProofKind
from gatekeeper.domain.words import SenderKind
from gatekeeper.ledger.changes import document_entry
from gatekeeper.ledger.registrar import content_of
from gatekeeper.providers import TWILIO
from gatekeeper.providers.contract import door_name
from tests.sdk.carriers import accepting
from tests.support.acme import ACCOUNT, ANA, BEN, CY, NEWS, STOPPED, TENANT
from tests.support.gate import Stand, standing_gate
from tests.support.recording_carrier import reply
from tests.support.webhooks import PUBLIC, call, sid

pytestmark = pytest.mark.asyncio(loop_scope="module")

VA, IS, FW, CH, CA, CF, MG = (p + "1b" * 16 for p in ("VA", "IS", "FW", "CH", "CA", "CF", "MG"))
PRODUCTS = ("conversations", "verify", "studio", "notify")
DOORS = [door_name(TWILIO, service.name) for service in TWILIO.services]
SAY = "<Response><Say>Your parcel arrives today.</Say></Response>"

Call = Callable[[Client, str], Any]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def products(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stand]:
    """Acme's gate with a Verify service, a Notify service and a flow that an author has read."""
    folder = tmp_path_factory.mktemp("products")
    async with standing_gate(folder, DOORS, public_url=PUBLIC) as stand:
        proof = Proof(ProofKind.LETTER, "LOA-2", "user:test", datetime(2026, 1, 1, tzinfo=UTC))
        kind, named = SenderKind.SERVICE, "CACME04"
        documents = (
            Sender(VA, TENANT, kind, registration=named, campaign="codes", proof=proof),
            Sender(IS, TENANT, kind, registration=named, campaign="news", proof=proof),
            Sender(MG, TENANT, kind, registration=named, campaign="news", proof=proof),
            content_of(TENANT, "flow", FW, ("Your order is ready.",), "utility"),
        )
        ground = stand.gate.ground
        await ground.ledger.commit(ground.store, [document_entry(each) for each in documents])
        await stand.gate.configuration.load()
        yield stand


def client_of(stand: Stand, *, one_url: bool = False) -> Client:
    """The SDK with every product at its own door, or all under one base URL."""
    client = stand.client()
    for name in PRODUCTS:
        door = "twilio" if one_url else f"twilio-{name}"
        getattr(client, name).base_url = f"{stand.url}/{door}"
    return client


async def sent(stand: Stand, send: Call, to: str = ANA, *, one_url: bool = False) -> Any:
    """Send by the SDK; the carrier tells of live calls and conversations that they are with `to`.

    What the carrier was asked to send, without what it was asked about, is in `posts`.
    """
    taken = accepting(TWILIO)

    async def script(request: bytes) -> bytes | None:
        binding = {"type": "sms", "address": to, "proxy_address": NEWS}
        told: dict[str, object] = {
            "direction": "outbound-api",
            "to": to,
            "from": NEWS,
            "participants": [{"messaging_binding": binding}],
            "meta": {"next_page_url": None},
        }
        return reply(200, told) if request.startswith(b"GET ") else await _answer(taken, request)

    stand.carrier.forget()
    stand.carrier.script = script
    client = client_of(stand, one_url=one_url)
    return await asyncio.to_thread(send, client, to)


async def _answer(taken: Any, request: bytes) -> bytes | None:
    if b"/Conversations/" in request.partition(b"\r\n")[0] or b"/Calls/" in request[:200]:
        return reply(201, {"sid": "IM" + "0" * 32})
    answer: bytes | None = await taken(request)
    return answer


def posts(stand: Stand) -> list[bytes]:
    """What the carrier was asked to send."""
    return [each for each in stand.carrier.requests if each.startswith(b"POST ")]


SENDS: dict[str, Call] = {
    "verify": lambda c, to: c.verify.v2.services(VA).verifications.create(to=to, channel="sms"),
    "conversation": lambda c, to: c.conversations.v1.conversations(CH).messages.create(
        body="Your order is ready.", author="desk"
    ),
    "studio": lambda c, to: c.studio.v2.flows(FW).executions.create(
        to=to, from_=NEWS, parameters={"order": "A-1001"}
    ),
    "notify": lambda c, to: c.notify.v1.services(IS).notifications.create(
        to_binding=[
            json.dumps({"binding_type": "sms", "address": to}),
            json.dumps({"binding_type": "sms", "address": BEN}),
        ],
        body="Your order is ready.",
    ),
    "participant": lambda c, to: c.conferences(CF).participants.create(to=to, from_=NEWS),
    "live call": lambda c, to: c.calls(CA).update(twiml=SAY),
    "into a call": lambda c, to: c.calls(CA).user_defined_messages.create(
        content='{"text":"Your order is ready."}'
    ),
}


@pytest.mark.parametrize("name", SENDS)
async def test_an_allowed_send_leaves_once(products: Stand, name: str) -> None:
    await sent(products, SENDS[name])
    assert len(posts(products)) == 1
    assert products.key.encode() not in b"".join(products.carrier.requests)


@pytest.mark.parametrize("name", ["verify", "conversation", "studio", "notify"])
async def test_one_base_url_will_do(products: Stand, name: str) -> None:
    await sent(products, SENDS[name], one_url=True)
    (request,) = posts(products)
    assert request.startswith((b"POST /v1/", b"POST /v2/"))


@pytest.mark.parametrize("name", SENDS)
async def test_somebody_who_stopped_gets_nothing(products: Stand, name: str) -> None:
    with pytest.raises(TwilioRestException) as raised:
        await sent(products, SENDS[name], STOPPED)
    assert (raised.value.status, raised.value.code) == (400, 21610)
    assert posts(products) == []


CARD = "Card 4111 1111 1111 1111 exp 04/29"
REFUSED: dict[str, tuple[int, Call]] = {
    "a card in a custom message": (
        30007,
        lambda c, to: c.verify.v2.services(VA).verifications.create(
            to=to, channel="sms", custom_message=CARD
        ),
    ),
    "a card in a substitution": (
        30007,
        lambda c, to: c.verify.v2.services(VA).verifications.create(
            to=to, channel="sms", template_custom_substitutions=json.dumps({"name": CARD})
        ),
    ),
    "a verification by e-mail": (
        20001,
        lambda c, to: c.verify.v2.services(VA).verifications.create(
            to="ana@acme.example", channel="email"
        ),
    ),
    "another's verify service": (
        21660,
        lambda c, to: c.verify.v2.services("VA" + "2c" * 16).verifications.create(
            to=to, channel="sms"
        ),
    ),
    "a card in a conversation": (
        30007,
        lambda c, to: c.conversations.v1.conversations(CH).messages.create(body=CARD),
    ),
    "a flow that nobody has read": (
        30007,
        lambda c, to: c.studio.v2.flows("FW" + "2c" * 16).executions.create(to=to, from_=NEWS),
    ),
    "a card in a flow's parameters": (
        30007,
        lambda c, to: c.studio.v2.flows(FW).executions.create(
            to=to, from_=NEWS, parameters={"a": {"b": [CARD]}}
        ),
    ),
    "an audience that only Twilio knows": (
        20001,
        lambda c, to: c.notify.v1.services(IS).notifications.create(tag=["all"], body="Hello"),
    ),
    "a card said into a live call": (
        30007,
        lambda c, to: c.calls(CA).update(twiml=SAY.replace("parcel", CARD)),
    ),
    "unread words in a live call": (
        30007,
        lambda c, to: c.calls(CA).update(url="https://acme.example/x"),
    ),
    "a challenge": (
        20001,
        lambda c, to: c.verify.v2.services(VA).entities("ana").challenges.create(factor_sid="YF1"),
    ),
}


@pytest.mark.parametrize("name", REFUSED)
async def test_a_refusal_is_the_sdks_own_exception(products: Stand, name: str) -> None:
    code, send = REFUSED[name]
    with pytest.raises(TwilioRestException) as raised:
        await sent(products, send)
    assert raised.value.code == code
    assert posts(products) == []


SILENT: dict[str, Call] = {
    "check a code": lambda c, to: c.verify.v2.services(VA).verification_checks.create(
        to=to, code="481516"
    ),
    "begin a conversation": lambda c, to: c.conversations.v1.conversations.create(
        friendly_name="Order 7"
    ),
    "add a participant": lambda c, to: c.conversations.v1.conversations(CH).participants.create(
        messaging_binding_address=to, messaging_binding_proxy_address=NEWS
    ),
    "end a live call": lambda c, to: c.calls(CA).update(status="completed"),
    "mute a participant": lambda c, to: c.conferences(CF).participants(CA).update(muted=True),
}


@pytest.mark.parametrize("name", SILENT)
async def test_what_reaches_nobody_passes(products: Stand, name: str) -> None:
    await sent(products, SILENT[name])
    assert len(posts(products)) == 1


async def test_a_stop_in_a_conversation_binds_the_next_send(products: Stand) -> None:
    await sent(products, SENDS["conversation"], CY)
    hook = {
        "EventType": "onMessageAdded", "AccountSid": ACCOUNT, "ConversationSid": CH, "Body": "Stop",
        "MessageSid": sid("IM"), "MessagingServiceSid": MG, "Author": CY,
    }  # fmt: skip
    assert (await call(products, hook)).status == 200
    for name in ("conversation", "notify"):
        with pytest.raises(TwilioRestException) as raised:
            await sent(products, SENDS[name], CY)
        assert raised.value.code == 21610
