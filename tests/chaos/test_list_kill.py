"""Is a list whole or as it was, wherever an import is killed, and after a lost store?"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.support.served import Served

LIST = "us-national"
OLD, NEW = "+12122000123", "+13122000123"
LINES = 400_000


def lists_in(gate: Served) -> list[Path]:
    """The files of the list's copies."""
    return sorted((gate.folder / "data" / "lists" / "shared" / LIST).glob("*"))


async def asked(gate: Served, number: str) -> str:
    """What the running gate says of a number."""
    connector = aiohttp.UnixConnector(str(gate.folder / "data" / "admin.sock"))
    url = f"http://admin/lists/{LIST}/answer"
    async with (
        aiohttp.ClientSession(connector=connector) as session,
        session.get(url, params={"number": number}) as got,
    ):
        answer: str = (await got.json())["answer"]
        return answer


async def imported(gate: Served, path: Path) -> Any:
    asking = {"list": LIST, "path": str(path), "as_of": datetime.now(UTC).isoformat()}
    return await gate.admin("/imports/lists", asking)


async def until(holds: Callable[[], object]) -> None:
    async with asyncio.timeout(60):
        while not holds():  # noqa: ASYNC110 - files have no event to wait for
            await asyncio.sleep(0.002)


async def settled(gate: Served, number: str, answer: str) -> None:
    """Wait for an answer: a gate that has just started may still be loading its lists."""
    async with asyncio.timeout(30):
        while (said := await asked(gate, number)) != answer:
            assert said == "error", said
            await asyncio.sleep(0.05)


def spooled(gate: Served) -> bool:
    """The runs are spooled to a file without a name: it shows among the open ones."""
    assert gate.process is not None
    with contextlib.suppress(FileNotFoundError):
        for path in Path(f"/proc/{gate.process.pid}/fd").iterdir():
            if f"/{LIST}/" in str(path.readlink()):
                return True
    return False


MOMENTS: dict[str, Callable[[Served], object]] = {
    "while it is read": spooled,
    "while the copy is written": lambda gate: any(p.suffix == ".draft" for p in lists_in(gate)),
    "while the store is loaded": lambda gate: (
        sum(path.suffix == ".numbers" for path in lists_in(gate)) > 1
    ),
}


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A list of many numbers, one of them NEW; OLD is not on it."""
    path = tmp_path / "new.txt"
    others = (f"{3_132_000_000 + 97 * n}\n" for n in range(LINES))
    path.write_text("".join([f"{NEW}\n", *others]))
    return path


async def test_a_gate_that_is_killed_in_an_import_asks_the_old_version(
    tmp_path: Path, fresh: Path
) -> None:
    gate = Served(tmp_path, "http://127.0.0.1:9")
    old = tmp_path / "old.txt"
    old.write_text(f"{OLD}\n")
    await gate.start()
    try:
        await imported(gate, old)
        for moment, reached in MOMENTS.items():
            work = asyncio.create_task(imported(gate, fresh))
            await until(lambda: reached(gate))  # noqa: B023 - awaited at once
            await gate.kill()
            ended = await asyncio.gather(work, return_exceptions=True)
            assert isinstance(ended[0], Exception), f"the import was over {moment}"
            await gate.start()
            await settled(gate, OLD, "hit")
            assert await asked(gate, NEW) == "clear", moment
            assert not [path for path in lists_in(gate) if path.suffix == ".draft"], moment
        assert '"done":true' in await imported(gate, fresh)
        assert (await asked(gate, NEW), await asked(gate, OLD)) == ("hit", "clear")
        assert len([path for path in lists_in(gate) if path.suffix == ".numbers"]) == 2
    finally:
        await gate.kill()


async def test_a_gate_whose_store_is_lost_has_its_lists_again_by_itself(tmp_path: Path) -> None:
    gate = Served(tmp_path, "http://127.0.0.1:9")
    old = tmp_path / "old.txt"
    old.write_text(f"{OLD}\n")
    await gate.start()
    try:
        await imported(gate, old)
        await gate.stop()
        shutil.rmtree(tmp_path / "data" / "store")
        await gate.start()
        await settled(gate, OLD, "hit")
        assert await asked(gate, NEW) == "clear"
    finally:
        await gate.stop()
