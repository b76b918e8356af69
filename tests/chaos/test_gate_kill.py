"""kill -9 of a gate under load loses no record, sends nothing twice and leaves nothing open."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from gatekeeper.journal.record import Line
from gatekeeper.pipeline.record import commit
from gatekeeper.vault.keyfile import generate
from gatekeeper.vault.keyring import Keyring
from tests.chaos import gate_kill

SEED = 20261123


async def test_a_killed_gate_keeps_its_promises(tmp_path: Path) -> None:
    tally = await gate_kill.run(2, SEED, tmp_path)
    print(f"seed {SEED}: {tally}")
    assert tally.faults == [], tally
    assert tally.cut_off > 0, "the kills came between the sends: they prove nothing"
    assert tally.answered > 0


def test_the_harness_finds_what_it_looks_for() -> None:
    """A send without a record, one that came twice, and a permitted one that was left open."""
    keys = Keyring(generate())
    decision = {"digest": commit(keys, "acme", b"recorded"), "verdict": "allow"}
    body = msgspec.Raw(msgspec.json.encode(decision))
    line = Line(1, "s", 1, "", "2026-11-23T00:00:00Z", "decision", "d1", "acme", body)
    tally = gate_kill.Tally()
    gate_kill.judge([line], [b"recorded", b"recorded", b"unrecorded"], tally, keys)
    assert sorted(tally.faults) == [
        "a message reached the carrier without a decision on record",
        "a permitted send without an outcome",
        "sent 2 times",
    ]


@pytest.mark.full
async def test_a_gate_killed_fifteen_times_keeps_its_promises(tmp_path: Path) -> None:
    tally = await gate_kill.run(15, SEED, tmp_path)
    print(f"seed {SEED}: {tally}")
    assert tally.faults == [], tally
