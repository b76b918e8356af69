"""Do secrets, bodies, cards or numbers ever reach what operators and apps read?

A gate runs as users run it, at its most talkative; everything is sent that could make it speak,
and then its printed lines, metrics, journal, answers and errors are searched.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from secrets import token_hex
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest
from twilio.request_validator import RequestValidator

from tests.support.acme import ACCOUNT, NEWS, TENANT, UPSTREAM_SECRET
from tests.support.gate import CALLS, FORM, MESSAGES
from tests.support.recording_carrier import Carrier, accept, cut, fail
from tests.support.served import Served
from tests.support.twilio_sdk import client_for

PUBLIC = "https://gate.example"
WORD = "Quizzaciously"
CARD = "4111 1111 1111 1111"
PERSON, OTHER = "+12122204321", "+12122208765"
WRONG_KEY = "gk_canaryCanaryCanaryCanaryCanaryCanaryCanary0"
EVIDENCE = "198.51.100.77"
CARDS = (CARD, CARD.replace(" ", ""))
CANARIES = (WORD, *CARDS, PERSON[2:], OTHER[2:], WRONG_KEY, UPSTREAM_SECRET, EVIDENCE)


@pytest.fixture
async def carrier() -> AsyncIterator[Carrier]:
    standing = Carrier()
    await standing.start()
    yield standing
    await standing.stop()


@pytest.fixture
async def gate(tmp_path: Path, carrier: Carrier) -> AsyncIterator[Served]:
    served = Served(tmp_path, carrier.url, {"GATEKEEPER_PUBLIC_URL": PUBLIC})
    await served.start()
    try:
        await served.register(PERSON, OTHER)
        yield served
    finally:
        await served.stop()


class Talk:
    """Speaks to the gate, and keeps every word of its answers but those of the provider."""

    def __init__(self, gate: Served) -> None:
        self.gate = gate
        self.heard: list[str] = []

    async def post(self, path: str, body: bytes, **headers: str) -> int:
        sent = {"Authorization": self.gate.basic, "Content-Type": FORM}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        async with (
            aiohttp.ClientSession() as session,
            session.post(self.gate.url + path, data=body, headers=sent) as got,
        ):
            self.heard.append(f"{dict(got.headers)} {await got.text()}")
            return got.status

    async def form(self, path: str = MESSAGES, **fields: Any) -> int:
        fields = {"To": PERSON, "From": NEWS, "Body": f"{WORD} {PERSON}"} | fields
        return await self.post(path, urlencode(fields, doseq=True).encode())

    async def json(self, path: str, question: dict[str, Any]) -> int:
        bearer = {"Authorization": f"Bearer {self.gate.key}", "Content_Type": "application/json"}
        return await self.post(path, json.dumps(question).encode(), **bearer)

    async def bytes(self, request: bytes) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.gate.port)
        writer.write(request)
        writer.write_eof()
        self.heard.append((await asyncio.wait_for(reader.read(), 20)).decode("latin-1"))
        writer.close()


async def sends(talk: Talk, carrier: Carrier) -> None:
    """Messages of every fate."""
    assert await talk.form() == 201
    assert await talk.form(Body=f"Card {CARD} {WORD}") == 400
    assert await talk.form(To=PERSON[:6] + "x" + PERSON[6:]) == 400
    assert await talk.form(From=OTHER) == 400
    assert await talk.form(To=[PERSON, OTHER]) == 400
    assert await talk.form(MessageIntent=f"{WORD} {PERSON}") in (201, 400)
    twiml = f"<Response><Say>{WORD} {CARD}</Say><Dial>{OTHER}</Dial></Response>"
    assert await talk.form(CALLS, Twiml=twiml, Body=[]) == 400
    assert await talk.form(CALLS, Twiml=f"<{WORD}><&{CARD}", Body=[]) == 400
    for script in (cut, fail):
        carrier.script = script
        assert await talk.form(Body=f"{WORD} {script.__name__}") == 504
    carrier.script = accept
    await carrier.stop()
    assert await talk.form(Body=f"{WORD} nobody there") == 503
    await carrier.start()


async def nonsense(talk: Talk) -> None:
    """Requests that nobody can read, each of them full of secrets."""
    secret = f"{WORD} {CARD} {PERSON}"
    wrong = {"Authorization": f"Bearer {WRONG_KEY}"}
    assert await talk.post(MESSAGES, secret.encode(), **wrong) == 401
    assert await talk.post(MESSAGES, b"\x00\xff" + secret.encode()) == 400
    assert await talk.post(MESSAGES, secret.encode(), Content_Type="application/json") >= 400
    assert await talk.post(f"/{WORD}/{PERSON}", b"") in (400, 404)
    assert await talk.post(f"/2010-04-01/Accounts/{ACCOUNT}/{WORD}/{PERSON}.json", b"") >= 400
    assert await talk.post(MESSAGES, b"x" * 300_000 + secret.encode()) == 413
    await talk.bytes(f"GET {secret} HTTP/9.9\r\n{secret}\r\n\r\n".encode())
    await talk.bytes(f"POST {MESSAGES} HTTP/1.1\r\nHost: a\r\n{WORD} {PERSON}\r\n\r\n".encode())
    await talk.bytes(f"POST {MESSAGES} HTTP/1.1\r\nContent-Length: {CARD}\r\n\r\n".encode())


async def native(talk: Talk) -> None:
    """What-if questions and consent, right and wrong."""
    question = {"channel": "sms", "from": NEWS, "to": PERSON, "text": f"{WORD} {CARD}"}
    assert await talk.json("/v1/check", question) == 200
    assert await talk.json("/v1/check", question | {"channel": WORD, "at": PERSON}) == 422
    proof = {"text_shown": WORD, "ip": EVIDENCE}
    opting = {"number": OTHER, "event": "opt_in", "evidence": proof}
    assert await talk.json("/v1/consents", opting) == 201
    assert await talk.json("/v1/consents", opting | {"number": PERSON + "12345678901"}) == 422
    assert await talk.json("/v1/consents", opting | {PERSON: WORD}) == 422
    assert await talk.json("/v1/consents", opting | {"event": "opt_out"}) in (201, 422)
    bearer = {"Authorization": f"Bearer {talk.gate.key}"}
    address = f"{talk.gate.url}/v1/consents?number={OTHER.replace('+', '%2B')}"
    async with aiohttp.ClientSession(headers=bearer) as session, session.get(address) as got:
        talk.heard.append(await got.text())


async def webhooks(talk: Talk) -> None:
    """What people reply, true, forged and unreadable; the answers hold no word of it."""
    path = "/v1/inbound/twilio/shop"
    await talk.gate.admin("/applications/shop/webhook", {"mode": "relay"})

    async def hear(secret: str = UPSTREAM_SECRET, **changes: str) -> int:
        form = {
            "AccountSid": ACCOUNT, "MessageSid": "SM" + token_hex(16), "From": OTHER, "To": NEWS,
            "SmsStatus": "received", "Body": f"STOP {WORD} {CARD}",
        } | changes  # fmt: skip
        validator = RequestValidator(secret)
        signature = validator.compute_signature(PUBLIC + path, form)
        body = urlencode(form).encode()
        return await talk.post(path, body, X_Twilio_Signature=signature, Authorization="")

    for text in (f"{WORD} {CARD}", "STOP", "HELP", "START", f"please stop texting me {WORD}"):
        assert await hear(Body=text) == 200
    assert await hear(Body="too many texts") == 200
    assert await hear(SmsStatus="undelivered", ErrorCode="21610", To=OTHER, From=NEWS) == 200
    assert await hear(WRONG_KEY) == 403
    assert await hear(MessageSid=f"{WORD}{CARD}") == 400
    assert await hear(To=OTHER) == 403
    assert await talk.post(path + f"/{WORD}", b"") == 404


async def rights(talk: Talk) -> None:
    """A file with bad lines; then export and erasure, right and wrong."""
    file = talk.gate.folder / "people.ndjson"
    proof = {"text_shown": WORD, "ip": EVIDENCE}
    good = {"number": OTHER, "event": "opt_in", "at": "2026-11-01T12:00:00Z", "evidence": proof}
    bad = (good | {PERSON: WORD}, good | {"number": PERSON + WORD}, good | {"event": WORD}, CARD)
    file.write_text("\n".join(map(json.dumps, (good, *bad))) + f"\n{WORD}")
    asked = {"tenant": TENANT, "path": str(file)}
    talk.heard.append(await talk.gate.admin("/imports/consents", asked))
    assert '"stage":"settled"' in talk.heard[-1] and '"line":6' in talk.heard[-1]
    for path in ("/v1/people/export", "/v1/people/erase"):
        wrong = {"number": PERSON + WORD, "reason": "a test"}
        assert await talk.json(path, wrong) == 422
        assert await talk.json(path, {"number": OTHER, "reason": f"of {PERSON}"}) == 422
        assert await talk.json(path, {"number": OTHER, "reason": "x", PERSON: WORD}) == 422
    assert await talk.json("/v1/people/export", {"number": OTHER, "reason": "a test"}) == 200
    assert WORD in talk.heard.pop() and EVIDENCE in str(good)
    assert await talk.json("/v1/people/erase", {"number": OTHER, "reason": "a test"}) == 200


async def test_nothing_secret_is_told(gate: Served, carrier: Carrier) -> None:
    talk = Talk(gate)
    client = client_for(gate.url, ACCOUNT, gate.key)
    text = f"Your order {WORD}"
    await asyncio.to_thread(client.messages.create, to=PERSON, from_=NEWS, body=text)
    await sends(talk, carrier)
    await nonsense(talk)
    await native(talk)
    await webhooks(talk)
    await rights(talk)
    places = {
        **{f"answer {n}": answer for n, answer in enumerate(talk.heard)},
        "metrics": (await gate.look("/metrics"))[1],
        "readyz": (await gate.look("/readyz"))[1],
    }
    await gate.stop()
    places["printed"] = gate.printed()
    data = gate.folder / "data"
    kept = [*gate.journal.rglob("*"), *data.joinpath("keys").iterdir()]
    for file in (*kept, *data.joinpath("imports").iterdir()):
        if file.is_file():
            places[file.name] = file.read_bytes().decode("latin-1")
    told = [(place, word) for place, text in places.items() for word in _found(text, gate.key)]
    assert told == [], [places[place][:500] for place, _ in told]
    assert WORD in carrier.requests[0].decode(), "the canary was really sent"
    assert len(carrier.requests) >= 4


def _found(text: str, key: str) -> list[str]:
    return [canary for canary in (*CANARIES, key) if canary in text]
