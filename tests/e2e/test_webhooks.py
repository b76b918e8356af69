"""Does a STOP that a provider tells by webhook bind the next send, and can nobody else say it?"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from twilio.base.exceptions import TwilioRestException

from tests.support.acme import ANA, BEN, CY
from tests.support.gate import Stand, standing_gate
from tests.support.webhooks import PATH, PUBLIC, call, came_in, delivery, register, sign


@pytest.fixture
async def stand(tmp_path: Path) -> AsyncIterator[Stand]:
    """A gate that only listens to webhooks."""
    async with standing_gate(tmp_path, public_url=PUBLIC) as standing:
        await register(standing, mode="tap")
        yield standing


async def code_for(stand: Stand, number: str) -> int:
    """The code that the real SDK raises; 0 if the message was sent."""
    try:
        await stand.sms(number)
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
    first = came_in("START")
    await call(stand, first)
    for _ in range(8):
        await call(stand, came_in("STOP"))
        await call(stand, came_in("START"))
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


async def test_the_journal_holds_no_text_and_the_lag_is_measured(stand: Stand) -> None:
    stand.canaries.add("Zweifelsfall")
    await call(stand, came_in("please stop this Zweifelsfall"))
    await call(stand, came_in("STOP", BEN))
    body = stand.records("inbound")[-1].content
    assert (body["said"], body["certain"]) == ("stop", True)
    assert len(body["commitment"]) == 32
    assert 'gatekeeper_opt_out_lag_seconds_count{way="webhook"}' in await stand.metrics()
