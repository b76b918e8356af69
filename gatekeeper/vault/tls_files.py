"""Where do the gate's own authority and certificate lie, and who may read their keys?"""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from gatekeeper.errors import KeyringError
from gatekeeper.vault.authority import Pair, authority, leaf, vouches_for

PRIVATE = 0o600


@dataclass(frozen=True, slots=True)
class TlsFiles:
    """Four files in one folder; the keys are 0600 from their first moment on."""

    folder: Path

    @property
    def authority(self) -> Path:
        """What apps are told to trust; it is no secret."""
        return self.folder / "ca.pem"

    @property
    def certificate(self) -> Path:
        """What the gate shows."""
        return self.folder / "gate.pem"

    @property
    def key(self) -> Path:
        """The key of the certificate."""
        return self.folder / "gate.key"

    def make(self, domain: str, hosts: Sequence[str], at: datetime) -> bool:
        """A certificate for the domain, any one label below it, and these hosts; whether the
        authority is new, because there was none or it vouched for other names."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        wanted = frozenset((domain, *hosts))
        signer = self._signer(wanted)
        new = signer is None
        if signer is None:
            signer = authority(wanted, at)
            _write(self._signing_key, signer.key)
            _write(self.authority, signer.certificate)
        shown = leaf(signer, (domain, f"*.{domain}", *sorted(hosts)), at)
        _write(self.key, shown.key)
        _write(self.certificate, shown.certificate)
        return new

    @property
    def _signing_key(self) -> Path:
        return self.folder / "ca.key"

    def _signer(self, wanted: frozenset[str]) -> Pair | None:
        """The authority that is there, if it vouches for just these names."""
        with suppress(FileNotFoundError, ValueError):
            certificate = self.authority.read_bytes()
            if vouches_for(certificate) == wanted:
                refuse_open_key(self._signing_key)
                return Pair(certificate, self._signing_key.read_bytes())
        return None


def refuse_open_key(path: Path) -> None:
    """KeyringError for a private key that others may have read."""
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o007:
        raise KeyringError(
            f"the key {path} has mode {mode:04o}: anybody may have read it. "
            f"Make a new one, or, if you are sure that nobody did: chmod 600 {path}"
        )


def _write(path: Path, content: bytes) -> None:
    """Put a file in place whole, readable by its owner alone."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    fd = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, PRIVATE)
    with os.fdopen(fd, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
