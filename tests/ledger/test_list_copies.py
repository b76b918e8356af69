"""Which copies stay, and does nobody's list lie in another's place?"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from gatekeeper.ledger.list_copies import ListCopies
from gatekeeper.store.changes import Method, SwapList
from gatekeeper.store.copies import Form, Writer

AT = datetime(2026, 11, 1, tzinfo=UTC)


def swap(version: str, tenant: str | None = None, list_id: str = "us-national") -> SwapList:
    return SwapList(tenant, list_id, Method.NUMBER, version, AT, 0)


def written(copies: ListCopies, made: SwapList) -> None:
    Writer(copies.path(made), Form()).finish()


def test_all_but_the_kept_versions_of_one_list_go(tmp_path: Path) -> None:
    copies = ListCopies(tmp_path)
    for version in ("v1", "v2", "v3"):
        written(copies, swap(version))
        written(copies, swap(version, "acme"))
    assert copies.keep(None, "us-national", ["v2", "v3"]) == 1
    assert copies.open(None, "us-national", "v1") is None
    assert copies.open(None, "us-national", "v2") is not None
    assert copies.open("acme", "us-national", "v1") is not None


@pytest.mark.parametrize("tenant", ["shared", "..", "../shared", "a/b", "tenant-a", "%2E", ""])
def test_no_tenant_reaches_the_place_of_another(tmp_path: Path, tenant: str) -> None:
    copies = ListCopies(tmp_path)
    written(copies, swap("v1"))
    mine = copies.path(swap("v1", tenant))
    assert mine.parent.parent.parent == tmp_path
    assert mine.resolve() not in (copies.path(swap("v1")), copies.path(swap("v1", "a")))


def test_what_a_killed_gate_had_begun_goes(tmp_path: Path) -> None:
    copies = ListCopies(tmp_path)
    written(copies, swap("v1"))
    Writer(copies.path(swap("v2")), Form())
    assert copies.clear_drafts() == 1
    assert [path.name for path in copies.path(swap("v1")).parent.iterdir()] == ["v1.numbers"]


def test_removing_what_is_not_there_is_nothing(tmp_path: Path) -> None:
    ListCopies(tmp_path).remove(swap("v1"))
