"""Which policies were ever active, as the exact files that they were made from?

    data/policy/                          0700, files 0600
      versions/<digest>/floor/us.yaml     every YAML file of the folder, its tables too
      versions/.draft-...                 a folder as it was found, while it is being proved

A folder is copied first and then judged from the copy, so that what was proved, what is kept and
what judges are the same bytes, whatever an editor does meanwhile.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath

from gatekeeper.errors import NotThere
from gatekeeper.policy.faults import Fault, refusal
from gatekeeper.policy.folder import content, listed
from gatekeeper.policy.load import TABLES

LEAST_DIGITS = 8
"""As many digits of a digest must be given."""
_DIGEST = frozenset("0123456789abcdef")
_DRAFT = ".draft-"
_WHOLE = 64


@dataclass(frozen=True, slots=True)
class Draft:
    """A folder's policy files as they were at one moment, in a private place."""

    path: Path
    mark: str
    """SHA-256 (hex) over the names and bytes of the files, decision tables apart."""


class Versions:
    """The kept versions of one installation."""

    def __init__(self, home: Path) -> None:
        self.home = home.absolute()
        """`versions` of the data folder's `policy`."""

    def draft(self, source: Path) -> Draft:
        """Copy a folder's YAML files; PolicyError names what cannot be read.

        Nothing is passed over: a folder that may not be entered would otherwise be a policy
        without its rules.
        """
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = Path(tempfile.mkdtemp(prefix=_DRAFT, dir=self.home))
        try:
            return Draft(path, _copy(source, path))
        except BaseException:
            shutil.rmtree(path, ignore_errors=True)
            raise

    def keep(self, draft: Draft, digest: str) -> Path:
        """Keep a draft under the digest of what it says, durable on return."""
        for folder, _, names in os.walk(draft.path):
            for name in names:
                _sync(Path(folder, name))
            _sync(Path(folder))
        place = self.home / digest
        if place.exists():  # the same rules with other comments or tables: the newest are kept
            old = Path(tempfile.mkdtemp(prefix=_DRAFT, dir=self.home))
            place.rename(old / digest)
            draft.path.rename(place)
            shutil.rmtree(old)
        else:
            draft.path.rename(place)
        _sync(self.home)
        return place

    def discard(self, draft: Draft) -> None:
        """Drop a draft that was not taken."""
        shutil.rmtree(draft.path, ignore_errors=True)

    def clear_drafts(self) -> int:
        """Drop what a killed gate was about to prove; how many."""
        drafts = list(self.home.glob(_DRAFT + "*"))
        for draft in drafts:
            shutil.rmtree(draft, ignore_errors=True)
        return len(drafts)

    def names(self) -> tuple[str, ...]:
        """The digests of the kept versions."""
        if not self.home.is_dir():
            return ()
        return tuple(sorted(path.name for path in self.home.iterdir() if _is_digest(path.name)))

    def path(self, digest: str) -> Path:
        """Where a version lies, by its digest or the beginning of it; NotThere if it is unknown."""
        found = [name for name in self.names() if name.startswith(digest)]
        if len(digest) < LEAST_DIGITS or len(found) != 1:
            why = "is not kept" if len(digest) >= LEAST_DIGITS and not found else "is not clear"
            raise NotThere(
                f"the policy version {digest[:_WHOLE]!r} {why}: give its digest, or at least "
                f"{LEAST_DIGITS} digits of it (`gatekeeper policy history` lists them)"
            )
        return self.home / found[0]

    def keep_only(self, digests: Collection[str]) -> int:
        """Drop every other version; how many."""
        gone = [name for name in self.names() if name not in digests]
        for name in gone:
            shutil.rmtree(self.home / name, ignore_errors=True)
        return len(gone)


def versions_of(data: Path) -> Versions:
    """The kept versions of a data folder."""
    return Versions(data / "policy" / "versions")


def stored(data: Path, digest: str) -> Path:
    """The folder of a version that was active, by its digest or at least 8 digits of it.

    NotThere if it is not kept. Whoever loads it compares the hash with the digest.
    """
    return versions_of(data).path(digest)


def _is_digest(name: str) -> bool:
    return len(name) == _WHOLE and set(name) <= _DIGEST


def _copy(source: Path, target: Path) -> str:
    faults: list[Fault] = []
    mark = sha256()
    for name in listed(source, faults):
        data = content(source, name, faults)
        if data is None:
            continue
        _put(target, name, data)
        if name.parts[0] != TABLES:
            mark.update(f"{len(str(name))} {name} {len(data)} ".encode() + data)
    if faults:
        raise refusal(faults)
    return mark.hexdigest()


def _put(target: Path, name: PurePosixPath, data: bytes) -> None:
    for folder in reversed(name.parents):
        (target / folder).mkdir(mode=0o700, exist_ok=True)
    fd = os.open(target / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(fd, "wb") as file:
        file.write(data)


def _sync(path: Path) -> None:
    fd = os.open(path, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
