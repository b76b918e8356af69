"""An acknowledged opt-out survives kill -9 and a power cut, and the harness can find a loss."""

from __future__ import annotations

import asyncio
from pathlib import Path
from random import Random
from urllib.parse import urlencode

import pytest

from tests.chaos import opt_out_kill
from tests.chaos.cutback import Disk
from tests.chaos.opt_out_kill import Person, Stage
from tests.chaos.opt_out_tally import Tally
from tests.chaos.planted import BUGS
from tests.support.journal import decision, opened
from tests.support.recording_carrier import Carrier
from tests.support.served import Served

SEED = 20261125


def stage(folder: Path) -> Stage:
    """A harness whose gate does not run."""
    gate = Served(folder, "http://127.0.0.1:1")
    return Stage(gate, Carrier(), Disk(folder / "log"), Random(SEED), Tally())


def reached(mark: str) -> bytes:
    """What the carrier got of a message."""
    return b"POST / HTTP/1.1\r\n\r\n" + urlencode({"Body": f"Order {mark} is ready."}).encode()


def test_a_message_begun_after_an_acknowledgement_is_found_at_the_carrier(tmp_path: Path) -> None:
    """One that was begun before it may be on its way."""
    harness = stage(tmp_path)
    harness.people = [Person("+1", acknowledged_at=10.0), Person("+2")]
    harness.sends = {"n1": ("+1", 9.9), "n2": ("+1", 10.1), "n3": ("+2", 99.0)}
    harness.carrier.requests += [reached("n1"), reached("n3")]
    opt_out_kill._judge_carrier(harness)
    assert harness.tally.faults == []
    harness.carrier.requests.append(reached("n2"))
    opt_out_kill._judge_carrier(harness)
    assert harness.tally.faults == ["a message left the gate after an acknowledged opt-out"]
    assert harness.tally.reached == 3


async def test_an_event_that_is_missing_from_the_journal_is_found(tmp_path: Path) -> None:
    harness = stage(tmp_path)
    harness.gate.journal.mkdir(parents=True)
    journal = await opened(harness.gate.journal)
    await journal.append("decision", "r1", "acme", decision("block"))
    await journal.append("consent", "e1", "acme", {"n": 1})
    await journal.close()
    harness.events = {"e1": "+1"}
    opt_out_kill._judge_journal(harness, whole=False)
    assert harness.tally.faults == []
    harness.events["e2"] = "+2"
    opt_out_kill._judge_journal(harness, whole=False)
    assert harness.tally.faults == ["1 acknowledged opt-outs are not in the journal"]


async def test_a_process_is_awaited_until_it_is_gone(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec("sleep", "0.1")
    await opt_out_kill._gone(process.pid)
    await opt_out_kill._gone(None)
    assert await process.wait() == 0


@pytest.mark.full
def test_five_power_cuts_lose_no_acknowledged_opt_out() -> None:
    assert opt_out_kill.trial(5, SEED)


@pytest.mark.full
@pytest.mark.parametrize("bug", sorted(BUGS))
def test_a_planted_bug_ends_as_it_must(bug: str) -> None:
    assert opt_out_kill.trial(opt_out_kill.CONTROL_ROUNDS, SEED, bug)
