"""What sends nothing passes, unrecorded, and a lost answer may be asked for again."""

from __future__ import annotations

import json

import pytest

from gatekeeper.pipeline.outbound import outbound
from tests.support.acme import ACCOUNT
from tests.support.gate import Stand
from tests.support.recording_carrier import accept, cut, reply
from tests.support.spine import flight, raw, rooms

pytestmark = pytest.mark.asyncio(loop_scope="module")

READ = f"/2010-04-01/Accounts/{ACCOUNT}/Messages/SM{'0' * 32}.json?PageSize=1"


async def test_a_read_gets_the_providers_answer_as_it_is(acme: Stand) -> None:
    async def missing(_: bytes) -> bytes | None:
        return reply(404, {"code": 20404, "status": 404}, "X-Provider: yes")

    acme.carrier.script = missing
    before = len(acme.records("decision"))
    told = await outbound(flight(rooms(acme), raw(acme, READ, "GET")))
    assert (told.status, json.loads(told.body)["code"]) == (404, 20404)
    assert ("X-Provider", "yes") in told.headers
    assert acme.carrier.requests[0].startswith(f"GET {READ} HTTP/1.1\r\n".encode())
    assert len(acme.records("decision")) == before


async def test_a_lost_read_is_503_and_may_be_tried_again(acme: Stand) -> None:
    acme.carrier.script = cut
    told = await outbound(flight(rooms(acme), raw(acme, READ, "GET")))
    assert told.status == 503
    assert int(dict(told.headers)["Retry-After"]) >= 1
    acme.carrier.script = accept
    again = await outbound(flight(rooms(acme), raw(acme, READ, "GET")))
    assert again.status == 201


async def test_a_read_needs_a_key_too(acme: Stand) -> None:
    started = flight(rooms(acme), raw(acme, READ.replace("1f1f", "2e2e"), "GET"))
    assert (await outbound(started)).status == 401
    assert acme.carrier.requests == []
