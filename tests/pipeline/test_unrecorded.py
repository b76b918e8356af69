"""When does a call leave without the recording that it asks for?"""

from __future__ import annotations

from dataclasses import replace as changed
from urllib.parse import urlencode

import pytest
import pytest_asyncio
from msgspec.structs import replace

from gatekeeper.domain.consent import Basis
from gatekeeper.pipeline.flight import Flight
from gatekeeper.pipeline.outbound import outbound
from tests.support.acme import NEWS, STOPPED, TENANT, consented
from tests.support.gate import CALLS, Stand
from tests.support.spine import flight, raw, rooms

pytestmark = pytest.mark.asyncio(loop_scope="module")

CALIFORNIAN = "+14152000221"
"""Where everybody on a call has to agree to its recording (Cal. Penal Code 632)."""
SAY = "<Response><Say>Your parcel arrives today.</Say></Response>"
RECORDED = "<Response><Say>Your parcel arrives today.</Say><Record/></Response>"


@pytest_asyncio.fixture(scope="module", loop_scope="module", autouse=True)
async def agreed(gate: Stand) -> None:
    """They agreed to calls, and nobody knows whether to a recording."""
    await consented(gate.gate, [CALIFORNIAN], Basis.EXPRESS_WRITTEN)


def calling(acme: Stand, *, strip: bool = True, **fields: str) -> Flight:
    """A recorded call to somebody in California, of a tenant that has chosen."""
    asked = {"To": CALIFORNIAN, "From": NEWS, "Twiml": SAY, "Record": "true", **fields}
    body = urlencode(asked | {"RecordingTrack": "both"}).encode()
    under_way = flight(rooms(acme), replace(raw(acme, CALLS), body=body))
    policy = under_way.snapshot.policy
    unrecords = frozenset({TENANT}) if strip else frozenset[str]()
    under_way.snapshot = changed(under_way.snapshot, policy=changed(policy, unrecords=unrecords))
    return under_way


async def test_the_call_is_placed_unrecorded_and_the_record_says_so(acme: Stand) -> None:
    under_way = calling(acme)
    reply = await outbound(under_way)
    assert reply.status == 201
    assert dict(reply.headers)["Gatekeeper-Unrecorded"] == "1"
    (sent,) = acme.carrier.requests
    assert b"Record=" not in sent
    assert b"&RecordingTrack=both" in sent
    (record,) = [each for each in acme.records("decision") if each.id == under_way.id]
    assert record.content["unrecorded"] is True


async def test_a_call_that_is_not_recorded_leaves_as_it_is(acme: Stand) -> None:
    reply = await outbound(calling(acme, Record="false"))
    assert reply.status == 201
    assert "Gatekeeper-Unrecorded" not in dict(reply.headers)
    assert b"Record=false" in acme.carrier.requests[0]


@pytest.mark.parametrize(
    ("strip", "fields"),
    [(False, {}), (True, {"Twiml": RECORDED}), (True, {"To": STOPPED})],
    ids=["the tenant has not chosen so", "the script records", "another reason stops it"],
)
async def test_else_it_is_refused(acme: Stand, strip: bool, fields: dict[str, str]) -> None:
    reply = await outbound(calling(acme, strip=strip, **fields))
    assert reply.status == 400
    assert acme.carrier.requests == []
