"""Which files are in a policy folder, and what does each hold, as nobody could trick us into?

A file is opened without waiting, must be a regular one of this folder, and is read within bounds:
a pipe would hang the gate, a device never end, and a link out of the folder would show in the
messages of faults what only the gate may read. Hidden files and folders are passed over; editors
and version control keep their own things there.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from gatekeeper.domain.fault_codes import Code
from gatekeeper.policy.faults import Fault
from gatekeeper.policy.model import Source
from gatekeeper.policy.yamlfile import MAX_BYTES

MAX_FILES = 4_000
SUFFIXES = (".yaml", ".yml")


def listed(root: Path, faults: list[Fault]) -> list[PurePosixPath]:
    """The places of all YAML files, sorted; what looks like one and cannot be read is a fault."""
    names: list[PurePosixPath] = []
    for path in _walked(root, faults):
        name = PurePosixPath(path.relative_to(root))
        if _link(path) and path.is_dir():
            faults.append(_fault(name, "a link to a folder; put the files here"))
        elif path.suffix in SUFFIXES:
            names.append(name)
        if len(names) > MAX_FILES:
            told = f"more than {MAX_FILES} files in one policy folder"
            faults.append(Fault(Source(PurePosixPath("-")), told, Code.TOO_LARGE))
            return []
    return sorted(names)


def _walked(root: Path, faults: list[Fault]) -> Iterator[Path]:
    """Everything below that is not hidden; a folder is named only if it is a link or odd.

    One that cannot be listed is a fault: passed over, it would leave a policy without its rules.
    """

    def note(error: OSError) -> None:
        place = Path(error.filename)
        if place != root or place.exists():  # that there is no folder at all is told elsewhere
            name = PurePosixPath(place.relative_to(root))
            faults.append(_fault(name, f"cannot be read: {error.strerror}"))

    for parent, folders, files in os.walk(root, onerror=note):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in folders:
            path = Path(parent, name)
            if _link(path) or path.suffix in SUFFIXES:
                yield path
        yield from (Path(parent, name) for name in sorted(files) if not name.startswith("."))


def _link(path: Path) -> bool:
    """Whether it is a link; what may not be looked at is told when it is read."""
    try:
        return path.is_symlink()
    except OSError:
        return False


def content(root: Path, name: PurePosixPath, faults: list[Fault]) -> bytes | None:
    """The first bytes of a file, one more than may be read; None, with a fault, if not readable."""
    path = root / name
    try:
        if not path.resolve(strict=True).is_relative_to(root.resolve()):
            faults.append(_fault(name, "a link to what lies outside of the policy folder"))
            return None
        found = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, RuntimeError) as error:
        told = getattr(error, "strerror", None) or "a link that leads nowhere"
        faults.append(_fault(name, f"cannot be read: {told}"))
        return None
    with _closing(found):
        before = os.fstat(found)
        if not stat.S_ISREG(before.st_mode):
            faults.append(_fault(name, "no regular file"))
            return None
        data = _read(found)
        after = os.fstat(found)
    if (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, after.st_size):
        faults.append(_fault(name, "was written to while it was read"))
        return None
    return data


def _read(found: int) -> bytes:
    data = b""
    while len(data) <= MAX_BYTES and (more := os.read(found, MAX_BYTES + 1 - len(data))):
        data += more
    return data


@contextmanager
def _closing(found: int) -> Iterator[None]:
    try:
        yield
    finally:
        os.close(found)


def _fault(name: PurePosixPath, message: str) -> Fault:
    return Fault(Source(name), message, Code.UNREADABLE)
