"""How does the embedded server die with the gate, even when the gate is killed with -9?

Run as a script between the gate and the server: `launcher.py [--watch] COMMAND...`. On Linux it
asks the kernel to send SIGTERM when the gate dies and becomes the server (prctl(2),
PR_SET_PDEATHSIG survives execve). Elsewhere, or with `--watch`, it stays, and stops the server
when the pipe on its standard input closes.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading

PR_SET_PDEATHSIG = 1


def become(command: list[str], gate: int) -> None:
    """Replace this process by the server, bound to the life of the gate; Linux only."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    # The gate may have died before prctl took effect: then nobody would send the signal.
    if os.getppid() == gate:
        os.execv(command[0], command)  # noqa: S606


def watch(command: list[str]) -> int:
    """Run the server as a child and stop it when standard input ends; returns its status."""
    server = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())

    def await_end() -> None:
        sys.stdin.buffer.read()
        server.terminate()

    threading.Thread(target=await_end, daemon=True).start()
    return server.wait()


def main(arguments: list[str]) -> int:
    """`GATE_PID [--watch] COMMAND...`; returns only when the server has ended or must not start."""
    gate, command = int(arguments[0]), arguments[1:]
    if command[0] == "--watch":
        return watch(command[1:])
    if sys.platform != "linux":
        return watch(command)
    become(command, gate)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
