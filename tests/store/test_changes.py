"""Changes from the ledger: each has one row, and its binary part beside it."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from gatekeeper.domain.consent import ConsentAct, ConsentEvent
from gatekeeper.store.changes import (
    Change,
    ConsentChange,
    DeleteDocument,
    ListPerson,
    Method,
    Origin,
    PutDocument,
    SwapList,
    pack_changes,
)
from tests.store.asks import ALICE

AT = datetime(2026, 1, 1, tzinfo=UTC)


def test_a_batch_is_packed_in_its_order_with_its_bytes_beside_it() -> None:
    changes: list[Change] = [
        ConsentChange(ALICE, ConsentEvent("e", ConsentAct.OPT_OUT, AT)),
        PutDocument("k", b"\xff"),
        DeleteDocument("k"),
        ListPerson("t1", "internal", ALICE, listed=False),
        SwapList(None, "us-national", Method.NUMBER, "v1", AT, 3),
    ]
    head, *data = pack_changes(changes, 4, 8)
    first, last, rows = msgspec.msgpack.decode(head)
    assert (first, last) == (4, 8)
    assert [row[0] for row in rows] == ["consent", "put", "delete", "unlist", "swap"]
    assert rows[3] == ["unlist", "2:t1:internal", "0001"]
    assert rows[4] == ["swap", "0::us-national", ["number", "v1", 1767225600000, 3]]
    assert data[:4] == [ALICE[2:], b"\xff", b"", ALICE[2:]]
    assert msgspec.json.decode(data[4], type=Origin) == Origin()
