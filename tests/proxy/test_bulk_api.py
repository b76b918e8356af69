"""Does a stream of verdicts end well, or say that it did not, and are lists at once bounded?"""

from __future__ import annotations

import json
from typing import Any

import pytest

from gatekeeper.errors import DependencyUnavailable
from gatekeeper.pipeline.bulk import Listing
from gatekeeper.pipeline.identify import by_key
from gatekeeper.proxy import bulk_api
from gatekeeper.proxy.bulk_api import Bulk
from tests.support.acme import ANA, NEWS
from tests.support.gate import Stand
from tests.support.spine import rooms

pytestmark = pytest.mark.asyncio(loop_scope="module")
SAID = {"channel": "sms", "from": NEWS, "text": "Acme: your order is ready. Reply STOP to end."}


def caller(gate: Stand) -> Any:
    all_rooms = rooms(gate)
    return by_key(all_rooms.configured.current, gate.key, all_rooms.clock())


async def streamed(bulk: Bulk, gate: Stand, count: int) -> list[dict[str, Any]]:
    response = bulk.answer(caller(gate), b"to\n" + f"{ANA}\n".encode() * count, "csv", SAID)
    assert response.status == 200
    body: Any = response.body
    chunks = [chunk async for chunk in body._value]
    return [json.loads(line) for line in b"".join(chunks).splitlines()]


async def test_the_last_line_is_the_summary_whatever_the_count(gate: Stand) -> None:
    for count in (1, 31, 32, 33):
        *rows, last = await streamed(Bulk(rooms(gate)), gate, count)
        assert len(rows) == count
        assert last["summary"]["rows"] == count


async def test_a_store_that_fails_midway_is_told_as_the_last_line(
    gate: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def failing(self: Listing, rows: Any) -> Any:
        raise DependencyUnavailable("store", "no answer in time")
        yield

    monkeypatch.setattr(Listing, "judge", failing)
    bulk = Bulk(rooms(gate))
    (last,) = await streamed(bulk, gate, 3)
    assert last == {"error": "store: no answer in time"}
    assert bulk._running == 0


async def test_a_fault_of_ours_is_told_without_its_words(
    gate: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def failing(self: Listing, rows: Any) -> Any:
        raise ValueError(ANA)
        yield

    monkeypatch.setattr(Listing, "judge", failing)
    (last,) = await streamed(Bulk(rooms(gate)), gate, 3)
    assert last == {"error": "the gate met an error of its own"}


async def test_more_lists_than_may_be_judged_at_once_are_asked_to_wait(
    gate: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk_api, "MOST", 0)
    response = Bulk(rooms(gate)).answer(caller(gate), b"to\n1\n", "csv", SAID)
    assert (response.status, response.headers["Retry-After"]) == (429, "5")
