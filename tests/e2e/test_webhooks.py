"""Does a STOP that a provider tells by webhook bind the next send, and can nobody else say it?"""

from __future__ import annotations

import asyncio
import json
import os
import signal
from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path

import aiohttp
import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.request_validator import RequestValidator

from tests.support.acme import ACCOUNT, ANA, BEN, CY, FRIENDS, NEWS, OFFERS, UPSTREAM_SECRET
from tests.support.gate import Stand, standing_gate
from tests.support.recording_carrier import reply
from tests.support.webhooks import (
    PATH,
    PUBLIC,
    Answered,
    call,
    came_in,
    delivery,
    post,
    register,
    sid,
    sign,
)

DOUBTFUL = "too many texts"
"""A reply that may or may not mean to stop."""


@pytest.fixture
async def stand(tmp_path: Path) -> AsyncIterator[Stand]:
    """A gate that only listens to webhooks."""
    async with standing_gate(tmp_path, public_url=PUBLIC) as standing:
        await register(standing, mode="tap")
        yield standing


async def code_for(stand: Stand, number: str, **more: str) -> int:
    """The code that the real SDK raises; 0 if the message was sent."""
    try:
        await stand.sms(number, **more)
    except TwilioRestException as refused:
        return int(refused.code)
    return 0


async def test_a_stop_binds_the_next_send(stand: Stand) -> None:
    assert await code_for(stand, ANA) == 0
    told = await call(stand, came_in("Stop!"))
    assert told.status == 200
    assert "<Response></Response>" in told.text
    assert await code_for(stand, ANA) == 21610
    assert await code_for(stand, BEN) == 0


async def test_a_start_restores_what_the_stop_took(stand: Stand) -> None:
    await call(stand, came_in("STOP"))
    await call(stand, came_in("START"))
    assert await code_for(stand, ANA) == 0


async def test_the_providers_own_word_counts(stand: Stand) -> None:
    """With Advanced Opt-Out a customer's own keyword stops, whatever its text."""
    await call(stand, came_in("genug", OptOutType="STOP"))
    assert await code_for(stand, ANA) == 21610
    await call(stand, came_in("wieder", OptOutType="START"))
    assert await code_for(stand, ANA) == 0


async def test_a_webhook_told_again_is_the_same_event(stand: Stand) -> None:
    """An old START replayed lifts no later STOP, and an old STOP ends no later consent."""
    start, stop = came_in("START"), came_in("STOP")
    assert (await call(stand, start)).status == 200
    assert (await call(stand, stop)).status == 200
    assert (await call(stand, start)).status == 200
    assert await code_for(stand, ANA) == 21610
    before = len(stand.records("consent"))
    assert (await call(stand, stop)).status == 200
    assert len(stand.records("consent")) == before
    await call(stand, came_in("UNSTOP"))
    assert await code_for(stand, ANA) == 0
    assert (await call(stand, stop)).status == 200
    assert await code_for(stand, ANA) == 0


async def test_a_replay_of_what_the_store_keeps_no_longer_is_known_too(stand: Stand) -> None:
    """A person who changed their mind often: the oldest words are dropped from the history."""
    await call(stand, came_in("STOP"))
    first = came_in("START")
    await call(stand, first)
    for _ in range(12):
        await call(stand, came_in("STOP"))
        await call(stand, came_in("START"))
    assert await code_for(stand, ANA) != 21610
    ground = stand.gate.ground
    subject = ground.keyring.subject("acme", ANA)
    assert await ground.store.dropped(subject), "some are kept no longer"
    await call(stand, came_in("STOP"))
    for _ in range(2):
        await call(stand, first)
        assert await code_for(stand, ANA) == 21610


