"""What would a power cut leave of these files?

A plain kill -9 loses nothing: what was written stays in the system's page cache. So the processes
under test run with a shim (`synced.c`, LD_PRELOAD) that notes every completed fsync and fdatasync,
and before a restart each file is cut back to its length at the last of them. A name that was never
synced with its folder is removed. Linux only, and it needs a C compiler.

What it does not know: bytes that were overwritten in place, and names that were removed or
replaced, count as written at once; an inode that is used again keeps the old one's length.
"""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

SHIM = Path(__file__).with_name("synced.c")


class NoCompiler(RuntimeError):
    """The shim cannot be built here; the message says what is missing."""


def build_shim(folder: Path) -> Path:
    """Compile the shim; NoCompiler if that cannot be done here."""
    if sys.platform != "linux":
        raise NoCompiler("the power-cut harness runs on Linux only: it preloads a library")
    compiler = next(filter(None, map(shutil.which, ("cc", "gcc", "clang"))), None)
    if compiler is None:
        raise NoCompiler(
            "the power-cut harness needs a C compiler (Debian, Ubuntu: apt-get install gcc "
            "libc6-dev; Fedora: dnf install gcc)"
        )
    made = folder / "synced.so"
    subprocess.run([compiler, "-O2", "-shared", "-fPIC", "-o", made, SHIM, "-ldl"], check=True)
    return made


@dataclass
class Cut:
    """What a power cut took."""

    files: int = 0
    lost: int = 0
    """Bytes."""
    names: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.lost} bytes of {self.files} files and {len(self.names)} names"


class Disk:
    """What is on the disk for sure, as far as the shim's log tells."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._read = 0
        self._sizes: dict[int, int] = {}
        self._names: set[tuple[int, int, str]] = set()

    def settle(self, root: Path) -> None:
        """Let everything under `root` count as synced, as after sync(1)."""
        self._learn()  # what was noted before must not be taken for later
        for folder, folders, files in os.walk(root):
            here = Path(folder).stat().st_ino
            for name in (*folders, *files):
                found = Path(folder, name).lstat()
                self._names.add((here, found.st_ino, name))
                self._sizes[found.st_ino] = found.st_size

    def cut(self, root: Path) -> Cut:
        """Take what a power cut would take of everything under `root`."""
        self._learn()
        found = Cut()
        self._cut_folder(root, root, found)
        return found

    def _learn(self) -> None:
        if not self._log.exists():
            return
        with self._log.open("rb") as log:
            log.seek(self._read)
            for line in log:
                kind, *words = line.decode().rstrip("\n").split(" ", 3 if line[:1] == b"N" else 2)
                if kind == "F":
                    inode, size = map(int, words)
                    self._sizes[inode] = size
                else:
                    self._names.add((int(words[0]), int(words[1]), words[2]))
            self._read = log.tell()

    def _cut_folder(self, folder: Path, root: Path, found: Cut) -> None:
        here = folder.stat().st_ino
        for path in list(folder.iterdir()):
            status = path.lstat()
            is_folder = stat.S_ISDIR(status.st_mode)
            if (here, status.st_ino, path.name) not in self._names:
                found.names.append(str(path.relative_to(root)))
                shutil.rmtree(path) if is_folder else path.unlink()
            elif is_folder:
                self._cut_folder(path, root, found)
            elif stat.S_ISREG(status.st_mode):
                self._cut_file(path, status, found)

    def _cut_file(self, path: Path, status: os.stat_result, found: Cut) -> None:
        kept = self._sizes.get(status.st_ino, 0)
        if status.st_size > kept:
            os.truncate(path, kept)
            found.files += 1
            found.lost += status.st_size - kept
