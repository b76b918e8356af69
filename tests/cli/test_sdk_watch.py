"""Is all seen that a program does, whatever it is written in?"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator

import pytest

from gatekeeper.cli import sdk_watch
from gatekeeper.cli.sdk_watch import GateAt, watch
from gatekeeper.errors import InputRejected


@pytest.fixture
def gate() -> Iterator[GateAt]:
    """Something that listens where the gate would."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        yield GateAt(frozenset({"gate.example"}), frozenset((door.getsockname()[1],)))


def python(program: str, *options: str) -> list[str]:
    return [sys.executable, *options, "-c", f"import socket, os; {program}"]


def at(gate: GateAt) -> int:
    return next(iter(gate.ports))


def test_whoever_speaks_to_the_gate_alone_has_reached_it(gate: GateAt) -> None:
    connects = f"socket.create_connection(('127.0.0.1', {at(gate)}))"
    seen = watch(python(connects), gate, os.environ)
    assert (seen.status, seen.guarded, seen.reached, seen.tried) == (0, True, True, ())


def test_another_port_of_this_machine_is_not_the_gate(gate: GateAt) -> None:
    program = (
        "d = socket.create_server(('127.0.0.1', 0)); socket.create_connection(d.getsockname())"
    )
    seen = watch(python(program), gate, os.environ)
    assert (seen.reached, seen.tried) == (False, ())


def test_where_it_would_have_gone_is_told_once(gate: GateAt) -> None:
    connects = "socket.create_connection(('api.plivo.com', 443))"
    program = f"\nfor _ in range(3):\n try: {connects}\n except OSError: pass"
    seen = watch([sys.executable, "-c", f"import socket{program}"], gate, os.environ)
    assert (seen.status, seen.reached, seen.tried) == (0, False, ("api.plivo.com:443",))


def test_a_child_is_watched_too(gate: GateAt) -> None:
    child = "import socket; socket.getaddrinfo('api.plivo.com', 443)"
    program = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    seen = watch([sys.executable, "-c", program], gate, os.environ)
    assert seen.tried == ("api.plivo.com:443",)


def test_what_no_guard_sits_in_falls_into_the_trap(gate: GateAt) -> None:
    """`-I` is Python without our guard, and stands for every other language."""
    program = (
        "url = os.environ['HTTPS_PROXY'].rpartition(':')[2]; "
        "s = socket.create_connection(('127.0.0.1', int(url))); "
        "s.sendall(b'CONNECT api.plivo.com:443 HTTP/1.1\\r\\n\\r\\n'); print(s.recv(99))"
    )
    seen = watch(python(program, "-I"), gate, os.environ)
    assert (seen.guarded, seen.tried) == (False, ("api.plivo.com:443",))


def test_a_proxy_that_is_the_gate_stays_and_any_other_goes(gate: GateAt) -> None:
    own, elsewhere = f"http://127.0.0.1:{at(gate)}", "http://proxy.corp:3128"
    for proxy, kept in ((own, True), (elsewhere, False)):
        program = f"raise SystemExit(os.environ['HTTPS_PROXY'] != {proxy!r})"
        seen = watch(python(program), gate, os.environ | {"HTTPS_PROXY": proxy})
        assert (seen.status == 0) is kept


def test_the_gates_names_are_its_doors_too(gate: GateAt) -> None:
    port = at(gate)
    assert gate.is_at(f"vonage.gate.example:{port}")
    assert not gate.is_at(f"api.plivo.com:{port}")
    assert not gate.is_at("gate.example:1") and not gate.is_at("gate.example:")


def test_what_cannot_be_run_or_does_not_end_is_told(
    gate: GateAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(InputRejected, match="cannot run /nowhere"):
        watch(["/nowhere"], gate, os.environ)
    monkeypatch.setattr(sdk_watch, "WITHIN_S", 0.5)
    with pytest.raises(InputRejected, match="did not end"):
        watch(python("import time; time.sleep(9)"), gate, os.environ)
