"""Does an app keep pywa and fbmessenger: what it sends, what it is told, and what people answer?"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from gatekeeper.domain.registry import Sender
from gatekeeper.domain.words import Channel, SenderKind
from gatekeeper.ledger.changes import document_entry
from gatekeeper.ledger.registrar import content_of
from gatekeeper.providers.contract import Simulated
from gatekeeper.providers.meta.carrier import MetaCarrier
from gatekeeper.providers.meta.signature import signature
from tests.support.acme import ANA, BEN, CY, DEE, STOPPED, STRANGER, TENANT, consented
from tests.support.front import SECRET, Front, front_gate, listening
from tests.support.gate import WORD, Told
from tests.support.golden import golden, resend
from tests.support.recording_carrier import cut, reply

pytestmark = pytest.mark.asyncio(loop_scope="module")

NUMBER, PAGE = "106540352242922", "104829301234567"
PERSON = "5551234567890123"
APP_SECRET = "the-secret-of-the-meta-app"
SENDERS = {f"whatsapp:{NUMBER}": SenderKind.WABA, f"messenger:{PAGE}": SenderKind.PAGE}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def front(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Front]:
    """A gate with a page and a number of Acme's, and a template that is registered."""
    folder = tmp_path_factory.mktemp("gate")
    more = {"public_url": "https://gate.example", "upstream_timeout_s": 1.0}
    async with front_gate(folder, "meta", PAGE, **more) as standing:
        ground = standing.stand.gate.ground
        texts = ("Your order {{1}} is ready.",)
        content = content_of(TENANT, "whatsapp_template", "order_ready:en_US", texts, "utility")
        senders = [Sender(name, TENANT, k, campaign="news") for name, k in SENDERS.items()]
        entries = [document_entry(content), *map(document_entry, senders)]
        await ground.ledger.commit(ground.store, entries)
        await consented(standing.stand.gate, [PERSON])
        await listening(standing, APP_SECRET)
        yield standing


@pytest.fixture
def acme(front: Front) -> Iterator[Front]:
    """The module's gate, before a carrier that accepts as Meta does."""

    async def accepted(_: bytes) -> bytes:
        return reply(200, {"messages": [{"id": "wamid.A"}], "contacts": [{}]})

    front.stand.carrier.forget()
    front.stand.carrier.script = accepted
    yield front
    front.stand.carrier.forget()


async def send(front: Front, to: str, said: str = "A-1001", **more: Any) -> Told:
    """The registered template, with a word in it."""
    parameters = [{"type": "text", "text": f"{said} {WORD}"}]
    template = {"name": "order_ready", "language": {"code": "en_US"},
                "components": [{"type": "body", "parameters": parameters}]}  # fmt: skip
    body = {"messaging_product": "whatsapp", "to": to.removeprefix("+"), "type": "template",
            "template": template, **more}  # fmt: skip
    headers = {"Authorization": f"Bearer {front.key}"}
    return await front.ask(f"/v26.0/{NUMBER}/messages", body, headers=headers)


async def hook(front: Front, body: bytes, secret: str = APP_SECRET) -> int:
    """Meta calls; the status that it is answered."""
    headers = {"X-Hub-Signature-256": signature(body, secret), "Content-Type": "application/json"}
    path = f"/v1/inbound/meta/{front.application}"
    return (await front.stand.ask("POST", path, body, headers)).status


async def wrote(
    front: Front, text: str, person: str, channel: Channel = Channel.WHATSAPP, **more: Any
) -> int:
    """A person writes to the number or the page."""
    ours = NUMBER if channel is Channel.WHATSAPP else PAGE
    at = datetime.now(UTC) - more.pop("ago", timedelta())
    name = f"wamid.{abs(hash((text, person, at)))}"
    return await hook(
        front, MetaCarrier().wrote(Simulated(name, channel, person, ours, text, at)).body, **more
    )


def code(told: Told) -> int:
    """Graph's error code."""
    return int(told.body["error"]["code"])


async def test_a_golden_template_goes_upstream_as_it_came_under_the_real_token(
    acme: Front,
) -> None:
    told = await resend(acme, "template")
    assert told.status == 200, told.body
    (sent,) = acme.sent
    assert acme.bodies == [golden("meta", "template")["body"].encode()]
    assert f"authorization: bearer {SECRET}".encode() in sent.lower()
    assert acme.key.encode() not in sent


@pytest.mark.parametrize(
    ("to", "said", "wanted"),
    [
        (STOPPED, "A-1", 131050),
        (STRANGER, "A-1", 131049),
        ("+1212", "A-1", 131026),
        (ANA, "4111 1111 1111 1111", 368),
    ],
)
async def test_each_refusal_has_whatsapps_own_code(
    acme: Front, to: str, said: str, wanted: int
) -> None:
    told = await send(acme, to, said)
    assert (told.status, code(told)) == (400, wanted), told.body
    assert not acme.sent


async def test_a_template_that_nobody_registered_stays_here(acme: Front) -> None:
    other = {"name": "sale", "language": {"code": "en"}}
    told = await send(acme, ANA, template=other)
    assert told.status == 400
    assert told.headers["Gatekeeper-Reason"] in ("content.uninspectable", "window.closed")
    assert not acme.sent


async def test_a_token_that_nobody_knows_is_told_as_meta_tells_it(acme: Front) -> None:
    body = json.loads(golden("meta", "text")["body"])
    told = await acme.ask(f"/v26.0/{NUMBER}/messages?access_token=EAAB", body)
    assert (told.status, code(told)) == (401, 190)


