"""How do the installation's keys lie on disk, and when is that file refused?"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import msgspec

from gatekeeper.errors import KeyringError

KEY_BYTES = 32
PRIVATE = 0o600


class Use(StrEnum):
    """What a key is for; each use has keys of its own."""

    PSEUDONYM = "pseudonym"
    SUPPRESSION = "suppression"
    SEALING = "sealing"
    SIGNING = "signing"
    FINGERPRINT = "fingerprint"


class Key(msgspec.Struct, frozen=True):
    """One secret key of 32 bytes; of several for one use the last is current."""

    id: str
    """16 hex digits."""
    use: Use
    created: datetime
    secret: bytes

    def __repr__(self) -> str:
        return f"Key({self.id}, {self.use})"


class KeyFile(msgspec.Struct, frozen=True):
    """The whole file, version 1."""

    version: int
    created: datetime
    keys: tuple[Key, ...]

    def __repr__(self) -> str:
        return f"KeyFile({self.version}, {self.keys!r})"

    def current(self, use: Use) -> Key:
        """The newest key of a use; every file that `read` accepts has one."""
        return next(key for key in reversed(self.keys) if key.use is use)


def generate() -> KeyFile:
    """A fresh key for each use, from the operating system's generator."""
    now = datetime.now(UTC)
    keys = (Key(os.urandom(8).hex(), use, now, os.urandom(KEY_BYTES)) for use in Use)
    return KeyFile(1, now, tuple(keys))


def create(path: Path, content: KeyFile) -> bool:
    """Put the file in place whole and durable, or not at all; False if another was first.

    A hard link never overwrites: of two gates that start at once, both use one keyring.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    fd = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, PRIVATE)
    try:
        with os.fdopen(fd, "wb") as file:
            file.write(msgspec.json.format(msgspec.json.encode(content), indent=1))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
            _sync_folder(path.parent)
            return True
        return False
    finally:
        draft.unlink(missing_ok=True)


def read(path: Path) -> KeyFile:
    """Read and check the file; KeyringError says what is wrong and what to do."""
    try:
        with path.open("rb") as file:
            _refuse_open_doors(path, os.fstat(file.fileno()))
            raw = file.read()
    except OSError as error:
        raise KeyringError(f"cannot read the keyring {path}: {error.strerror}") from error
    return _decode(path, raw)


def _decode(path: Path, raw: bytes) -> KeyFile:
    try:
        version = msgspec.json.decode(raw, type=dict[str, object]).get("version")
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise KeyringError(f"the keyring {path} is damaged; restore it from a backup") from error
    if version != 1:
        raise KeyringError(f"the keyring {path} is of version {version!r}; this gate knows 1")
    try:
        content = msgspec.json.decode(raw, type=KeyFile)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise KeyringError(f"the keyring {path} is damaged; restore it from a backup") from error
    lacking = sorted(set(Use) - {key.use for key in content.keys})
    if lacking or any(len(key.secret) != KEY_BYTES for key in content.keys):
        raise KeyringError(
            f"the keyring {path} lacks whole keys for: {', '.join(lacking) or 'all'}"
        )
    return content


def _refuse_open_doors(path: Path, status: os.stat_result) -> None:
    mode = stat.S_IMODE(status.st_mode)
    if mode & ~PRIVATE:
        raise KeyringError(
            f"the keyring {path} has mode {mode:04o}: others may have read it. "
            f"If you are sure that nobody did: chmod 600 {path}"
        )


def _sync_folder(folder: Path) -> None:
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
