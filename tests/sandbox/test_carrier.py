"""Does the sandbox carrier look like Twilio to the real SDK, and fail where it is told to?"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests
from twilio.base.exceptions import TwilioRestException

from tests.support.twilio_requests import ACCOUNT, SECRET

from .conftest import Carrier


async def run(call: Callable[[], Any]) -> Any:
    return await asyncio.to_thread(call)


def send(carrier: Carrier, to: str = "+12122000123", **kwargs: Any) -> Callable[[], Any]:
    timeout = kwargs.pop("timeout", 5)
    fields = {"from_": "+13122000100", "body": "Hello", **kwargs}
    return lambda: carrier.client(timeout=timeout).messages.create(to=to, **fields)


async def test_an_accepted_message_reads_like_twilios(carrier: Carrier) -> None:
    sent = await run(send(carrier, body="x" * 161))
    assert sent.sid.startswith("SM")
    assert len(sent.sid) == 34
    assert (sent.status, sent.to, sent.from_) == ("queued", "+12122000123", "+13122000100")
    assert (sent.num_segments, sent.num_media) == ("2", "0")
    assert sent.date_created is not None
    assert sent.uri.endswith(f"/Messages/{sent.sid}.json")


async def test_a_sent_message_can_be_read_redacted_and_deleted(carrier: Carrier) -> None:
    client = carrier.client()
    sent = await run(send(carrier))
    assert (await run(client.messages(sent.sid).fetch)).body == "Hello"
    assert [m.sid for m in await run(client.messages.list)] == [sent.sid]
    assert (await run(lambda: client.messages(sent.sid).update(body=""))).body == ""
    assert await run(client.messages(sent.sid).delete)
    with pytest.raises(TwilioRestException) as missing:
        await run(client.messages(sent.sid).fetch)
    assert (missing.value.status, missing.value.code) == (404, 20404)


async def test_a_picture_makes_it_an_mms(carrier: Carrier) -> None:
    sent = await run(send(carrier, media_url=["https://m.example/a.png", "https://m.example/b"]))
    assert (sent.sid[:2], sent.num_media) == ("MM", "2")


async def test_a_call_can_be_placed_read_and_ended(carrier: Carrier) -> None:
    client = carrier.client()
    placed = await run(lambda: client.calls.create(to="+1212", from_="+1312", twiml="<Response/>"))
    assert placed.sid.startswith("CA")
    assert (await run(lambda: client.calls(placed.sid).update(status="completed"))).status == (
        "completed"
    )
    assert [c.sid for c in await run(client.calls.list)] == [placed.sid]


@pytest.mark.parametrize(
    ("account", "secret"), [("AC" + "0a" * 16, "wrong"), ("AC" + "1b" * 16, "a-secret")]
)
async def test_a_wrong_credential_gets_twilios_401(
    carrier: Carrier, account: str, secret: str
) -> None:
    client = carrier.client(account, secret)
    with pytest.raises(TwilioRestException) as refused:
        await run(lambda: client.messages.create(to="+1", from_="+2", body="x"))
    assert (refused.value.status, refused.value.code) == (401, 20003)
    assert carrier.outbox.accepted == 0


@pytest.mark.parametrize(
    ("to", "status", "code"),
    [
        ("+15005550001", 400, 21211),
        ("+15005550004", 400, 21610),
        ("+15005550009", 400, 21614),
        ("+12125550190", 500, 20500),
        ("+12125550191", 503, 20503),
        ("+12125550192", 429, 20429),
        ("whatsapp:+12125550193", 400, 21211),
        ("", 400, 21604),
    ],
)
async def test_magic_numbers_are_refused(carrier: Carrier, to: str, status: int, code: int) -> None:
    with pytest.raises(TwilioRestException) as refused:
        await run(send(carrier, to=to))
    assert (refused.value.status, refused.value.code) == (status, code)
    assert carrier.outbox.accepted == 0


async def test_a_number_that_hangs_up_has_taken_the_message(carrier: Carrier) -> None:
    """The outcome is unknown to the sender: accepted, but never answered."""
    with pytest.raises(requests.ConnectionError):
        await run(send(carrier, to="+12125550195"))
    assert carrier.outbox.accepted == 1


async def test_a_number_that_halves_has_taken_the_message(carrier: Carrier) -> None:
    with pytest.raises(requests.RequestException):
        await run(send(carrier, to="+12125550198"))
    assert carrier.outbox.accepted == 1


async def test_somebody_can_be_called_into_a_conference_and_told_of_it(carrier: Carrier) -> None:
    client = carrier.client()
    room = client.conferences("CF" + "1b" * 16)
    guest = await run(lambda: room.participants.create(to="+12122000123", from_="+13122000100"))
    assert (guest.conference_sid, guest.status) == ("CF" + "1b" * 16, "queued")
    call = client.calls(guest.call_sid)
    assert (await run(call.fetch)).to == "+12122000123"
    told = await run(lambda: call.user_defined_messages.create(content='{"a":"b"}'))
    assert told.call_sid == guest.call_sid


async def test_a_number_that_hangs_has_taken_the_message(carrier: Carrier) -> None:
    with pytest.raises(requests.Timeout):
        await run(send(carrier, to="+12125550194", timeout=0.2))
    assert carrier.outbox.accepted == 1


@pytest.mark.parametrize(
    ("method", "resource", "status", "code"),
    [("GET", "Conferences", 404, 20404), ("PUT", "Messages", 405, 20004)],
)
async def test_another_path_or_method_answers_as_twilio_does(
    carrier: Carrier, method: str, resource: str, status: int, code: int
) -> None:
    client = carrier.client()
    url = f"{carrier.url}2010-04-01/Accounts/{client.account_sid}/{resource}.json"
    answer = await run(lambda: client.request(method, url))
    assert (answer.status_code, json.loads(answer.text)["code"]) == (status, code)


async def test_messages_are_listed_page_by_page_since_a_day(carrier: Carrier) -> None:
    client = carrier.client()
    sent = [(await run(send(carrier))).sid for _ in range(5)]
    listed = await run(lambda: client.messages.list(page_size=2))
    assert [each.sid for each in listed] == sent[::-1]
    today = datetime.now(UTC)
    listed = await run(lambda: client.messages.list(date_sent_after=today))
    assert len(listed) == 5
    later = today + timedelta(days=2)
    assert await run(lambda: client.messages.list(date_sent_after=later)) == []
    base = carrier.url.rstrip("/")
    address = f"{base}/2010-04-01/Accounts/{ACCOUNT}/Messages.json?PageSize=x"
    got = await run(lambda: requests.get(address, auth=(ACCOUNT, SECRET), timeout=5))
    assert got.status_code == 400


async def test_what_is_not_delivered_tells_it_later(carrier: Carrier) -> None:
    client = carrier.client()
    for number, code in (("+12125550196", 21610), ("+12125550197", 30003)):
        sent = await run(send(carrier, number))
        assert (sent.status, sent.error_code) == ("queued", None)
        found = await run(client.messages(sent.sid).fetch)
        assert (found.status, found.error_code) == ("undelivered", code)
