"""Is a real SDK that goes past its address caught, and by what is it told to be mended?"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from gatekeeper.cli.attach_lines import Place, Wish, guide, named
from gatekeeper.cli.sdk_watch import GateAt, Seen, watch
from gatekeeper.providers import PROVIDERS
from gatekeeper.providers.attach import Language
from tests.sdk.environments import Environment

CLOSED = 40009
"""A port of this machine where nobody listens: the gate need not answer to be the one asked."""
ACCOUNT = "AC" + "7d" * 16
AT = GateAt(frozenset(), frozenset((CLOSED,)))
PLACE = Place(f"http://127.0.0.1:{CLOSED}", "ca.pem", ACCOUNT, "+13122000201", "+12122000211")


def seen(provider: str, home: str, folder: Path, without: str = "") -> Seen:
    """What the printed lines do, without the lines that hold some words."""
    node = home.endswith("-node")
    made = Environment(home).ready()
    wish = Wish(Language.NODE if node else Language.PYTHON)
    script = guide(named(provider, PROVIDERS), wish, PLACE).script
    kept = [line for line in script.splitlines() if not without or without not in line]
    file = folder / "send.cjs"
    file.write_text("\n".join(kept))
    program = "node" if node else str(made.python)
    own = {"PATH": os.environ["PATH"], "GATE_KEY": "gk_made-up"}
    own["NODE_PATH"] = str(made.folder / "node_modules")
    return watch([program, str(file)], AT, own)


async def test_bandwidth_reaches_the_gate_by_the_printed_lines(tmp_path: Path) -> None:
    told = await asyncio.to_thread(seen, "bandwidth", "bandwidth", tmp_path)
    assert (told.guarded, told.reached, told.tried) == (True, True, ())


async def test_bandwidth_ignores_its_host_without_one_of_them_and_is_caught(
    tmp_path: Path,
) -> None:
    without = "ignore_operation_servers"
    told = await asyncio.to_thread(seen, "bandwidth", "bandwidth", tmp_path, without)
    assert (told.guarded, told.reached) == (True, False)
    assert told.tried == ("messaging.bandwidth.com:443",)


@pytest.mark.node
async def test_a_program_of_node_is_watched_as_well(tmp_path: Path) -> None:
    told = await asyncio.to_thread(seen, "telnyx", "telnyx-node", tmp_path)
    assert (told.guarded, told.reached, told.tried) == (True, True, ())


@pytest.mark.node
async def test_a_program_of_node_that_goes_past_the_gate_is_caught(tmp_path: Path) -> None:
    told = await asyncio.to_thread(seen, "twilio", "twilio-node", tmp_path, "baseUrl")
    assert (told.guarded, told.reached) == (True, False)
    assert told.tried == ("api.twilio.com:443",)
