"""Has the folder of policy files changed, and has whoever changes it come to an end?"""

from __future__ import annotations

import errno
import fcntl
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from gatekeeper.policy.folder import SUFFIXES


class Seen(NamedTuple):
    """One file as it is now; any write, swap or change of permissions makes it another."""

    path: Path
    inode: int
    size: int
    modified: int
    changed: int


Fingerprint = frozenset[Seen]


def fingerprint(folder: Path) -> Fingerprint:
    """All YAML files as they are: equal as long as nobody writes.

    What cannot be listed is left out here, and is a fault when the folder is read.
    """
    return frozenset(seen for path in _files(folder) if (seen := _seen(path)))


def being_written(folder: Path) -> bool:
    """Whether somebody has one of the files open to write, as far as the system tells.

    Linux grants a read lease only on a file that nobody has open for writing, and only to its
    owner (fcntl(2), F_SETLEASE). Where it cannot tell, the folder counts as at rest.
    """
    return any(_written(path) for path in _files(folder))


def _files(folder: Path) -> Iterator[Path]:
    for inside, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if name.endswith(SUFFIXES) and not name.startswith("."):
                yield Path(inside, name)


def _seen(path: Path) -> Seen | None:
    try:
        found = path.stat()
    except OSError:  # it went away between being listed and being looked at
        return None
    return Seen(path, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def _written(path: Path) -> bool:
    lease = getattr(fcntl, "F_SETLEASE", None)
    if lease is None:
        return False
    try:
        fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        # Whoever opens the file to write meanwhile would have SIGIO sent to us, which kills.
        fcntl.fcntl(fd, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(fd, lease, fcntl.F_RDLCK)
        fcntl.fcntl(fd, lease, fcntl.F_UNLCK)
    except OSError as error:
        return error.errno == errno.EAGAIN
    finally:
        os.close(fd)
    return False
