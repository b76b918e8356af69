"""Where does a provider's SDK live? In an environment of its own, made from its lock when needed.

A lock is `environments/NAME/requirements.txt` (Python) or `package-lock.json` (Node). What is made
of it lies in `.sdk/NAME-DIGEST`, of the digest of lock and interpreter: another lock is another
folder. Every file is held to the lock's hash, and no source distribution of a build is run.

    python -m tests.sdk.environments [NAME ...]    # make these, or all
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
LOCKS = Path(__file__).parent / "environments"
MADE = ROOT / ".sdk"
WITHIN_S = 300


@dataclass(frozen=True, slots=True)
class Environment:
    """An SDK's environment, made or not."""

    name: str

    @property
    def node(self) -> bool:
        """Whether it is Node's; else it is Python's."""
        return self.name.endswith("-node")

    @property
    def lock(self) -> Path:
        """What is in it, each file with its hash."""
        return LOCKS / self.name / ("package-lock.json" if self.node else "requirements.txt")

    @property
    def folder(self) -> Path:
        """Where it lies."""
        made_for = b"" if self.node else f"{sys.version} {ROOT}".encode()
        digest = hashlib.sha256(self.lock.read_bytes() + made_for).hexdigest()
        return MADE / f"{self.name}-{digest[:12]}"

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / "bin" / "python"

    def ready(self) -> Environment:
        """The same, made if it was not; whoever else wants it now waits."""
        done = self.folder / "ready"
        if not done.exists():
            with _alone(self.name):
                if not done.exists():
                    shutil.rmtree(self.folder, ignore_errors=True)
                    (self._make_node if self.node else self._make_python)()
                    done.touch()
        return self

    def _make_python(self) -> None:
        venv.create(self.folder, with_pip=False)
        pip = [sys.executable, "-m", "pip", "--python", str(self.python), "install"]
        options = ["--disable-pip-version-check", "--no-deps", "--no-compile", "--quiet"]
        hashed = ["--require-hashes", "--only-binary", ":all:", "-r", str(self.lock)]
        subprocess.run([*pip, *options, *hashed], check=True, timeout=WITHIN_S)

    def _make_node(self) -> None:
        self.folder.mkdir(parents=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(self.lock.with_name(name), self.folder / name)
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        subprocess.run(command, cwd=self.folder, check=True, timeout=WITHIN_S)


def every() -> tuple[Environment, ...]:
    """All environments that have a lock, in the order of their names."""
    return tuple(Environment(folder.name) for folder in sorted(LOCKS.iterdir()) if folder.is_dir())


@contextmanager
def _alone(name: str) -> Iterator[None]:
    """Keep other processes from making the same environment meanwhile."""
    MADE.mkdir(exist_ok=True)
    with (MADE / f"{name}.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    for wanted in [Environment(name) for name in sys.argv[1:]] or every():
        started = time.monotonic()
        wanted.ready()
        print(f"{wanted.name}: {time.monotonic() - started:.1f} s")
