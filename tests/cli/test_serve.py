"""Does the gate start for a person, stop at Ctrl-C, and find everything again?"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.commands import run
from tests.support.running import Running, environment, running

PROMPT_S = 10.0
"""Nothing is under way, so a stop waits for nothing."""


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Running, int, float]]:
    """A first start that was stopped by Ctrl-C: what ran, the exit status, seconds to stop."""
    settings = environment(tmp_path_factory.mktemp("serve") / "data")
    with running(settings, "--demo") as gate:
        added = run(settings, "consent", "add", "+12122000391", "opt_out", "--tenant", "demo")
        assert added.status == 0, added.err
        began = time.monotonic()
        status = gate.interrupt()
        yield gate, status, time.monotonic() - began


def test_ctrl_c_stops_it_cleanly_within_seconds(first: tuple[Running, int, float]) -> None:
    gate, status, seconds = first
    assert status == 0
    assert seconds < PROMPT_S
    assert gate.said.rstrip().endswith("gatekeeper: stopped")
    assert "Traceback" not in gate.said


def test_nothing_is_left_running_and_no_socket_is_left_behind(
    first: tuple[Running, int, float],
) -> None:
    gate = first[0]
    assert not (gate.data / "admin.sock").exists()
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
    assert str(gate.data) not in listed.stdout


def test_each_step_of_the_start_is_shown(first: tuple[Running, int, float]) -> None:
    for step in ("opening the journal", "starting the embedded store", "proving the policy"):
        assert f"gatekeeper: {step} ..." in first[0].said


def test_a_second_start_prints_the_same_key_and_has_the_same_data(
    first: tuple[Running, int, float],
) -> None:
    settings = first[0].environment
    with running(settings, "--demo") as second:
        assert second.key == first[0].key
        words = ("consent", "show", "+12122000391", "--tenant", "demo", "--json")
        assert run(settings, *words).document["marketing"]["sms"] == "revoked"
        assert run(settings, "audit", "verify").status == 0


def test_a_second_gate_on_the_same_folder_is_refused_in_words(demo_gate: Running) -> None:
    told = refused(environment(demo_gate.data))
    assert str(demo_gate.data) in told or "another" in told or "already" in told
    assert run(demo_gate.environment, "tenant", "list").status == 0


def test_a_port_that_is_taken_is_named(demo_gate: Running, tmp_path: Path) -> None:
    taken = demo_gate.environment["GATEKEEPER_LISTEN"]
    told = refused(environment(tmp_path) | {"GATEKEEPER_LISTEN": taken})
    assert f"cannot listen on {taken}" in told


def test_a_setting_that_is_nonsense_is_named(tmp_path: Path) -> None:
    told = refused(environment(tmp_path) | {"GATEKEEPER_STORE_TIMEOUT_MS": "soon"})
    assert "GATEKEEPER_STORE_TIMEOUT_MS" in told


def test_an_address_that_is_none_is_told_before_anything_is_made(tmp_path: Path) -> None:
    told = refused(environment(tmp_path / "data") | {"GATEKEEPER_LISTEN": "here"})
    assert "'here' is not host:port" in told
    assert not (tmp_path / "data").exists()


def test_the_demo_tenant_does_not_go_before_a_real_provider(tmp_path: Path) -> None:
    elsewhere = {"GATEKEEPER_UPSTREAM_TWILIO": "https://api.twilio.com"}
    told = refused(environment(tmp_path) | elsewhere, "--demo")
    assert "unset GATEKEEPER_UPSTREAM_TWILIO" in told


def test_a_journal_without_its_keyring_is_not_opened(
    first: tuple[Running, int, float], tmp_path: Path
) -> None:
    data = first[0].data
    settings = environment(tmp_path / "data")
    (tmp_path / "data").mkdir(mode=0o700)
    (tmp_path / "data" / "journal").symlink_to(data / "journal")
    told = refused(settings)
    assert "keyring" in told
    assert not (tmp_path / "data" / "keyring.json").exists()


def refused(settings: dict[str, str], *options: str) -> str:
    """What a start that must fail says; it fails by itself, with status 1 and without noise."""
    started = subprocess.run(
        [sys.executable, "-m", "gatekeeper", "serve", *options],
        env=settings,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert started.returncode == 1, started
    assert "Traceback" not in started.stderr, started.stderr
    return started.stderr


def test_sigterm_stops_it_as_ctrl_c_does(tmp_path: Path) -> None:
    with running(environment(tmp_path / "data"), until="health and metrics") as gate:
        os.kill(gate.process.pid, signal.SIGTERM)
        assert gate.process.wait(PROMPT_S) == 0
        assert "application key" not in gate.said
