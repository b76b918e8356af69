"""Whatever comes over the wire: is it answered in words, is nothing sent, does the gate go on?

Each case speaks raw bytes to the same running gate. After each one the gate serves a good message,
and what it has logged, before any redaction, holds none of the canaries that every request bears.
"""

from __future__ import annotations

import gzip
import logging
from base64 import b64encode
from collections.abc import AsyncIterator
from urllib.parse import urlencode

import pytest
import pytest_asyncio
from structlog.testing import capture_logs

from gatekeeper.proxy import listener, raw
from tests.support.acme import ACCOUNT, ANA, NEWS, consented
from tests.support.gate import CALLS, FORM, MESSAGES, WORD, Stand, eventually
from tests.support.recording_carrier import slow
from tests.support.wire import Answer, ask, request, wire

pytestmark = pytest.mark.asyncio(loop_scope="module")

SHORT_S = 0.3
"""The deadlines of head and body in these tests."""
PEOPLE = [f"+1212200{number}" for number in range(3000, 3400)]
"""Each is sent one message: nobody's limit is in the way."""
_unsent = iter(PEOPLE)


def good() -> bytes:
    """A form that is sent."""
    return urlencode({"To": next(_unsent), "From": NEWS, "Body": f"Order {WORD}"}).encode()


@pytest_asyncio.fixture(scope="module", loop_scope="module", autouse=True)
async def people(gate: Stand) -> None:
    """They want to hear of their orders."""
    await consented(gate.gate, PEOPLE)
    gate.canaries |= {number.removeprefix("+1") for number in PEOPLE}


@pytest_asyncio.fixture(loop_scope="module", autouse=True)
async def unharmed(
    acme: Stand, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[None]:
    """With short deadlines; afterwards the gate serves, and has logged nothing of what came."""
    monkeypatch.setattr(listener, "HEAD_DEADLINE_S", SHORT_S)
    monkeypatch.setattr(raw, "BODY_DEADLINE_S", SHORT_S)
    caplog.set_level(logging.INFO)
    with capture_logs() as events:
        yield
        acme.carrier.forget()
        answer = await ask(acme.gate.port, post(acme))
        assert answer is not None and answer.status == 201
        assert len(acme.carrier.requests) == 1
    logged = repr(events) + caplog.text
    assert [canary for canary in acme.canaries if canary in logged] == []
    assert not [event for event in events if event["event"] == "internal_error"], events
    assert not [record for record in caplog.records if record.exc_info], caplog.text


def post(acme: Stand, body: bytes | None = None, target: str = MESSAGES, **headers: str) -> bytes:
    """A message; a header of this name takes the place of the usual one, an empty one drops it."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    sent = good() if body is None else body
    return request(
        "POST", target, {"Authorization": acme.basic(), "Content-Type": FORM} | named, sent
    )


def refused(acme: Stand, answer: Answer | None, status: int, code: int) -> None:
    """It is Twilio's error shape, without the canary, and the carrier has seen nothing."""
    assert answer is not None
    assert (answer.status, answer.body["code"]) == (status, code), answer
    assert answer.body["status"] == status
    assert answer.body["more_info"].startswith("/help/reasons#")
    assert answer.headers["Gatekeeper-Help"] == answer.body["more_info"]
    assert not {"type", "title"} <= answer.body.keys()
    assert not [canary for canary in acme.canaries if canary.encode() in answer.text]
    assert acme.carrier.requests == []


@pytest.mark.parametrize(
    "body",
    [
        b"To=%ZZ&From=%2B13122000201&Body=x",
        b"%2B12122000211",
        b"=&=&=",
        b"",
        b"\x00\xff\xfe",
        b"To=%2B12122000211&To=%2B12122000212&From=%2B13122000201&Body=x",
        b"To=%2B12122000211&From=%2B13122000201&Body=a%00b",
        b"To=%2B12122000211&From=%2B13122000201&Body=a%ED%A0%80b",
        b"To=%2B12122000211&From=%2B13122000201&Body=\xed\xa0\x80",
        b"To=%2B12122000211%00&From=%2B13122000201&Body=x",
        b"To=%2B12122000211&From=%2B13122000201&Body=x" + b"&x=1" * 998,
        b"To=%2B12122000211;From=%2B13122000201;Body=x",
    ],
    ids=lambda body: repr(body[-28:]),
)
async def test_a_form_that_cannot_be_read_with_one_meaning(acme: Stand, body: bytes) -> None:
    answer = await ask(acme.gate.port, post(acme, body))
    assert answer is not None and answer.status == 400
    refused(acme, answer, 400, answer.body["code"])
    assert answer.headers["Gatekeeper-Verdict"] == "block"


@pytest.mark.parametrize(
    ("name", "headers", "status"),
    [
        ("a text", {"Content-Type": "text/plain"}, 415),
        ("JSON", {"Content-Type": "application/json"}, 415),
        ("a multipart form", {"Content-Type": "multipart/form-data; boundary=x"}, 415),
        ("no type", {"Content-Type": ""}, 415),
        ("another charset", {"Content-Type": f"{FORM}; charset=utf-16"}, 415),
        ("a compressed body", {"Content-Encoding": "gzip"}, 415),
        ("brotli in capitals", {"Content-Encoding": "BR"}, 415),
    ],
)
async def test_a_body_of_another_kind(
    acme: Stand, name: str, headers: dict[str, str], status: int
) -> None:
    body = gzip.compress(good()) if "Content-Encoding" in headers else good()
    named = {"Authorization": acme.basic(), "Content-Type": FORM} | headers
    answer = await ask(acme.gate.port, request("POST", MESSAGES, named, body))
    assert answer is not None, name
    refused(acme, answer, status, answer.body["code"])


async def test_a_compressed_body_behind_a_harmless_header(acme: Stand) -> None:
    whole = post(acme, gzip.compress(good())).replace(
        b"Host: gate", b"Host: gate\r\nContent-Encoding: identity\r\nContent-Encoding: gzip"
    )
    answer = await ask(acme.gate.port, whole)
    assert answer is not None and answer.status == 415


async def test_a_body_larger_than_is_read(acme: Stand) -> None:
    huge = good() + b"&x=" + b"y" * acme.settings.max_body_bytes
    answer = await ask(acme.gate.port, post(acme, huge))
    assert answer is not None
    refused(acme, answer, 413, answer.body["code"])


async def test_a_body_said_to_be_huge_is_refused_before_it_comes(acme: Stand) -> None:
    whole = post(acme, b"", Content_Length="999999999999")
    answer = await ask(acme.gate.port, whole)
    assert answer is not None
    refused(acme, answer, 413, answer.body["code"])


async def test_a_chunked_body_that_grows_too_large(acme: Stand) -> None:
    chunk = b"8000\r\n" + b"y" * 0x8000 + b"\r\n"
    async with wire(acme.gate.port) as line:
        await line.send(post(acme, b"", Transfer_Encoding="chunked"), *[chunk] * 9)
        answer = await line.answer()
    assert answer is not None
    refused(acme, answer, 413, answer.body["code"])


async def test_a_chunked_body_is_forwarded_with_its_length(acme: Stand) -> None:
    form = good()
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (form[:7], form[7:]))
    whole = post(acme, chunks + b"0\r\n\r\n", Transfer_Encoding="chunked")
    answer = await ask(acme.gate.port, whole)
    assert answer is not None and answer.status == 201
    (sent,) = acme.carrier.requests
    head, _, body = sent.partition(b"\r\n\r\n")
    assert body == form
    assert b"transfer-encoding" not in head.lower()
    assert f"Content-Length: {len(form)}".encode() in head


