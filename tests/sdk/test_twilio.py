"""What does an app see that sends through the gate with the real Twilio SDK?"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException

from gatekeeper.proxy import gate as running_gate
from tests.support.acme import (
    ACCOUNT,
    ANA,
    AWAKE,
    BEN,
    CODES,
    CY,
    LISTED,
    NEWS,
    OFFERS,
    STOPPED,
    STRANGER,
    TEMPLATE,
    WHATSAPP,
    asleep,
    noon,
)
from tests.support.gate import Stand, standing_gate
from tests.support.twilio_sdk import client_for

pytestmark = pytest.mark.asyncio(loop_scope="module")

SAY = "<Response><Say>Your parcel arrives today.</Say></Response>"


async def refused(stand: Stand, **arguments: Any) -> tuple[int, int, dict[str, str]]:
    """Send what must be refused; status and code as raised, and the answer's headers."""
    stand.carrier.forget()
    client = stand.client()
    resource = client.calls if arguments.pop("voice", False) else client.messages
    with pytest.raises(TwilioRestException) as raised:
        await asyncio.to_thread(resource.create, **{"to": ANA, "from_": NEWS, **arguments})
    assert stand.carrier.requests == []
    headers = dict(client.http_client._test_only_last_response.headers or {})
    return raised.value.status, raised.value.code, headers


async def test_an_allowed_sms_reaches_the_carrier_and_its_answer_the_app(acme: Stand) -> None:
    sent = await acme.sms(ANA, "Your order is ready.")
    assert sent.sid == "SM" + "0" * 32
    assert acme.carrier.forms[0]["To"] == ANA
    assert acme.carrier.forms[0]["From"] == NEWS


async def test_an_allowed_mms_keeps_its_pictures(acme: Stand) -> None:
    await acme.sms(media_url=["https://shop.example/a.png", "https://shop.example/b.png"])
    assert acme.carrier.requests[0].count(b"MediaUrl=") == 2


async def test_an_approved_whatsapp_template_is_sent(acme: Stand) -> None:
    await asyncio.to_thread(
        acme.client().messages.create,
        from_=WHATSAPP,
        to=f"whatsapp:{ANA}",
        content_sid=TEMPLATE,
        content_variables='{"1":"A-1001"}',
    )
    assert acme.carrier.forms[0]["ContentSid"] == TEMPLATE


async def test_an_allowed_call_is_placed(acme: Stand) -> None:
    placed = await acme.call(twiml=SAY)
    assert placed.sid.startswith("CA")
    assert acme.carrier.forms[0]["Twiml"] == SAY


async def test_a_one_time_code_passes_at_night(acme: Stand) -> None:
    body = "Acme: 481 516 is your sign-in code. Do not share it."
    await asyncio.to_thread(
        acme.client().messages.create, from_=CODES, to=asleep(), body=body, message_intent="otp"
    )
    assert len(acme.carrier.requests) == 1


async def test_an_offer_passes_by_day_or_for_a_later_day_but_not_for_the_night(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running_gate, "now", noon)
    async with standing_gate(tmp_path) as stand:
        offer = "Acme: 20% off today. Reply STOP to opt out."
        await stand.sms(AWAKE, offer, from_=OFFERS)
        assert len(stand.carrier.requests) == 1
        later = noon().astimezone(UTC) + timedelta(days=1)
        await stand.sms(AWAKE, offer, from_=OFFERS, send_at=later, schedule_type="fixed")
        assert len(stand.carrier.requests) == 2
        at_night = {"send_at": later + timedelta(hours=10), "schedule_type": "fixed"}
        status, code, headers = await refused(stand, to=AWAKE, from_=OFFERS, body=offer, **at_night)
        assert (status, code, headers["Gatekeeper-Reason"]) == (400, 30610, "quiet_hours")


