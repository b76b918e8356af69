"""Does a developer get lines that fit this gate, and hear what is missing for them?"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.commands import Command, run
from tests.support.running import environment


def test_the_lines_are_shown_with_the_gates_address_and_the_warning(alone: Command) -> None:
    told = alone("attach", "bandwidth")
    assert told.status == 0
    assert "ignore_operation_servers=True" in told.out
    assert "Beware" in told.out and "ignores host" in told.out
    assert "/bandwidth/api/v2" in told.out


def test_a_machine_gets_them_as_json_and_a_shell_as_a_program(alone: Command) -> None:
    document = alone("attach", "twilio", "--language", "node", "--json").document
    assert document["sdk"] == "twilio" and document["way"] == "path"
    assert "api.twilio.com" in document["hosts"]
    program = alone("attach", "telnyx", "--script", "--url", "http://gate:1").out
    compile(program, "script", "exec")
    assert "http://gate:1/telnyx/v2" in program


def test_by_proxy_the_names_to_lead_here_are_told_too(alone: Command) -> None:
    told = alone("attach", "bandwidth", "--way", "proxy", "--url", "http://g:1")
    assert "export HTTPS_PROXY=http://g:1" in told.out
    assert "messaging.bandwidth.com" in told.out


def test_by_host_the_domain_is_that_of_the_certificate(tmp_path: Path) -> None:
    settings = environment(tmp_path / "data") | {"GATEKEEPER_TLS_LISTEN": "0.0.0.0:8443"}
    missing = run(settings, "attach", "telnyx", "--way", "host")
    assert (missing.status, "names no domain" in missing.err) == (1, True)
    run(settings, "tls", "init", "gate.example")
    told = run(settings, "attach", "telnyx", "--way", "host")
    assert "https://telnyx.gate.example:8443/v2" in told.out
    assert "ca.pem" in told.out


@pytest.mark.parametrize(
    ("way", "hint"),
    [("host", "GATEKEEPER_TLS_LISTEN"), ("proxy", "GATEKEEPER_PROXY_LISTEN")],
)
def test_a_way_that_is_closed_says_what_opens_it(alone: Command, way: str, hint: str) -> None:
    told = alone("attach", "telnyx", "--way", way)
    assert (told.status, hint in told.err) == (1, True)


def test_an_unknown_provider_is_told_which_there_are(alone: Command) -> None:
    told = alone("attach", "telnix")
    assert (told.status, "did you mean telnyx?" in told.err) == (1, True)
