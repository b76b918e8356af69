"""How does a test run many commands as processes, and pay for the imports only once?

`python -m tests.support.warm SOCKET` waits with `gatekeeper` imported. Each command that connects
hands over its arguments, folder, environment and its three streams, and becomes a fork of it.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from pathlib import Path

SHIM = """\
import array, json, os, socket, sys
with socket.socket(socket.AF_UNIX) as warm:
    warm.connect({path!r})
    asked = json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)]).encode()
    streams = array.array("i", [0, 1, 2])
    warm.sendmsg([b"\\n"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, streams)])
    warm.sendall(asked)
    warm.shutdown(socket.SHUT_WR)
    sys.exit(warm.recv(1)[0])
"""


def install(command: Path, path: Path) -> None:
    """Write a command that runs as a fork of the process which waits at `path`."""
    script = command.with_name("shim.py")
    script.write_text(SHIM.format(path=str(path)))
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -SE {script} "$@"\n')
    command.chmod(0o755)


def serve(path: str) -> None:
    """Wait for commands, one after the other, until killed."""
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(path)
        door.listen(16)
        while True:
            asking, _ = door.accept()
            with asking:
                _, streams, _, _ = socket.recv_fds(asking, 1, 3)
                asked = b"".join(iter(lambda: asking.recv(65536), b""))  # noqa: B023 - used at once
                asking.sendall(bytes([_run(asked, streams)]))


def _run(asked: bytes, streams: list[int]) -> int:
    """One command in a process of its own; its exit status."""
    child = os.fork()
    if child == 0:
        _become(asked, streams)
    for stream in streams:
        os.close(stream)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) & 0xFF


def _become(asked: bytes, streams: list[int]) -> None:
    from gatekeeper.cli import main

    words, folder, environment = json.loads(asked)
    for place, stream in enumerate(streams):
        os.dup2(stream, place)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["gatekeeper", *words]
    status = 70
    try:
        main()
        status = 0
    except SystemExit as ended:
        status = int(ended.code or 0)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    import gatekeeper.cli  # noqa: F401 - what the forks need not import again

    serve(sys.argv[1])