@pytest.mark.parametrize("name", ["page_nested_id", "page_text"])
async def test_fbmessenger_is_handed_the_error_in_messengers_own_form(
    acme: Front, name: str
) -> None:
    told = await resend(acme, name)
    assert told.status == 400
    assert code(told) == (100 if name == "page_nested_id" else 10)
    assert "error_data" not in told.body["error"]
    assert not acme.sent


async def test_typing_passes_under_the_real_token_in_the_query(acme: Front) -> None:
    told = await resend(acme, "page_typing")
    assert told.status == 200
    (sent,) = acme.sent
    assert f"/v21.0/me/messages?access_token={SECRET} ".encode() in sent
    assert acme.key.encode() not in sent


async def test_a_lost_answer_is_told_and_nothing_is_sent_again(acme: Front) -> None:
    acme.stand.carrier.script = cut
    told = await send(acme, BEN, "lost")
    assert (told.status, code(told)) == (504, 131000)
    assert len(acme.sent) == 1


async def test_the_address_of_webhooks_is_confirmed_to_who_knows_the_secret(acme: Front) -> None:
    path = f"/v1/inbound/meta/{acme.application}?hub.mode=subscribe&hub.challenge=42"
    told = await acme.stand.ask("GET", f"{path}&hub.verify_token={APP_SECRET}", b"", {})
    assert (told.status, str(told.body)) == (200, "42")
    for wrong in ("", "another"):
        told = await acme.stand.ask("GET", f"{path}&hub.verify_token={wrong}", b"", {})
        assert told.status == 403


async def test_a_stop_by_webhook_binds_the_next_send(acme: Front) -> None:
    assert (await send(acme, CY, "before")).status == 200
    assert await wrote(acme, "STOP", CY, secret="another") == 403
    assert await wrote(acme, "STOP", CY) == 200
    assert code(await send(acme, CY, "after")) == 131050


async def text(front: Front, to: str, said: str = "Your order is ready.") -> Told:
    """A free text, as pywa writes it."""
    body = {"messaging_product": "whatsapp", "recipient_type": "individual", "type": "text",
            "to": to.removeprefix("+"), "text": {"body": f"{said} {WORD}"}}  # fmt: skip
    headers = {"Authorization": f"Bearer {front.key}"}
    return await front.ask(f"/v26.0/{NUMBER}/messages", body, headers=headers)


async def test_a_free_text_leaves_within_a_day_of_the_persons_own_word(acme: Front) -> None:
    assert code(await text(acme, BEN)) == 131047
    assert await wrote(acme, "hello", BEN, ago=timedelta(hours=25)) == 200
    assert code(await text(acme, BEN)) == 131047
    assert await wrote(acme, "hello again", BEN) == 200
    told = await text(acme, BEN)
    assert told.status == 200, told.body
    assert len(acme.sent) == 1
    assert code(await text(acme, ANA)) == 131047, "another person's window is closed"


async def test_the_window_outlives_the_gate_and_the_store(acme: Front) -> None:
    assert await wrote(acme, "hello", DEE) == 200
    await acme.stand.stop()
    await acme.stand.start()
    assert (await text(acme, DEE)).status == 200


async def page(front: Front, said: str = "Your order is ready.", **more: Any) -> Told:
    """A message of the page, as fbmessenger writes it."""
    body = {"messaging_type": "RESPONSE", "recipient": {"id": PERSON},
            "message": {"text": f"{said} {WORD}"}, **more}  # fmt: skip
    return await front.ask(f"/v21.0/me/messages?access_token={front.key}", body)


async def test_a_page_answers_within_a_day_and_no_tag_makes_it_longer(acme: Front) -> None:
    assert code(await page(acme)) == 10
    days_ago = timedelta(days=3)
    assert await wrote(acme, "hello", PERSON, Channel.MESSENGER, ago=days_ago) == 200
    for tag in ("HUMAN_AGENT", "ACCOUNT_UPDATE"):
        told = await page(acme, tag=tag, messaging_type="MESSAGE_TAG")
        assert told.headers["Gatekeeper-Reason"] == "window.closed"
    assert await wrote(acme, "hello again", PERSON, Channel.MESSENGER) == 200
    told = await page(acme)
    assert told.status == 200, told.body
    (sent,) = acme.sent
    assert f"access_token={SECRET} ".encode() in sent


async def test_marketing_templates_to_plus_one_stay_here(acme: Front) -> None:
    ground = acme.stand.gate.ground
    sale = content_of(TENANT, "whatsapp_template", "sale:en", ("20% off.",), "marketing")
    await ground.ledger.commit(ground.store, [document_entry(sale)])
    told = await send(acme, ANA, template={"name": "sale", "language": {"code": "en"}})
    assert told.headers["Gatekeeper-Reason"] == "channel.marketing_blocked"
    assert not acme.sent


async def test_who_stops_marketing_in_whatsapp_still_gets_their_orders(acme: Front) -> None:
    for value, wanted in (("stop", 1), ("resume", 2)):
        chosen = {"wa_id": ANA[1:], "category": "marketing_messages", "value": value,
                  "timestamp": str(int(datetime.now(UTC).timestamp()))}  # fmt: skip
        change = {"field": "user_preferences", "value": {
            "metadata": {"phone_number_id": NUMBER}, "user_preferences": [chosen]}}  # fmt: skip
        entry = {"object": "whatsapp_business_account", "entry": [{"id": "7", "changes": [change]}]}
        assert await hook(acme, json.dumps(entry).encode()) == 200
        events = await acme.stand.gate.ground.store.events_of(
            acme.stand.gate.ground.consent.names.subject(TENANT, ANA)
        )
        stops = [e for e in events if e.scope.purpose is not None]
        assert len(stops) == wanted, "a stop of marketing alone, then a restart of the same"
        assert (await send(acme, ANA, value)).status == 200
