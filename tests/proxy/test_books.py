"""Does what the pipeline writes reach ledger and store, and come back?"""

from __future__ import annotations

import pytest

from gatekeeper.domain.consent import ConsentAct, ConsentEvent
from gatekeeper.ledger.changes import consent_entry
from gatekeeper.proxy.books import Books
from tests.support.acme import TENANT
from tests.support.gate import Stand

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_what_is_committed_can_be_read_and_what_is_dropped_is_remembered(acme: Stand) -> None:
    ground = acme.gate.ground
    books, subject = Books(ground.ledger, ground.store), b"a-person-of-16-b"
    now = ground.consent.clock()
    events = [ConsentEvent(f"{n:016x}" + "0" * 8, ConsentAct.OPT_OUT, now) for n in range(12)]
    for event in events:
        await books.commit([consent_entry(TENANT, subject, event)])
    kept = await books.events_of(subject)
    gone = await books.dropped(subject)
    assert len(kept) < len(events), "the store keeps the newest of a kind"
    assert gone == {event.id[:16] for event in events if event not in kept}
    assert await books.dropped(b"another-person-.") == frozenset()
