"""The real disk, and writing until all is written."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from gatekeeper.journal.disk import Disk, write_durably


def test_a_created_file_is_private_and_never_an_old_one(tmp_path: Path) -> None:
    disk, path = Disk(), tmp_path / "000001.jsonl"
    fd = disk.create(path)
    write_durably(disk, fd, b"line\n")
    disk.close(fd)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_bytes() == b"line\n"
    with pytest.raises(FileExistsError):
        disk.create(path)


def test_short_writes_are_continued_until_all_is_written(tmp_path: Path) -> None:
    class Stingy(Disk):
        def write(self, fd: int, data: memoryview) -> int:
            return super().write(fd, data[:3])

    disk, path = Stingy(), tmp_path / "file"
    fd = disk.create(path)
    write_durably(disk, fd, b"0123456789")
    disk.close(fd)
    assert path.read_bytes() == b"0123456789"


def test_a_file_whose_name_is_not_durable_is_not_left_behind(tmp_path: Path) -> None:
    class Nameless(Disk):
        def sync_folder(self, folder: Path) -> None:
            raise OSError(5, "Input/output error")

    before = os.dup(0)
    os.close(before)
    with pytest.raises(OSError, match="Input/output"):
        Nameless().create(tmp_path / "file")
    assert list(tmp_path.iterdir()) == []
    after = os.dup(0)
    os.close(after)
    assert after == before, "a descriptor was leaked"


def test_reopening_appends_and_truncating_cuts(tmp_path: Path) -> None:
    disk, path = Disk(), tmp_path / "file"
    path.write_bytes(b"whole\ntorn")
    fd = disk.reopen(path)
    disk.truncate(fd, 6)
    write_durably(disk, fd, b"next\n")
    disk.close(fd)
    assert path.read_bytes() == b"whole\nnext\n"
    assert disk.free_bytes(tmp_path) > 0


def test_a_file_that_reopening_makes_has_a_durable_name(tmp_path: Path) -> None:
    """Else a power cut takes the signed checkpoints, whose file is made this way."""

    class Watched(Disk):
        def __init__(self) -> None:
            self.folders: list[Path] = []

        def sync_folder(self, folder: Path) -> None:
            self.folders.append(folder)
            super().sync_folder(folder)

    disk = Watched()
    for _ in range(2):
        disk.close(disk.reopen(tmp_path / "checkpoints.jsonl"))
    assert disk.folders == [tmp_path]
