"""Does a command reach the running gate, and say what to do where there is none?"""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from gatekeeper.cli.gate import call
from gatekeeper.errors import InputRejected
from tests.support.commands import Command
from tests.support.running import Running


def test_a_call_is_answered_over_the_private_socket(
    demo_gate: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GATEKEEPER_DATA", str(demo_gate.data))
    assert call("GET", "/status")["health"]["ready"] is True


def test_the_socket_is_found_from_another_folder_by_a_relative_path(
    demo_gate: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(demo_gate.data.parent)
    monkeypatch.setenv("GATEKEEPER_DATA", demo_gate.data.name)
    assert call("GET", "/status")["version"]


def test_what_the_gate_refuses_is_said_in_its_words(
    demo_gate: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GATEKEEPER_DATA", str(demo_gate.data))
    with pytest.raises(InputRejected, match="there is no kind colour"):
        call("GET", "/documents/colour")


def test_without_a_gate_a_command_says_how_to_start_one(alone: Command) -> None:
    told = alone("tenant", "list")
    assert told.status == 1
    assert "no gate is running" in told.err
    assert "gatekeeper serve" in told.err and "GATEKEEPER_DATA" in told.err


def test_a_socket_that_a_killed_gate_left_behind_is_no_riddle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GATEKEEPER_DATA", ".")
    with socket.socket(socket.AF_UNIX) as left:
        left.bind("admin.sock")
    with pytest.raises(InputRejected, match=r"no gate answers on admin.sock: start it again"):
        call("GET", "/status")
