"""Is every change of a folder seen, and whoever is still writing?"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gatekeeper.rollout.watched import being_written, fingerprint
from tests.support.rollouts import house


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return house(tmp_path).setup.folder


def swap(file: Path) -> None:
    """Rename another file over it, of the same size and times."""
    other = file.with_name("new")
    other.write_bytes(file.read_bytes().replace(b"block", b"allow"))
    was = file.stat()
    os.utime(other, ns=(was.st_atime_ns, was.st_mtime_ns))
    other.rename(file)


CHANGES: dict[str, Callable[[Path], object]] = {
    "written": lambda file: file.write_text("pack: us\n"),
    "removed": lambda file: file.unlink(),
    "added beside": lambda file: file.with_name("us-fl.yaml").write_text("pack: us-fl\n"),
    "swapped for one of the same size and time": swap,
    "locked": lambda file: file.chmod(0),
    "moved away": lambda file: file.rename(file.parent.parent / "us.yaml"),
    "moved away with its folder": lambda file: file.parent.rename(file.parent.with_name("away")),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_is_seen(folder: Path, change: Callable[[Path], object]) -> None:
    before = fingerprint(folder)
    assert before and fingerprint(folder) == before
    change(folder / "floor" / "us.yaml")
    assert fingerprint(folder) != before


def test_what_editors_leave_beside_is_no_change(folder: Path) -> None:
    before = fingerprint(folder)
    for name in ("4913", "us.yaml~", ".us.yaml.swp", "#us.yaml#", "us.yaml.bak"):
        (folder / "floor" / name).write_text("x")
    (folder / "floor" / ".#us.yaml").symlink_to("user@host.1234")
    assert fingerprint(folder) == before


def test_a_folder_that_is_gone_has_no_files(tmp_path: Path) -> None:
    assert fingerprint(tmp_path / "nowhere") == frozenset()
    assert not being_written(tmp_path / "nowhere")


def test_who_has_a_file_open_to_write_is_seen_and_who_reads_is_not(folder: Path) -> None:
    """Where the system tells; elsewhere a folder counts as at rest."""
    file = folder / "floor" / "us.yaml"
    assert not being_written(folder)
    with file.open("rb"):
        assert not being_written(folder)
    for mode in ("r+b", "ab"):
        with file.open(mode):
            assert being_written(folder) == sys.platform.startswith("linux")
        assert not being_written(folder)