@pytest.mark.parametrize("kind", ["secret", "url", "person", "none", "twice"])
async def test_what_is_not_signed_is_not_heard(stand: Stand, kind: str) -> None:
    form = came_in("STOP")
    headers = {
        "secret": {"X_Twilio_Signature": sign(form, secret="another")},
        "url": {"X_Twilio_Signature": sign(form, path=PATH + "/status")},
        "person": {"X_Twilio_Signature": sign(came_in("STOP", BEN))},
        "none": {"X_Twilio_Signature": ""},
        "twice": {"X_TWILIO_SIGNATURE": "x"},
    }[kind]
    assert (await call(stand, form, **headers)).status == 403
    assert await code_for(stand, ANA) == 0
    assert stand.records("inbound") == []
    assert 'gatekeeper_webhooks_total{outcome="forged"} 1.0' in await stand.metrics()


async def test_another_account_or_sender_is_as_forged(stand: Stand) -> None:
    for form in (
        came_in("STOP", AccountSid="AC" + "9" * 32),
        came_in("STOP", sender="+13122009999"),
    ):
        assert (await call(stand, form)).status == 403
    other = PATH.replace("shop", "nobody")
    form = came_in("STOP")
    signature = sign(form, other)
    assert (await call(stand, form, path=other, X_Twilio_Signature=signature)).status == 403
    assert await code_for(stand, ANA) == 0


async def test_a_malformed_webhook_is_told_so(stand: Stand) -> None:
    for form in (came_in("STOP", MessageSid="SM1"), came_in("STOP", From=""), {"a": "b"}):
        assert (await call(stand, form)).status == 400
    assert await code_for(stand, ANA) == 0
    assert stand.records("inbound") == []


async def test_a_delivery_error_that_means_opted_out_is_learned(stand: Stand) -> None:
    status = PATH + "/status"
    for code in ("30003", "30005", "30006", "30007"):
        form = delivery(code, BEN)
        assert (await call(stand, form, path=status)).status == 200
    assert await code_for(stand, BEN) == 0
    form = delivery("21610", CY)
    assert (await call(stand, form, path=status)).status == 200
    assert await code_for(stand, CY) == 21610


async def test_a_send_that_the_provider_refuses_for_an_opt_out_is_learned(stand: Stand) -> None:
    """The app hears Twilio's own answer; the next send does not reach Twilio any more."""

    async def refuse(_request: bytes) -> bytes:
        return reply(400, {"code": 21610, "message": "unsubscribed", "status": 400})

    stand.carrier.script = refuse
    assert await code_for(stand, CY) == 21610
    assert len(stand.carrier.requests) == 1
    learned = 'gatekeeper_opt_out_lag_seconds_count{way="answer"} 1.0'
    async with asyncio.timeout(10):
        while learned not in await stand.metrics():  # noqa: ASYNC110 - the gate tells nobody
            await asyncio.sleep(0.01)
    stand.carrier.forget()
    assert await code_for(stand, CY) == 21610
    assert stand.carrier.requests == []
    assert await code_for(stand, BEN) == 0


async def test_a_doubtful_reply_ends_marketing_and_waits_for_a_person(stand: Stand) -> None:
    person = FRIENDS["America/New_York"]
    offer = {"from_": OFFERS, "body": "Acme: 20% off today. Reply STOP to opt out."}
    assert await code_for(stand, person, **offer) in (0, 30610), "at night it would wait"
    assert (await call(stand, came_in(DOUBTFUL, person))).status == 200
    (item,) = stand.records("review")
    assert item.content["certain"] is False
    assert await code_for(stand, person, **offer) == 21610
    assert await code_for(stand, person) == 0, "order news still go"
    connector = aiohttp.UnixConnector(str(stand.settings.admin_socket))
    async with aiohttp.ClientSession(connector=connector) as session:
        async with session.get("http://admin/reviews") as got:
            (shown,) = await got.json()
        assert (shown["message"], "subject" in shown) == (item.content["message"], False)
        body = {"found": "opt_out", "reason": "they mean it"}
        where = f"http://admin/reviews/{shown['id']}/close"
        async with session.post(where, json=body) as got:
            assert got.status == 200, await got.text()
        async with session.get("http://admin/reviews") as got:
            assert await got.json() == []
        async with session.get("http://admin/reviews?all=true") as got:
            assert [each["found"] for each in await got.json()] == ["opt_out"]
    assert await code_for(stand, person) == 21610


