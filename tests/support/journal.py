"""A journal on a real folder, and disks that fail, fill up or lose power."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from errno import EIO, ENOSPC
from pathlib import Path
from typing import Any

from gatekeeper.journal.disk import Disk
from gatekeeper.journal.opening import Limits
from gatekeeper.journal.read import entries
from gatekeeper.journal.verify import Report, verify
from gatekeeper.journal.writer import Journal
from gatekeeper.vault.keyfile import generate
from gatekeeper.vault.keyring import Keyring
from gatekeeper.vault.signing import PublicKey

KEYRING = Keyring(generate())
SMALL = Limits(segment_bytes=4096, reserve_bytes=0)


def now() -> datetime:
    return datetime.now(UTC)


async def opened(
    folder: Path, *, limits: Limits = SMALL, disk: Disk | None = None, timeout_s: float = 5.0
) -> Journal:
    return await Journal.open(
        folder, KEYRING, clock=now, timeout_s=timeout_s, limits=limits, disk=disk or Disk()
    )


async def until(holds: Callable[[], bool], timeout_s: float = 5.0) -> None:
    """Wait for something that another thread brings about."""
    async with asyncio.timeout(timeout_s):
        while not holds():  # noqa: ASYNC110 - the thread knows no event of this loop
            await asyncio.sleep(0.01)


def proved(folder: Path) -> Report:
    return proved_with(folder, KEYRING)


def proved_with(folder: Path, keyring: Keyring) -> Report:
    return verify(folder, PublicKey(keyring.public_key))


def ids(folder: Path, kind: str = "decision") -> list[str]:
    return [entry.line.id for entry in entries(folder) if entry.line.kind == kind]


def decision(verdict: str = "allow", **changes: Any) -> dict[str, Any]:
    """A decision's body as the pipeline writes it."""
    finding = {
        "rule": "consent-revoked",
        "reason": "consent.revoked",
        "verdict": verdict,
        "mode": "enforce",
        "stage": 2,
        "citation": "47 CFR 64.1200(a)(10)",
        "detail": "opted out on 2026-11-01",
    }
    person: dict[str, Any] = {
        "pseudonym": KEYRING.pseudonym("acme", "+12122000123"),
        "country": "US",
        "npanxx": "212200",
        "verdict": verdict,
        "next_allowed_at": None,
        "findings": [] if verdict == "allow" else [finding],
        "facts": {},
    }
    return {
        "provider": "twilio",
        "operation": "message.create",
        "channel": "sms",
        "purpose": "marketing",
        "verdict": verdict,
        "reason": None if verdict == "allow" else "consent.revoked",
        "policy": "ab" * 32,
        "recipients": [person],
        "sender": {"pseudonym": KEYRING.pseudonym("acme", "+13122000100"), "kind": "long_code"},
        "digest": "cd" * 32,
    } | changes


class FaultyDisk(Disk):
    """Fails the calls that a test names: `fail["sync"] = 2` fails the next two syncs."""

    def __init__(self, error: int = EIO) -> None:
        self.fail: Counter[str] = Counter()
        self.error = error
        self.synced: set[int] = set()
        self.poisoned: set[int] = set()
        self.reused = False

    def create(self, path: Path) -> int:
        self._trip("create")
        fd = super().create(path)
        self.poisoned.discard(fd)
        return fd

    def reopen(self, path: Path) -> int:
        fd = super().reopen(path)
        self.poisoned.discard(fd)
        return fd

    def write(self, fd: int, data: memoryview) -> int:
        self.reused |= fd in self.poisoned
        self._trip("write", fd)
        return super().write(fd, data)

    def sync(self, fd: int) -> None:
        self.reused |= fd in self.poisoned
        self._trip("sync", fd)
        super().sync(fd)

    def _trip(self, call: str, fd: int = -1) -> None:
        if self.fail[call] > 0:
            self.fail[call] -= 1
            self.poisoned.add(fd)
            raise OSError(self.error, os.strerror(self.error))


class FillingDisk(Disk):
    """A disk of a given size: the first write past it is short, the next one raises ENOSPC."""

    def __init__(self, space: int) -> None:
        self.space = space

    def write(self, fd: int, data: memoryview) -> int:
        if self.space <= 0:
            raise OSError(ENOSPC, os.strerror(ENOSPC))
        written = super().write(fd, data[: self.space])
        self.space -= written
        return written

    def free_bytes(self, folder: Path) -> int:
        return self.space


class VolatileDisk(Disk):
    """Loses on `power_loss` what was written and not synced, as a machine without power does."""

    def __init__(self) -> None:
        self._paths: dict[int, Path] = {}
        self._sure: dict[Path, int] = {}

    def create(self, path: Path) -> int:
        return self._open(super().create(path), path)

    def reopen(self, path: Path) -> int:
        return self._open(super().reopen(path), path)

    def sync(self, fd: int) -> None:
        self._sure[self._paths[fd]] = os.fstat(fd).st_size

    def power_loss(self, folder: Path, image: Path, *, kept_of_unsure: float = 0.0) -> Path:
        """The folder as found after the loss: what is sure, and a share of what is not."""
        shutil.copytree(folder, image)
        for path, sure in self._sure.items():
            copy = image / path.relative_to(folder)
            unsure = copy.stat().st_size - sure
            os.truncate(copy, sure + int(kept_of_unsure * unsure))
        return image

    def _open(self, fd: int, path: Path) -> int:
        self._paths[fd] = path
        self._sure.setdefault(path, path.stat().st_size)
        return fd
