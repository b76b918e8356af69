"""Who may write in this data folder? One gate at a time."""

from __future__ import annotations

import os
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path

from gatekeeper.errors import JournalError


def hold(folder: Path) -> int:
    """Take the folder's lock and return its descriptor; the system frees it when we die.

    JournalError if another process holds it.
    """
    fd = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        flock(fd, LOCK_EX | LOCK_NB)
    except BlockingIOError as error:
        holder = os.pread(fd, 20, 0).decode("ascii", "replace").strip() or "unknown"
        os.close(fd)
        raise JournalError(
            f"another gate (process {holder}) writes to {folder}; "
            "stop it, or set GATEKEEPER_DATA to a folder of its own"
        ) from error
    os.ftruncate(fd, 0)
    os.pwrite(fd, f"{os.getpid()}\n".encode("ascii"), 0)
    return fd
