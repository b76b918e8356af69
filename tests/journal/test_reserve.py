"""Ballast: held while there is plenty, given back when the disk is full."""

from __future__ import annotations

from pathlib import Path

from gatekeeper.journal.disk import Disk
from gatekeeper.journal.reserve import Reserve


class Gauge(Disk):
    free = 10_000

    def free_bytes(self, folder: Path) -> int:
        return self.free


def test_ballast_is_laid_down_only_where_there_is_plenty(tmp_path: Path) -> None:
    disk = Gauge()
    reserve = Reserve(tmp_path, 4000, disk)
    reserve.check()
    assert not (tmp_path / "ballast").exists()
    disk.free = 12_000
    reserve.check()
    assert (tmp_path / "ballast").stat().st_size == 4000
    assert not reserve.low


def test_less_free_space_than_the_reserve_is_low(tmp_path: Path) -> None:
    disk = Gauge()
    reserve = Reserve(tmp_path, 4000, disk)
    for free, low in ((4000, False), (3999, True), (0, True), (4000, False)):
        disk.free = free
        reserve.check()
        assert reserve.low is low


def test_released_ballast_is_gone_once(tmp_path: Path) -> None:
    disk = Gauge()
    disk.free = 100_000
    reserve = Reserve(tmp_path, 4000, disk)
    reserve.check()
    assert reserve.release()
    assert not reserve.release()
    reserve.check()
    assert (tmp_path / "ballast").exists()


def test_a_disk_that_cannot_be_asked_counts_as_full(tmp_path: Path) -> None:
    reserve = Reserve(tmp_path / "gone", 4000, Disk())
    reserve.check()
    assert reserve.low
