"""Is there room left for the last records when the disk fills up?

A ballast file holds space back. Below that much free space new decisions are refused; if the
disk is full all the same, the ballast goes, so that outcomes of what was sent are still written.
"""

from __future__ import annotations

from pathlib import Path

from gatekeeper.journal.disk import Disk, write_durably

CHUNK = bytes(1 << 20)


class Reserve:
    """The ballast of one journal folder; `size` bytes, 0 for none."""

    def __init__(self, folder: Path, size: int, disk: Disk) -> None:
        self._path = folder / "ballast"
        self._size = size
        self._disk = disk
        self.low = False
        """Whether less than the reserve is free: take no new work."""

    def check(self) -> None:
        """Look at the free space; lay the ballast down again once there is plenty."""
        try:
            free = self._disk.free_bytes(self._path.parent)
            if free >= 3 * self._size and not self._whole():
                self._lay()
        except OSError:
            free = 0
        self.low = free < self._size

    def release(self) -> bool:
        """Give the held space back to the disk; False if there was none."""
        held = self._path.exists()
        self._path.unlink(missing_ok=True)
        return held

    def _whole(self) -> bool:
        return self._path.exists() and self._path.stat().st_size >= self._size

    def _lay(self) -> None:
        self._path.unlink(missing_ok=True)
        fd = self._disk.create(self._path)
        try:
            for start in range(0, self._size, len(CHUNK)):
                write_durably(self._disk, fd, CHUNK[: self._size - start])
        except OSError:
            self.release()
            raise
        finally:
            self._disk.close(fd)
