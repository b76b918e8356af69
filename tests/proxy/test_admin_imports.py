"""Does a file come in over the private socket, and is what is under way shown?"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.support.acme import TENANT
from tests.support.door import Door, open_door
from tests.support.gate import Stand

pytestmark = pytest.mark.asyncio(loop_scope="module")

OPT_OUT = {"number": "+12122000771", "event": "opt_out", "at": "2026-11-01T12:00:00Z"}


@pytest_asyncio.fixture(loop_scope="module")
async def door(gate: Stand) -> AsyncIterator[Door]:
    """A command's side of the private socket."""
    async with open_door(gate) as speaks:
        yield speaks


def written(folder: Path, content: bytes, name: str = "people.csv") -> dict[str, Any]:
    path = folder / name
    path.write_bytes(content)
    return {"tenant": TENANT, "path": str(path)}


async def test_a_file_is_applied_and_nothing_is_under_way_after_it(
    door: Door, tmp_path: Path
) -> None:
    body = written(tmp_path, json.dumps(OPT_OUT).encode(), "people.ndjson")
    _, lines = await door("POST", "/imports/consents", body)
    assert lines[-2]["stage"] == "settled" and lines[-1] == {"done": True}
    assert await door("GET", "/imports") == (200, [])
    _, again = await door("POST", "/imports/consents", body)
    assert (again[-2]["stage"], again[-2]["known"]) == ("unchanged", 1)


async def test_format_and_encoding_may_be_said(door: Door, tmp_path: Path) -> None:
    text = "number,event,seller\n+12122000772,opt_out,Chlo\u00e9\n"
    body = written(tmp_path, text.encode("latin-1"), "people.txt")
    chosen = {"format": "csv", "encoding": "latin-1"}
    _, lines = await door("POST", "/imports/consents", body | chosen)
    assert lines[-2]["stage"] == "settled"


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"tenant": "nobody"}, "no tenant 'nobody'"),
        ({"format": "xml"}, "format"),
        ({"encoding": "klingon"}, "encoding"),
        ({"path": "/nonexistent/people.csv"}, "cannot read the file"),
    ],
)
async def test_what_cannot_be_read_is_told(
    door: Door, tmp_path: Path, more: dict[str, str], told: str
) -> None:
    body = written(tmp_path, b"number,event\n+12122000773,opt_out\n") | more
    status, answer = await door("POST", "/imports/consents", body)
    said = answer["detail"] if status != 200 else answer[-1]["error"]
    assert told in said
