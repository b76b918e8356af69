"""Is a list judged in batches as each of its rows would be alone, by the newest registry?"""

from __future__ import annotations

from dataclasses import replace as changed
from typing import Any

import pytest

from gatekeeper.pipeline import bulk
from gatekeeper.pipeline.bulk import Listing
from gatekeeper.pipeline.identify import by_key
from gatekeeper.rollout.bulk import BadRow, RowVerdict, rows_of
from tests.support.acme import ANA, BEN, NEWS, STOPPED
from tests.support.gate import Stand
from tests.support.spine import rooms

pytestmark = pytest.mark.asyncio(loop_scope="module")
SAID = {"channel": "sms", "from": NEWS, "text": "Acme: your order is ready. Reply STOP to end."}


def listing(gate: Stand) -> Listing:
    """A list that Acme asks about now."""
    all_rooms = rooms(gate)
    caller = by_key(all_rooms.configured.current, gate.key, all_rooms.clock())
    assert caller is not None
    return Listing(all_rooms, caller, all_rooms.clock())


async def judged(asked: Listing, *people: str, **said: str) -> list[RowVerdict | BadRow]:
    rows = rows_of(("to\n" + "\n".join(people)).encode(), "csv", {**SAID, **said})
    return [verdict async for verdict in asked.judge(rows)]


async def test_batches_of_any_size_give_the_same_verdicts_in_the_same_order(
    gate: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = (ANA, STOPPED, "911", BEN, ANA, "+1212555", STOPPED)
    whole = await judged(listing(gate), *people)
    for size in (1, 2, 3):
        monkeypatch.setattr(bulk, "BATCH", size)
        assert await judged(listing(gate), *people) == whole


async def test_one_trip_asks_for_a_whole_batch(gate: Stand, monkeypatch: Any) -> None:
    asked, trips = listing(gate), []
    gather = asked.rooms.store.gather

    async def counted(ask: Any) -> Any:
        trips.append(len(ask.persons))
        assert not ask.reserve and not ask.buckets
        return await gather(ask)

    monkeypatch.setattr(asked.rooms.store, "gather", counted)
    await judged(asked, *[f"+1212200{n:04d}" for n in range(200)])
    assert trips == [bulk.BATCH, 200 - bulk.BATCH]


async def test_who_stands_twice_is_told_within_a_bound(
    gate: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "MOST_REMEMBERED", 1)
    rows = await judged(listing(gate), ANA, "(212) 200-0211", BEN, BEN)
    assert [row.repeats for row in rows if isinstance(row, RowVerdict)] == [None, 2, None, None]


async def test_an_older_registry_is_left_for_the_newest(gate: Stand) -> None:
    asked = listing(gate)
    configured = asked.rooms.configured
    stale = changed(configured.current, registry=changed(configured.current.registry, version=0))
    assert isinstance(configured, object) and stale.registry.version == 0
    configured._snapshot = stale  # type: ignore[attr-defined]
    await judged(asked, ANA)
    assert configured.current.registry.version > 0


async def test_what_is_stated_of_a_recipient_counts(gate: Stand) -> None:
    rows = rows_of(f"to,line_type,source\n{ANA},landline,nobody\n".encode(), "csv", SAID)
    (row,) = [verdict async for verdict in listing(gate).judge(rows)]
    assert isinstance(row, RowVerdict)
