"""Is the provider asked whom a request concerns, before anything is judged or sent?"""

from __future__ import annotations

import asyncio
import json
from urllib.parse import urlencode

import pytest
from msgspec.structs import replace

from gatekeeper.pipeline.outbound import outbound
from tests.support.acme import ACCOUNT, ANA, NEWS, STOPPED, UPSTREAM_SECRET
from tests.support.gate import Stand
from tests.support.recording_carrier import Script, accept, cut, reply
from tests.support.spine import flight, raw, rooms

pytestmark = pytest.mark.asyncio(loop_scope="module")

CALL = f"/2010-04-01/Accounts/{ACCOUNT}/Calls/CA{'0' * 32}.json"
SAY = "<Response><Say>Your parcel arrives today.</Say></Response>"


def carrier(call: dict[str, object], status: int = 200) -> Script:
    """A provider that tells this of every call and accepts all else."""

    async def script(request: bytes) -> bytes | None:
        return reply(status, call) if request.startswith(b"GET ") else await accept(request)

    return script


def between(person: str) -> dict[str, object]:
    return {"sid": "CA" + "0" * 32, "direction": "outbound-api", "to": person, "from": NEWS}


async def changed(acme: Stand, twiml: str = SAY) -> tuple[int, dict[str, object]]:
    body = urlencode({"Twiml": twiml}).encode()
    under_way = flight(rooms(acme), replace(raw(acme, CALL), body=body))
    answer = await outbound(under_way)
    return answer.status, json.loads(answer.body)


async def test_new_words_for_somebody_who_agreed_leave_after_one_read(acme: Stand) -> None:
    acme.carrier.script = carrier(between(ANA))
    status, _ = await changed(acme)
    assert status == 201
    asked, sent = acme.carrier.requests
    assert asked.startswith(f"GET {CALL} ".encode())
    assert sent.startswith(f"POST {CALL} ".encode())
    assert UPSTREAM_SECRET.encode() not in asked.partition(b"\r\n")[0]


async def test_new_words_for_somebody_who_stopped_do_not_leave(acme: Stand) -> None:
    acme.carrier.script = carrier(between(STOPPED))
    status, body = await changed(acme)
    assert (status, body["code"]) == (400, 21610)
    assert len(acme.carrier.requests) == 1


async def test_new_words_are_screened_like_any(acme: Stand) -> None:
    acme.carrier.script = carrier(between(ANA))
    status, body = await changed(acme, SAY.replace("parcel", "card 4111111111111111"))
    assert (status, body["code"]) == (400, 30007)
    assert len(acme.carrier.requests) == 1


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_provider_in_trouble_is_a_lost_dependency(acme: Stand, status: int) -> None:
    acme.carrier.script = carrier({}, status)
    assert (await changed(acme))[0] == 503
    assert len(acme.carrier.requests) == 1


async def test_a_provider_that_hangs_up_is_a_lost_dependency(acme: Stand) -> None:
    acme.carrier.script = cut
    assert (await changed(acme))[0] == 503


async def test_a_provider_that_is_too_slow_is_a_lost_dependency(
    acme: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def slow(request: bytes) -> bytes | None:
        await asyncio.sleep(1)
        return await accept(request)

    monkeypatch.setattr("gatekeeper.pipeline.lookup.LONGEST_S", 0.05)
    acme.carrier.script = slow
    assert (await changed(acme))[0] == 503


@pytest.mark.parametrize(("status", "told"), [(404, 404), (401, 400), (403, 400)])
async def test_an_id_that_the_provider_does_not_know_is_refused(
    acme: Stand, status: int, told: int
) -> None:
    acme.carrier.script = carrier({}, status)
    assert (await changed(acme))[0] == told
    assert len(acme.carrier.requests) == 1
