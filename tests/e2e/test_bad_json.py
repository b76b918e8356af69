"""Is JSON with no, or more than one, meaning answered as a problem, with nothing repeated?"""

from __future__ import annotations

import json
from typing import Any

import pytest
from structlog.testing import capture_logs

from gatekeeper.proxy import raw
from tests.support.acme import ANA, NEWS
from tests.support.gate import Stand
from tests.support.wire import Answer, ask, request, wire

pytestmark = pytest.mark.asyncio(loop_scope="module")

CANARY = "Zyzzyva4155550143"
CHECK: dict[str, Any] = {"channel": "sms", "from": NEWS, "to": ANA, "text": CANARY}
CONSENT: dict[str, Any] = {"number": ANA, "event": "inquiry", "source": CANARY}


async def told(acme: Stand, path: str, body: bytes, **headers: str) -> Answer:
    """Post these bytes as JSON; the answer holds the canary nowhere, and neither do the logs."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    usual = {"Authorization": f"Bearer {acme.key}", "Content-Type": "application/json"}
    with capture_logs() as events:
        answer = await ask(acme.gate.port, request("POST", path, usual | named, body))
    assert answer is not None
    assert CANARY.encode() not in answer.text
    assert CANARY not in repr(events)
    return answer


def is_problem(answer: Answer, status: int) -> str:
    """It is a problem document (RFC 9457); its detail."""
    assert answer.status == status, answer
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.body["status"] == status
    assert answer.body["type"] == "/help/reasons#" + answer.body["title"]
    detail: str = answer.body["detail"]
    return detail


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        json.dumps(CHECK).encode() + b"x",
        json.dumps(CHECK).encode("utf-16"),
        json.dumps(CHECK).encode()[:-1] + b', "to": "+12122000999"}',
        b'{"to": NaN, "x": "' + CANARY.encode() + b'"}',
        b"[" * 60_000,
        b'{"text":' * 20_000 + b"1" + b"}" * 20_000,
        json.dumps(CHECK | {CANARY[:7]: CANARY}).encode(),
        json.dumps(CHECK | {"text": 5}).encode(),
        json.dumps(CHECK | {"text": None}).encode(),
        json.dumps(CHECK | {"text": CANARY * 5000}).encode(),
        json.dumps(CHECK | {"channel": CANARY}).encode(),
        json.dumps(CHECK | {"at": CANARY}).encode(),
        json.dumps(CHECK | {"at": "0001-01-01T00:00:00+14:00"}).encode(),
        json.dumps(CHECK | {"assume": {CANARY[:7]: 1}}).encode(),
        json.dumps(CHECK).encode().replace(CANARY.encode(), b"\\ud800"),
    ],
    ids=lambda body: repr(body[:12] + b".." + body[-24:]),
)
async def test_a_question_without_one_meaning(acme: Stand, body: bytes) -> None:
    is_problem(await told(acme, "/v1/check", body), 422)


@pytest.mark.parametrize(
    "changes",
    [
        {"number": "12"},
        {"number": CANARY},
        {"event": "opted"},
        {"event": "opt_out", "basis": "express"},
        {"at": "2199-01-01T00:00:00Z"},
        {"at": "0001-01-01T00:00:00+14:00"},
        {"expires": "9999-12-31T23:59:59-14:00"},
        {"at": 1e300},
        {"tenant": "other"},
        {"source": CANARY * 10},
        {"missing": CANARY},
        {"evidence": {"text_shown": CANARY * 1000}},
    ],
    ids=lambda changes: "-".join(changes),
)
async def test_a_consent_that_cannot_be_one(acme: Stand, changes: dict[str, Any]) -> None:
    before = len(acme.records("consent"))
    is_problem(await told(acme, "/v1/consents", json.dumps(CONSENT | changes).encode()), 422)
    assert len(acme.records("consent")) == before


async def test_a_place_is_told_and_no_value(acme: Stand) -> None:
    body = json.dumps(CHECK | {"text": 5, "channel": "pigeon"}).encode()
    detail = is_problem(await told(acme, "/v1/check", body), 422)
    assert "text: " in detail and "channel: " in detail


@pytest.mark.parametrize("path", ["/v1/check", "/v1/consents"])
async def test_without_a_key_nothing_is_read(acme: Stand, path: str) -> None:
    for value in ("", "Bearer", "Bearer gk_" + "A" * 43, "Basic eDp5", "Digest x"):
        answer = await told(acme, path, b"{", Authorization=value)
        is_problem(answer, 401)
        assert answer.headers["Www-Authenticate"].startswith("Bearer")


async def test_only_json_is_taken(acme: Stand) -> None:
    answer = await told(acme, "/v1/check", json.dumps(CHECK).encode(), Content_Type="text/plain")
    assert "application/json" in is_problem(answer, 422)


async def test_too_much_is_a_problem_too(acme: Stand) -> None:
    huge = b" " * (acme.settings.max_body_bytes + 1)
    is_problem(await told(acme, "/v1/check", huge), 413)


async def test_a_body_that_does_not_come(acme: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raw, "BODY_DEADLINE_S", 0.1)
    is_problem(await told(acme, "/v1/check", b"{", Content_Length="50"), 400)


async def test_a_client_that_hangs_up_records_nothing(acme: Stand) -> None:
    before = len(acme.records("consent"))
    whole = request(
        "POST",
        "/v1/consents",
        {"Authorization": f"Bearer {acme.key}", "Content-Type": "application/json"},
        json.dumps(CONSENT).encode(),
    )
    async with wire(acme.gate.port) as line:
        await line.send(whole[:-5])
        line.leave()
    assert len(acme.records("consent")) == before


@pytest.mark.parametrize("query", ["", "?number=1&number=2", "?number=1&x=2", "?Number=1"])
async def test_a_query_is_taken_as_it_is_described_only(acme: Stand, query: str) -> None:
    headers = {"Authorization": f"Bearer {acme.key}"}
    answer = await ask(acme.gate.port, request("GET", f"/v1/consents{query}", headers))
    assert answer is not None
    assert "each once" in is_problem(answer, 422)


async def test_what_is_good_is_still_taken(acme: Stand) -> None:
    checked = await told(acme, "/v1/check", json.dumps(CHECK).encode())
    recorded = await told(acme, "/v1/consents", json.dumps(CONSENT).encode())
    assert (checked.status, recorded.status) == (200, 201)
