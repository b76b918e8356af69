"""Are lists imported, told and rolled back over the private socket, and wrong names refused?"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.support.door import Door, open_door
from tests.support.gate import Stand

pytestmark = pytest.mark.asyncio(loop_scope="module")

DAY = datetime(2026, 11, 1, tzinfo=UTC).isoformat()


@pytest_asyncio.fixture(loop_scope="module")
async def door(gate: Stand) -> AsyncIterator[Door]:
    """A command's side of the private socket."""
    async with open_door(gate) as speaks:
        yield speaks


async def imported(door: Door, path: Path, number: str, **more: Any) -> Any:
    path.write_text(f"{number}\n")  # noqa: ASYNC240 - a few bytes
    asked = {"list": "us-in", "path": str(path), "as_of": DAY, **more}
    _, lines = await door("POST", "/imports/lists", asked)
    return lines[-1]


async def test_a_version_can_be_looked_up_and_taken_back(door: Door, tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    assert await imported(door, file, "+12122000123", san="1", by="ops") == {"done": True}
    assert await imported(door, file, "+12122000124") == {"done": True}
    _, told = await door("POST", "/lists/us-in/rollback", {"by": "ops"})
    _, history = await door("GET", "/lists/us-in/versions")
    first, second, back = history
    assert first["origin"]["san"] == "1" and second["origin"]["base"] == first["version"]
    assert told["version"] == back["version"] == first["version"]
    assert back["origin"]["kind"] == "rollback"
    status, told = await door("POST", "/lists/us-in/rollback", {})
    assert (status, "no version before" in told["detail"]) == (422, True)


@pytest.mark.parametrize("name", ["A", "a b", "%7Ba%7D", "x" * 65])
async def test_a_name_that_no_list_has_is_refused(door: Door, name: str) -> None:
    assert (await door("GET", f"/lists/{name}/versions"))[0] in (404, 422)


async def test_an_unknown_tenant_has_no_list(door: Door) -> None:
    assert (await door("GET", "/lists/own/versions", tenant="nobody"))[0] == 422
    assert (await door("POST", "/lists/own/rollback", {"tenant": "nobody"}))[0] == 422
