"""Does a list of millions come in at the speed, and in the memory, that the README tells?"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.bench.lists import measure, scattered, write

FULL = 3_000_000
CROWDED = max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
"""How many others want each core: a bar of seconds is of a machine that works for us alone."""


def test_the_numbers_of_the_bench_are_different_and_one_a_line(tmp_path: Path) -> None:
    numbers = scattered(5_000, 7)
    path = tmp_path / "list.txt"
    write(path, numbers, b"A,")
    lines = path.read_text().splitlines()
    assert lines == [f"A,{n}" for n in numbers.tolist()]
    assert len(set(lines)) == 5_000
    assert all(line[2] in "23456789" and line[5] in "23456789" for line in lines)


@pytest.mark.full
@pytest.mark.timeout(900)
def test_three_million_numbers_come_in_fast_and_in_little_memory() -> None:
    told = measure(FULL)
    assert told.seconds < 27 * CROWDED, told
    assert told.gate_peak - told.gate_before < 200, told
    assert told.store_bytes < 4.5 and told.disk_bytes < 4, told
