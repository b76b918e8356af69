"""Is it proved that an SDK reaches the gate and nobody else, and said what to do if not?"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from gatekeeper.sandbox.accounts import SANDBOX_ACCOUNT
from tests.support.commands import Command, Ran, run
from tests.support.running import Running


def script(demo_gate: Running, folder: Path) -> Path:
    """What `gatekeeper attach twilio --script` prints for the gate that runs."""
    file = folder / "send.py"
    words = ("attach", "twilio", "--account", SANDBOX_ACCOUNT, "--script")
    file.write_text(run(demo_gate.environment, *words).out)
    return file


def check(demo_gate: Running, *words: object, key: str | None = None) -> Ran:
    own = demo_gate.environment | {"GATE_KEY": key or demo_gate.key}
    return run(own, "sdk-check", *words)


def test_the_printed_lines_reach_the_gate_and_nobody_else(
    demo_gate: Running, tmp_path: Path
) -> None:
    file = script(demo_gate, tmp_path)
    told = check(demo_gate, "twilio", "--", sys.executable, file)
    assert told.status == 0, told
    assert "reached the gate: yes (1 decided)" in told.out
    assert "nothing else was tried" in told.out


def test_without_its_base_url_the_vendor_is_named_and_the_next_step(
    demo_gate: Running, tmp_path: Path
) -> None:
    file = script(demo_gate, tmp_path)
    lines = [line for line in file.read_text().splitlines() if "base_url" not in line]
    file.write_text("\n".join(lines))
    told = check(demo_gate, "twilio", "--json", "--", sys.executable, file)
    assert told.status == 1
    assert told.document["reached"] is False and told.document["decided"] == 0
    assert told.document["tried"] == ["api.twilio.com:443"]
    assert "gatekeeper attach twilio" in told.document["next"]


def test_a_wrong_key_reaches_the_gate_and_proves_nothing(
    demo_gate: Running, tmp_path: Path
) -> None:
    file = script(demo_gate, tmp_path)
    told = check(demo_gate, "twilio", "--", sys.executable, file, key="gk_wrong")
    assert told.status == 1
    assert "reached the gate: yes (0 decided)" in told.out
    assert "look at the path and the key" in told.out


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("twilio", "--", sys.executable, "-c", "pass"), "the gate was not reached"),
        (("twilio", "--", "true"), "nothing is proved"),
        (("twilio", "--url", "http://127.0.0.1:1", "--", "true"), "nothing is proved"),
    ],
)
def test_what_proves_nothing_is_no_success(
    demo_gate: Running, words: tuple[str, ...], hint: str
) -> None:
    told = check(demo_gate, *words)
    assert (told.status, hint in told.out) == (1, True), told


def test_without_the_gates_figures_a_connection_must_do(demo_gate: Running, tmp_path: Path) -> None:
    file = script(demo_gate, tmp_path)
    own = demo_gate.environment | {"GATE_KEY": demo_gate.key}
    own |= {"GATEKEEPER_OPS_LISTEN": "127.0.0.1:1"}
    told = run(own, "sdk-check", "twilio", "--url", demo_gate.url, "--", sys.executable, file)
    assert (told.status, "reached the gate: yes\n" in told.out) == (0, True), told


def test_an_unknown_provider_is_refused(alone: Command) -> None:
    assert "did you mean twilio?" in alone("sdk-check", "twillio", "--", "true").err
