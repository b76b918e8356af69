"""What reaches the provider of an allowed request, and when?"""

from __future__ import annotations

import asyncio
from base64 import b64encode

import pytest

from tests.support.acme import ACCOUNT, ANA, NEWS, UPSTREAM_SECRET
from tests.support.gate import MESSAGES, WORD, Stand, eventually

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def exchange(stand: Stand, request: bytes) -> bytes:
    """Send these very bytes to the gate; the head of its answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", stand.gate.port)
    writer.write(request)
    try:
        return await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
    finally:
        writer.close()


def request(stand: Stand, body: bytes, *more: str, path: str = MESSAGES) -> bytes:
    """An app's request with odd but legal spelling of its headers."""
    lines = [
        f"POST {path} HTTP/1.1",
        "host: gate.example",
        f"authorization: {stand.basic()}",
        "Content-Type: application/x-www-form-urlencoded",
        "X-App:  two  spaces",
        *more,
        f"Content-Length: {len(body)}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


async def test_the_body_arrives_byte_for_byte_whatever_its_spelling(acme: Stand) -> None:
    body = f"Body=Order+{WORD}%21+%f0%9F%98%80&To=%2b12122000211&From=%2B13122000201&&".encode()
    assert b" 201 " in await exchange(acme, request(acme, body))
    assert acme.carrier.requests[0].partition(b"\r\n\r\n")[2] == body


async def test_only_the_credential_and_what_belongs_to_one_hop_change(acme: Stand) -> None:
    body = f"Body={WORD}&To=%2B12122000211&From=%2B13122000201".encode()
    hop = ("Connection: keep-alive, X-Hop", "X-Hop: mine", "TE: trailers", "Keep-Alive: timeout=9")
    await exchange(acme, request(acme, body, *hop, "Cookie: a=b"))
    head = acme.carrier.requests[0].partition(b"\r\n\r\n")[0].decode()
    real = b64encode(f"{ACCOUNT}:{UPSTREAM_SECRET}".encode()).decode()
    assert head.split("\r\n") == [
        f"POST {MESSAGES} HTTP/1.1",
        f"Host: 127.0.0.1:{acme.carrier.port}",
        f"authorization: Basic {real}",
        "Content-Type: application/x-www-form-urlencoded",
        "X-App: two  spaces",
        "Cookie: a=b",
        f"Content-Length: {len(body)}",
    ]


async def test_the_decision_is_on_disk_before_the_first_byte_leaves(acme: Stand) -> None:
    seen: list[set[str]] = []
    acme.carrier.at_first_byte = lambda: seen.append({r.id for r in acme.records("decision")})
    told = await acme.post()
    assert told.status == 201
    (recorded,) = seen
    assert told.headers["Gatekeeper-Decision"] in recorded


async def test_an_outcome_follows(acme: Stand) -> None:
    told = await acme.post()
    decision = told.headers["Gatekeeper-Decision"]
    await eventually(lambda: decision in {record.id for record in acme.records("outcome")})
    (outcome,) = [record for record in acme.records("outcome") if record.id == decision]
    assert (outcome.content["end"], outcome.content["status"]) == ("sent", 201)


async def test_a_refusal_leaves_a_decision_and_no_outcome(acme: Stand) -> None:
    told = await acme.post({"To": "+12122000231", "From": NEWS, "Body": WORD})
    assert told.code == 21610
    decision = told.headers["Gatekeeper-Decision"]
    (record,) = [record for record in acme.records("decision") if record.id == decision]
    assert record.content["verdict"] == "block"
    assert decision not in {record.id for record in acme.records("outcome")}


@pytest.mark.parametrize(
    ("why", "fields"),
    [
        ("two recipients", [("To", ANA), ("To", "+12122000212"), ("From", NEWS), ("Body", "x")]),
        ("two bodies", [("To", ANA), ("From", NEWS), ("Body", "x"), ("Body", "y")]),
        ("a name in two spellings", [("To", ANA), ("to", ANA), ("From", NEWS), ("Body", "x")]),
    ],
)
async def test_what_has_two_readings_is_refused(
    acme: Stand, why: str, fields: list[tuple[str, str]]
) -> None:
    told = await acme.post(fields)
    assert (told.status, told.code) == (400, 20001), why
    assert told.headers["Gatekeeper-Reason"] == "request.ambiguous"
    assert acme.carrier.requests == []


@pytest.mark.parametrize(
    "path",
    [
        MESSAGES + "?To=%2B12122000212",
        MESSAGES.replace("Messages", "messages"),
        MESSAGES.replace("/Accounts", "//Accounts"),
        f"/2010-04-01/Accounts/{ACCOUNT}/Faxes.json",
        f"/2010-04-01/Accounts/{ACCOUNT}/Queues/QU1/Members/Front.json",
        "/v1/Services/MG1/Verifications",
    ],
)
async def test_a_path_that_may_send_and_is_not_known_is_refused(acme: Stand, path: str) -> None:
    told = await acme.post(path=path)
    assert told.status in (400, 404), told
    assert acme.carrier.requests == []


async def test_a_refused_request_of_a_known_caller_is_recorded(acme: Stand) -> None:
    told = await acme.post([("To", ANA), ("To", ANA), ("From", NEWS), ("Body", WORD)])
    recorded = {record.id: record for record in acme.records("decision")}
    assert recorded[told.headers["Gatekeeper-Decision"]].content["reason"] == "request.ambiguous"


async def test_json_and_form_together_are_refused(acme: Stand) -> None:
    told = await acme.post(Content_Type="application/json")
    assert (told.status, told.code) == (415, 20001) or told.status == 400, told
    assert acme.carrier.requests == []
