"""Does a lost dependency refuse in Twilio's shape, say so by name, and let go when it is back?"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import time
from errno import ENOSPC
from pathlib import Path

import pytest

from gatekeeper.errors import PolicyError
from gatekeeper.journal.disk import Disk
from gatekeeper.proxy.gate import start
from gatekeeper.proxy.health import well
from gatekeeper.settings import shipped_folder
from tests.support.gate import Stand, Told, eventually, settings_in, standing_gate
from tests.support.valkey import FaultProxy


def is_refusal(told: Told) -> bool:
    """Whether it is Twilio's error shape, with the one status that may be tried again."""
    return (
        told.status == 503
        and told.code == 20503
        and set(told.body) == {"code", "message", "more_info", "status"}
        and int(told.headers["Retry-After"]) >= 1
        and told.headers["Gatekeeper-Reason"] == "dependency.unavailable"
    )


async def until_sent(stand: Stand) -> None:
    """Wait until the gate sends again; everything before is refused as it should be."""
    async with asyncio.timeout(15):
        while (told := await stand.post()).status != 201:
            assert is_refusal(told), told
            await asyncio.sleep(0.05)


async def state_of(stand: Stand, dependency: str) -> str:
    """What /readyz says of one dependency; the status agrees with it."""
    told = await stand.ready()
    states = told.body["dependencies"]
    assert told.status == (200 if all(map(well, states.values())) else 503)
    return str(states[dependency])


async def test_the_store_is_down(tmp_path: Path) -> None:
    async with standing_gate(tmp_path) as stand:
        server = stand.gate.ground.server
        assert server is not None and server.pid is not None
        os.kill(server.pid, signal.SIGKILL)
        await eventually(lambda: server.pid is None)
        assert is_refusal(await stand.post())
        assert await state_of(stand, "store") != "ok"
        assert await state_of(stand, "journal") == "ok"
        assert stand.carrier.requests == []
        await until_sent(stand)
        assert await state_of(stand, "store") == "ok"


async def test_the_store_is_slow(tmp_path: Path, proxy: FaultProxy) -> None:
    async with standing_gate(tmp_path, redis_url=proxy.url, store_timeout_ms=100) as stand:
        assert (await stand.post()).status == 201
        proxy.delay = 1.0
        started = asyncio.get_running_loop().time()
        assert is_refusal(await stand.post())
        assert asyncio.get_running_loop().time() - started < 0.6
        assert await state_of(stand, "store") != "ok"
        assert len(stand.carrier.requests) == 1
        proxy.delay = 0.0
        await until_sent(stand)
        assert await state_of(stand, "store") == "ok"


async def test_the_journal_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = False
    write = Disk.write

    def on_a_full_disk(disk: Disk, fd: int, data: memoryview) -> int:
        if full:
            raise OSError(ENOSPC, os.strerror(ENOSPC))
        return write(disk, fd, data)

    monkeypatch.setattr(Disk, "write", on_a_full_disk)
    async with standing_gate(tmp_path) as stand:
        assert (await stand.post()).status == 201
        full = True
        assert is_refusal(await stand.post())
        assert await state_of(stand, "journal") != "ok"
        assert await state_of(stand, "store") == "ok"
        opting_out = {"number": "+12122000211", "event": "opt_out"}
        assert (await stand.native("/v1/consents", opting_out)).status == 503
        assert len(stand.carrier.requests) == 1
        full = False
        await until_sent(stand)
        assert await state_of(stand, "journal") == "ok"


async def test_the_journal_is_slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pause = 0.0
    sync = Disk.sync

    def late(disk: Disk, fd: int) -> None:
        time.sleep(pause)
        sync(disk, fd)

    monkeypatch.setattr(Disk, "sync", late)
    async with standing_gate(tmp_path, journal_timeout_ms=200) as stand:
        pause = 1.0
        assert is_refusal(await stand.post())
        assert stand.carrier.requests == []
        assert await state_of(stand, "journal") != "ok"
        pause = 0.0
        await until_sent(stand)


async def test_without_a_policy_no_gate_starts(tmp_path: Path) -> None:
    for folder in (tmp_path / "missing", tmp_path / "broken"):
        if folder.name == "broken":
            shutil.copytree(shipped_folder("policies"), folder)
            (folder / "floor" / "us.yaml").write_text("pack: us\nrules: [")
        settings = settings_in(tmp_path / "home", "sandbox", policies=folder)
        with pytest.raises(PolicyError):
            await start(settings, lambda _: None)


async def test_a_policy_that_breaks_keeps_the_last_good_one(tmp_path: Path) -> None:
    folder = tmp_path / "policies"
    shutil.copytree(shipped_folder("policies"), folder)
    async with standing_gate(tmp_path, policies=folder) as stand:
        good, file = stand.gate.policies.state.hash, folder / "floor" / "us.yaml"
        text = file.read_text()
        file.write_text(text + "\nnonsense: [")
        await eventually(lambda: stand.gate.policies.state.differs, 10)
        assert stand.gate.policies.state.hash == good
        assert stand.gate.policies.state.faults[0].startswith("floor/us.yaml:")
        assert (await stand.post()).status == 201
        told = "ok, but the folder has 1 fault and the last good policy judges"
        assert (await state_of(stand, "policy")).startswith(told)
        async with asyncio.timeout(10):
            while "gatekeeper_policy_differs 1.0" not in await stand.metrics():  # noqa: ASYNC110
                await asyncio.sleep(0.1)
        file.write_text(text)
        await eventually(lambda: not stand.gate.policies.state.differs, 10)


async def test_the_provider_is_away(tmp_path: Path) -> None:
    async with standing_gate(tmp_path) as stand:
        await stand.carrier.stop()
        assert is_refusal(await stand.post())
        await stand.carrier.start()
        assert (await stand.post()).status == 201