@pytest.mark.parametrize(
    ("why", "arguments", "status", "code", "reason"),
    [
        ("opted out", {"to": STOPPED}, 400, 21610, "consent.revoked"),
        ("on the tenant's own list", {"to": LISTED}, 400, 21610, "consent.revoked"),
        ("no consent to offers", {"to": STRANGER, "from_": OFFERS}, 400, 21612, "consent.missing"),
        ("no number", {"to": "+1212555"}, 400, 21211, "destination.invalid"),
        ("911", {"to": "911"}, 400, 21211, "destination.emergency"),
        ("fictional", {"to": "+12125550123"}, 400, 21211, "destination.fictional"),
        ("not our sender", {"from_": "+14152000199"}, 400, 21660, "sender.not_owned"),
        ("a card", {"body": "Card 4111 1111 1111 1111 exp 04/29"}, 400, 30007, "content.payment"),
        ("an SSN", {"body": "Your SSN is 219-09-9998"}, 400, 30007, "content.government_id"),
        ("unread words", {"voice": True, "url": "https://a.example/x"}, 400, 30007,
         "content.uninspectable"),
        ("a card, spoken", {"voice": True, "twiml": SAY.replace("parcel", "card 4111111111111111")},
         400, 30007, "content.payment"),
    ],
)  # fmt: skip
async def test_a_refusal_is_the_sdks_own_exception(
    acme: Stand, why: str, arguments: dict[str, Any], status: int, code: int, reason: str
) -> None:
    if not {"body", "twiml", "url"} & set(arguments):
        arguments = arguments | {"body": "Your order is ready."}
    got_status, got_code, headers = await refused(acme, **arguments)
    assert (got_status, got_code) == (status, code), why
    assert headers["Gatekeeper-Verdict"] in ("block", "defer", "hold")
    if code != 21610:
        assert headers["Gatekeeper-Reason"] == reason


async def test_an_offer_at_night_tells_when_it_may_go(acme: Stand) -> None:
    arguments = {"to": asleep(), "from_": OFFERS, "body": "Acme: 20% off. Reply STOP."}
    status, code, headers = await refused(acme, **arguments)
    assert (status, code) == (400, 30610)
    assert headers["Gatekeeper-Verdict"] == "defer"
    assert datetime.fromisoformat(headers["Gatekeeper-Next-Allowed-At"]) > datetime.now(UTC)


async def test_whoever_sends_too_fast_to_one_person_is_told_when_to_try_again(acme: Stand) -> None:
    for _ in range(20):
        await acme.sms(BEN)
    status, code, headers = await refused(acme, to=BEN, body="once more")
    assert (status, code) == (429, 20429)
    assert int(headers["Retry-After"]) >= 1
    await asyncio.sleep(int(headers["Retry-After"]))
    await acme.sms(BEN)


async def test_a_refused_message_uses_up_nothing(acme: Stand) -> None:
    for _ in range(25):
        assert (await refused(acme, to=CY, body="4111 1111 1111 1111"))[1] == 30007
        await acme.settled()
    for _ in range(20):
        await acme.sms(CY)


async def test_wrong_keys_and_accounts_are_told_the_same(acme: Stand) -> None:
    answers = set()
    for account, secret in (
        (ACCOUNT, "gk_" + "x" * 43),
        ("AC" + "9" * 32, acme.key),
        ("AC" + "9" * 32, "nonsense"),
        (ACCOUNT, "the-real-twilio-token-of-acme"),
    ):
        with pytest.raises(TwilioRestException) as raised:
            client = client_for(acme.url, account, secret)
            await asyncio.to_thread(client.messages.create, to=ANA, from_=NEWS, body="hello")
        last = client.http_client._test_only_last_response
        answers.add((raised.value.status, raised.value.code, last.text))
    assert len(answers) == 1
    assert next(iter(answers))[:2] == (401, 20003)
    assert acme.carrier.requests == []


async def test_reads_pass(acme: Stand) -> None:
    fetched = await asyncio.to_thread(acme.client().messages("SM" + "0" * 32).fetch)
    assert fetched.status == "queued"
    assert acme.carrier.requests[0].startswith(b"GET ")
