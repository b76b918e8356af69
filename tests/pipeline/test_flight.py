"""What is known of a request on its way, from its first moment to its trip."""

from __future__ import annotations

import pytest
from msgspec.structs import replace as altered

from gatekeeper.domain.message import Address, AddressKind, OutboundRequest
from gatekeeper.domain.registry import Sender
from gatekeeper.domain.words import Channel, SenderKind
from gatekeeper.ledger.changes import document_entry
from gatekeeper.pipeline import gather
from gatekeeper.pipeline.case import open_case
from gatekeeper.pipeline.flight import Flight, OutdatedSnapshot
from gatekeeper.pipeline.identify import identify
from gatekeeper.providers import TWILIO
from gatekeeper.store.contract import Answer, Turn
from tests.support.acme import DEE, TENANT
from tests.support.gate import CALLS, Stand
from tests.support.spine import flight, raw, rooms

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def gathered(started: Flight) -> Answer:
    """Walk a flight up to and through its trip."""
    credential = TWILIO.credential(started.raw)
    seen = started.snapshot
    started.caller = identify(seen, credential, "twilio", started.rooms.keys, started.at)
    request = TWILIO.parse(started.raw, started.operation)
    case = open_case(started.id, started.at, started.caller, request, started.hints, seen)
    return await started.gather(case, gather.targets(case, started.rooms.keys))


class Watch:
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.stages: list[str] = []

    def stage(self, name: str, seconds: float) -> None:
        assert seconds >= 0
        self.stages.append(name)

    def decided(self, channel: str, verdict: str, reason: str) -> None: ...

    def ended(self, end: str) -> None: ...


async def test_the_channel_is_known_as_well_as_it_can_be(acme: Stand) -> None:
    assert flight(rooms(acme), raw(acme, CALLS)).channel is Channel.VOICE
    picture = flight(rooms(acme), raw(acme, MediaUrl="https://a.example/a.png"))
    before = picture.channel
    await gathered(picture)
    assert (before, picture.channel) == (Channel.SMS, Channel.MMS)


async def test_every_flight_has_an_id_of_its_own(acme: Stand) -> None:
    ids = {flight(rooms(acme), raw(acme)).id for _ in range(9)}
    assert len(ids) == 9
    assert all(len(each) == 32 and int(each, 16) >= 0 for each in ids)


async def test_the_trip_leaves_something_to_settle(acme: Stand) -> None:
    started = flight(rooms(acme), raw(acme), idempotency_key="flight-1")
    assert started.ask is None
    assert (await gathered(started)).turn is Turn.MINE
    assert started.ask is not None
    assert started.ask.request == started.id


async def test_a_newer_registry_is_loaded_before_deciding_and_nothing_stays_reserved(
    acme: Stand,
) -> None:
    ground = acme.gate.ground
    seen = acme.gate.configuration.current
    sender = Sender("+13122000299", TENANT, SenderKind.LONG_CODE)
    await ground.ledger.commit(ground.store, [document_entry(sender)])
    started = flight(rooms(acme), raw(acme, To=DEE), idempotency_key="flight-2")
    with pytest.raises(OutdatedSnapshot) as raised:
        await gathered(started)
    assert raised.value.version > seen.registry.version
    again = await started.again(raised.value.version)
    assert again.id != started.id
    assert (TENANT, sender.id) in again.snapshot.registry.senders
    answer = await gathered(again)
    assert answer.turn is Turn.MINE, "the key is free again"
    assert answer.persons[0].sent == (), "the first try does not count as a send"


async def test_a_stage_is_measured_from_the_end_of_the_one_before(acme: Stand) -> None:
    watch = Watch()
    started = flight(rooms(acme, watch=watch), raw(acme))
    started.passed("parse")
    started.passed("screen")
    assert watch.stages == ["parse", "screen"]


async def test_a_request_that_says_me_is_from_the_applications_account(acme: Stand) -> None:
    started = flight(rooms(acme), raw(acme))
    await gathered(started)
    named = started.read(started.raw)
    me = altered(named, sender=Address(AddressKind.ACCOUNT, "", "(path)"))
    started.provider = Said(me)  # type: ignore[assignment]
    assert started.caller is not None
    assert started.read(started.raw).sender.value == started.caller.application.account
    started.provider = Said(named)  # type: ignore[assignment]
    assert started.read(started.raw) is named


class Said:
    """A provider that reads the same in everything."""

    def __init__(self, request: OutboundRequest) -> None:
        self.request = request

    def parse(self, *_: object) -> OutboundRequest:
        return self.request
