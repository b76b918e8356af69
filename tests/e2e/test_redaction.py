"""Does a text that a rule redacts leave masked, or not at all?"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from gatekeeper.domain.registry import Campaign, Sender
from gatekeeper.domain.words import Purpose, SenderKind, Technology
from gatekeeper.journal.record import Line
from gatekeeper.ledger.changes import document_entry
from gatekeeper.pipeline.redaction import IMPOSSIBLE
from tests.support.acme import ANA, NEWS, TEMPLATE, TENANT
from tests.support.gate import CALLS, WORD, Stand, Told

pytestmark = pytest.mark.asyncio(loop_scope="module")

MASKS = "+13122000209"
"""A sender of the campaign that chose masking."""
SHARED, SHARED_WHATSAPP = "+13122000210", "whatsapp:+13122000211"
"""Senders that are registered for no campaign: the header may name one."""
NUMBER, CASE = "4111111111111111", "536-22-8726"


@pytest_asyncio.fixture(scope="module", loop_scope="module", autouse=True)
async def redacting(gate: Stand) -> AsyncIterator[None]:
    """The campaign and its sender; neither number may stand in the journal."""
    campaign = Campaign("redact", TENANT, (Purpose.TRANSACTIONAL,), Technology.AUTODIALED)
    sender = Sender(MASKS, TENANT, SenderKind.LONG_CODE, registration="CACME09", campaign="redact")
    shared = (
        Sender(SHARED, TENANT, SenderKind.LONG_CODE, registration="CACME10"),
        Sender(SHARED_WHATSAPP, TENANT, SenderKind.WABA, registration="WACME2"),
    )
    ground = gate.gate.ground
    entries = [document_entry(each) for each in (campaign, sender, *shared)]
    await ground.ledger.commit(ground.store, entries)
    await gate.gate.configuration.load()
    gate.canaries |= {NUMBER, CASE}
    yield


async def post(stand: Stand, text: str, sender: str = MASKS, **headers: str) -> Told:
    return await stand.post({"To": ANA, "From": sender, "Body": f"{text} {WORD}"}, **headers)


def recorded(stand: Stand, told: Told) -> dict[str, Any]:
    found: list[Line] = stand.records("decision")
    return next(r.content for r in found if r.id == told.headers["Gatekeeper-Decision"])


def verdict(told: Told) -> str:
    return told.headers["Gatekeeper-Verdict"]


async def test_the_carrier_gets_the_masked_text_and_the_app_is_told(acme: Stand) -> None:
    told = await post(acme, f"Booking for {NUMBER} is ready.")
    assert (told.status, verdict(told)) == (201, "redact")
    assert told.headers["Gatekeeper-Reason"] == "content.payment"
    assert told.headers["Gatekeeper-Rule"] == "redaction.payment_possible"
    assert [form["Body"] for form in acme.carrier.forms] == [
        f"Booking for {'*' * 16} is ready. {WORD}"
    ]


async def test_every_byte_but_the_masked_text_is_forwarded_as_it_came(acme: Stand) -> None:
    head = b"&To=%2b12122000211&Body="
    tail = b"&From=%2B13122000209&&SmartEncoded=false"
    body = head + b"Booking%20for%20" + NUMBER.encode() + b"%21" + tail
    headers = {"Authorization": acme.basic(), "Content-Type": "application/x-www-form-urlencoded"}
    path = CALLS.replace("Calls", "Messages")
    told = await acme.ask("POST", path, body, headers)
    assert verdict(told) == "redact"
    (request,) = acme.carrier.requests
    sent = head + b"Booking%20for%20" + b"*" * 16 + b"%21" + tail
    assert request.partition(b"\r\n\r\n")[2] == sent
    assert f"Content-Length: {len(sent)}\r\n".encode() in request


async def test_what_was_masked_is_on_record_before_it_leaves_and_the_text_is_not(
    acme: Stand,
) -> None:
    seen: list[list[Line]] = []
    acme.carrier.at_first_byte = lambda: seen.append(acme.records("decision"))
    told = await post(acme, f"Booking for {NUMBER} is done. Please note {CASE}.")
    decision = told.headers["Gatekeeper-Decision"]
    (body,) = [record.content for record in seen[0] if record.id == decision]
    assert body["verdict"] == "redact"
    assert body["masked"] == [
        {"path": "Body", "span": [12, 28]},
        {"path": "Body", "span": [50, 61]},
    ]
    assert acme.leaks() == []


async def test_an_unaltered_message_records_that_nothing_was_masked(acme: Stand) -> None:
    assert recorded(acme, await post(acme, "Your order is ready."))["masked"] == []


async def test_in_another_campaign_the_same_text_is_marked_and_leaves_unaltered(
    acme: Stand,
) -> None:
    told = await post(acme, f"Booking for {NUMBER} is ready.", sender=NEWS)
    assert verdict(told) == "flag"
    assert acme.carrier.forms[0]["Body"] == f"Booking for {NUMBER} is ready. {WORD}"


async def test_the_header_may_name_the_campaign(acme: Stand) -> None:
    told = await post(acme, f"Booking for {NUMBER} is ready.", SHARED, Gatekeeper_Campaign="redact")
    assert verdict(told) == "redact"
    assert NUMBER not in acme.carrier.forms[0]["Body"]


async def test_a_templates_variable_is_masked(acme: Stand) -> None:
    fields = {"To": f"whatsapp:{ANA}", "From": SHARED_WHATSAPP, "ContentSid": TEMPLATE}
    said = {"1": f"booking for {NUMBER}", "2": WORD}
    told = await acme.post(
        {**fields, "ContentVariables": json.dumps(said)}, Gatekeeper_Campaign="redact"
    )
    assert (told.status, verdict(told)) == (201, "redact"), told
    sent = json.loads(acme.carrier.forms[0]["ContentVariables"])
    assert sent == {"1": f"booking for {'*' * 16}", "2": WORD}


SAY = f"<Response><Say>Booking for {NUMBER} is ready.</Say></Response>"


async def test_spoken_words_are_left_unsaid(acme: Stand) -> None:
    told = await acme.post({"To": ANA, "From": MASKS, "Twiml": SAY}, path=CALLS)
    assert (told.status, verdict(told)) == (201, "redact"), told
    assert acme.carrier.forms[0]["Twiml"] == SAY.replace(NUMBER, " " * len(NUMBER))


@pytest.mark.parametrize(
    ("why", "path", "fields"),
    [
        ("a link", None, {"MediaUrl": f"https://shop.example/{NUMBER}.png"}),
        ("an encoded text", None, {"Body": "Booking for 411111111111%31111 is ready."}),
        ("a reference beside the text", None,
         {"Body": f"Booking for {NUMBER}.", "StatusCallback": f"https://shop.example/?n={NUMBER}"}),
    ],
)  # fmt: skip
async def test_what_cannot_be_masked_is_blocked(
    acme: Stand, why: str, path: str | None, fields: dict[str, str]
) -> None:
    form = {"To": ANA, "From": MASKS, **fields}
    told = await (acme.post(form, path=path) if path else acme.post(form))
    assert (told.status, verdict(told)) == (400, "block"), why
    assert told.headers["Gatekeeper-Reason"] == "content.payment"
    assert acme.carrier.requests == []
    body = recorded(acme, told)
    assert (body["verdict"], body["masked"]) == ("block", [])
    (finding,) = [
        each
        for each in body["recipients"][0]["findings"]
        if each["rule"] == "redaction.payment_possible"
    ]
    assert finding["verdict"] == "block"
    assert finding["detail"].endswith(IMPOSSIBLE)


async def test_a_key_stands_for_the_text_as_the_app_sent_it(acme: Stand) -> None:
    """Two numbers of one masked form are two payloads."""
    first = await post(acme, f"Booking for {NUMBER} is ready.", Idempotency_Key="r-1")
    again = await post(acme, f"Booking for {NUMBER} is ready.", Idempotency_Key="r-1")
    other = await post(acme, "Order 4000000000000002 is ready.", Idempotency_Key="r-1")
    assert (verdict(first), verdict(again), again.body) == ("redact", "redact", first.body)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert other.status == 422
    assert len(acme.carrier.requests) == 1


async def test_a_stricter_finding_wins_over_masking(acme: Stand) -> None:
    told = await post(acme, f"Booking for {NUMBER}. Your new password is Tr0ub4dor&3.")
    assert (verdict(told), told.headers["Gatekeeper-Reason"]) == ("block", "content.credential")
    assert acme.carrier.requests == []


async def test_the_check_tells_of_the_redaction_and_sends_nothing(acme: Stand) -> None:
    question = {"channel": "sms", "from": SHARED, "to": ANA, "campaign": "redact",
                "text": f"Booking for {NUMBER} is ready."}  # fmt: skip
    told = await acme.native("/v1/check", question)
    assert (told.body["verdict"], told.body["reason"]) == ("redact", "content.payment")
    assert [(match["start"], match["end"]) for match in told.body["matches"]] == [(12, 28)]
    assert acme.carrier.requests == []
    told = await acme.native("/v1/check", {**question, "from": NEWS, "campaign": None})
    assert told.body["verdict"] == "flag"


@pytest.mark.parametrize("channel", ["voice", "sms"])
async def test_the_check_foresees_what_cannot_be_masked(acme: Stand, channel: str) -> None:
    """What is assumed has no place in a text: then the rules' own verdict is told."""
    text = "Booking for 411111111111%31111 is ready."
    question = {"channel": channel, "from": MASKS, "to": ANA, "text": text}
    told = await acme.native("/v1/check", question)
    assert (told.body["verdict"], told.body["reason"]) == ("block", "content.payment")
    (found,) = [f for f in told.body["findings"] if f["rule"] == "redaction.payment_possible"]
    assert found["detail"].endswith(IMPOSSIBLE)
    assumed = await acme.native("/v1/check", {**question, "assume": {"consent": "express"}})
    assert assumed.body["verdict"] == "redact"
