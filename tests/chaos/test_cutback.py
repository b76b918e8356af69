"""Does the simulated power cut take what was not synced, and nothing else?"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.chaos.cutback import Disk, NoCompiler, build_shim


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = tmp_path / "data"
    made.mkdir()
    return made


def noted(log: Path, *lines: str) -> None:
    """What the shim writes."""
    with log.open("a") as file:
        file.writelines(f"{line}\n" for line in lines)


def file_of(path: Path) -> str:
    return f"F {path.stat().st_ino} {path.stat().st_size}"


def name_of(path: Path) -> str:
    return f"N {path.parent.stat().st_ino} {path.stat().st_ino} {path.name}"


def test_a_file_is_cut_to_its_length_at_the_last_sync(root: Path, tmp_path: Path) -> None:
    log, path = tmp_path / "log", root / "a file"
    path.write_bytes(b"synced")
    noted(log, name_of(path), file_of(path))
    disk = Disk(log)
    path.write_bytes(b"synced and more")
    assert (str(disk.cut(root)), path.read_bytes()) == ("9 bytes of 1 files and 0 names", b"synced")
    path.write_bytes(b"synced again")
    noted(log, file_of(path))
    assert (disk.cut(root).files, path.read_bytes()) == (0, b"synced again")


def test_a_file_that_was_never_synced_is_empty(root: Path, tmp_path: Path) -> None:
    path = root / "a"
    path.write_bytes(b"lost")
    noted(tmp_path / "log", name_of(path))
    Disk(tmp_path / "log").cut(root)
    assert path.read_bytes() == b""


def test_a_name_that_was_not_synced_with_its_folder_is_gone(root: Path, tmp_path: Path) -> None:
    """Also one that a file was renamed to, and a folder with all that is in it."""
    draft, inner = root / "draft", root / "folder" / "inner"
    draft.write_bytes(b"x")
    inner.parent.mkdir()
    inner.write_bytes(b"y")
    noted(tmp_path / "log", name_of(draft), file_of(draft), name_of(inner), file_of(inner))
    draft.rename(root / "final")
    cut = Disk(tmp_path / "log").cut(root)
    assert (sorted(cut.names), list(root.iterdir())) == (["final", "folder"], [])


def test_what_was_there_when_it_was_settled_stays(root: Path, tmp_path: Path) -> None:
    inner = root / "folder" / "inner"
    inner.parent.mkdir()
    inner.write_bytes(b"k")
    noted(tmp_path / "log", file_of(inner))
    inner.write_bytes(b"kept")
    disk = Disk(tmp_path / "log")
    disk.settle(root)
    inner.write_bytes(b"kept, and this not")
    disk.cut(root)
    assert inner.read_bytes() == b"kept"


def test_without_a_compiler_it_says_what_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoCompiler, match=r"apt-get install gcc|Linux only"):
        build_shim(tmp_path)


WRITER = """
import os, sys
root = sys.argv[1]
def put(name, synced, *calls):
    with open(f"{root}/{name}", "wb") as file:
        file.write(b"sure"); file.flush()
        for call in calls: call(file.fileno())
        file.write(b"lost")
put("by fsync", True, os.fsync)
put("by fdatasync", True, os.fdatasync)
put("by none", False)
folder = os.open(root, os.O_RDONLY); os.fsync(folder)
put("too late", True, os.fsync)
"""


@pytest.mark.full
def test_the_shim_sees_the_syncs_of_a_real_process(root: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    settings = {"LD_PRELOAD": str(build_shim(tmp_path)), "SYNC_LOG": str(log)}
    subprocess.run([sys.executable, "-c", WRITER, root], env=os.environ | settings, check=True)
    cut = Disk(log).cut(root)
    assert {path.name: path.read_bytes() for path in root.iterdir()} == {
        "by fsync": b"sure",
        "by fdatasync": b"sure",
        "by none": b"",
    }
    assert cut.names == ["too late"]
