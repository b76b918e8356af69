"""kill -9 loses no acknowledged record, and the harness that says so can find a loss."""

from __future__ import annotations

import pytest

from tests.chaos import journal_kill

SEED = 20261123


def test_two_kills_lose_nothing() -> None:
    tally = journal_kill.run(2, seed=SEED)
    print(f"seed {SEED}: {tally}")
    assert tally.holds, (tally.lost[:5], tally.faults[:5])
    assert tally.acknowledged > 0


def test_a_writer_that_acknowledges_before_it_writes_is_found_out() -> None:
    tally = journal_kill.run(2, seed=SEED, control=True)
    assert not tally.holds


@pytest.mark.full
def test_twenty_kills_lose_nothing() -> None:
    tally = journal_kill.run(20, seed=SEED)
    print(f"seed {SEED}: {tally}")
    assert tally.holds, (tally.lost[:5], tally.faults[:5])