async def test_nothing_is_acknowledged_while_the_store_is_away(stand: Stand) -> None:
    """The provider hears 503 and tells it again; what it told is not lost in between."""
    server = stand.gate.ground.server
    assert server is not None and server.pid is not None
    form = came_in("STOP")
    os.kill(server.pid, signal.SIGSTOP)
    try:
        assert (await call(stand, form)).status == 503
    finally:
        os.kill(server.pid, signal.SIGCONT)
    async with asyncio.timeout(15):
        while (await call(stand, form)).status != 200:  # noqa: ASYNC110 - as a provider retries
            await asyncio.sleep(0.1)
    assert await code_for(stand, ANA) == 21610


async def stream(stand: Stand, *events: dict[str, object]) -> Answered:
    """What an Event Streams sink posts: JSON, bound to the signature by its hash in the URL."""
    body = json.dumps(events).encode()
    path = f"{PATH}?bodySHA256={sha256(body).hexdigest()}"
    signature = RequestValidator(UPSTREAM_SECRET).compute_signature(PUBLIC + path, {})
    headers = {"Content-Type": "application/json", "X-Twilio-Signature": signature}
    return await post(stand, path, body, headers)


def streamed(body: str, person: str, at: str, sender: str = NEWS) -> dict[str, object]:
    data = {"accountSid": ACCOUNT, "messageSid": sid(), "from": person, "to": sender,
            "body": body, "timestamp": at}  # fmt: skip
    return {"type": "com.twilio.messaging.inbound-message.received", "data": data}


async def test_a_stream_of_events_is_heard_with_its_own_times(stand: Stand) -> None:
    """Out of order: the START was said after the STOP, whichever comes first."""
    start = streamed("START", ANA, "2026-11-20T12:00:01Z")
    stop = streamed("STOP", ANA, "2026-11-20T12:00:00Z")
    other = streamed("STOP", BEN, "2026-11-20T12:00:00Z")
    foreign = streamed("STOP", CY, "2026-11-20T12:00:00Z", "+13122009999")
    assert (await stream(stand, stop, other, foreign)).status == 200
    assert (await stream(stand, start)).status == 200
    assert (await stream(stand, stop)).status == 200
    codes = [await code_for(stand, number) for number in (ANA, BEN, CY)]
    assert codes == [0, 21610, 0]
    assert (await stream(stand, foreign)).status == 200, "all of the account comes by here"
    assert (await stream(stand, {"type": "com.twilio.voice.x", "data": {}})).status == 200
    assert (await stream(stand)).status == 200


async def test_a_stream_that_was_altered_is_not_heard(stand: Stand) -> None:
    body = json.dumps([streamed("STOP", ANA, "2026-11-20T12:00:00Z")]).encode()
    path = f"{PATH}?bodySHA256={sha256(b'[]').hexdigest()}"
    signature = RequestValidator(UPSTREAM_SECRET).compute_signature(PUBLIC + path, {})
    headers = {"Content-Type": "application/json", "X-Twilio-Signature": signature}
    assert (await post(stand, path, body, headers)).status == 403
    assert await code_for(stand, ANA) == 0


async def test_the_journal_holds_no_text_and_the_lag_is_measured(stand: Stand) -> None:
    stand.canaries.add("Zweifelsfall")
    await call(stand, came_in("please stop this Zweifelsfall"))
    await call(stand, came_in("STOP", BEN))
    body = stand.records("inbound")[-1].content
    assert (body["said"], body["certain"]) == ("stop", True)
    assert len(body["commitment"]) == 32
    assert 'gatekeeper_opt_out_lag_seconds_count{way="webhook"}' in await stand.metrics()
