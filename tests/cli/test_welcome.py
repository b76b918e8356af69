"""Does what the gate prints at start work when it is copied?"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import pytest

from gatekeeper.cli.welcome import _command, _more_doors
from gatekeeper.proxy.doors import Ports
from tests.support.running import Running


def block(said: str, after: str, before: str) -> str:
    """The lines between two others."""
    found = re.search(rf"^{re.escape(after)}.*?\n(.*?)\n\s*^{before}", said, re.S | re.M)
    assert found is not None, said
    return found.group(1)


def test_the_addresses_the_policy_and_the_data_folder_are_told(demo_gate: Running) -> None:
    said = demo_gate.said
    assert f"Gatekeeper listens on {demo_gate.url}  (upstream: built-in sandbox)" in said
    assert f"health and metrics: {demo_gate.ops_url}" in said
    assert re.search(r"policy: [0-9a-f]{12}   data: " + str(demo_gate.data), said)


def test_the_curl_sends_a_message(demo_gate: Running) -> None:
    curl = block(demo_gate.said, "Send with curl", "or with")
    ran = subprocess.run(["bash", "-c", curl], capture_output=True, text=True, check=True)
    assert json.loads(ran.stdout)["status"] == "queued"


def test_the_snippet_sends_a_message_with_the_real_sdk(demo_gate: Running) -> None:
    snippet = block(demo_gate.said, "or with the Twilio SDK for Python", "See every verdict")
    assert len([line for line in snippet.splitlines() if "the one line that changes" in line]) == 1
    environment = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    ran = subprocess.run(
        [sys.executable, "-c", snippet], capture_output=True, text=True, env=environment, check=True
    )
    assert re.fullmatch(r"SM[0-9a-f]{32} queued\n", ran.stdout)


def test_the_demo_is_named_as_this_command_was_called(monkeypatch: pytest.MonkeyPatch) -> None:
    for called, named in ((".venv/bin/gatekeeper", ".venv/bin/gatekeeper"), ("-m", "gatekeeper")):
        monkeypatch.setattr(sys, "argv", [called, "serve"])
        assert _command() == named


def test_the_doors_that_are_open_beside_the_plain_one_are_told() -> None:
    assert _more_doors(Ports(8080, None, None)) == []
    assert _more_doors(Ports(8080, 8443, 8082)) == [
        "under TLS: port 8443",
        "as a proxy (HTTPS_PROXY): port 8082",
    ]
