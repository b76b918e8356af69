"""The active lists, read from the store's meta hash whatever a tenant is called."""

from __future__ import annotations

from datetime import UTC, datetime

from gatekeeper.store.changes import Method, SwapList
from gatekeeper.store.status import ListStatus
from gatekeeper.store.store import Store

AT = datetime(2026, 11, 1, tzinfo=UTC)


async def test_every_active_list_is_told_with_tenant_version_and_instant(store: Store) -> None:
    swaps = [
        SwapList(None, "us-national", Method.NUMBER, "v7", AT, 12),
        SwapList("a:b", "own:list", Method.SUBJECT, "v1", AT, 3),
    ]
    await store.apply(swaps, first=1, last=1)
    assert await store.list_statuses() == (
        ListStatus("own:list", "a:b", "subject", "v1", AT, 3),
        ListStatus("us-national", None, "number", "v7", AT, 12),
    )
