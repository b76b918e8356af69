"""Which calls does the journal make on the operating system?

They stand in one class so that a test can hand in a disk that fails, fills up or loses power.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

if sys.platform == "darwin":  # pragma: no cover - untested: no such machine at hand
    from fcntl import F_FULLFSYNC, fcntl

    def _sync(fd: int) -> None:
        fcntl(fd, F_FULLFSYNC)

else:
    _sync = os.fdatasync


class Disk:
    """The real disk. Every method raises OSError as the system does."""

    def create(self, path: Path) -> int:
        """A new private file for appending; its name is durable on return."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND
        fd = os.open(path, flags, 0o600)
        try:
            self.sync_folder(path.parent)
        except OSError:
            os.close(fd)
            path.unlink(missing_ok=True)
            raise
        return fd

    def reopen(self, path: Path) -> int:
        """An existing file, for appending; if it is missing it is made, and its name is durable."""
        try:
            return os.open(path, os.O_WRONLY | os.O_APPEND)
        except FileNotFoundError:
            return self.create(path)

    def write(self, fd: int, data: memoryview) -> int:
        """Write some of the data: a nearly full disk first shows as a short count."""
        return os.write(fd, data)

    def sync(self, fd: int) -> None:
        """Data on stable storage: fdatasync, on macOS F_FULLFSYNC (untested)."""
        _sync(fd)

    def truncate(self, fd: int, size: int) -> None:
        """Cut the file to `size` bytes."""
        os.ftruncate(fd, size)

    def close(self, fd: int) -> None:
        """Give the descriptor back."""
        os.close(fd)

    def sync_folder(self, folder: Path) -> None:
        """New and removed names in the folder on stable storage."""
        fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)

    def free_bytes(self, folder: Path) -> int:
        """Bytes that an unprivileged process may still write there."""
        status = os.statvfs(folder)
        return status.f_bavail * status.f_frsize


def write_durably(disk: Disk, fd: int, data: bytes) -> None:
    """Write all of the data and sync it; after an OSError the descriptor must not be used again.

    Linux may clear a write-back error when it reports it: a second fdatasync on the same file
    would answer success for pages that were dropped ("fsyncgate", PostgreSQL 2018).
    """
    rest = memoryview(data)
    while rest:
        rest = rest[disk.write(fd, rest) :]
    disk.sync(fd)
