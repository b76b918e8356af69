"""Does a long file need no more memory than a short one, and is it doubled by no second import?"""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from gatekeeper.settings import CHECKOUT

MORE_MIB = 24
"""So much more may a file of many times the length need: buffers, and the garbage between."""


def peak(lines: int) -> int:
    """The peak memory (MiB) of an import of so many lines, in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.imports", str(lines), "--evidence"]
    ran = subprocess.run(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True, check=True)
    print(ran.stdout)
    assert f"settled: {lines} applied, 0 known" in ran.stdout
    assert f"unchanged: 0 applied, {lines} known" in ran.stdout
    found = re.search(r"peak memory: (\d+) MiB", ran.stdout)
    assert found is not None, ran.stdout
    return int(found[1])


@pytest.mark.parametrize(
    ("few", "many"),
    [(2_000, 16_000), pytest.param(50_000, 1_000_000, marks=pytest.mark.full)],
)
def test_memory_does_not_grow_with_the_file(few: int, many: int) -> None:
    assert peak(many) - peak(few) < MORE_MIB
