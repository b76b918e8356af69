"""One fault at every single disk call of the journal, and a power loss at every one.

A run opens the journal, records, rotates segments, checkpoints and closes. Whatever call fails or
never returns: what was acknowledged is there after the next start, the chain verifies, and no
descriptor is used after its failure.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from errno import EIO, ENOSPC
from pathlib import Path

import pytest

from gatekeeper.errors import DependencyUnavailable
from gatekeeper.journal.disk import Disk
from gatekeeper.journal.opening import Limits
from tests.support.journal import VolatileDisk, decision, ids, opened, proved

RECORDS = 5
LIMITS = Limits(segment_bytes=1500, reserve_bytes=0)


class CountingDisk(VolatileDisk):
    """Calls `strike` before the call number `at`, and counts all calls."""

    def __init__(self, at: int = 0, strike: Callable[[], None] = lambda: None) -> None:
        super().__init__()
        self.calls = 0
        self._at = at
        self._strike = strike
        self._failed: set[int] = set()
        self.reused = False

    def create(self, path: Path) -> int:
        self._count()
        fd = super().create(path)
        self._failed.discard(fd)
        return fd

    def reopen(self, path: Path) -> int:
        self._count()
        fd = super().reopen(path)
        self._failed.discard(fd)
        return fd

    def write(self, fd: int, data: memoryview) -> int:
        self._count(fd)
        return super().write(fd, data)

    def sync(self, fd: int) -> None:
        self._count(fd)
        super().sync(fd)

    def truncate(self, fd: int, size: int) -> None:
        self._count(fd)
        super().truncate(fd, size)

    def sync_folder(self, folder: Path) -> None:
        self._count()
        super().sync_folder(folder)

    def _count(self, fd: int | None = None) -> None:
        self.reused |= fd in self._failed
        self.calls += 1
        if self.calls == self._at:
            try:
                self._strike()
            except OSError:
                if fd is not None:
                    self._failed.add(fd)
                raise


async def script(folder: Path, disk: Disk) -> list[str]:
    """What was acknowledged of a whole run."""
    acknowledged: list[str] = []
    try:
        journal = await opened(folder, limits=LIMITS, disk=disk)
    except DependencyUnavailable:
        return acknowledged
    for n in range(RECORDS):
        try:
            await journal.append("decision", f"r{n}", "acme", decision("block"))
            acknowledged.append(f"r{n}")
        except DependencyUnavailable:
            await journal.probe()
    await journal.close()
    return acknowledged


async def calls_of_a_run(folder: Path) -> int:
    disk = CountingDisk()
    await script(folder, disk)
    return disk.calls


async def after_restart(folder: Path) -> set[str]:
    await (await opened(folder, limits=LIMITS)).close()
    report = proved(folder)
    assert report.ok, report.faults
    return set(ids(folder))


@pytest.mark.parametrize("error", [EIO, pytest.param(ENOSPC, marks=pytest.mark.full)])
async def test_an_error_at_any_call_loses_nothing_that_was_acknowledged(
    tmp_path: Path, error: int
) -> None:
    def strike() -> None:
        raise OSError(error, os.strerror(error))

    total = await calls_of_a_run(tmp_path / "count")
    assert total > 30
    for at in range(1, total + 1):
        folder = tmp_path / f"{at}"
        disk = CountingDisk(at, strike)
        acknowledged = await script(folder, disk)
        assert not disk.reused, f"call {at}: a failed descriptor was used again"
        assert set(acknowledged) <= await after_restart(folder), f"call {at}"


@pytest.mark.parametrize("kept_of_unsure", [0.6, pytest.param(0.0, marks=pytest.mark.full)])
async def test_a_power_loss_at_any_call_loses_nothing_that_was_acknowledged(
    tmp_path: Path, kept_of_unsure: float
) -> None:
    total = await calls_of_a_run(tmp_path / "count")
    for at in range(1, total + 1):
        folder, image = tmp_path / f"{at}", tmp_path / f"{at}-image"
        acknowledged = await lost_at(at, folder, image, kept_of_unsure)
        assert set(acknowledged) <= await after_restart(image), f"call {at}"


async def lost_at(at: int, folder: Path, image: Path, kept_of_unsure: float) -> list[str]:
    """Run to the end, with an image of the folder as a power loss at call `at` leaves it."""
    acknowledged: list[str] = []
    known: list[str] = []

    def strike() -> None:
        known.extend(acknowledged)
        disk.power_loss(folder, image, kept_of_unsure=kept_of_unsure)

    disk = CountingDisk(at, strike)
    journal = await opened(folder, limits=LIMITS, disk=disk)
    for n in range(RECORDS):
        await journal.append("decision", f"r{n}", "acme", decision("block"))
        acknowledged.append(f"r{n}")
    await journal.close()
    return known