@pytest.mark.parametrize(
    ("secret", "account"),
    [
        ("gk_" + "A" * 43, ACCOUNT),
        (None, "AC" + "00" * 16),
        ("", ACCOUNT),
        (None, ""),
        ("\u00fc\u20ac", ACCOUNT),
        ("x" * 4000, ACCOUNT),
    ],
)
async def test_an_account_or_key_that_is_not_known(
    acme: Stand, secret: str | None, account: str
) -> None:
    basic = acme.basic(account=account) if secret is None else _basic(account, secret)
    answer = await ask(acme.gate.port, post(acme, Authorization=basic))
    refused(acme, answer, 401, 20003)


@pytest.mark.parametrize("value", ["", "Basic", "Basic !!!", "Basic QUI=", "Bearer x", "\xff\xfe"])
async def test_a_credential_that_cannot_be_read(acme: Stand, value: str) -> None:
    refused(acme, await ask(acme.gate.port, post(acme, Authorization=value)), 401, 20003)


async def test_the_path_of_another_account(acme: Stand) -> None:
    other = MESSAGES.replace(ACCOUNT, "AC" + "00" * 16)
    answer = await ask(acme.gate.port, post(acme, target=other))
    assert answer is not None and answer.status in {400, 401, 404}
    refused(acme, answer, answer.status, answer.body["code"])


