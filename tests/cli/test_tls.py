"""Does a person get a certificate, and the lines that make an app trust it?"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.commands import Command


def test_a_certificate_is_made_and_the_lines_to_trust_it_are_shown(alone: Command) -> None:
    told = alone("tls", "init", "gate.example", "--json").document
    assert told["new"] and Path(told["authority"]).read_text().startswith("-----BEGIN CERT")
    again = alone("tls", "init", "gate.example")
    assert again.status == 0
    assert "the authority is the same" in again.out
    for name in told["trust"]:
        assert f"export {name}={told['authority']}" in again.out


@pytest.mark.parametrize(
    "name", ["", "gate example", "gate-.example", "gate..example", "GATE", "10.0.0.1", "*.a", "a/b"]
)
def test_what_is_no_host_name_is_refused(alone: Command, name: str) -> None:
    told = alone("tls", "init", name)
    assert told.status == 1 and "no host name" in told.err
