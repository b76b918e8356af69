"""Can an operator export, hold, release and erase over the private socket, by name?"""

from __future__ import annotations

import json
import os
import pwd
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from tests.support.acme import ANA, BEN, FRIENDS, TENANT
from tests.support.door import Door, open_door
from tests.support.gate import Stand

pytestmark = pytest.mark.asyncio(loop_scope="module")

FRIEND = FRIENDS["Pacific/Guam"]
ME = f"user:{pwd.getpwuid(os.getuid()).pw_name}"


@pytest_asyncio.fixture(loop_scope="module")
async def door(gate: Stand) -> AsyncIterator[Door]:
    """A command's side of the private socket."""
    async with open_door(gate) as speaks:
        yield speaks


def asks(number: str | None, **more: Any) -> dict[str, Any]:
    return {"tenant": TENANT, "number": number, "reason": "letter of 2 May", **more}


async def test_an_export_comes_in_lines_that_make_one_document(door: Door) -> None:
    status, lines = await door("POST", "/people/export", asks(ANA))
    assert status == 200 and lines[-1] == {"done": True}
    document = json.loads("".join(line.get("text", "") for line in lines))
    assert document["consents"] and document["number"] == ANA
    assert any(line.get("stage") == "read" for line in lines)


async def test_an_export_of_all_tenants_names_each(door: Door, gate: Stand) -> None:
    body = {"number": ANA, "reason": "letter"}
    _, lines = await door("POST", "/people/export", body)
    document = json.loads("".join(line.get("text", "") for line in lines))
    assert set(document["tenants"]) == set(gate.gate.configuration.current.registry.tenants)


async def test_a_hold_keeps_the_evidence_until_it_is_released(door: Door, gate: Stand) -> None:
    _, held = await door("POST", "/people/hold", asks(FRIEND, until="2036-01-01T00:00:00Z"))
    assert held["by"] == ME and held["until"].startswith("2036")
    assert [row["id"] for row in (await door("POST", "/people/holds", {}))[1]] == [held["id"]]
    _, partly = await door("POST", "/people/erase", asks(FRIEND))
    assert not partly["complete"] and held["id"] in partly["kept"][0]["why"]
    _, released = await door("POST", "/people/release", asks(FRIEND))
    assert [row["id"] for row in released] == [held["id"]]
    _, whole = await door("POST", "/people/erase", asks(FRIEND))
    assert whole["complete"] and whole["erased"]["evidence"] == 1
    _, listed = await door("POST", "/people/erased", {"tenant": TENANT, "number": FRIEND})
    assert [row["id"] for row in listed] == [partly["id"], whole["id"]]
    assert (await door("POST", "/people/erased", {"number": BEN}))[1] == []
    assert FRIEND not in json.dumps(listed) and listed[0]["by"] == ME


async def test_a_hold_on_the_tenant_has_no_number(door: Door) -> None:
    _, held = await door("POST", "/people/hold", asks(None))
    assert held["pseudonym"] is None
    _, rows = await door("POST", "/people/holds", {"tenant": TENANT, "number": ANA})
    assert [row["id"] for row in rows] == [held["id"]]
    await door("POST", "/people/release", asks(None))
    assert (await door("POST", "/people/holds", {"tenant": TENANT}))[1] == []


@pytest.mark.parametrize(
    ("path", "body", "told"),
    [
        ("/people/erase", asks(ANA) | {"tenant": "nobody"}, "no tenant 'nobody'"),
        ("/people/export", asks(ANA) | {"tenant": "nobody"}, "no tenant 'nobody'"),
        ("/people/hold", asks(ANA, until="2020-01-01T00:00:00Z"), "past"),
        ("/people/hold", asks(ANA, until="2020-01-01T00:00:00"), "until"),
        ("/people/release", asks(ANA), "no hold on this person"),
        ("/people/erase", asks(None), "whose data"),
        ("/people/erase", asks("12"), "number"),
        ("/people/erase", asks(ANA, reason=""), "reason"),
        ("/people/erased", {"tenant": "nobody"}, "no tenant 'nobody'"),
    ],
)
async def test_what_cannot_be_done_is_told(
    door: Door, path: str, body: dict[str, Any], told: str
) -> None:
    status, answer = await door("POST", path, body)
    assert status == 422 and told in answer["detail"]


async def test_a_damaged_journal_is_told_in_the_last_line(door: Door, gate: Stand) -> None:
    """The document stays open, so that nobody takes it for whole."""
    home = gate.settings.journal_folder / "streams" / "000000.host.0.00000000"
    home.mkdir()
    pseudonym = gate.gate.ground.rights.person(TENANT, ANA).pseudonym
    (home / "000001.jsonl").write_text(f'{{"v":1, {pseudonym} \n')
    try:
        _, lines = await door("POST", "/people/export", asks(ANA))
    finally:
        (home / "000001.jsonl").unlink()
        home.rmdir()
    assert "cannot be read" in lines[-1]["error"]
    with pytest.raises(json.JSONDecodeError):
        json.loads("".join(line.get("text", "") for line in lines))
