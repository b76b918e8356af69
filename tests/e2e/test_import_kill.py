"""Is an import whole or nothing after kill -9 of the gate, wherever it strikes?"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from gatekeeper.journal.read import entries
from gatekeeper.vault.keyring import Keyring
from tests.support.acme import ANA, TENANT
from tests.support.journal import proved_with
from tests.support.served import Served

LINES = 9_000
WITHIN_S = 60.0


def number(n: int) -> str:
    return f"+1212{2_300_000 + n}"


def written(folder: Path) -> Path:
    path = folder / "people.csv"
    rows = (f"{number(n)},opt_in,2026-11-01T12:00:00Z,Shown {n}\n" for n in range(LINES))
    path.write_text("number,event,at,text_shown\n" + "".join(rows))
    return path


class Socket:
    """The private socket, read line by line."""

    def __init__(self, served: Served) -> None:
        self._path = str(served.folder / "data" / "admin.sock")

    async def lines(self, path: Path) -> AsyncIterator[dict[str, Any]]:
        """What an import tells, until it ends or is cut off."""
        body = {"tenant": TENANT, "path": str(path)}
        connector = aiohttp.UnixConnector(self._path)
        async with (
            aiohttp.ClientSession(connector=connector) as session,
            session.post("http://gate/imports/consents", json=body) as got,
        ):
            async for line in got.content:
                yield json.loads(line)

    async def idle(self) -> None:
        """Wait until nothing is under way any more."""
        connector = aiohttp.UnixConnector(self._path)
        async with asyncio.timeout(WITHIN_S), aiohttp.ClientSession(connector=connector) as asks:
            while True:
                async with asks.get("http://gate/imports") as got:
                    if await got.json() == []:
                        return
                await asyncio.sleep(0.1)


async def killed_at(served: Served, path: Path, stage: str) -> None:
    """Import until a stage is told, and kill the gate there."""
    async for news in Socket(served).lines(path):
        if news.get("stage") == stage:
            await served.kill()
            return
    raise AssertionError(f"{stage} was never told")


def events(served: Served) -> Counter[str]:
    """How often each event of the file is in the journal."""
    lines = (entry.line for entry in entries(served.journal))
    told = (line for line in lines if line.kind == "consent" and line.content["evidence"])
    return Counter(line.id for line in told)


MOMENTS = [("checked", False), ("waiting", True), ("applied", True)]


@pytest.mark.parametrize(("stage", "whole"), MOMENTS)
async def test_what_was_accepted_is_whole_after_it_and_the_same_command_doubles_nothing(
    tmp_path: Path, stage: str, whole: bool
) -> None:
    served = Served(tmp_path, "sandbox")
    path = written(tmp_path)
    try:
        await served.start()
        await served.register(ANA)
        await killed_at(served, path, stage)
        await served.start()
        await Socket(served).idle()
        await asyncio.sleep(0.3)
        await Socket(served).idle()
        assert len(events(served)) == (LINES if whole else 0)
        said = [news async for news in Socket(served).lines(path)]
        assert said[-2]["stage"] == ("unchanged" if whole else "settled"), said[-2:]
        assert said[-2]["known"] == (LINES if whole else 0)
    finally:
        await served.stop()
    found = events(served)
    assert len(found) == LINES and set(found.values()) == {1}
    assert not list((tmp_path / "data" / "imports").iterdir())
    keyring = Keyring.open(tmp_path / "data" / "keyring.json", journal_exists=True)
    assert proved_with(served.journal, keyring).ok