BROKEN = {
    "an absolute target": (b"POST /", b"POST http://gate/"),
    "no path at all": (b"POST /", b"POST x/"),
    "CONNECT": (b"POST " + MESSAGES.encode(), b"CONNECT gate:443"),
    "no such version": (b" HTTP/1.1", b" HTTP/9.9"),
    "no version": (b" HTTP/1.1", b""),
    "length and chunks": (b"Host:", b"Transfer-Encoding: chunked\r\nHost:"),
    "two lengths": (b"Host:", b"Content-Length: 1\r\nHost:"),
    "a negative length": (b"Content-Length: ", b"Content-Length: -"),
    "a length in words": (b"Content-Length: ", b"Content-Length: x"),
    "an unknown coding": (b"Host:", b"Transfer-Encoding: xchunked\r\nHost:"),
    "a space before the colon": (b"Host:", b"Host :"),
    "a folded header": (b"Host: gate", b"Host: gate\r\n more"),
    "NUL in a header": (b"Host: gate", b"Host: ga\x00te"),
    "a header of 9 kB": (b"Host: gate", b"Host: gate\r\nX: " + b"y" * 9000),
    "200 headers": (b"Host: gate", b"Host: gate" + b"\r\nX: y" * 200),
    "a target of 9 kB": (b".json ", b".json?" + b"y" * 9000 + b" "),
    "control characters": (b"POST ", b"\x01\x02 "),
    "TLS": (b"POST ", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"),
}


@pytest.mark.parametrize("name", BROKEN)
async def test_what_is_no_plain_http_request(acme: Stand, name: str) -> None:
    before, after = BROKEN[name]
    whole = post(acme).replace(before, after, 1)
    async with wire(acme.gate.port) as line:
        await line.send(whole)
        answer = await line.answer()
        assert answer is not None
        assert answer.status in {400, 404, 405, 501, 505}, answer
        refused(acme, answer, answer.status, answer.body["code"])


async def test_http_1_0_is_served_and_closed(acme: Stand) -> None:
    async with wire(acme.gate.port) as line:
        await line.send(post(acme).replace(b"HTTP/1.1", b"HTTP/1.0"))
        answer = await line.answer()
        assert answer is not None and answer.status == 201
        assert await line.closed()
    assert len(acme.carrier.requests) == 1


async def test_requests_sent_in_one_go_are_answered_in_their_order(acme: Stand) -> None:
    bad = post(acme, b"To=x")
    async with wire(acme.gate.port) as line:
        await line.send(post(acme) + bad + post(acme) + bad)
        statuses = [(await line.answer() or Answer(0, {}, b"")).status for _ in range(4)]
    assert statuses == [201, 400, 201, 400]
    assert len(acme.carrier.requests) == 2


async def test_a_second_request_smuggled_behind_a_body_is_read_as_one_of_its_own(
    acme: Stand,
) -> None:
    """What follows the stated length has to prove itself, it does not ride on the first."""
    rider = request("POST", MESSAGES, {"Content-Type": FORM}, good())
    async with wire(acme.gate.port) as line:
        await line.send(post(acme) + rider)
        first, second = await line.answer(), await line.answer()
    assert first is not None and second is not None
    assert (first.status, second.status) == (201, 401)
    assert len(acme.carrier.requests) == 1


async def test_a_head_that_trickles_in_is_cut_off(acme: Stand) -> None:
    whole = post(acme)
    async with wire(acme.gate.port) as line:
        pieces = [whole[at : at + 1] for at in range(20)]
        await line.send(*pieces, pause=SHORT_S / 10)
        assert await line.closed(within=2)
    assert acme.carrier.requests == []


async def test_a_second_head_that_trickles_in_is_cut_off_too(
    acme: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listener, "KEEPALIVE_S", SHORT_S)
    whole = post(acme)
    async with wire(acme.gate.port) as line:
        await line.send(post(acme))
        answer = await line.answer()
        assert answer is not None and answer.status == 201
        await line.send(*[whole[at : at + 1] for at in range(12)], pause=SHORT_S / 6)
        assert await line.closed(within=2)
    assert len(acme.carrier.requests) == 1


async def test_a_client_that_says_nothing_is_cut_off(acme: Stand) -> None:
    async with wire(acme.gate.port) as line:
        assert await line.closed(within=2)


async def test_a_body_that_trickles_in_is_refused(acme: Stand) -> None:
    whole = post(acme)
    async with wire(acme.gate.port) as line:
        await line.send(whole[:-9], *[b"x"] * 8, pause=SHORT_S / 6)
        answer = await line.answer()
        assert answer is not None
        refused(acme, answer, 400, answer.body["code"])
        assert await line.closed()


@pytest.mark.parametrize("share", [0.1, 0.5, 0.8, 0.99])
async def test_a_client_that_hangs_up_in_the_middle_sends_nothing(
    acme: Stand, share: float
) -> None:
    whole = post(acme)
    async with wire(acme.gate.port) as line:
        await line.send(whole[: int(len(whole) * share)])
        line.leave()
    assert acme.carrier.requests == []


async def test_a_client_that_does_not_wait_for_the_answer_leaves_its_outcome(acme: Stand) -> None:
    acme.carrier.script = slow(0.2)
    before = len(acme.records("outcome"))
    async with wire(acme.gate.port) as line:
        await line.send(post(acme))
        await eventually(lambda: acme.carrier.requests)
        line.leave()
    await eventually(lambda: len(acme.records("outcome")) > before)
    assert acme.records("outcome")[-1].content["end"] == "sent"
    assert len(acme.carrier.requests) == 1


async def test_a_call_with_a_script_that_is_no_xml(acme: Stand) -> None:
    for script in ("<Response><Say>", "<!DOCTYPE x [<!ENTITY a 'b'>]><Response>&a;</Response>"):
        body = urlencode({"To": ANA, "From": NEWS, "Twiml": script}).encode()
        answer = await ask(acme.gate.port, post(acme, body, target=CALLS))
        assert answer is not None
        refused(acme, answer, 400, answer.body["code"])


def _basic(account: str, secret: str) -> str:
    return "Basic " + b64encode(f"{account}:{secret}".encode()).decode()
