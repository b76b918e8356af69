"""The spine as a whole: it always answers, and whatever goes wrong refuses."""

from __future__ import annotations

import json
from typing import Any

import pytest

from gatekeeper.domain.registry import Sender
from gatekeeper.domain.words import SenderKind
from gatekeeper.errors import DependencyUnavailable
from gatekeeper.ledger.changes import document_entry
from gatekeeper.pipeline.outbound import outbound
from gatekeeper.pipeline.snapshot import Snapshot
from tests.support.acme import ANA, STOPPED, TENANT
from tests.support.gate import Stand
from tests.support.spine import flight, raw, rooms

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def send(stand: Stand, changes: dict[str, Any] | None = None, **fields: Any) -> Any:
    """The reply to a request that goes through these parts."""
    return await outbound(flight(rooms(stand, **(changes or {})), raw(stand, **fields)))


async def test_an_allowed_message_is_recorded_sent_and_answered(acme: Stand) -> None:
    reply = await send(acme)
    assert reply.status == 201
    assert dict(reply.headers)["Gatekeeper-Verdict"] in ("allow", "flag")
    decision = dict(reply.headers)["Gatekeeper-Decision"]
    assert decision in {record.id for record in acme.records("decision")}


async def test_a_refused_message_is_recorded_and_not_sent(acme: Stand) -> None:
    reply = await send(acme, To=STOPPED)
    assert (reply.status, json.loads(reply.body)["code"]) == (400, 21610)
    assert acme.carrier.requests == []


async def test_a_sender_registered_a_moment_ago_may_send(acme: Stand) -> None:
    """The worker's snapshot is older than the store's registry: it is loaded, then decided."""
    ground = acme.gate.ground
    sender = Sender(
        "+13122000298", TENANT, SenderKind.LONG_CODE, registration="C1", campaign="news"
    )
    await ground.ledger.commit(ground.store, [document_entry(sender)])
    assert (await send(acme, From=sender.id)).status == 201


class Stuck:
    """A configuration that knows of no news and cannot get any."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.current = snapshot

    async def catch_up(self, version: int) -> None:
        raise DependencyUnavailable("store", f"version {version} cannot be read")


async def test_a_registry_that_cannot_be_loaded_refuses(acme: Stand) -> None:
    old = acme.gate.configuration.current
    ground = acme.gate.ground
    sender = Sender("+13122000297", TENANT, SenderKind.LONG_CODE)
    await ground.ledger.commit(ground.store, [document_entry(sender)])
    reply = await send(acme, {"configured": Stuck(old)})
    assert (reply.status, json.loads(reply.body)["code"]) == (503, 20503)
    assert acme.carrier.requests == []


def broken(*_: Any) -> Any:
    raise ZeroDivisionError(f"this text holds {ANA}")


@pytest.mark.parametrize("part", ["random", "journal", "upstreams"])
async def test_an_error_of_our_own_refuses_and_shows_nothing(acme: Stand, part: str) -> None:
    """Before a byte could leave it is 503; after that the outcome is unknown, 504."""
    started = flight(rooms(acme), raw(acme, Body=f"error in {part}"))
    parts = {"random": broken, "journal": _Broken(), "upstreams": {"twilio": _Broken()}}
    started.rooms = rooms(acme, **{part: parts[part]})
    reply = await outbound(started)
    expected = (503, 20500) if part != "upstreams" else (504, 20500)
    assert (reply.status, json.loads(reply.body)["code"]) == expected
    assert ANA not in reply.body.decode()
    assert acme.carrier.requests == []


async def test_a_journal_that_fails_after_the_send_does_not_hide_its_unknown_outcome(
    acme: Stand,
) -> None:
    """The decision is recorded, the provider and then the journal break: still 504."""
    journal = _Broken()
    journal.append = acme.gate.ground.journal.append  # type: ignore[method-assign]
    reply = await send(
        acme, {"upstreams": {"twilio": _Broken()}, "journal": journal}, Body="both break"
    )
    assert (reply.status, json.loads(reply.body)["code"]) == (504, 20500)


class _Broken:
    """Fails at whatever is asked of it."""

    append = append_soon = send = broken
